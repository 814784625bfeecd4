globalThis.loaded = ['first'];
