globalThis.loaded = 'third';
