await Promise.reject(undefined);
