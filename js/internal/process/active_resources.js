'use strict';

// What keeps the loop alive, as process.getActiveResourcesInfo() and its kin
// tell it. Modules with handles or requests of their own register a source.

const { getTimerCounts } = require('internal/timers');

const kRef = Symbol.for('nodejs.ref');
const kUnref = Symbol.for('nodejs.unref');
const kLegacyRef = Symbol.for('node:ref');
const kLegacyUnref = Symbol.for('node:unref');

const handleSources = [];
const requestSources = [];

// Each source returns the active ones as { type, object }: the resource's name
// (TCPSocketWrap, FSReqCallback ...) and what a user knows it by.
function addHandleSource(source) {
  handleSources.push(source);
}

function addRequestSource(source) {
  requestSources.push(source);
}

function collect(sources) {
  const found = [];
  for (const source of sources) found.push(...source());
  return found;
}

function getActiveHandles() {
  return collect(handleSources).map(({ object }) => object);
}

function getActiveRequests() {
  return collect(requestSources).map(({ object }) => object);
}

function getActiveResourcesInfo() {
  const { timeoutCount, immediateCount } = getTimerCounts();
  return [
    ...collect(requestSources).map(({ type }) => type),
    ...collect(handleSources).map(({ type }) => type),
    ...new Array(timeoutCount).fill('Timeout'),
    ...new Array(immediateCount).fill('Immediate'),
  ];
}

function ref(maybeRefable) {
  const method = maybeRefable?.[kRef] || maybeRefable?.[kLegacyRef] || maybeRefable?.ref;
  if (typeof method === 'function') Reflect.apply(method, maybeRefable, []);
}

function unref(maybeRefable) {
  const method = maybeRefable?.[kUnref] || maybeRefable?.[kLegacyUnref] || maybeRefable?.unref;
  if (typeof method === 'function') Reflect.apply(method, maybeRefable, []);
}

module.exports = {
  addHandleSource,
  addRequestSource,
  getActiveHandles,
  getActiveRequests,
  getActiveResourcesInfo,
  ref,
  unref,
};
