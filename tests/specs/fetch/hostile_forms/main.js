'use strict';
// What is no form is an error, never a form with something else in it.
async function show(name, body, boundary = 'B') {
  try {
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const form = await new Response(body, { headers }).formData();
    console.log(name, [...form].map(([key, value]) => [key, typeof value === 'string' ? value : value.name]));
  } catch (err) {
    console.log(name, `${err.name}: ${err.message}`, err.cause.message);
  }
}
const part = (disposition, more = '') => `--B\r\nContent-Disposition: form-data${disposition}\r\n${more}\r\nv\r\n--B--`;

async function main() {
  await show('open quote', part('; name="a'));
  await show('no name', part(''));
  await show('a backslash is no escape', part('; name="a\\"; filename="C:\\x"'));
  await show('extended', part(`; name="a"; filename="plain"; filename*=utf-8''%e2%82%ac`));
  await show('unknown charset', part(`; name="a"; filename*=iso-8859-1''%e9`));
  await show('malformed escape', part(`; name="a"; filename="b"; filename*=utf-8''%zz`));
  await show('no colon', part('; name="a"', 'field\r\n'));
  await show('blank before the colon', part('; name="a"', 'field : x\r\n'));
  await show('something before the first delimiter', `before${part('; name="a"')}`);
  await show('no end', part('; name="a"').slice(0, -2));
  await show('half a head', part('; name="a"').slice(0, 30));
  await show('half a body', part('; name="a"').slice(0, -8));
  await show('many', `--B\r\nContent-Disposition: form-data; name="${'x'.repeat(1e5)}`.repeat(100));

  const form = new FormData();
  form.append('back\\', 'x');
  console.log([...await new Response(form).formData()]);
  console.log([...await new Response('\ufeffa=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }).formData()]);
}
main();
