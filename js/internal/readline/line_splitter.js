'use strict';

// Cutting text that comes in pieces into lines.

const lineEnding = /\r\n|\n|\r|\u2028|\u2029/g;

class LineSplitter {
  // The piece of a line whose end has not come.
  rest = '';
  #returnAt = 0;
  #crlfDelay;

  // A line feed that comes within `crlfDelay` milliseconds of a carriage return belongs to it.
  constructor(crlfDelay) {
    this.#crlfDelay = crlfDelay;
  }

  // Calls `onLine(line)` for each line that `text` completes.
  write(text, onLine) {
    if (this.#returnAt !== 0 && Date.now() - this.#returnAt <= this.#crlfDelay) {
      if (text[0] === '\n') text = text.slice(1);
      this.#returnAt = 0;
    }
    if (text.search(lineEnding) === -1) {
      this.rest += text;
      return;
    }
    if (text.endsWith('\r')) this.#returnAt = Date.now();
    const lines = (this.rest + text).split(lineEnding);
    this.rest = lines.pop();
    for (const line of lines) onLine(line);
  }
}

module.exports = { LineSplitter, lineEnding };
