'use strict';
// util.parseArgs: command line arguments as tokens, and the tokens as values by option name.

const {
  codes: {
    ERR_INVALID_ARG_VALUE,
    ERR_PARSE_ARGS_INVALID_OPTION_VALUE,
    ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL,
    ERR_PARSE_ARGS_UNKNOWN_OPTION,
  },
} = require('internal/errors');
const {
  validateArray, validateBoolean, validateBooleanArray, validateObject, validateString, validateStringArray,
  validateUnion,
} = require('internal/validators');

const NEGATION = 'no-';

function ownOption(object, name) {
  return object != null && Object.hasOwn(object, name) ? object[name] : undefined;
}

// Arguments of this process: with -e or -p there is no script's name before them.
function mainArguments() {
  const hasNoScript = process.execArgv.some((argument) => (
    argument === '-e' || argument === '-p' || argument === '-pe' || argument === '--print' ||
    argument === '--eval' || argument.startsWith('--eval=') || argument.startsWith('--print=')));
  return process.argv.slice(hasNoScript ? 1 : 2);
}

function checkDefault(option, name) {
  const path = `options.${name}.default`;
  const isMultiple = ownOption(option, 'multiple') === true;
  if (option.type === 'string') (isMultiple ? validateStringArray : validateString)(option.default, path);
  else (isMultiple ? validateBooleanArray : validateBoolean)(option.default, path);
}

function checkOptions(options) {
  validateObject(options, 'options');
  for (const [name, option] of Object.entries(options)) {
    validateObject(option, `options.${name}`);
    validateUnion(ownOption(option, 'type'), `options.${name}.type`, ['string', 'boolean']);
    if (Object.hasOwn(option, 'short')) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) {
        throw new ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
      }
    }
    if (ownOption(option, 'multiple') !== undefined) validateBoolean(option.multiple, `options.${name}.multiple`);
    if (ownOption(option, 'default') !== undefined) checkDefault(option, name);
  }
}

class Tokenizer {
  tokens = [];
  index = 0;

  constructor(args, options) {
    this.args = args;
    this.options = options;
  }

  takesValue(name) {
    return ownOption(ownOption(this.options, name), 'type') === 'string';
  }

  nameOfShort(character) {
    for (const [name, option] of Object.entries(this.options)) {
      if (ownOption(option, 'short') === character) return name;
    }
    return character;
  }

  option(name, rawName, value, inlineValue) {
    this.tokens.push({ kind: 'option', name, rawName, index: this.index, value, inlineValue });
  }

  positional(value) {
    this.tokens.push({ kind: 'positional', index: this.index, value });
  }

  // An option without a value in its own argument takes the next one, whatever that looks like.
  lone(name, rawName) {
    if (this.takesValue(name) && this.args[this.index + 1] != null) {
      this.option(name, rawName, this.args[this.index + 1], false);
      this.index++;
    } else {
      this.option(name, rawName, undefined, undefined);
    }
  }

  // "-abc": options, until one that takes the rest as its value.
  shorts(argument) {
    for (let i = 1; i < argument.length; i++) {
      const name = this.nameOfShort(argument[i]);
      const rawName = `-${argument[i]}`;
      if (i === argument.length - 1) {
        this.lone(name, rawName);
      } else if (this.takesValue(name)) {
        this.option(name, rawName, argument.slice(i + 1), true);
        return;
      } else {
        this.option(name, rawName, undefined, undefined);
      }
    }
  }

  run() {
    const { args } = this;
    for (; this.index < args.length; this.index++) {
      const argument = args[this.index];
      if (argument === '--') {
        this.tokens.push({ kind: 'option-terminator', index: this.index });
        while (++this.index < args.length) this.positional(args[this.index]);
        break;
      }
      if (typeof argument !== 'string' || argument.length < 2 || argument[0] !== '-') {
        this.positional(argument);
      } else if (argument[1] !== '-') {
        this.shorts(argument);
      } else {
        // An option's name may begin with "=", but not be empty.
        const equals = argument.indexOf('=', 3);
        if (equals === -1) {
          this.lone(argument.slice(2), argument);
        } else {
          this.option(argument.slice(2, equals), argument.slice(0, equals), argument.slice(equals + 1), true);
        }
      }
    }
    return this.tokens;
  }
}

function checkUsage(config, token) {
  const { options } = config;
  let { name } = token;
  if (!Object.hasOwn(options, name)) {
    const negated = config.allowNegative && name.startsWith(NEGATION) ? name.slice(NEGATION.length) : undefined;
    if (negated === undefined || !Object.hasOwn(options, negated) ||
        ownOption(options[negated], 'type') !== 'boolean') {
      throw new ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, config.allowPositionals);
    }
    name = negated;
  }
  const option = options[name];
  const short = ownOption(option, 'short');
  const shown = `${short ? `-${short}, ` : ''}--${name}`;
  if (option.type === 'string' && typeof token.value !== 'string') {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (option.type === 'boolean' && token.value != null) {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
}

// A value that looks like an option is more likely a value that was forgotten.
function checkAmbiguity(token) {
  const { name, rawName, value } = token;
  if (token.inlineValue || value == null || value.length < 2 || value[0] !== '-') return;
  const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
  throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${rawName}'?
To specify an option argument starting with a dash use ${example}.`);
}

function store(config, token, values) {
  let { name, value } = token;
  if (config.allowNegative && value === undefined && name.startsWith(NEGATION)) {
    name = name.slice(NEGATION.length);
    value = false;
  }
  if (name === '__proto__') return;
  value ??= true;
  if (ownOption(ownOption(config.options, name), 'multiple')) {
    if (values[name] === undefined) values[name] = [value];
    else values[name].push(value);
  } else {
    values[name] = value;
  }
}

function parseArgs(config = { __proto__: null }) {
  const args = ownOption(config, 'args') ?? mainArguments();
  const strict = ownOption(config, 'strict') ?? true;
  const allowPositionals = ownOption(config, 'allowPositionals') ?? !strict;
  const wantTokens = ownOption(config, 'tokens') ?? false;
  const allowNegative = ownOption(config, 'allowNegative') ?? false;
  const options = ownOption(config, 'options') ?? { __proto__: null };
  const settings = { strict, options, allowPositionals, allowNegative };

  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(wantTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  checkOptions(options);

  const tokens = new Tokenizer(args, options).run();
  const result = { values: { __proto__: null }, positionals: [] };
  if (wantTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) {
        checkUsage(settings, token);
        checkAmbiguity(token);
      }
      store(settings, token, result.values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const [name, option] of Object.entries(options)) {
    const fallback = ownOption(option, 'default');
    if (fallback !== undefined && result.values[name] === undefined && name !== '__proto__') {
      result.values[name] = fallback;
    }
  }
  return result;
}

module.exports = { parseArgs };
