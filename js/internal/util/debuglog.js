'use strict';
// util.debuglog: messages on stderr for the sections that NODE_DEBUG names. The variable is read when the first
// logger is used.

const { format, formatWithOptions } = require('internal/util/format');
const { inspect } = require('internal/util/inspect');
const { shouldColorize } = require('internal/util/colors');

const SENSITIVE_SECTIONS = new Set(['HTTP', 'HTTP2']);

let enabledSections;

// "foo,ba*" as an expression for section names.
function sectionsOf(variable) {
  const names = variable.split(',').map((name) => (
    name.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*')));
  return new RegExp(`^(?:${names.join('|')})$`, 'i');
}

function isEnabled(section) {
  if (enabledSections === undefined) {
    const variable = process.env.NODE_DEBUG;
    enabledSections = variable ? sectionsOf(variable) : null;
  }
  return enabledSections !== null && enabledSections.test(section);
}

function defineEnabled(logger, test) {
  Object.defineProperty(logger, 'enabled', {
    __proto__: null, get: test, configurable: true, enumerable: true,
  });
  return logger;
}

const loggers = { __proto__: null };

// The logger of a section, made on its first message.
function loggerOf(section) {
  const known = loggers[section];
  if (known !== undefined) return known;
  const enabled = isEnabled(section);
  let logger;
  if (enabled) {
    if (SENSITIVE_SECTIONS.has(section)) {
      process.emitWarning(`Setting the NODE_DEBUG environment variable to '${section.toLowerCase()}' can expose ` +
        'sensitive data (such as passwords, tokens and authentication headers) in the resulting log.');
    }
    logger = function debug(...args) {
      const colors = shouldColorize(process.stderr);
      const id = inspect(process.pid, { colors });
      process._rawDebug(format('%s %s: %s', section, id, formatWithOptions({ colors }, ...args)));
    };
  } else {
    logger = function debug() {};
  }
  defineEnabled(logger, () => enabled);
  loggers[section] = logger;
  return logger;
}

// `onReady` is given the real logger when the first message comes: a hot caller can put that one in place of this.
function debuglog(name, onReady = undefined) {
  let section;
  let logger;
  const sectionName = () => (section ??= `${name}`.toUpperCase());
  function log(...args) {
    if (logger === undefined) {
      logger = loggerOf(sectionName());
      if (typeof onReady === 'function') onReady(logger);
    }
    logger(...args);
  }
  let enabled;
  return defineEnabled(log, () => (enabled ??= isEnabled(sectionName())));
}

module.exports = { debuglog };
