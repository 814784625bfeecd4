'use strict';
// When a fetch did what, for performance.getEntriesByType('resource').

const { now } = require('internal/perf/clock');

class Timing {
  #url;
  #start = now();
  #requested = 0;
  #responded = 0;
  #status = 0;
  // In bytes; of what was read, without the codings.
  #encoded = 0;
  #decoded = 0;

  constructor(url) {
    this.#url = url;
  }

  request() {
    this.#requested = now();
  }

  respond(status) {
    this.#responded = now();
    this.#status = status;
  }

  receive(encoded, decoded) {
    this.#encoded = encoded;
    this.#decoded = decoded;
  }

  // It is over, well or not.
  end() {
    if (!require('internal/perf/observe').wantsResources()) return;
    const { markResourceTiming } = require('internal/perf/resource_timing');
    const start = this.#start;
    const isAnswered = this.#responded !== 0;
    // How the connection came about is not told to whoever is of another origin, as every program that is no page is.
    const connection = {
      domainLookupStartTime: start, domainLookupEndTime: start, connectionStartTime: start, connectionEndTime: start,
      secureConnectionStartTime: start, ALPNNegotiatedProtocol: undefined,
    };
    const info = {
      startTime: start, redirectStartTime: 0, redirectEndTime: 0, postRedirectStartTime: start, finalServiceWorkerStartTime: 0,
      finalNetworkRequestStartTime: isAnswered ? this.#requested : 0, finalNetworkResponseStartTime: this.#responded, endTime: now(),
      encodedBodySize: this.#encoded, decodedBodySize: this.#decoded,
      finalConnectionTimingInfo: isAnswered ? connection : undefined,
    };
    markResourceTiming(info, this.#url, 'fetch', globalThis, '', undefined, this.#status, '');
  }
}

module.exports = { Timing };
