'use strict';
// package.json "exports" and "imports", and a package's own name.
function attempt(request) {
  try {
    console.log(request, '->', require(request));
  } catch (error) {
    console.log(request, '->', error.code, error.message.replaceAll(__dirname, '.').split('\n')[0]);
  }
}

attempt('conditional');
attempt('conditional/features/a.js');
attempt('conditional/features/private/b.js');
attempt('conditional/package.json');
attempt('old');
attempt('old/extra');
attempt('#internal');
attempt('#renamed');
attempt('#missing');
attempt('spec/own');
attempt('broken');
attempt('nowhere');
