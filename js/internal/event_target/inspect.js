'use strict';

// What util.inspect() shows of the web's interface objects: the class's name and chosen properties.

const { inspect } = require('internal/util/inspect');

function inspectAs(object, properties, depth, options) {
  const name = object.constructor.name;
  if (depth < 0) return name;
  const nested = Object.assign({}, options, {
    depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth,
  });
  return `${name} ${inspect(properties, nested)}`;
}

module.exports = { inspectAs };
