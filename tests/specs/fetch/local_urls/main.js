'use strict';
// data: and blob: URLs.
const show = async (url, init) => {
  try {
    const response = await fetch(url, init);
    const { status, statusText, type } = response;
    console.log(status, statusText, type, [...response.headers], [await response.text()]);
  } catch (err) {
    console.log(`${err.message}: ${err.cause.message}`);
  }
};

async function main() {
  for (const url of [
    'data:,', 'data:text/plain;base64,aGk', 'data:;charset=utf-8,%C3%A9', 'data:no-type,abc', 'data:text/plain,a%2', 'data:text/plain,a#b',
    'data:text/plain;a=b;base64 ,aGk=', 'data:text/plain;base64,a', 'data:without-comma',
  ]) await show(url);

  const url = URL.createObjectURL(new Blob(['hello'], { type: 'a/b' }));
  await show(url);
  for (const range of ['bytes=1-2', 'bytes=3-', 'bytes=-2', 'bytes=9-']) await show(url, { headers: { range } });
  await show(url, { method: 'POST' });
  URL.revokeObjectURL(url);
  await show(url);
}
main();
