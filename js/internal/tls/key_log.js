'use strict';
// --tls-keylog=file: the secrets of all connections go to a file, for tools that look into captured traffic.

const { getOption } = require('internal/options');
const { emitWarning } = require('internal/process/warning');

let warned = false;

function keyLogFile() {
  return getOption('tls-keylog');
}

function appendKeyLine(line) {
  const file = keyLogFile();
  if (!file) return;
  if (!warned) {
    warned = true;
    emitWarning(`Using --tls-keylog makes TLS connections insecure by writing secret key material to file ${file}`);
  }
  require('fs').appendFileSync(file, line, { mode: 0o600 });
}

module.exports = { appendKeyLine, keyLogFile };
