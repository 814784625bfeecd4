'use strict';
// Response: making one, its static forms, what it refuses.
console.log(new Response('hi', { status: 201, statusText: 'Made', headers: { a: 'b' } }));
console.log(Response.error().type, Response.error().status);
const json = Response.json({ a: [1] }, { status: 202 });
console.log(json.status, json.headers.get('content-type'));
const redirect = Response.redirect('http://host/', 308);
console.log(redirect.status, redirect.headers.get('location'), redirect.body);
console.log(new Response().body, new Response(null, { status: 204 }).ok);

const copy = json.clone();
Promise.all([json.json(), copy.text()]).then(console.log);

const refused = [
  () => new Response('x', { status: 199 }), () => new Response('x', { status: 204 }), () => new Response('x', { statusText: '\n' }),
  () => Response.json(), () => Response.json(undefined), () => Response.redirect('/x'), () => Response.redirect('http://host', 200),
  () => Response.prototype.status, () => Response.redirect('http://host').headers.append('a', 'b'),
];
for (const call of refused) {
  try {
    call();
  } catch (err) {
    console.log(`${err.name}: ${err.message}`);
  }
}
