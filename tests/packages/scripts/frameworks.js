'use strict';
// The same two routes in koa, fastify, hapi and on Apollo's GraphQL server.

async function ask(url) {
  const one = await fetch(`${url}/name/bob`);
  const two = await fetch(`${url}/echo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"q":1}' });
  console.log(one.status, await one.text(), two.status, await two.text(), (await fetch(`${url}/none`)).status);
}

async function koa() {
  const Koa = require('koa');
  const app = new Koa();
  app.use(async (ctx, next) => {
    await next();
    if (ctx.path.startsWith('/name/')) ctx.body = { name: ctx.path.slice(6) };
    if (ctx.path === '/echo') ctx.body = ctx.req;
  });
  const server = app.listen(0);
  await ask(`http://localhost:${server.address().port}`);
  server.close();
  server.closeAllConnections();
}

async function fastify() {
  const app = require('fastify')({ forceCloseConnections: true });
  app.get('/name/:name', (req) => ({ name: req.params.name }));
  app.post('/echo', (req) => req.body);
  await ask(await app.listen({ port: 0 }));
  await app.close();
}

async function hapi() {
  const server = require('@hapi/hapi').server({ port: 0, host: 'localhost' });
  server.route({ method: 'GET', path: '/name/{name}', handler: (req) => ({ name: req.params.name }) });
  server.route({ method: 'POST', path: '/echo', handler: (req) => req.payload });
  await server.start();
  await ask(server.info.uri);
  await server.stop();
}

async function apollo() {
  const { ApolloServer } = require('@apollo/server');
  const { startStandaloneServer } = require('@apollo/server/standalone');
  const server = new ApolloServer({ typeDefs: 'type Query { hello(to: String): String }', resolvers: { Query: { hello: (_, { to }) => `hello ${to}` } } });
  const { url } = await startStandaloneServer(server, { listen: { port: 0 } });
  const body = JSON.stringify({ query: '{ hello(to: "bob") }' });
  const res = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  console.log(res.status, await res.text());
  await server.stop();
}

(async () => {
  for (const framework of [koa, fastify, hapi, apollo]) {
    console.log(framework.name);
    await framework();
  }
})();
