'use strict';
// What a server's program is asked between a client's hello and the answer to it: the session that the client names, the context for the name that it
// wants, an OCSP response, the protocol. Every step may take its time; an error of one ends the connection.

const { Buffer } = require('buffer');
const { codes: { ERR_MULTIPLE_CALLBACK, ERR_SOCKET_CLOSED, ERR_TLS_ALPN_CALLBACK_INVALID_RESULT } } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { wireProtocols } = require('internal/tls/alpn');

// A name that no client offers, so that it is told that there is none in common.
const NO_PROTOCOL = Buffer.from([1, 0]);

// A callback (err, value) for the program, after which `next(value)` goes on.
function answerOnce(tls, next) {
  let called = false;
  return (err, value) => {
    if (called) {
      tls.destroy(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    if (err) tls.destroy(err);
    else if (tls.destroyed) tls.destroy(new ERR_SOCKET_CLOSED());
    else next(value);
  };
}

// 'resumeSession': what the program has kept of a session that it was told of with 'newSession'.
function askForSession(tls, hello, next) {
  const { server } = tls._tlsOptions;
  if (hello.session === null || !server || server.listenerCount('resumeSession') === 0) {
    next(null);
    return;
  }
  const answer = answerOnce(tls, (session) => next(isArrayBufferView(session) ? session : null));
  server.emit('resumeSession', Buffer.from(hello.session), answer);
}

// The context that the name stands for, or null for the server's own.
function askForContext(tls, hello, next) {
  const { servername } = hello;
  if (!servername || !tls._SNICallback) {
    next(null);
    return;
  }
  const answer = answerOnce(tls, (context) => {
    if (context && !(context.context instanceof ops.TlsContext)) tls.destroy(new TypeError('Invalid SNI context'));
    else next(context ? context.context : null);
  });
  try {
    Reflect.apply(tls._SNICallback, tls, [servername, answer]);
  } catch (err) {
    // A client's hello must not be what ends the process.
    tls.destroy(err);
  }
}

// 'OCSPRequest': what is stapled to the certificate.
function askForStaple(tls, hello, context, next) {
  const { server } = tls._tlsOptions;
  if (!hello.ocsp || !server || server.listenerCount('OCSPRequest') === 0) {
    next(null);
    return;
  }
  const answer = answerOnce(tls, (response) => next(isArrayBufferView(response) ? response : null));
  const [certificate, issuer] = [context.certificate(false), context.certificate(true)];
  server.emit('OCSPRequest', certificate && Buffer.from(certificate), issuer && Buffer.from(issuer), answer);
}

// The protocols to choose from, as they go over the wire; undefined where the connection has come to its end.
function protocolsFor(tls, hello, wire) {
  const { ALPNCallback } = tls._tlsOptions;
  if (!ALPNCallback || hello.protocols.length === 0) return wire;
  const { servername, protocols: offered } = hello;
  try {
    const protocol = ALPNCallback({ servername: servername ?? '', protocols: offered });
    if (protocol === undefined) return NO_PROTOCOL;
    if (!offered.includes(protocol)) throw new ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(protocol, offered);
    return wireProtocols([protocol]);
  } catch (err) {
    tls.destroy(err);
    return undefined;
  }
}

// `own` gives the server's native context; `accept(context, protocols, session, staple)` goes on with the handshake.
function askProgram(tls, hello, wire, own, accept) {
  askForSession(tls, hello, (session) => {
    askForContext(tls, hello, (chosen) => {
      const context = chosen ?? own();
      askForStaple(tls, hello, context, (staple) => {
        const protocols = protocolsFor(tls, hello, wire);
        if (protocols !== undefined) accept(context, protocols, session, staple);
      });
    });
  });
}

module.exports = { askProgram };
