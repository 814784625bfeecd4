'use strict';

// What is behind a MessagePort. A PortData is one end of a channel: a queue, and
// the other end. It can be moved in a message, so the object that a program has
// is another: PortState, which is one object's use of an end.

const { emitAfter, emitBefore, emitDestroy, newAsyncId } = require('internal/async_hooks');
const { Event, kHybridDispatch } = require('internal/event_target');
const { Queue } = require('internal/util/queue');
const { runNextTicks } = require('internal/process/task_queues');

// What one turn of the loop delivers at most to a port whose messages cause more of them.
const kBatch = 1000;

// In a queue, the other end's goodbye.
const closeMessage = Symbol('close');

class PortData {
  queue = new Queue();
  sibling = null;
  // The PortState that uses this end, if one does.
  owner = null;

  static pair() {
    const [one, other] = [new PortData(), new PortData()];
    one.sibling = other;
    other.sibling = one;
    return [one, other];
  }

  push(message) {
    this.queue.push(message);
    this.owner?.wake();
  }

  // The other end learns, after all that was said before, that nobody is here any more.
  disentangle() {
    const { sibling } = this;
    if (sibling === null) return;
    this.sibling = null;
    sibling.sibling = null;
    sibling.push(closeMessage);
  }

  // Both ends are lost, in silence.
  abandon() {
    this.sibling.sibling = null;
    this.sibling = null;
  }
}

class MessagePortCloseEvent extends Event {
  constructor() {
    super('close');
  }
}

class PortState {
  data;
  port;
  started = false;
  refed = false;
  closing = false;
  // Made when first needed: it holds this object until it is closed.
  handle = null;
  // The ports that came with the message that is being delivered.
  arrivingPorts = [];
  asyncId = newAsyncId();

  constructor(port, data) {
    this.port = port;
    this.data = data;
    data.owner = this;
  }

  get isOpen() {
    return this.data !== null && !this.closing;
  }

  getHandle() {
    return this.handle ??= new ops.LoopHandle(this.onLoop, this);
  }

  wake() {
    const { queue } = this.data;
    if (queue.length !== 0 && (this.started || queue.peek() === closeMessage)) this.getHandle().send();
  }

  start() {
    if (!this.isOpen) return;
    this.started = true;
    this.wake();
  }

  // Messages wait until it is started again.
  stop() {
    this.started = false;
  }

  setRef(refed) {
    if (!this.isOpen || refed === this.refed) return;
    this.refed = refed;
    this.getHandle().setRef(refed);
  }

  // The next message as { message: value }, or undefined.
  take() {
    const queue = this.data?.queue;
    if (queue === undefined || queue.length === 0 || queue.peek() === closeMessage) return undefined;
    return { message: queue.shift().read() };
  }

  onLoop() {
    if (this.data !== null) this.deliverBatch();
    if (this.closing) this.finish();
    else this.wake();
  }

  deliverBatch() {
    const { queue } = this.data;
    const limit = Math.max(queue.length, kBatch);
    for (let count = 0; count < limit && queue.length !== 0; count++) {
      if (queue.peek() === closeMessage) {
        this.closing = true;
        return;
      }
      if (!this.started) return;
      if (count !== 0) runNextTicks();
      // What is here when it is closed is still delivered, but not once the end has moved away.
      if (this.data === null) return;
      if (queue.length !== 0 && queue.peek() !== closeMessage) this.deliver(queue.shift());
      if (this.data === null) return;
    }
  }

  deliver(message) {
    const { port } = this;
    const ports = [];
    let type = 'message';
    let value;
    try {
      value = message.read((object) => {
        if (object instanceof port.constructor) ports.push(object);
      });
    } catch (err) {
      type = 'messageerror';
      value = err;
    }
    this.arrivingPorts = ports;
    emitBefore(this.asyncId, 0, port);
    try {
      port[kHybridDispatch](value, type, undefined);
    } finally {
      emitAfter(this.asyncId);
      this.arrivingPorts = [];
    }
  }

  // The 'close' event comes in a turn of its own, for which the loop stays alive.
  close() {
    if (!this.isOpen) return;
    this.closing = true;
    this.getHandle().setRef(true);
    this.handle.send();
    this.data.disentangle();
  }

  // Gives the end away; the object that had it is closed.
  detach() {
    const { data } = this;
    data.owner = null;
    this.data = null;
    this.closing = true;
    this.getHandle().send();
    return data;
  }

  finish() {
    this.handle.close();
    this.refed = false;
    if (this.data !== null) {
      this.data.disentangle();
      this.data.owner = null;
      this.data = null;
    }
    emitBefore(this.asyncId, 0, this.port);
    try {
      this.port.dispatchEvent(new MessagePortCloseEvent());
    } finally {
      emitAfter(this.asyncId);
    }
    emitDestroy(this.asyncId);
  }
}

module.exports = { PortData, PortState };
