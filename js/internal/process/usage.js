'use strict';

// What the process has used: time, memory, processor.

const {
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
    ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');
const { validateArray, validateObject } = require('internal/validators');

// What the clock op fills in: [seconds, nanoseconds of the second, low and high half of all nanoseconds].
// The views are made on first use: arrays this small have crashed V8's snapshot.
let clock;
let clockNanos;

function readClock() {
  if (clock === undefined) {
    clock = new Uint32Array(4);
    clockNanos = new BigUint64Array(clock.buffer, 8, 1);
  }
  ops.op_os_hrtime(clock);
}

function hrtime(time) {
  readClock();
  const seconds = clock[0];
  const nanos = clock[1];
  if (time === undefined) return [seconds, nanos];

  validateArray(time, 'time');
  if (time.length !== 2) throw new ERR_OUT_OF_RANGE('time', 2, time.length);
  const [wasSeconds, wasNanos] = time;
  return nanos < wasNanos ?
    [seconds - wasSeconds - 1, nanos - wasNanos + 1e9] :
    [seconds - wasSeconds, nanos - wasNanos];
}

hrtime.bigint = function bigint() {
  readClock();
  return clockNanos[0];
};

// What the other ops fill in.
let numbers;

function scratch() {
  numbers ??= new Float64Array(16);
  return numbers;
}

function memoryUsage() {
  ops.op_os_memory_usage(scratch());
  return {
    rss: numbers[0],
    heapTotal: numbers[1],
    heapUsed: numbers[2],
    external: numbers[3],
    arrayBuffers: numbers[4],
  };
}

memoryUsage.rss = function rss() {
  return ops.op_os_rss();
};

function validatePrevious(value, name) {
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    throw new ERR_INVALID_ARG_VALUE.RangeError(name, value);
  }
}

function usageSince(previous) {
  const user = numbers[0];
  const system = numbers[1];
  if (!previous) return { user, system };
  return { user: user - previous.user, system: system - previous.system };
}

function validateUsage(previous) {
  if (!previous) return;
  validateObject(previous, 'prevValue');
  validatePrevious(previous.user, 'prevValue.user');
  validatePrevious(previous.system, 'prevValue.system');
}

function cpuUsage(previous) {
  validateUsage(previous);
  ops.op_os_cpu_usage(scratch(), false);
  return usageSince(previous);
}

function threadCpuUsage(previous) {
  validateUsage(previous);
  ops.op_os_cpu_usage(scratch(), true);
  return usageSince(previous);
}

function resourceUsage() {
  ops.op_os_resource_usage(scratch());
  return {
    userCPUTime: numbers[0],
    systemCPUTime: numbers[1],
    maxRSS: numbers[2],
    sharedMemorySize: numbers[3],
    unsharedDataSize: numbers[4],
    unsharedStackSize: numbers[5],
    minorPageFault: numbers[6],
    majorPageFault: numbers[7],
    swappedOut: numbers[8],
    fsRead: numbers[9],
    fsWrite: numbers[10],
    ipcSent: numbers[11],
    ipcReceived: numbers[12],
    signalsCount: numbers[13],
    voluntaryContextSwitches: numbers[14],
    involuntaryContextSwitches: numbers[15],
  };
}

module.exports = {
  availableMemory: () => ops.op_os_available_memory(),
  constrainedMemory: () => ops.op_os_constrained_memory(),
  cpuUsage,
  hrtime,
  memoryUsage,
  resourceUsage,
  threadCpuUsage,
  uptime: () => ops.op_os_process_uptime(),
};
