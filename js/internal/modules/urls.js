'use strict';

// Paths to file: URLs and back, loaded when the first module needs them: most
// scripts name their modules by path.

class LazyURL {
  constructor(input, base) {
    const { URL } = require('url');
    return new URL(input, base);
  }

  static canParse(input, base) {
    return require('url').URL.canParse(input, base);
  }
}

module.exports = {
  URL: LazyURL,
  fileURLToPath: (url) => require('url').fileURLToPath(url),
  pathToFileURL: (path) => require('url').pathToFileURL(path),
};
