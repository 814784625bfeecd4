'use strict';

// PerformanceResourceTiming: entries that whoever fetches things makes.

const {
  codes: { ERR_INVALID_THIS },
} = require('internal/errors');
const { validateString, validateOneOf } = require('internal/validators');
const { PerformanceEntry, defineMembers, kConstruct } = require('internal/perf/entry');
const { enqueueEntry } = require('internal/perf/observe');

// From the properties of a fetch's timing info.
const times = {
  __proto__: null,
  workerStart: (info) => info.finalServiceWorkerStartTime,
  redirectStart: (info) => info.redirectStartTime,
  redirectEnd: (info) => info.redirectEndTime,
  fetchStart: (info) => info.postRedirectStartTime,
  domainLookupStart: (info) => info.finalConnectionTimingInfo?.domainLookupStartTime,
  domainLookupEnd: (info) => info.finalConnectionTimingInfo?.domainLookupEndTime,
  connectStart: (info) => info.finalConnectionTimingInfo?.connectionStartTime,
  connectEnd: (info) => info.finalConnectionTimingInfo?.connectionEndTime,
  secureConnectionStart: (info) => info.finalConnectionTimingInfo?.secureConnectionStartTime,
  nextHopProtocol: (info) => info.finalConnectionTimingInfo?.ALPNNegotiatedProtocol,
  requestStart: (info) => info.finalNetworkRequestStartTime,
  responseStart: (info) => info.finalNetworkResponseStartTime,
  responseEnd: (info) => info.endTime,
  encodedBodySize: (info) => info.encodedBodySize,
  decodedBodySize: (info) => info.decodedBodySize,
};

// What a response from a cache adds to its body.
const HEADERS_SIZE = 300;

class PerformanceResourceTiming extends PerformanceEntry {
  #info;
  #about;

  constructor(key, name, info, about) {
    super(key, name, 'resource', info?.startTime ?? 0, info === undefined ? 0 : info.endTime - info.startTime);
    this.#info = info;
    this.#about = about;
  }

  static read(entry, name) {
    if (typeof entry !== 'object' || entry === null || !(#info in entry)) {
      throw new ERR_INVALID_THIS('PerformanceResourceTiming');
    }
    return times[name](entry.#info);
  }

  get initiatorType() {
    if (!(#about in this)) throw new ERR_INVALID_THIS('PerformanceResourceTiming');
    return this.#about.initiatorType;
  }

  get transferSize() {
    if (!(#about in this)) throw new ERR_INVALID_THIS('PerformanceResourceTiming');
    if (this.#about.cacheMode === 'local') return 0;
    if (this.#about.cacheMode === 'validated') return HEADERS_SIZE;
    return this.#info.encodedBodySize + HEADERS_SIZE;
  }

  get deliveryType() {
    if (!(#about in this)) throw new ERR_INVALID_THIS('PerformanceResourceTiming');
    return this.#about.deliveryType;
  }

  get responseStatus() {
    if (!(#about in this)) throw new ERR_INVALID_THIS('PerformanceResourceTiming');
    return this.#about.responseStatus;
  }

  toJSON() {
    const shown = super.toJSON();
    shown.initiatorType = this.initiatorType;
    for (const name of Object.keys(times)) shown[name] = this[name];
    shown.transferSize = this.transferSize;
    shown.deliveryType = this.deliveryType;
    shown.responseStatus = this.responseStatus;
    return shown;
  }
}

const { read } = PerformanceResourceTiming;
delete PerformanceResourceTiming.read;
for (const name of Object.keys(times)) {
  const { get } = Object.getOwnPropertyDescriptor({
    get [name]() {
      return read(this, name);
    },
  }, name);
  Object.defineProperty(PerformanceResourceTiming.prototype, name, { __proto__: null, configurable: true, enumerable: true, get });
}
defineMembers(PerformanceResourceTiming, ['initiatorType', 'transferSize', 'deliveryType', 'responseStatus', 'toJSON']);

function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus,
                            deliveryType = '') {
  validateString(requestedUrl, 'requestedUrl');
  validateString(initiatorType, 'initiatorType');
  validateOneOf(cacheMode, 'cacheMode', ['', 'local', 'validated']);
  const info = bodyInfo == null ? timingInfo : { ...timingInfo, ...bodyInfo };
  const about = { initiatorType, cacheMode, responseStatus: responseStatus ?? 0, deliveryType };
  const entry = new PerformanceResourceTiming(kConstruct, requestedUrl, info, about);
  enqueueEntry(entry);
  return entry;
}

module.exports = { PerformanceResourceTiming, markResourceTiming };
