'use strict';
// How a Buffer looks when it is inspected: `<Buffer 68 69, extra: true>`.

const { validateNumber } = require('internal/validators');
const { hex } = require('internal/buffer/encodings');

let maxBytes = 50;

// The contents as `68 69 ... 2 more bytes`.
function describeBytes(buffer) {
  const shown = Math.min(maxBytes, buffer.length);
  const digits = hex.slice(buffer, 0, shown);
  let described = '';
  for (let i = 0; i < digits.length; i += 2) described += `${i === 0 ? '' : ' '}${digits.slice(i, i + 2)}`;
  const more = buffer.length - shown;
  if (more > 0) described += ` ... ${more} more byte${more > 1 ? 's' : ''}`;
  return described;
}

// Properties that somebody added to the Buffer, printed by inspect's own rules without their braces.
function describeExtras(buffer, context) {
  const keys = ops.op_os_buffer_named_keys(buffer, !context.showHidden);
  if (keys.length === 0) return '';
  const extras = { __proto__: null };
  for (const key of keys) extras[key] = buffer[key];
  const { inspect } = require('internal/util/inspect');
  const printed = inspect(extras, { ...context, breakLength: Infinity, compact: true });
  return printed.slice(printed.indexOf('{') + 2, -2);
}

function constructorName(buffer) {
  try {
    const { constructor } = buffer;
    if (typeof constructor === 'function' && Object.hasOwn(constructor, 'name')) return constructor.name;
  } catch {
    // A getter's failure must not keep the Buffer from being printed.
  }
  return 'Buffer';
}

function inspectBuffer(recurseTimes, context) {
  let described = describeBytes(this);
  if (context) {
    const extras = describeExtras(this, context);
    if (extras !== '') described += (this.length === 0 ? '' : ', ') + extras;
  }
  return `<${constructorName(this)} ${described}>`;
}
Object.defineProperty(inspectBuffer, 'name', { __proto__: null, value: 'inspect' });

module.exports = {
  inspectBuffer,
  getInspectMaxBytes() { return maxBytes; },
  setInspectMaxBytes(value) {
    validateNumber(value, 'INSPECT_MAX_BYTES', 0);
    maxBytes = value;
  },
};
