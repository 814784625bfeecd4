'use strict';
// One WebSocket connection from the request to the end: the closing handshake, pings, what waits to be written. It knows no events of the web;
// websocket.js is told.

const { constants: { MAX_LENGTH } } = require('buffer');
const { clearTimeout, setTimeout } = require('timers');
const { nextTick } = require('internal/process/task_queues');
const { BINARY, FrameReader, PONG, ProtocolError, TEXT, closeFrame, frame } = require('internal/websocket/frames');
const { open } = require('internal/websocket/handshake');

// A server that has been answered ends the connection within this time, in milliseconds.
const LAST_WORDS = 3000;
const ABNORMAL = 1006;

class Connection {
  #handler;
  #request;
  #socket = null;
  #reader;
  #timer = null;
  #closeSent = false;
  // [code, reason] of the server's close frame.
  #closeReceived = null;
  #ended = false;

  // `handler` has onOpen(protocol), onText, onBinary, onClosing(), onWritten(bytes), onFailed(err) and onClosed(code, reason, wasClean).
  constructor(url, protocols, headers, handler) {
    this.#handler = handler;
    this.#reader = new FrameReader(this, MAX_LENGTH);
    this.#request = open(url, protocols, headers, {
      onOpen: (socket, head, protocol) => this.#opened(socket, head, protocol),
      onRefused: (err) => this.#refused(err),
    });
  }

  #opened(socket, head, protocol) {
    this.#request = null;
    this.#socket = socket;
    socket.setNoDelay?.(true);
    socket.setTimeout?.(0);
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('end', () => socket.end());
    // What it was shows in the code of the close event.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    this.#handler.onOpen(protocol);
    if (head.length > 0) this.#receive(head);
    socket.resume();
  }

  #refused(err) {
    if (this.#ended) return;
    this.#ended = true;
    this.#request = null;
    this.#handler.onFailed(err);
    this.#handler.onClosed(ABNORMAL, '', false);
  }

  #receive(bytes) {
    if (this.#closeReceived !== null || this.#ended) return;
    try {
      this.#reader.push(bytes);
    } catch (err) {
      if (!(err instanceof ProtocolError)) throw err;
      this.#fail(err);
    }
  }

  // The server broke the rules: it is told so, and not listened to any more.
  #fail(err) {
    this.#handler.onFailed(err);
    if (!this.#closeSent) {
      this.#closeSent = true;
      this.#socket.write(closeFrame(err.status, err.message));
    }
    this.#closeReceived = [ABNORMAL, ''];
    this.#socket.destroySoon();
  }

  // ---- what the reader found

  onText(text) {
    this.#handler.onText(text);
  }

  onBinary(bytes) {
    this.#handler.onBinary(bytes);
  }

  onPing(payload) {
    if (!this.#closeSent) this.#socket.write(frame(PONG, payload));
  }

  onClose(code, reason) {
    this.#closeReceived = [code, reason];
    this.#handler.onClosing();
    if (!this.#closeSent) {
      this.#closeSent = true;
      this.#socket.write(code === 1005 ? closeFrame() : closeFrame(code));
    }
    // It is for the server to end the connection, but not to keep it.
    this.#socket.end();
    this.#timer = setTimeout(() => this.#socket.destroy(), LAST_WORDS);
    this.#timer.unref();
  }

  #closed() {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    if (this.#closeReceived === null) this.#handler.onFailed(new Error('the connection ended without a close frame'));
    const [code, reason] = this.#closeReceived ?? [ABNORMAL, ''];
    this.#handler.onClosed(code, reason, this.#closeSent && code !== ABNORMAL);
  }

  // ---- what the program wants

  // `onWritten` of the handler is told when the payload has gone to the system.
  send(payload, isText) {
    const { length } = payload;
    this.#socket.write(frame(isText ? TEXT : BINARY, payload), () => this.#handler.onWritten(length));
  }

  close(code, reason) {
    if (this.#socket === null) {
      // No connection yet: there will be none.
      this.#ended = true;
      const request = this.#request;
      this.#request = null;
      request?.destroy();
      nextTick(() => {
        this.#handler.onFailed(new Error('the WebSocket was closed before the connection was established'));
        this.#handler.onClosed(ABNORMAL, '', false);
      });
      return;
    }
    if (this.#closeSent) return;
    this.#closeSent = true;
    this.#socket.write(closeFrame(code, reason));
  }

  ref() {
    (this.#socket ?? this.#request?.socket)?.ref?.();
  }

  unref() {
    (this.#socket ?? this.#request?.socket)?.unref?.();
  }
}

module.exports = { Connection };
