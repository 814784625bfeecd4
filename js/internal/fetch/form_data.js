'use strict';
// The global FormData: a list of names with strings or files. How it goes over the wire is internal/fetch/multipart's.

const { File, isBlob, isFile } = require('internal/blob');
const {
  defineInterface, definePairs, illegalInvocation, inspectAs, isObject, kInspect, requireArguments, show, toUSVString,
} = require('internal/fetch/webidl');

let isFormData;
let entriesOf;

class FormData {
  // Pairs of a name and a string or File.
  #entries = [];

  static {
    isFormData = (value) => isObject(value) && #entries in value;
    entriesOf = (form) => form.#entries;
  }

  static #check(value) {
    if (!isFormData(value)) throw illegalInvocation();
    return value.#entries;
  }

  constructor(form = undefined) {
    if (form !== undefined) throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }

  append(name, value, filename = undefined) {
    const entries = FormData.#check(this);
    requireArguments(arguments.length, 2, 'FormData.append');
    entries.push(toEntry(name, value, filename, arguments.length > 2, 'FormData.append'));
  }

  delete(name) {
    FormData.#check(this);
    requireArguments(arguments.length, 1, 'FormData.delete');
    name = toUSVString(name);
    this.#entries = this.#entries.filter((entry) => entry[0] !== name);
  }

  get(name) {
    const entries = FormData.#check(this);
    requireArguments(arguments.length, 1, 'FormData.get');
    name = toUSVString(name);
    return entries.find((entry) => entry[0] === name)?.[1] ?? null;
  }

  getAll(name) {
    const entries = FormData.#check(this);
    requireArguments(arguments.length, 1, 'FormData.getAll');
    name = toUSVString(name);
    return entries.filter((entry) => entry[0] === name).map((entry) => entry[1]);
  }

  has(name) {
    const entries = FormData.#check(this);
    requireArguments(arguments.length, 1, 'FormData.has');
    name = toUSVString(name);
    return entries.some((entry) => entry[0] === name);
  }

  set(name, value, filename = undefined) {
    const entries = FormData.#check(this);
    requireArguments(arguments.length, 2, 'FormData.set');
    const entry = toEntry(name, value, filename, arguments.length > 2, 'FormData.set');
    const at = entries.findIndex((one) => one[0] === entry[0]);
    if (at === -1) {
      entries.push(entry);
    } else {
      // In the place of the first; the others go.
      this.#entries = entries.filter((one, index) => index <= at || one[0] !== entry[0]);
      this.#entries[at] = entry;
    }
  }

  [kInspect](depth, options) {
    const shown = { __proto__: null };
    for (const [name, value] of FormData.#check(this)) {
      if (shown[name] === undefined) shown[name] = value;
      else if (Array.isArray(shown[name])) shown[name].push(value);
      else shown[name] = [shown[name], value];
    }
    return inspectAs('FormData', { ...shown }, options);
  }
}
defineInterface(FormData);
definePairs(FormData, (form) => {
  if (!isFormData(form)) throw illegalInvocation();
  return entriesOf(form);
});

function toEntry(name, value, filename, named, where) {
  name = toUSVString(name);
  if (!isBlob(value)) {
    if (named) throw new TypeError(`${where}: Expected value ("${show(value)}") to be an instance of Blob.`);
    return [name, toUSVString(value)];
  }
  if (filename !== undefined) filename = toUSVString(filename);
  else if (isFile(value)) return [name, value];
  const { lastModified } = value;
  return [name, new File([value], filename ?? 'blob', { type: value.type, lastModified })];
}

// From pairs that are strings and files already.
function formOf(pairs) {
  const form = new FormData();
  for (const pair of pairs) entriesOf(form).push(pair);
  return form;
}

module.exports = { FormData, entriesOf, formOf, isFormData };
