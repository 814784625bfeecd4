'use strict';
// atob and btoa: bytes in strings, white space and missing padding forgiven, everything else refused.
console.log(btoa('héllo'), atob('aOlsbG8='), atob(' aOls\nbG8 '), btoa(''), btoa(null), atob(btoa('\x00\xff')) === '\x00\xff');
for (const attempt of [() => btoa('€'), () => atob('a'), () => atob('aGk*'), () => atob('aGk=='), () => atob('a€'), () => atob(), () => btoa()]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code);
  }
}
