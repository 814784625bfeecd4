'use strict';
// emitWarning in its forms. The warning is emitted in the next tick, and printed unless somebody removes the printer.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  console.log([warning.name, warning.message, warning.code, warning.detail].join(' | '));
});
process.emitWarning('plain');
process.emitWarning('named', 'CustomWarning', 'CODE1');
process.emitWarning('with options', { type: 'OptionWarning', code: 'CODE2', detail: 'some detail' });
process.emitWarning(new RangeError('an error'));
process.noDeprecation = true;
process.emitWarning('not heard', 'DeprecationWarning');
try {
  process.emitWarning(7);
} catch (err) {
  console.log(err.code);
}
console.log('emitted');
