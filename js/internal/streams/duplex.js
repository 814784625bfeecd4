'use strict';

// Duplex: a Readable with a Writable's side beside it. The two share an end: autoDestroy waits
// for both, and with `allowHalfOpen: false` the end of the one ends the other.

const { Stream } = require('internal/streams/legacy');
const { addAbortSignalUnchecked } = require('internal/streams/add_abort_signal');
const { construct } = require('internal/streams/destroy');
const flags = require('internal/streams/flags');
const properties = require('internal/streams/properties');
const { Readable, readAfterConstruction } = require('internal/streams/readable');
const { ReadableState } = require('internal/streams/readable_state');
const { Writable, takeOptions, writeAfterConstruction } = require('internal/streams/writable');
const { WritableState } = require('internal/streams/writable_state');

const { kDisabled, kEnded } = flags.common;
const { kEndEmitted } = flags.readable;
const { kEnding, kFinished } = flags.writable;

// One hidden class for the event tables of all Duplexes.
function DuplexEvents() {
  this.close = undefined;
  this.error = undefined;
  this.prefinish = undefined;
  this.finish = undefined;
  this.drain = undefined;
  this.data = undefined;
  this.end = undefined;
  this.readable = undefined;
}
DuplexEvents.prototype = { __proto__: null };

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);

  this._events ??= new DuplexEvents();
  this._readableState = new ReadableState(options, this, true);
  this._writableState = new WritableState(options, this, true);
  this.allowHalfOpen = options?.allowHalfOpen !== false;
  if (options !== undefined && options !== null) {
    if (options.readable === false) this._readableState.flags |= kDisabled | kEnded | kEndEmitted;
    if (options.writable === false) {
      this._writableState.flags |= kDisabled | kEnding | kEnded | kFinished;
    }
    takeOptions(this, options);
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) addAbortSignalUnchecked(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct !== undefined) construct(this, () => constructed(this));
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

function constructed(stream) {
  readAfterConstruction(stream);
  writeAfterConstruction(stream);
}

for (const name of Object.keys(Writable.prototype)) {
  if (!Object.hasOwn(Readable.prototype, name)) Duplex.prototype[name] = Writable.prototype[name];
}
// It also fails the writes that wait.
Duplex.prototype.destroy = Writable.prototype.destroy;
properties.defineProperties(Duplex.prototype, properties.duplex);

module.exports = { Duplex };
