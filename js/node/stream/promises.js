'use strict';

// The public 'stream/promises' module: pipeline() and finished() that return promises.

const { finishedPromise: finished } = require('internal/streams/end_of_stream');
const { pipelinePromise: pipeline } = require('internal/streams/pipeline');

module.exports = { finished, pipeline };
