'use strict';

// V8's errors about ES modules, with what a newcomer from CommonJS needs to know.

const { findPackageScope } = require('internal/modules/package_json');

const SCOPE_NAMES = ['require', 'exports', 'module', '__filename', '__dirname'];
const kDone = new WeakSet();

// `require is not defined`, in a file that is an ES module.
function explainScopeError(error, url) {
  if (!core.isNativeError(error) || error.name !== 'ReferenceError' || kDone.has(error)) return;
  const name = SCOPE_NAMES.find((candidate) => error.message === `${candidate} is not defined`);
  if (name === undefined) return;
  kDone.add(error);
  let addition = ' in ES module scope';
  if (name === 'require') addition += ', you can use import instead';
  if (url.startsWith('file:')) {
    const file = require('url').fileURLToPath(url);
    const pack = file.endsWith('.js') ? findPackageScope(file) : null;
    if (pack?.type === 'module') {
      addition += '\nThis file is being treated as an ES module because it has a \'.js\' file extension and ' +
        `'${pack.path}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;
    }
  }
  replaceMessage(error, error.message + addition);
}

// A name that a CommonJS module does have, but not where the lexer could see it.
function explainInstantiationError(error, job) {
  const match = /^The requested module '(.*)' does not provide an export named '(.*)'$/s.exec(error?.message);
  if (match === null || error.name !== 'SyntaxError') return;
  const [, specifier, name] = match;
  if (!importsCommonJs(job, specifier, new Set())) return;
  // The import as it is written, if it stands in one line.
  const names = /\{[^{}]*\}/.exec(ops.op_runtime_error_source(error)?.[2])?.[0].replaceAll(/\s+as\s+/g, ': ');
  replaceMessage(
    error,
    `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all ` +
    'module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\n' +
    `import pkg from '${specifier}';\n${names === undefined ? '' : `const ${names} = pkg;\n`}`);
}

// Whether a module of the graph that is not linked yet imports CommonJS by this specifier.
function importsCommonJs(job, specifier, seen) {
  if (seen.has(job)) return false;
  seen.add(job);
  for (let i = 0; i < job.imports.length; i += 2) {
    const imported = job.imports[i + 1];
    if (job.imports[i] === specifier && imported.format === 'commonjs') return true;
    if (importsCommonJs(imported, specifier, seen)) return true;
  }
  return false;
}

function replaceMessage(error, message) {
  const before = error.message;
  ops.op_runtime_error_source_keep(error);
  error.message = message;
  // The stack is made of the message when it is first read; then there is nothing to mend.
  const { stack } = error;
  if (typeof stack !== 'string' || stack.includes(message)) return;
  const at = stack.indexOf(before);
  if (at !== -1) error.stack = stack.slice(0, at) + message + stack.slice(at + before.length);
}

module.exports = { explainInstantiationError, explainScopeError };
