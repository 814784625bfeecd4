'use strict';

// Signal names and numbers as Linux has them on x86-64 and arm64.

const numbers = { __proto__: null };
[
  'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGUSR1',
  'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGSTKFLT', 'SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP',
  'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGXCPU', 'SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGWINCH', 'SIGIO', 'SIGPWR',
  'SIGSYS',
].forEach((name, i) => {
  numbers[name] = i + 1;
});
// Second names of the same signals.
const aliases = { __proto__: null, SIGIOT: numbers.SIGABRT, SIGPOLL: numbers.SIGIO };

function signalNumber(name) {
  return numbers[name] ?? aliases[name];
}

const names = Object.keys(numbers);

// The first name of a number, or undefined.
function signalName(number) {
  return names[number - 1];
}

module.exports = { signalName, signalNumber };
