interface A { x: number }

function fail(a: A): never {
  throw new Error('mapped ' + a.x);
}

export function outer() {
  fail({ x: 1 });
}

