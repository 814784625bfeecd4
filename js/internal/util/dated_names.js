'use strict';

// Names for files that a process writes about itself: what it is, when, by which process and thread, and the how many-th of its kind.

const two = (number) => `${number}`.padStart(2, '0');

// A function that gives such names, PREFIX.DATE.TIME.PID.THREAD.NUMBER.EXTENSION.
function datedNames(prefix, extension) {
  let count = 0;
  return () => {
    const now = new Date();
    const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
    const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
    return `${prefix}.${date}.${time}.${process.pid}.0.${`${++count}`.padStart(3, '0')}.${extension}`;
  };
}

module.exports = { datedNames };
