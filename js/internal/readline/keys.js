'use strict';

// From what a terminal sends to keys: characters, control characters, and the
// escape sequences of xterm, rxvt, putty, cygwin and the Linux console.

const ESC = '\x1b';

// After the introducer, without modifiers. [name] or [name, 'shift' or 'ctrl'].
const named = { __proto__: null };
function name(key, ...codes) {
  for (const code of codes) named[code] = [key];
}
// xterm
name('f1', '[P', 'OP', '[11~', '[[A');
name('f2', '[Q', 'OQ', '[12~', '[[B');
name('f3', '[R', 'OR', '[13~', '[[C');
name('f4', '[S', 'OS', '[14~', '[[D');
name('f5', '[15~', '[[E');
name('f6', '[17~');
name('f7', '[18~');
name('f8', '[19~');
name('f9', '[20~');
name('f10', '[21~');
name('f11', '[23~');
name('f12', '[24~');
name('paste-start', '[200~');
name('paste-end', '[201~');
for (const [letter, key] of Object.entries({ A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home' })) {
  name(key, `[${letter}`, `O${letter}`);
}
for (const [number, key] of Object.entries({
  1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end',
})) {
  name(key, `[${number}~`);
  // rxvt
  named[`[${number}$`] = [key, 'shift'];
  named[`[${number}^`] = [key, 'ctrl'];
}
// putty
name('pageup', '[[5~');
name('pagedown', '[[6~');
// rxvt
for (const [letter, key] of Object.entries({ a: 'up', b: 'down', c: 'right', d: 'left', e: 'clear' })) {
  named[`[${letter}`] = [key, 'shift'];
  named[`O${letter}`] = [key, 'ctrl'];
}
named['[Z'] = ['tab', 'shift'];

const plain = { '\r': 'return', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\x7f': 'backspace', [ESC]: 'escape', ' ': 'space' };

function isDigit(char) {
  return char >= '0' && char <= '9';
}

// { code, modifier } of what follows `ESC [`.
function readCommand(command) {
  let match = /^(\d\d?)(?:;(\d))?([~^$])$/.exec(command);
  if (match !== null) return { code: match[1] + match[3], modifier: (match[2] ?? 1) - 1 };
  match = /^(?:(?:\d;)?(\d))?([A-Za-z])$/.exec(command);
  if (match !== null) return { code: match[2], modifier: (match[1] ?? 1) - 1 };
  return { code: command, modifier: 0 };
}

// Takes characters one by one, '' for "nothing follows for now", and calls `emit(character, key)`.
function* decodeKeys(emit) {
  for (;;) {
    let char = yield;
    let sequence = char;
    let escaped = false;
    const key = { sequence: null, name: undefined, ctrl: false, meta: false, shift: false };

    if (char === ESC) {
      escaped = true;
      sequence += char = yield;
      if (char === ESC) sequence += char = yield;
    }

    if (escaped && (char === 'O' || char === '[')) {
      let code = char;
      let modifier = 0;
      if (char === 'O') {
        // ESC O letter, or with a modifier between.
        sequence += char = yield;
        if (isDigit(char)) {
          modifier = char - 1;
          sequence += char = yield;
        }
        code += char;
      } else {
        sequence += char = yield;
        if (char === '[') {
          code += char;
          sequence += char = yield;
        }
        // Up to three digits, perhaps ';' and one more, and a last character.
        const start = sequence.length - 1;
        for (let digits = 0; digits < 3 && isDigit(char); digits++) sequence += char = yield;
        if (char === ';') {
          sequence += char = yield;
          if (isDigit(char)) sequence += char = yield;
        }
        const command = readCommand(sequence.slice(start));
        code += command.code;
        modifier = command.modifier;
      }
      key.ctrl = Boolean(modifier & 4);
      key.meta = Boolean(modifier & 10);
      key.shift = Boolean(modifier & 1);
      key.code = code;
      const known = named[code];
      key.name = known === undefined ? 'undefined' : known[0];
      if (known !== undefined && known.length === 2) key[known[1]] = true;
    } else if (plain[char] !== undefined) {
      key.name = plain[char];
      key.meta = escaped;
    } else if (!escaped && char <= '\x1a') {
      key.name = String.fromCharCode(char.charCodeAt(0) + 'a'.charCodeAt(0) - 1);
      key.ctrl = true;
    } else if (/^[0-9A-Za-z]$/.test(char)) {
      key.name = char.toLowerCase();
      key.shift = /^[A-Z]$/.test(char);
      key.meta = escaped;
    } else if (escaped) {
      key.name = char.length === 0 ? 'escape' : undefined;
      key.meta = true;
    }

    key.sequence = sequence;
    if (sequence.length !== 0 && (key.name !== undefined || escaped)) {
      emit(escaped ? undefined : sequence, key);
    } else if ([...sequence].length === 1) {
      emit(sequence, key);
    }
  }
}

module.exports = { ESC, decodeKeys };
