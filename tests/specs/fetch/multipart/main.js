'use strict';
// FormData, and its way over the wire and back.
const form = new FormData();
form.append('text', 'one\ntwo');
form.append('é"\r\n', 'ü');
form.append('file', new File(['\0\r\n--dashes'], 'a "name".bin', { type: 'a/b', lastModified: 5 }));
form.append('blob', new Blob(['x']), 'given.txt');
form.append('text', 'three');
form.set('blob', new Blob(['y']));
console.log(form.getAll('text'), form.has('nothing'), form.get('nothing'), form.get('blob').name);

const read = (text, boundary = 'B') => new Response(text, { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }).formData();

async function main() {
  const response = new Response(form);
  console.log(/^multipart\/form-data; boundary=\S+$/.test(response.headers.get('content-type')));
  for (const [name, value] of await response.formData()) {
    console.log([name], typeof value === 'string' ? [value] : [value.name, value.type, await value.text()]);
  }
  const part = (head, body) => `--B\r\n${head}\r\n\r\n${body}\r\n`;
  const texts = [
    `${part('Content-Disposition: form-data; name="empty"', '')}--B--`,
    `${part('content-disposition: form-data; name="f"; filename="x.txt"', 'plain')}--B--\r\n`,
    '--B--', 'nothing', `${part('Content-Disposition: form-data; name="a"', 'x')}`, `${part('Content-Type: a/b', 'x')}--B--`,
    `${part('Content-Disposition: attachment; name="a"', 'x')}--B--`, `${part('no field', 'x')}--B--`,
  ];
  for (const text of texts) {
    try {
      for (const [name, value] of await read(text)) console.log(name, typeof value === 'string' ? [value] : [value.name, value.type, value.size]);
    } catch (err) {
      console.log(err.message, err.cause.message);
    }
  }
}
main();
