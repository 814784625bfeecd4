'use strict';

// What is printed of a run of tests: each with its outcome, and at the end the figures and what failed.

const { inspect } = require('internal/util/inspect');

const symbols = { pass: '\u2714 ', fail: '\u2716 ', skip: '\ufe63 ', todo: '\u26a0 ', suite: '\u25b6 ' };

function duration(test) {
  return `(${test.duration.toFixed(6).replace(/\.?0+$/, '')}ms)`;
}

function note(kind, value) {
  if (value === undefined || value === false) return '';
  return ` # ${kind}${typeof value === 'string' ? ` ${value}` : ''}`;
}

function line(test) {
  let symbol = test.passed ? symbols.pass : symbols.fail;
  if (test.skipped !== undefined) symbol = symbols.skip;
  else if (test.todo !== undefined && !test.passed) symbol = symbols.todo;
  return `${symbol}${test.name} ${duration(test)}${note('SKIP', test.skipped)}${note('TODO', test.todo)}`;
}

// The lines of a test that has ended, with all below it.
function describe(test, indent = '') {
  const out = [];
  if (test.children.length > 0) {
    out.push(`${indent}${symbols.suite}${test.name}`);
    for (const child of test.children) out.push(...describe(child, `${indent}  `));
  }
  out.push(`${indent}${line(test)}`);
  for (const message of test.diagnostics) out.push(`${indent}\u2139 ${message}`);
  return out;
}

function count(test, figures) {
  for (const child of test.children) {
    if (child.isSuite) {
      figures.suites++;
    } else {
      figures.tests++;
      if (child.skipped !== undefined) figures.skipped++;
      else if (child.todo !== undefined) figures.todo++;
      else if (child.cancelled) figures.cancelled++;
      else if (child.passed) figures.pass++;
      else figures.fail++;
    }
    count(child, figures);
  }
  return figures;
}

function failures(test, found = []) {
  for (const child of test.children) {
    failures(child, found);
    const own = !child.passed && child.todo === undefined && !child.onlyChildrenFailed;
    if (own) found.push(child);
  }
  return found;
}

function summary(root) {
  const figures = count(root, { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 });
  const out = Object.entries(figures).map(([name, figure]) => `\u2139 ${name} ${figure}`);
  out.push(`\u2139 duration_ms ${root.duration}`);
  const failed = failures(root);
  if (failed.length > 0) {
    out.push('', `${symbols.fail}failing tests:`);
    for (const test of failed) {
      out.push('', line(test), ...inspect(test.error).split('\n').map((text) => `  ${text}`));
    }
  }
  return out;
}

module.exports = { describe, summary };
