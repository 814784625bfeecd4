throw new Error('from an ES module');
