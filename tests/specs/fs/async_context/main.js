// Callbacks and promises of fs keep the context of the code that made the request.
const { AsyncLocalStorage } = require('async_hooks');
const fs = require('fs');

const storage = new AsyncLocalStorage();
const done = (name) => console.log(name, storage.getStore());
storage.run('one', () => fs.stat('/', () => {
  done('stat');
  storage.run('two', () => fs.readFile(__filename, () => {
    done('readFile');
    storage.run('three', async () => {
      await fs.promises.access('/');
      done('access');
    }).then(() => storage.run('four', () => {
      fs.createReadStream(__filename).on('close', () => done('stream')).resume();
    }));
  }));
}));
process.on('exit', () => console.log('outside', storage.getStore()));
