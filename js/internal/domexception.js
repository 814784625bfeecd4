'use strict';

// DOMException: an Error with a name from the list that the web's standards
// share, and that list's number as its code.

const {
  codes: { ERR_INVALID_THIS },
} = require('internal/errors');

// Name, legacy constant, code.
const names = [
  ['IndexSizeError', 'INDEX_SIZE_ERR', 1],
  [undefined, 'DOMSTRING_SIZE_ERR', 2],
  ['HierarchyRequestError', 'HIERARCHY_REQUEST_ERR', 3],
  ['WrongDocumentError', 'WRONG_DOCUMENT_ERR', 4],
  ['InvalidCharacterError', 'INVALID_CHARACTER_ERR', 5],
  [undefined, 'NO_DATA_ALLOWED_ERR', 6],
  ['NoModificationAllowedError', 'NO_MODIFICATION_ALLOWED_ERR', 7],
  ['NotFoundError', 'NOT_FOUND_ERR', 8],
  ['NotSupportedError', 'NOT_SUPPORTED_ERR', 9],
  ['InUseAttributeError', 'INUSE_ATTRIBUTE_ERR', 10],
  ['InvalidStateError', 'INVALID_STATE_ERR', 11],
  ['SyntaxError', 'SYNTAX_ERR', 12],
  ['InvalidModificationError', 'INVALID_MODIFICATION_ERR', 13],
  ['NamespaceError', 'NAMESPACE_ERR', 14],
  ['InvalidAccessError', 'INVALID_ACCESS_ERR', 15],
  [undefined, 'VALIDATION_ERR', 16],
  ['TypeMismatchError', 'TYPE_MISMATCH_ERR', 17],
  ['SecurityError', 'SECURITY_ERR', 18],
  ['NetworkError', 'NETWORK_ERR', 19],
  ['AbortError', 'ABORT_ERR', 20],
  ['URLMismatchError', 'URL_MISMATCH_ERR', 21],
  ['QuotaExceededError', 'QUOTA_EXCEEDED_ERR', 22],
  ['TimeoutError', 'TIMEOUT_ERR', 23],
  ['InvalidNodeTypeError', 'INVALID_NODE_TYPE_ERR', 24],
  ['DataCloneError', 'DATA_CLONE_ERR', 25],
];

const codeOfName = new Map(names.filter(([name]) => name !== undefined).map(([name, , code]) => [name, code]));

// What each instance was made with. Having an entry is what makes one.
const states = new WeakMap();

function stateOf(exception) {
  const state = states.get(exception);
  if (state === undefined) throw new ERR_INVALID_THIS('DOMException');
  return state;
}

class DOMException {
  constructor(message = '', options = 'Error') {
    // A real error, so that it has a stack and is treated as one everywhere.
    const self = new Error();
    Object.setPrototypeOf(self, new.target.prototype);
    let name = options;
    if (options !== null && typeof options === 'object') {
      name = options.name ?? 'Error';
      if ('cause' in options) {
        Object.defineProperty(self, 'cause', {
          __proto__: null,
          value: options.cause,
          configurable: true,
          enumerable: false,
          writable: true,
        });
      }
    }
    states.set(self, { message: `${message}`, name: `${name}` });
    // Now that name and message are there for the first line.
    Error.captureStackTrace(self, new.target);
    return self;
  }

  get name() {
    return stateOf(this).name;
  }

  get message() {
    return stateOf(this).message;
  }

  get code() {
    return codeOfName.get(stateOf(this).name) ?? 0;
  }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
for (const name of ['name', 'message', 'code']) {
  Object.defineProperty(DOMException.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, {
  __proto__: null,
  configurable: true,
  value: 'DOMException',
});
for (const [, constant, value] of names) {
  const descriptor = { __proto__: null, enumerable: true, value };
  Object.defineProperty(DOMException, constant, descriptor);
  Object.defineProperty(DOMException.prototype, constant, descriptor);
}

// What structuredClone makes of one.
Object.defineProperty(DOMException.prototype, core.hostObjectBrand, {
  __proto__: null,
  value() {
    const { message, name } = stateOf(this);
    return { type: 'DOMException', message, name, stack: this.stack };
  },
});
core.registerCloneableResource('DOMException', ({ message, name, stack }) => {
  const copy = new DOMException(message, name);
  Object.defineProperty(copy, 'stack', { __proto__: null, configurable: true, value: stack, writable: true });
  return copy;
});

module.exports = {
  DOMException,
  isDOMException: (value) => states.has(value),
};
