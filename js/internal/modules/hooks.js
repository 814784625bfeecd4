'use strict';

// module.registerHooks(): functions of the program between a specifier and its URL, and between a URL and its text. They are asked by require and
// import alike, the one registered last first; each may ask the next, and the last to be asked is what Node does by itself.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_PROPERTY_VALUE, ERR_INVALID_RETURN_VALUE } } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

// Replaced, never changed: a chain that is being asked stays as it is.
let resolvers = [];
let loaders = [];

class ModuleHooks {
  #resolve;
  #load;

  constructor(resolve, load) {
    this.#resolve = resolve;
    this.#load = load;
    if (resolve !== undefined) resolvers = [...resolvers, { owner: this, hook: resolve }];
    if (load !== undefined) loaders = [...loaders, { owner: this, hook: load }];
  }

  get resolve() {
    return this.#resolve;
  }

  get load() {
    return this.#load;
  }

  deregister() {
    resolvers = resolvers.filter(({ owner }) => owner !== this);
    loaders = loaders.filter(({ owner }) => owner !== this);
  }
}

function registerHooks(hooks) {
  const { resolve, load } = hooks;
  if (resolve) validateFunction(resolve, 'hooks.resolve');
  if (load) validateFunction(load, 'hooks.load');
  return new ModuleHooks(resolve || undefined, load || undefined);
}

// What `hooks` make of `subject`, `byDefault` being the last of them.
function ask(hooks, name, subject, context, byDefault, validate) {
  const askFrom = (index, asked, itsContext) => {
    if (index < 0) return byDefault(asked, itsContext);
    let hasAsked = false;
    const next = (another = asked, changes = undefined) => {
      validateString(another, name === 'resolve' ? 'specifier' : 'url');
      hasAsked = true;
      return askFrom(index - 1, another, changes ? { ...itsContext, ...changes } : itsContext);
    };
    const { hook } = hooks[index];
    const result = hook(asked, itsContext, next);
    validate(result);
    if (!hasAsked && result.shortCircuit !== true) {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('true', name, 'shortCircuit', result.shortCircuit);
    }
    return result;
  };
  return askFrom(hooks.length - 1, subject, context);
}

function validateResolved(result) {
  if (typeof result !== 'object' || result === null) throw new ERR_INVALID_RETURN_VALUE('an object', 'resolve', result);
  const { url, format } = result;
  if (typeof url !== 'string' || (!url.startsWith('node:') && !URL.canParse(url))) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', 'resolve', 'url', url);
  }
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', 'resolve', 'format', format);
  }
}

function validateLoaded(result) {
  if (typeof result !== 'object' || result === null) throw new ERR_INVALID_RETURN_VALUE('an object', 'load', result);
  const { source, format } = result;
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', 'load', 'format', format);
  }
  if (source === undefined || source === null || typeof source === 'string' || isAnyArrayBuffer(source) || isArrayBufferView(source)) return;
  throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source);
}

function attributesOf(pairs) {
  const attributes = { __proto__: null };
  for (let i = 0; pairs && i < pairs.length; i += 2) attributes[pairs[i]] = pairs[i + 1];
  return attributes;
}

// { url, format } of what `specifier` stands for in the module `parentURL`. `byDefault(specifier, context)` gives the same.
function resolveWithHooks(specifier, parentURL, conditions, attributes, byDefault) {
  const context = { conditions: [...conditions], importAttributes: attributesOf(attributes), parentURL };
  return ask(resolvers, 'resolve', specifier, context, byDefault, validateResolved);
}

// { format, source } of `url`. `byDefault(url, context)` gives the same.
function loadWithHooks(url, format, conditions, attributes, byDefault) {
  const context = { format, conditions: [...conditions], importAttributes: attributesOf(attributes) };
  return ask(loaders, 'load', url, context, byDefault, validateLoaded);
}

// A source as text.
function textOf(source) {
  if (typeof source === 'string') return source;
  if (isAnyArrayBuffer(source) || isArrayBufferView(source)) return new TextDecoder().decode(source);
  throw new ERR_INVALID_ARG_TYPE('source', ['string', 'ArrayBuffer', 'TypedArray'], source);
}

module.exports = {
  hasLoadHooks: () => loaders.length > 0,
  hasResolveHooks: () => resolvers.length > 0,
  loadWithHooks,
  registerHooks,
  resolveWithHooks,
  textOf,
};
