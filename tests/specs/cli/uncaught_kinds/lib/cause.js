const inner = new TypeError('inner', { cause: { code: 1 } });
throw Object.assign(new Error('outer', { cause: inner }), { extra: 'x' });
