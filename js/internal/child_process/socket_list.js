'use strict';
// A server whose connections were handed to another process still counts them: the two lists here talk over the channel (NODE_SOCKET_*), so
// that server.close() and server.getConnections() are right.

const EventEmitter = require('events');
const { codes: { ERR_CHILD_CLOSED_BEFORE_REPLY } } = require('internal/errors');

const NOTIFY_CLOSE = 'NODE_SOCKET_NOTIFY_CLOSE';
const ALL_CLOSED = 'NODE_SOCKET_ALL_CLOSED';
const GET_COUNT = 'NODE_SOCKET_GET_COUNT';
const COUNT = 'NODE_SOCKET_COUNT';

// The sender's side: connections of one server that the process at the other end has.
class SentList extends EventEmitter {
  constructor(target, key) {
    super();
    this.target = target;
    this.key = key;
    target.once('exit', () => this.emit('exit', this));
  }

  #ask(cmd, answer, options, callback) {
    const { target, key } = this;
    if (!target.connected) {
      callback(new ERR_CHILD_CLOSED_BEFORE_REPLY());
      return;
    }
    const settle = (err, reply) => {
      target.removeListener('internalMessage', onReply);
      target.removeListener('disconnect', onDisconnect);
      callback(err, reply);
    };
    const onReply = (message) => {
      if (message.cmd === answer && message.key === key) settle(null, message);
    };
    const onDisconnect = () => settle(new ERR_CHILD_CLOSED_BEFORE_REPLY());
    target.on('internalMessage', onReply);
    target.once('disconnect', onDisconnect);
    target._send({ cmd, key }, undefined, options);
  }

  // Calls back when the other process has closed all of them, or is gone.
  close(callback) {
    this.#ask(NOTIFY_CLOSE, ALL_CLOSED, { swallowErrors: true }, callback);
  }

  getConnections(callback) {
    this.#ask(GET_COUNT, COUNT, undefined, (err, reply) => {
      if (err) callback(err);
      else callback(null, reply.count);
    });
  }
}

// The receiver's side.
class ReceivedList extends EventEmitter {
  constructor(target, key) {
    super();
    this.target = target;
    this.key = key;
    this.connections = 0;
    target.on('internalMessage', (message) => {
      if (message.key !== key) return;
      if (message.cmd === NOTIFY_CLOSE) {
        if (this.connections === 0) this.#say({ cmd: ALL_CLOSED, key });
        else this.once('empty', () => this.#say({ cmd: ALL_CLOSED, key }));
      } else if (message.cmd === GET_COUNT) {
        this.#say({ cmd: COUNT, key, count: this.connections });
      }
    });
  }

  #say(message) {
    if (this.target.connected) this.target._send(message, undefined, { swallowErrors: true });
  }

  add(socket) {
    this.connections++;
    socket.once('close', () => {
      if (--this.connections === 0) this.emit('empty');
    });
  }
}

// The list for connections of `server` that go over this link; the server hears of it the first time.
function listOfSent(link, server, key) {
  let list = link.sentFrom[key];
  if (list === undefined) {
    list = link.sentFrom[key] = new SentList(link.target, key);
    server._setupWorker(list);
  }
  return list;
}

function listOfReceived(link, key) {
  return (link.receivedFrom[key] ??= new ReceivedList(link.target, key));
}

module.exports = { listOfReceived, listOfSent };
