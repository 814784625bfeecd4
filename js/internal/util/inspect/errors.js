'use strict';
// How inspect writes errors: the stack with the class's real name in its first line, frames shared with the cause left out,
// repeated frames folded, and (with colours) the user's own frames standing out.

const { kError } = require('internal/util/kinds');
const { prefixFor } = require('internal/util/inspect/names');

const isInstanceOfError = Function.prototype.call.bind(Function.prototype[Symbol.hasInstance], Error);
const FRAME = '\n    at';
// Folding fewer lines than this would not save any.
const MIN_FOLDED_LINES = 3;
const MAX_FOLDED_BLOCK = 64;

function isError(value, kind) {
  return kind === kError || isInstanceOfError(value);
}

// The stack as text, or name and message where there is none. A stack that is no text is inspected like any value.
function stackOf(error, ctx, formatValue) {
  const { stack } = error;
  if (typeof stack === 'string' && stack !== '') return stack;
  const header = Error.prototype.toString.call(error);
  if (!stack) return header;
  const { compact } = ctx;
  ctx.seen.push(error);
  ctx.indentationLvl += 4;
  ctx.compact = false;
  const text = formatValue(ctx, stack, 0);
  ctx.compact = compact;
  ctx.indentationLvl -= 4;
  ctx.seen.pop();
  return `${header}\n    ${text}`;
}

function hideWhatTheStackSays(ctx, keys, error, stack) {
  if (ctx.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack']) {
    const at = keys.indexOf(name);
    if (at !== -1 && (typeof error[name] !== 'string' || stack.includes(error[name]))) keys.splice(at, 1);
  }
}

// The name with which a stack begins, whatever the error's name is by now.
function leadingName(stack) {
  const match = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
  return match === null ? '' : match[1];
}

