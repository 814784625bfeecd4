'use strict';
// The media type that a list of headers gives, by the Fetch standard: the last valid one of several, with the charset of those before it.

const { MIMEType } = require('internal/util/mime');

// Of a header's value: what its commas divide, but for those in quotes.
function split(value) {
  return value.match(/(?:"(?:[^"\\]|\\.)*"?|[^",])+/g) ?? [];
}

function parse(text) {
  try {
    return new MIMEType(text);
  } catch {
    return null;
  }
}

// Normalized text, or null.
function mediaTypeOf(headers) {
  const value = headers.get('content-type');
  if (value === null) return null;
  let found = null;
  let charset = null;
  for (const text of split(value)) {
    const type = parse(text);
    if (type === null || type.essence === '*/*') continue;
    if (found === null || type.essence !== found.essence) charset = type.params.get('charset');
    else if (!type.params.has('charset') && charset !== null) type.params.set('charset', charset);
    found = type;
  }
  return found === null ? null : `${found}`;
}

const essenceOf = (type) => new MIMEType(type).essence;
const parameterOf = (type, name) => new MIMEType(type).params.get(name);

module.exports = { essenceOf, mediaTypeOf, parameterOf };
