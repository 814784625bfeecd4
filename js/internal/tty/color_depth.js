'use strict';
// How many colours a terminal shows, by what the environment says of it. Knows nothing of streams.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateInteger } = require('internal/validators');

// Bits of colour: two colours (none), 16, 256, 16 million.
const NONE = 1;
const BASIC = 4;
const INDEXED = 8;
const TRUE = 24;

// What FORCE_COLOR may say.
const forced = { '__proto__': null, '': BASIC, '1': BASIC, 'true': BASIC, '2': INDEXED, '3': TRUE };

// Build services by the variable that each of them sets.
const services = [
  ['APPVEYOR', INDEXED],
  ['BUILDKITE', INDEXED],
  ['CIRCLECI', TRUE],
  ['DRONE', INDEXED],
  ['GITEA_ACTIONS', TRUE],
  ['GITHUB_ACTIONS', TRUE],
  ['GITLAB_CI', INDEXED],
  ['TRAVIS', INDEXED],
];

const programs = { __proto__: null, HyperTerm: TRUE, MacTerm: TRUE, Apple_Terminal: INDEXED };

const terminals = {
  '__proto__': null,
  'eterm': BASIC,
  'cons25': BASIC,
  'console': BASIC,
  'cygwin': BASIC,
  'dtterm': BASIC,
  'gnome': BASIC,
  'hurd': BASIC,
  'jfbterm': BASIC,
  'konsole': BASIC,
  'kterm': BASIC,
  'mlterm': BASIC,
  'mosh': TRUE,
  'putty': BASIC,
  'st': BASIC,
  'rxvt-unicode-24bit': TRUE,
  'terminator': TRUE,
  'xterm-kitty': TRUE,
};

const families = /ansi|color|linux|direct|^con\d*x\d|^rxvt|^screen|^xterm|^vt100|^vt220/;

function ofService(env) {
  for (const [name, depth] of services) {
    if (name in env) return depth;
  }
  return env.CI_NAME === 'codeship' ? INDEXED : NONE;
}

// TeamCity understands colours since 9.1.
function ofTeamCity(version) {
  return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(version) ? BASIC : NONE;
}

function ofProgram(env) {
  if (env.TERM_PROGRAM === 'iTerm.app') {
    const version = env.TERM_PROGRAM_VERSION;
    return !version || /^[0-2]\./.test(version) ? INDEXED : TRUE;
  }
  return programs[env.TERM_PROGRAM];
}

function ofTerminal(env) {
  if (env.TERM) {
    if (env.TERM.includes('truecolor')) return TRUE;
    if (env.TERM.startsWith('xterm-256')) return INDEXED;
    const term = env.TERM.toLowerCase();
    const depth = terminals[term];
    if (depth !== undefined) return depth;
    if (families.test(term)) return BASIC;
  }
  return env.COLORTERM ? BASIC : NONE;
}

let warned = false;

function warnOfConflict(env) {
  const ignored = ['NODE_DISABLE_COLORS', 'NO_COLOR'].filter((name) => env[name] !== undefined);
  if (warned || ignored.length === 0) return;
  warned = true;
  process.emitWarning(`The '${ignored.join("' and '")}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
}

function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    const depth = forced[env.FORCE_COLOR];
    if (depth === undefined) return NONE;
    warnOfConflict(env);
    return depth;
  }
  if ((env.NODE_DISABLE_COLORS !== undefined && env.NODE_DISABLE_COLORS !== '') ||
      (env.NO_COLOR !== undefined && env.NO_COLOR !== '') || env.TERM === 'dumb') {
    return NONE;
  }
  if (env.TMUX) return TRUE;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return BASIC;
  if (env.CI) return ofService(env);
  if ('TEAMCITY_VERSION' in env) return ofTeamCity(env.TEAMCITY_VERSION);
  const depth = ofProgram(env);
  if (depth !== undefined) return depth;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return TRUE;
  return ofTerminal(env);
}

// `count` may be left out: hasColors(env). `this` is the stream, which may have a getColorDepth of its own.
function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  if (env !== undefined && (typeof env !== 'object' || env === null)) throw new ERR_INVALID_ARG_TYPE('env', 'Object', env);
  return count <= 2 ** this.getColorDepth(env);
}

module.exports = { getColorDepth, hasColors };
