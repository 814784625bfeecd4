console.log(import.meta.url.split('/').at(-1));