// V8 writes error.name into a stack; this adds the class where that is another: "Foo [TypeError]: ...".
function nameTheClass(stack, constructor, name, tag) {
  if (typeof name !== 'string') {
    const text = String(name);
    return stack.replace(text, `${text} [${prefixFor(constructor, tag, 'Error').slice(0, -1)}]`);
  }
  let { length } = name;
  const isRegular = name.endsWith('Error') && stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !isRegular) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const leading = leadingName(stack);
    length = leading.length;
    if (leading !== '') fallback = leading;
  }
  const prefix = prefixFor(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

// Where the longest run of frames begins that both stacks have, and how long it is.
function sharedFrames(frames, others) {
  for (let i = 0; i < frames.length - 3; i++) {
    const at = others.indexOf(frames[i]);
    if (at === -1 || others.length - at <= 3) continue;
    const limit = Math.min(frames.length - i, others.length - at);
    let count = 1;
    while (count < limit && frames[i + count] === others[at + count]) count++;
    if (count > 3) return { start: i, count };
  }
  return undefined;
}

function hideFramesOfCause(ctx, error, frames) {
  let causeStack;
  try {
    const { cause } = error;
    if (cause === null || typeof cause !== 'object' || !isError(cause, undefined)) return;
    causeStack = cause.stack;
  } catch {
    return;
  }
  if (typeof causeStack !== 'string') return;
  const start = causeStack.indexOf(FRAME);
  if (start === -1) return;
  const shared = sharedFrames(frames, causeStack.slice(start + 1).split('\n'));
  if (shared === undefined) return;
  const skipped = shared.count - 2;
  frames.splice(shared.start + 1, skipped,
    ctx.stylize(`    ... ${skipped} lines matching cause stack trace ...`, 'undefined'));
}

// How often the `length` frames at `start` are repeated right after themselves.
function repetitions(frames, start, length) {
  let count = 0;
  for (let at = start + length; at + length <= frames.length; at += length) {
    for (let i = 0; i < length; i++) if (frames[at + i] !== frames[start + i]) return count;
    count++;
  }
  return count;
}

function foldRepeatedFrames(ctx, frames) {
  const folded = [];
  for (let i = 0; i < frames.length;) {
    const longest = Math.min(Math.floor((frames.length - i) / 2), MAX_FOLDED_BLOCK);
    let length = 1;
    let count = 0;
    for (; length <= longest; length++) {
      if (frames[i] !== frames[i + length]) continue;
      count = repetitions(frames, i, length);
      if (count * length >= MIN_FOLDED_LINES) break;
    }
    if (length > longest) {
      folded.push(frames[i++]);
      continue;
    }
    for (let j = 0; j < length; j++) folded.push(frames[i + j]);
    const what = count > 1 ? `${length} lines ${count} times...` : 'lines ...';
    folded.push(ctx.stylize(
      `    ... collapsed ${count * length} duplicate lines matching above ${what}`, 'undefined'));
    i += length * (count + 1);
  }
  return folded;
}

function workingDirectory() {
  try {
    return globalThis.process.cwd();
  } catch {
    // It may have been removed, or there is no process yet.
    return undefined;
  }
}

function asFileUrl(directory) {
  return `file://${encodeURI(directory).replace(/[?#]/g, encodeURIComponent)}`;
}

// The part of a frame that says where the program is, as opposed to what is in it, is dimmed.
function dimDirectory(ctx, line, directory) {
  let start = line.indexOf(`${directory}/`);
  if (start === -1) return line;
  const end = start + directory.length + 1;
  if (line.slice(start - 7, start) === 'file://') start -= 7;
  const inParentheses = line[start - 1] === '(';
  if (inParentheses) start--;
  const directoryText = ctx.stylize(line.slice(start, end), 'undefined');
  if (!inParentheses) return line.slice(0, start) + directoryText + line.slice(end);
  return line.slice(0, start) + directoryText + line.slice(end, -1) + ctx.stylize(')', 'undefined');
}

const BUILT_IN_FRAME = /^ {4}at (?:.* \()?node:.+:\d+:\d+\)?$/;
const MODULE_NAME = /(?<=[/\\]node_modules[/\\])(?:@[^/\\]+[/\\])?[^/\\]+(?=[/\\])/g;

function highlightFrames(ctx, frames) {
  const directory = workingDirectory();
  return frames.map((line) => {
    if (BUILT_IN_FRAME.test(line)) return ctx.stylize(line, 'undefined');
    line = line.replace(MODULE_NAME, (name) => ctx.stylize(name, 'module'));
    if (directory === undefined) return line;
    const marked = dimDirectory(ctx, line, directory);
    return marked === line ? dimDirectory(ctx, line, asFileUrl(directory)) : marked;
  });
}

// Adds to `keys` what an error has to show, and takes away what its stack shows already.
function formatError(error, constructor, tag, ctx, keys, formatValue) {
  let name;
  let message;
  let stack;
  try {
    stack = stackOf(error, ctx, formatValue);
    name = error.name ?? 'Error';
    ({ message } = error);
    hideWhatTheStackSays(ctx, keys, error, stack);
    if (Object.hasOwn(error, 'cause') && !keys.includes('cause')) keys.push('cause');
    if (Object.hasOwn(error, 'errors') && Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
    stack = nameTheClass(stack, constructor, name, tag);
  } catch {
    // Getters that throw: what they throw is shown where the property is, if at all.
    return Object.prototype.toString.call(error);
  }

  // A message may itself contain what looks like a frame.
  const messageAt = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  const framesAt = stack.indexOf(FRAME, messageAt === -1 ? 0 : messageAt + message.length);
  if (framesAt === -1) {
    stack = `[${stack}]`;
  } else {
    let frames = stack.slice(framesAt + 1).split('\n');
    hideFramesOfCause(ctx, error, frames);
    frames = foldRepeatedFrames(ctx, frames);
    if (ctx.colors) frames = highlightFrames(ctx, frames);
    stack = `${stack.slice(0, framesAt)}\n${frames.join('\n')}`;
  }
  return ctx.indentationLvl === 0 ? stack : stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
}

module.exports = { formatError, isError };
