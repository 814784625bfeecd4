'use strict';

// structuredClone().

const structuredClone = (value) => core.structuredClone(value);

module.exports = { structuredClone };
