'use strict';
// Media types: parsing, changing, writing.
const { MIMEType } = require('util');

const mime = new MIMEType(' Text/HTML ; charset="utf-8\\"" ; x=1; x=2; bad; q=""');
console.log(String(mime), mime.essence, mime.params.get('charset'), [...mime.params.keys()]);
mime.subtype = 'Plain';
mime.params.set('charset', 'a b');
mime.params.delete('x');
console.log(JSON.stringify({ mime }));
try {
  mime.type = 'a/b';
} catch (error) {
  console.log(error.code, error.message);
}
