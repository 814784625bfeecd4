'use strict';
// Whether this process is a worker: its parent said so by NODE_UNIQUE_ID, which is no longer in process.env when a script runs.

let uniqueId;

// At start-up, with what the environment had.
function setUniqueId(id) {
  uniqueId = id;
}

function isWorker() {
  return uniqueId !== undefined;
}

function getUniqueId() {
  return uniqueId;
}

module.exports = { getUniqueId, isWorker, setUniqueId };
