'use strict';

// process.report: what the process is and does, as an object or a file of JSON. What happens below JavaScript (the native stack,
// the loop's handles one by one) is not in it.

const { codes: { ERR_SYNTHETIC } } = require('internal/errors');
const { datedNames } = require('internal/util/dated_names');
const { validateBoolean, validateObject, validateSignalName, validateString } = require('internal/validators');
const { process } = require('internal/process/object');
const { writeError } = require('internal/process/raw_output');

// fs, os and v8 stand above or beside the process object, and only a report needs them.
function readText(path) {
  try {
    return require('fs').readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function sharedObjects() {
  return [...new Set(readText('/proc/self/maps').match(/\/\S+\.so[.\d]*$/gm))];
}

// Programs tell C libraries apart by it.
function glibcVersion(objects) {
  const library = objects.find((path) => /\/libc[.-]/.test(path));
  return library && /GNU C Library[^\n]*?version (\d+\.\d+)/.exec(readText(library))?.[1];
}

function networkInterfaces(os) {
  const result = [];
  for (const [name, addresses] of Object.entries(os.networkInterfaces())) {
    for (const { address, netmask, family, mac, internal, scopeid } of addresses) {
      result.push({ name, internal, mac, address, netmask, family, ...(family === 'IPv6' && { scopeid }) });
    }
  }
  return result;
}

function makeHeader(event, trigger, filename, objects) {
  const os = require('os');
  const now = new Date();
  const glibcVersionRuntime = glibcVersion(objects);
  return {
    reportVersion: 5,
    event,
    trigger,
    filename,
    dumpEventTime: now.toISOString().replace(/\.\d+/, ''),
    dumpEventTimeStamp: `${now.getTime()}`,
    processId: process.pid,
    threadId: 0,
    cwd: process.cwd(),
    commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    nodejsVersion: process.version,
    ...(glibcVersionRuntime && { glibcVersionRuntime }),
    wordSize: 64,
    arch: process.arch,
    platform: process.platform,
    componentVersions: { ...process.versions },
    release: { ...process.release },
    osName: os.type(),
    osRelease: os.release(),
    osVersion: os.version(),
    osMachine: os.machine(),
    cpus: os.cpus().map(({ model, speed, times: { user, nice, sys, idle, irq } }) => ({ model, speed, user, nice, sys, idle, irq })),
    ...(!settings.excludeNetwork && { networkInterfaces: networkInterfaces(os) }),
    host: os.hostname(),
  };
}

function makeStack(error) {
  const text = `${error?.stack ?? error}`;
  const lines = text.split('\n');
  let first = lines.findIndex((line) => /^\s+at /.test(line));
  if (first === -1) first = lines.length;
  const errorProperties = {};
  if (error !== null && typeof error === 'object') {
    for (const key of Object.keys(error)) errorProperties[key] = `${error[key]}`;
  }
  return { message: lines.slice(0, first).join('\n'), stack: lines.slice(first).map((line) => line.trim()), errorProperties };
}

function makeHeap() {
  const v8 = require('v8');
  const heap = v8.getHeapStatistics();
  const heapSpaces = {};
  for (const space of v8.getHeapSpaceStatistics()) {
    heapSpaces[space.space_name] = {
      memorySize: space.space_size,
      committedMemory: space.physical_space_size,
      capacity: space.space_used_size + space.space_available_size,
      used: space.space_used_size,
      available: space.space_available_size,
    };
  }
  return {
    totalMemory: heap.total_heap_size,
    executableMemory: heap.total_heap_size_executable,
    totalCommittedMemory: heap.total_physical_size,
    availableMemory: heap.total_available_size,
    totalGlobalHandlesMemory: heap.total_global_handles_size,
    usedGlobalHandlesMemory: heap.used_global_handles_size,
    usedMemory: heap.used_heap_size,
    memoryLimit: heap.heap_size_limit,
    mallocedMemory: heap.malloced_memory,
    externalMemory: heap.external_memory,
    peakMallocedMemory: heap.peak_malloced_memory,
    nativeContextCount: heap.number_of_native_contexts,
    detachedContextCount: heap.number_of_detached_contexts,
    doesZapGarbage: heap.does_zap_garbage,
    heapSpaces,
  };
}

function cpu({ user, system }) {
  const percent = (microseconds) => Number((microseconds / 1e4 / process.uptime()).toPrecision(6));
  return {
    userCpuSeconds: user / 1e6,
    kernelCpuSeconds: system / 1e6,
    cpuConsumptionPercent: percent(user + system),
    userCpuConsumptionPercent: percent(user),
    kernelCpuConsumptionPercent: percent(system),
  };
}

function makeUsage() {
  const os = require('os');
  const usage = process.resourceUsage();
  return {
    free_memory: os.freemem(),
    total_memory: os.totalmem(),
    rss: process.memoryUsage.rss(),
    constrained_memory: process.constrainedMemory(),
    available_memory: process.availableMemory(),
    ...cpu(process.cpuUsage()),
    maxRss: usage.maxRSS * 1024,
    pageFaults: { IORequired: usage.majorPageFault, IONotRequired: usage.minorPageFault },
    fsActivity: { reads: usage.fsRead, writes: usage.fsWrite },
  };
}

// The kernel's names for the limits, and the report's.
const LIMITS = [
  ['Max core file size', 'core_file_size_blocks'],
  ['Max data size', 'data_seg_size_bytes'],
  ['Max file size', 'file_size_blocks'],
  ['Max locked memory', 'max_locked_memory_bytes'],
  ['Max resident set', 'max_memory_size_bytes'],
  ['Max open files', 'open_files'],
  ['Max stack size', 'stack_size_bytes'],
  ['Max cpu time', 'cpu_time_seconds'],
  ['Max processes', 'max_user_processes'],
  ['Max address space', 'virtual_memory_bytes'],
];

function makeLimits() {
  const limits = {};
  const text = readText('/proc/self/limits');
  const read = (word) => (word === 'unlimited' ? word : Number(word));
  for (const [name, key] of LIMITS) {
    const words = new RegExp(`^${name} +(\\w+) +(\\w+)`, 'm').exec(text);
    if (words !== null) limits[key] = { soft: read(words[1]), hard: read(words[2]) };
  }
  return limits;
}

function makeReport(event, trigger, filename, error) {
  const objects = sharedObjects();
  return {
    header: makeHeader(event, trigger, filename, objects),
    javascriptStack: makeStack(error),
    javascriptHeap: makeHeap(),
    nativeStack: [],
    resourceUsage: makeUsage(),
    uvthreadResourceUsage: { ...cpu(process.threadCpuUsage()), fsActivity: { reads: 0, writes: 0 } },
    libuv: process.getActiveResourcesInfo().map((type) => ({ type, is_active: true, is_referenced: true })),
    workers: [],
    ...(!settings.excludeEnv && { environmentVariables: { ...process.env } }),
    userLimits: makeLimits(),
    sharedObjects: objects,
  };
}

const defaultName = datedNames('report', 'json');

function write(event, trigger, file, error) {
  const fs = require('fs');
  const filename = file || settings.filename || defaultName();
  const text = `${JSON.stringify(makeReport(event, trigger, filename, error), null, settings.compact ? 0 : 2)}\n`;
  if (filename === 'stdout' || filename === 'stderr') {
    fs.writeSync(filename === 'stdout' ? 1 : 2, text);
    return filename;
  }
  const path = settings.directory === '' ? filename : require('path').join(settings.directory, filename);
  try {
    fs.writeFileSync(path, text);
  } catch {
    writeError(`\nFailed to open Node.js report file: ${path}\n`);
    return '';
  }
  writeError(`\nWriting Node.js report to file: ${filename}\nNode.js report completed\n`);
  return filename;
}

// ---------------------------------------------------------------------------
// What a program sets

const settings = {
  directory: '',
  filename: '',
  compact: false,
  excludeNetwork: false,
  excludeEnv: false,
  signal: 'SIGUSR2',
  reportOnSignal: false,
  // Kept for whoever asks: V8 ends the process where it runs out of memory, and nobody can write anything then.
  reportOnFatalError: false,
  reportOnUncaughtException: false,
};

const onException = (error) => write('Exception', 'Exception', undefined, error);
const onSignal = (name) => write(name, 'Signal', undefined, new ERR_SYNTHETIC());

const report = {
  writeReport(file, error) {
    if (typeof file === 'object' && file !== null) {
      error = file;
      file = undefined;
    } else if (file !== undefined) {
      validateString(file, 'file');
    }
    if (error === undefined) error = new ERR_SYNTHETIC();
    else validateObject(error, 'err');
    return write('JavaScript API', 'API', file, error);
  },

  getReport(error) {
    if (error === undefined) error = new ERR_SYNTHETIC();
    else validateObject(error, 'err');
    return makeReport('JavaScript API', 'GetReport', null, error);
  },
};

function define(name, check, change) {
  Object.defineProperty(report, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => settings[name],
    set(value) {
      check(value);
      change?.(settings[name], value);
      settings[name] = value;
    },
  });
}

const trigger = (value) => validateBoolean(value, 'trigger');

function listen(event, listener) {
  return (before, on) => {
    if (before === on) return;
    if (on) process.on(event(), listener);
    else process.removeListener(event(), listener);
  };
}

define('directory', (value) => validateString(value, 'directory'));
define('filename', (value) => validateString(value, 'filename'));
define('compact', (value) => validateBoolean(value, 'compact'));
define('excludeNetwork', (value) => validateBoolean(value, 'excludeNetwork'));
define('signal', (value) => validateSignalName(value), (before, after) => {
  if (!settings.reportOnSignal) return;
  process.removeListener(before, onSignal);
  process.on(after, onSignal);
});
define('reportOnFatalError', trigger);
define('reportOnSignal', trigger, listen(() => settings.signal, onSignal));
define('reportOnUncaughtException', trigger, listen(() => 'uncaughtExceptionMonitor', onException));
define('excludeEnv', (value) => validateBoolean(value, 'excludeEnv'));

module.exports = { report };
