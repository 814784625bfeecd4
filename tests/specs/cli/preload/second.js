globalThis.loaded.push('second', module.isPreloading, module.parent.id);
