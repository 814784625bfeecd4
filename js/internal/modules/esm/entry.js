'use strict';

// ES modules as the program: the main file, code from the command line, and what --import names.

const { importMain, importModule, jobForText } = require('internal/modules/esm/loader');
const { fatalException } = require('internal/process/execution');
const { exitWasRequested } = require('internal/process/exit');
const { pathToFileURL } = require('url');

const kUnsettledTopLevelAwait = 13;

// Runs `start`, whose promise is that of the program. A process that ends before it is settled says so.
async function run(start) {
  let job;
  function onExit() {
    if (exitWasRequested()) return;
    process.exitCode ??= kUnsettledTopLevelAwait;
    if (process.exitCode === kUnsettledTopLevelAwait && job !== undefined) warnAboutUnsettled(job);
  }
  process.on('exit', onExit);
  try {
    await start((started) => { job = started; });
  } catch (error) {
    process.off('exit', onExit);
    fatalException(error, true);
    return;
  }
  process.off('exit', onExit);
}

function warnAboutUnsettled(job) {
  const { writeError } = require('internal/process/raw_output');
  for (const [url, line, source, column] of ops.op_runtime_esm_stalled(job.record)) {
    writeError(`Warning: Detected unsettled top-level await at ${url}:${line}\n${source}\n${' '.repeat(column)}^\n\n\n`);
  }
}

function runFile(file) {
  run((onStart) => importMain(pathToFileURL(file).href, onStart));
}

let texts = 0;

// `name` is '[eval]' or '[stdin]'.
function runText(text, name) {
  run(async (onStart) => {
    await undefined;
    const number = name === '[eval]' ? ++texts : '';
    const numbered = name.replace(']', `${number}]`);
    const job = jobForText(`${pathToFileURL(`${process.cwd()}/`).href}${numbered}`, text);
    onStart(job);
    await job.run();
  });
}

// Imports these one after the other, then goes on with `then`.
function afterImports(specifiers, then) {
  const base = pathToFileURL(`${process.cwd()}/`).href;
  run(async () => {
    for (const specifier of specifiers) await importModule(specifier, base);
    then();
  });
}

module.exports = { afterImports, runFile, runText };
