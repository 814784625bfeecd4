'use strict';
// The warning for Buffer() and new Buffer(): once a process, and not for dependencies under
// node_modules unless --pending-deprecation asks for it.

const kWarning = 'Buffer() is deprecated due to security and usability issues. Please use the ' +
  'Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.';

// Looking at the stack is slow; a program that calls Buffer() this often has been told enough.
const kMaxChecks = 10000;

let done = false;
let checks = 0;

function warnAboutConstructor() {
  if (done) return;
  const { process } = globalThis;
  if (process === undefined) return;
  if (++checks > kMaxChecks) {
    done = true;
    return;
  }
  if (!process.execArgv?.includes('--pending-deprecation') && ops.op_os_buffer_caller_is_dependency()) return;
  // Before the emission: whoever formats the warning's stack may call Buffer() again.
  done = true;
  process.emitWarning(kWarning, 'DeprecationWarning', 'DEP0005');
}

module.exports = { warnAboutConstructor };
