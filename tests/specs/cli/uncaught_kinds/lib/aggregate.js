throw new AggregateError([new Error('first'), 2], 'both');
