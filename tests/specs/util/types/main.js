'use strict';
// What values are to the engine, whatever their prototype says.
const { types } = require('util');

const disguised = Object.setPrototypeOf(new Map(), Set.prototype);
console.log(types.isMap(disguised), types.isSet(disguised), types.isDate({ __proto__: Date.prototype }));
console.log(types.isUint8Array(Buffer.alloc(1)), types.isTypedArray(new DataView(new ArrayBuffer(1))));
console.log(types.isProxy(new Proxy([], {})), types.isPromise({ then() {} }), types.isBoxedPrimitive(Object(1n)));
console.log(types.isAsyncFunction(async () => {}), types.isGeneratorObject((function* g() {})()), types.isExternal({}));
console.log(require('util/types') === types);
