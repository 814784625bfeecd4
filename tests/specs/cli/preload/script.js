console.log(globalThis.loaded, require.main === module);
