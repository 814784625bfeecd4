'use strict';

// NodeEventTarget: an EventTarget that also answers to an EventEmitter's method
// names, for objects that were emitters once and became targets.

const {
  codes: { ERR_INVALID_THIS },
} = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { getDefaultMaxListeners } = require('internal/events/emitter');
const {
  kIsNodeEventTarget,
  kListeners,
  kMaxEventTargetListeners,
} = require('internal/events/symbols');
const { exposeAsInterface } = require('internal/event_target/event');
const {
  EventTarget,
  isNodeEventTarget,
  kHybridDispatch,
  kIsNodeStyleListener,
} = require('internal/event_target/target');

function check(value) {
  if (!isNodeEventTarget(value)) throw new ERR_INVALID_THIS('NodeEventTarget');
}

class NodeEventTarget extends EventTarget {
  static [kIsNodeEventTarget] = true;
  static get defaultMaxListeners() {
    return getDefaultMaxListeners();
  }

  setMaxListeners(n) {
    check(this);
    validateNumber(n, 'setMaxListeners', 0);
    this[kMaxEventTargetListeners] = n;
    return this;
  }

  getMaxListeners() {
    check(this);
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    check(this);
    return [...this[kListeners].keys()];
  }

  listenerCount(type) {
    check(this);
    return this[kListeners].get(`${type}`)?.length ?? 0;
  }

  off(type, listener, options) {
    check(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    check(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  on(type, listener) {
    check(this);
    this.addEventListener(type, listener, { [kIsNodeStyleListener]: true });
    return this;
  }

  addListener(type, listener) {
    check(this);
    this.addEventListener(type, listener, { [kIsNodeStyleListener]: true });
    return this;
  }

  emit(type, arg) {
    check(this);
    const heard = this.listenerCount(type) > 0;
    this[kHybridDispatch](arg, `${type}`);
    return heard;
  }

  once(type, listener) {
    check(this);
    this.addEventListener(type, listener, { once: true, [kIsNodeStyleListener]: true });
    return this;
  }

  removeAllListeners(type) {
    check(this);
    if (type !== undefined) this[kListeners].delete(`${type}`);
    else this[kListeners].clear();
    return this;
  }
}

exposeAsInterface(NodeEventTarget);

module.exports = { NodeEventTarget };
