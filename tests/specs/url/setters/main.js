'use strict';
// Setters take what fits and leave the URL alone otherwise.
const url = new URL('http://example.com/');

const set = (name, value) => {
  url[name] = value;
  console.log(`${name} = ${value}`, url.href);
};
set('protocol', 'https');
set('protocol', 'mailto');
set('username', 'a b');
set('password', ':');
set('host', 'bücher.example:8080');
set('hostname', 'bad host');
set('port', '443');
set('port', '99999');
set('pathname', 'a/../b c');
set('search', 'x=é');
set('hash', 'top');
set('search', '');
set('href', 'data:,x');
