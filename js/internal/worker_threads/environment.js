'use strict';

// The values that setEnvironmentData() shares between threads.

const data = new Map();

function setEnvironmentData(key, value) {
  if (value === undefined) data.delete(key);
  else data.set(key, value);
}

function getEnvironmentData(key) {
  return data.get(key);
}

module.exports = { getEnvironmentData, setEnvironmentData };
