'use strict';
// blob: URLs name a blob until they are revoked.
const { resolveObjectURL } = require('buffer');
const blob = new Blob(['named'], { type: 'a/b' });
const url = URL.createObjectURL(blob);
console.log(/^blob:nodedata:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(url), URL.createObjectURL(blob) === url);
const again = resolveObjectURL(url);
again.text().then((text) => console.log(text, again.type));
URL.revokeObjectURL(url);
console.log(resolveObjectURL(url), resolveObjectURL('blob:nodedata:nothing'), resolveObjectURL(1));
try {
  URL.createObjectURL({});
} catch (error) {
  console.log(error.code);
}
