"use strict";
function fail(a) {
  throw new Error("mapped " + a.x);
}
function outer() {
  fail({ x: 1 });
}
exports.outer = outer;
//# sourceMappingURL=generated.js.map
