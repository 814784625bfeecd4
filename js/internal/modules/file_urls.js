'use strict';

// Modules are known by the paths of their files in CommonJS and by URLs in ES modules. What is no file, such as a built-in or what a hook has made up,
// has the same name in both.

const { fileURLToPath, pathToFileURL } = require('url');

function pathOf(url) {
  return url !== undefined && url.startsWith('file:') ? fileURLToPath(url) : url;
}

function urlOf(name) {
  return name.startsWith('/') ? pathToFileURL(name).href : name;
}

module.exports = { pathOf, urlOf };
