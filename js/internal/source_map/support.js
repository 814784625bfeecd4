'use strict';

// Source maps in stacks (--enable-source-maps): which of the modules that have
// been compiled have one, and where a place of theirs comes from.

const { setSiteDescriber } = require('internal/errors');
const { readTextIfThere } = require('internal/modules/files');
const { URL, fileURLToPath, pathToFileURL } = require('internal/modules/urls');

const support = { __proto__: null, enabled: false, nodeModules: false, generatedCode: false };

// Path of a generated file to { mapUrl, lineLengths, map }; `map` is undefined until somebody asks.
const known = new Map();

function setSupport({ enabled, nodeModules = false, generatedCode = false }) {
  support.enabled = enabled;
  support.nodeModules = nodeModules;
  support.generatedCode = generatedCode;
  setSiteDescriber(enabled ? describeSites : undefined);
}

function getSupport() {
  return { __proto__: null, enabled: support.enabled, nodeModules: support.nodeModules, generatedCode: support.generatedCode };
}

function isEnabled() {
  return support.enabled;
}

function toPath(name) {
  return name.startsWith('file:') ? fileURLToPath(name) : name;
}

// Takes note of a module that is being compiled. `name` is a path or URL.
function remember(name, text, isModule) {
  if (!support.enabled || (!support.nodeModules && name.includes('/node_modules/'))) return;
  if (!text.includes('sourceMappingURL=')) return;
  const mapUrl = ops.op_runtime_source_map_url(text, isModule);
  if (mapUrl === null) return;
  const lineLengths = text.split(/\n|\u2028|\u2029/).map((line) => line.length);
  known.set(toPath(name), { mapUrl, lineLengths, map: undefined });
}

function readPayload(file, mapUrl) {
  const data = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(mapUrl);
  let text;
  let base;
  if (data !== null) {
    base = pathToFileURL(file);
    text = data[1] === undefined ? decodeURIComponent(data[2]) : require('buffer').Buffer.from(data[2], 'base64').toString();
  } else {
    base = new URL(mapUrl, pathToFileURL(file));
    text = base.protocol === 'file:' ? readTextIfThere(fileURLToPath(base)) : undefined;
  }
  if (text === undefined) return undefined;
  // Some servers' answers begin with a guard against being run.
  const payload = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
  if (Array.isArray(payload.sources)) {
    const root = payload.sourceRoot ?? '';
    payload.sources = payload.sources.map((source) => new URL(root + source, base).href);
    payload.sourceRoot = '';
  }
  return payload;
}

// The map of a file that has been loaded with one, or undefined.
function findSourceMap(name) {
  if (typeof name !== 'string') return undefined;
  const file = toPath(name);
  const entry = known.get(file);
  if (entry === undefined) return undefined;
  if (entry.map === undefined) {
    entry.map = null;
    try {
      const { SourceMap } = require('internal/source_map/source_map');
      const payload = readPayload(file, entry.mapUrl);
      if (payload !== undefined) entry.map = new SourceMap(payload, { lineLengths: entry.lineLengths });
    } catch {
      // A map that cannot be read is none.
    }
  }
  return entry.map ?? undefined;
}

// --- stacks

function mapOf(site) {
  const name = site.getScriptNameOrSourceURL() ?? site.getFileName();
  return typeof name === 'string' && !name.startsWith('node:') ? findSourceMap(name) : undefined;
}

// The function's name in the source: as the map has it where the function begins, or where it was called.
function originalName(map, site, caller) {
  const begins = map.findEntry(site.getEnclosingLineNumber() - 1, site.getEnclosingColumnNumber() - 1);
  if (begins.name) return begins.name;
  if (caller === undefined || caller.getFileName() !== site.getFileName()) return undefined;
  return map.findEntry(caller.getLineNumber() - 1, caller.getColumnNumber() - 1).name;
}

function describeSite(site, caller) {
  const map = mapOf(site);
  if (map === undefined) return String(site);
  const { originalSource, originalLine, originalColumn } = map.findEntry(site.getLineNumber() - 1, site.getColumnNumber() - 1);
  if (originalSource === undefined || originalLine === undefined || originalColumn === undefined) return String(site);
  const place = `${toPath(originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  const type = site.getTypeName();
  const own = site.getFunctionName() ?? site.getMethodName();
  const generated = `${type !== null && type !== 'global' ? `${type}.` : ''}${own || '<anonymous>'}`;
  const name = originalName(map, site, caller);
  const prefix = site.isAsync() ? 'async ' : site.isConstructor() ? 'new ' : '';
  return `${prefix}${name && name !== generated ? name : generated} (${place})`;
}

function describeSites(sites) {
  return sites.map((site, i) => {
    try {
      return describeSite(site, sites[i + 1]);
    } catch {
      return String(site);
    }
  });
}

// [resource, line, sourceLine, startColumn, endColumn] of generated code, as the source has it.
function mapPlace(place) {
  const [resource, line, , column] = place;
  const map = findSourceMap(resource);
  if (map === undefined) return place;
  const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column);
  if (originalSource === undefined || originalLine === undefined) return place;
  const { sources, sourcesContent } = map.payload;
  const file = toPath(originalSource);
  const text = sourcesContent?.[sources.indexOf(originalSource)] ?? readTextIfThere(file);
  if (typeof text !== 'string') return place;
  return [file, originalLine + 1, text.split(/\r?\n/)[originalLine] ?? '', originalColumn, originalColumn + 1];
}

module.exports = { describeSites, findSourceMap, getSupport, isEnabled, mapPlace, remember, setSupport };
