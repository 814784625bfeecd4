'use strict';

// module.parent, which is no property of the module itself.

const parents = new WeakMap();

// The names of a module and of those on the way to it, the nearest first.
function requireStackOf(module) {
  const stack = [];
  for (let cursor = module; cursor; cursor = parents.get(cursor)) stack.push(cursor.filename || cursor.id);
  return stack;
}

module.exports = { parents, requireStackOf };
