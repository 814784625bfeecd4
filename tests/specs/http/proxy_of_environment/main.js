'use strict';
// The environment's proxies are those of the global agent where it is told so, on the command line first of all; setGlobalProxyFromEnv() sets others,
// for fetch too, and takes them back.
const { execFile } = require('child_process');
const http = require('http');
const { promisify } = require('util');

async function get(url) {
  const text = await new Promise((resolve) => {
    http.get(url, (res) => res.setEncoding('utf8').on('data', resolve)).on('error', (err) => resolve(err.code));
  });
  const fetched = await fetch(url).then((res) => res.text(), (err) => err.cause.code);
  return `${text} ${fetched}`;
}

async function child(url, other) {
  console.log(await get(url));
  const undo = http.setGlobalProxyFromEnv({ http_proxy: other, no_proxy: 'elsewhere' });
  console.log(await get(url), http.globalAgent.options.proxyEnv.no_proxy);
  undo();
  console.log(await get(url));
  http.setGlobalProxyFromEnv({})();
}

async function parent() {
  const servers = ['direct', 'one', 'two'].map((name) => http.createServer((req, res) => res.end(name)));
  const urls = await Promise.all(servers.map((server) => new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  })));
  const run = async (name, env, ...flags) => {
    const args = [...flags, __filename, urls[0], urls[2]];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, HTTP_PROXY: urls[1], ...env } }).catch((err) => ({
      stdout: /TypeError.*Invalid URL/.exec(err.stderr)?.[0].replace(/ \[.*\]/, '') ?? err.stderr,
    }));
    console.log(`${name}: ${stdout.trim().split('\n').join(', ')}`);
  };
  await run('no word', {});
  await run('variable', { NODE_USE_ENV_PROXY: '1' });
  await run('flag', { NODE_USE_ENV_PROXY: '0' }, '--use-env-proxy');
  await run('flag against it', { NODE_USE_ENV_PROXY: '1' }, '--no-use-env-proxy');
  await run('no URL', { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'nowhere' });
  for (const server of servers) server.close();
}

if (process.argv.length > 2) child(...process.argv.slice(2));
else parent();
