'use strict';
// Children that are waited for: spawnSync(), execFileSync() and execSync(). Waiting is Rust's (ext_cluster/src/spawn_sync.rs).

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE }, ErrnoException, genericNodeError } = require('internal/errors');
const { signalName } = require('internal/process/signal_numbers');
const {
  MAX_BUFFER, normalizeSpawnArguments, sanitizeKillSignal, validateMaxBuffer, validateTimeout,
} = require('internal/child_process/arguments');
const { nativeNumber, parseStdio } = require('internal/child_process/stdio');

const SIGTERM = 15;

function toBytes(input, index, encoding) {
  if (input == null) return null;
  if (typeof input === 'string') return Buffer.from(input, encoding);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw new ERR_INVALID_ARG_TYPE(`options.stdio[${index}]`, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

function run(options) {
  const { stdio, encoding } = options;
  const inputs = stdio.map((entry, i) => {
    const bytes = toBytes(entry.input, i, encoding);
    return bytes !== null && entry.type === 'pipe' ? bytes : null;
  });
  return ops.op_cluster_spawn_sync({
    file: options.file,
    args: options.args.map(String),
    envPairs: options.envPairs,
    cwd: options.cwd || null,
    stdio: stdio.map(nativeNumber),
    detached: options.detached,
    uid: options.uid ?? null,
    gid: options.gid ?? null,
  }, {
    timeout: options.timeout ?? 0,
    maxBuffer: options.maxBuffer ?? 0,
    killSignal: options.killSignal ?? SIGTERM,
  }, inputs);
}

function toOutput(bytes, encoding) {
  if (bytes === null) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function spawnSync(file, args, givenOptions) {
  const options = { __proto__: null, maxBuffer: MAX_BUFFER, ...normalizeSpawnArguments(file, args, givenOptions) };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = sanitizeKillSignal(options.killSignal);
  options.stdio = parseStdio(options.stdio || 'pipe', true).stdio;
  if (options.input) options.stdio[0] = { ...options.stdio[0], input: options.input };

  const ended = run(options);
  const started = ended.pid !== 0;
  const result = {
    status: ended.code,
    signal: ended.signal === 0 ? null : signalName(ended.signal) ?? `SIG${ended.signal}`,
    output: started ? ended.output.map((bytes) => toOutput(bytes, options.encoding)) : null,
    pid: ended.pid,
    stdout: undefined,
    stderr: undefined,
  };
  if (started) {
    result.stdout = result.output[1];
    result.stderr = result.output[2];
  }
  if (ended.error !== 0) {
    const err = new ErrnoException(ended.error, `spawnSync ${options.file}`);
    err.path = options.file;
    err.spawnargs = options.args.slice(1);
    return { error: err, ...result };
  }
  return result;
}

// What the child's failure is thrown as, or undefined.
function failureOf(result, command) {
  if (result.error) return Object.assign(result.error, result);
  if (result.status === 0) return undefined;
  let message = `Command failed: ${command}`;
  if (result.stderr?.length > 0) message += `\n${result.stderr.toString()}`;
  return genericNodeError(message, result);
}

function finish(result, command, showErrors) {
  if (showErrors && result.stderr) process.stderr.write(result.stderr);
  const err = failureOf(result, command);
  if (err !== undefined) throw err;
  return result.stdout;
}

function execFileSync(file, args, options) {
  if (args !== null && typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = [];
  }
  const result = spawnSync(file, args, options);
  const command = [options?.argv0 || file, ...(args ?? [])].join(' ');
  return finish(result, command, !options?.stdio);
}

function execSync(command, options) {
  const { normalizeExecArguments } = require('internal/child_process/exec');
  const normalized = normalizeExecArguments(command, options, null);
  const result = spawnSync(normalized.file, normalized.options);
  return finish(result, command, !normalized.options.stdio);
}

module.exports = { execFileSync, execSync, spawnSync };
