'use strict';
// A request for another protocol that has a body: the body is the request's to read, and the other protocol begins behind it. While the body is
// still to come, the program gets a stream in the socket's place that has only what follows it.

const { Buffer } = require('buffer');
const { Duplex } = require('stream');
const { maxHeaderSize } = require('internal/http/limits');

// What a reader of messages tells: ext_net/src/http/parser.rs.
const BODY = 2;
const END = 3;
const FAILED = 4;

// Follows the framing of a body and gives the request what is in it.
class BodyReader {
  constructor(req, framing) {
    this.req = req;
    this.over = false;
    this.failed = false;
    this.more = true;
    this.native = new ops.HttpMessageParser(false, maxHeaderSize());
    this.native.feed(Buffer.from(`POST / HTTP/1.1\r\n${framing}\r\n\r\n`));
    this.native.next();
  }

  // What of `bytes` is behind the body.
  take(bytes) {
    if (this.failed) return null;
    this.native.feed(bytes);
    for (let item = this.native.next(); item !== undefined; item = this.native.next()) {
      if (item[0] === BODY) {
        this.more = this.req._dumped || this.req.push(Buffer.from(item[1]));
      } else if (item[0] === END) {
        const rest = bytes.subarray(this.native.parsed());
        this.end(item[1]);
        return rest;
      } else if (item[0] === FAILED) {
        // Nobody is told: what follows has no meaning any more.
        this.failed = true;
        return null;
      }
    }
    return null;
  }

  end(trailers) {
    this.over = true;
    end(this.req, trailers);
  }
}

function end(req, trailers) {
  req.complete = true;
  if (trailers !== undefined) req._addHeaderLines(trailers, trailers.length);
  req.push(null);
}

// How the body is framed, as a header line; undefined for one that nobody can find the end of, and for none.
function framingOf({ headers }) {
  const coding = headers['transfer-encoding'];
  if (coding !== undefined) return /(?:^|,)[ \t]*chunked[ \t]*$/i.test(coding) ? 'Transfer-Encoding: chunked' : undefined;
  const length = Number(headers['content-length']);
  return length > 0 ? `Content-Length: ${headers['content-length']}` : undefined;
}

// `read` is what has come behind the head. [stream, head] for the listeners of 'upgrade'.
function splitUpgrade(req, socket, read) {
  const framing = framingOf(req);
  if (framing === undefined) {
    end(req, undefined);
    return [socket, read];
  }
  const reader = new BodyReader(req, framing);
  const head = reader.take(read);
  return reader.over ? [socket, head] : [new UpgradeStream(req, socket, reader), Buffer.alloc(0)];
}

class UpgradeStream extends Duplex {
  #socket;
  #reader;

  constructor(req, socket, reader) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#reader = reader;
    req._read = () => {
      req._consumed = true;
      if (!reader.over) socket.resume();
    };
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('end', () => this.#receiveEnd());
    socket.on('error', (err) => this.destroy(err));
    socket.on('close', () => this.destroy());
  }

  #receive(bytes) {
    const reader = this.#reader;
    let more;
    if (reader.over) {
      more = this.push(bytes);
    } else {
      const rest = reader.take(bytes);
      ({ more } = reader);
      if (rest !== null && rest.length > 0) more = this.push(rest);
    }
    if (!more) this.#socket.pause();
  }

  #receiveEnd() {
    this.push(null);
    if (!this.#reader.over) this.#socket.end();
  }

  _read() {
    const { req, over } = this.#reader;
    // Who reads on and has not looked at the body wants none of it.
    if (!over && !req._consumed) req._dump();
    this.#socket.resume();
  }

  _write(chunk, encoding, cb) {
    this.#socket.write(chunk, encoding, cb);
  }

  _final(cb) {
    this.#socket.end(cb);
  }

  _destroy(err, cb) {
    this.#socket.destroy();
    cb(err);
  }
}

module.exports = { splitUpgrade };
