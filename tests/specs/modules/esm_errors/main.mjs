// What goes wrong with imports, in Node's words.
const here = new URL('.', import.meta.url);

async function attempt(specifier, options) {
  try {
    await import(specifier, options);
  } catch (error) {
    const message = error.message.replaceAll(here.href, '').replaceAll(here.pathname, './');
    console.log(`${error.code ?? error.name}: ${message}`);
  }
}

await attempt('./absent.mjs');
await attempt('./file');
await attempt('absent');
await attempt('node:absent');
await attempt('http://localhost/');
await attempt('./data.json');
await attempt('./file.mjs', { with: { type: 'json' } });
await attempt('./file.unknown');
await attempt('./names_common.mjs');
await attempt('./names_module.mjs');
await attempt('./requires.mjs');
