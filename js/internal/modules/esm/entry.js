'use strict';

// ES modules as the program: the main file, code from the command line, and what --import names.

const { importMain, importModule, jobForText } = require('internal/modules/esm/loader');
const { fatalException } = require('internal/process/execution');
const { setNaturalEndHandler } = require('internal/process/exit');
const { pathToFileURL } = require('url');

const kUnsettledTopLevelAwait = 13;

// Runs `start`, whose promise is that of the program; then `next`. A process that ends before it is settled says so.
async function run(start, next) {
  let job;
  setNaturalEndHandler(() => {
    process.exitCode ??= kUnsettledTopLevelAwait;
    if (process.exitCode === kUnsettledTopLevelAwait && job !== undefined) warnAboutUnsettled(job);
  });
  try {
    await start((started) => { job = started; });
  } catch (error) {
    setNaturalEndHandler(undefined);
    fatalException(error, true);
    return;
  }
  setNaturalEndHandler(undefined);
  try {
    next?.();
  } catch (error) {
    fatalException(error, true);
  }
}

function warnAboutUnsettled(job) {
  const { writeError } = require('internal/process/raw_output');
  for (const [url, line, source, column] of ops.op_runtime_esm_stalled(job.record)) {
    writeError(`Warning: Detected unsettled top-level await at ${url}:${line}\n${source}\n${' '.repeat(column)}^\n\n\n\n`);
  }
}

function runUrl(url) {
  run((onStart) => importMain(url, onStart));
}

function runFile(file) {
  runUrl(pathToFileURL(file).href);
}

// Code from the command line or standard input; it imports as if it were a file in the working folder.
function runText(text) {
  run(async (onStart) => {
    await undefined;
    const job = jobForText(`${pathToFileURL(`${process.cwd()}/`).href}[eval1]`, text);
    onStart(job);
    await job.run();
  });
}

// Imports these one after the other, then goes on with `then`.
function afterImports(specifiers, then) {
  const base = pathToFileURL(`${process.cwd()}/`).href;
  run(async () => {
    for (const specifier of specifiers) await importModule(specifier, base);
  }, then);
}

module.exports = { afterImports, runFile, runText, runUrl };
