'use strict';

// The public 'diagnostics_channel' module.

const {
  Channel,
  channel,
  hasSubscribers,
  subscribe,
  unsubscribe,
} = require('internal/diagnostics_channel/channel');
const { tracingChannel } = require('internal/diagnostics_channel/tracing');

module.exports = {
  channel,
  hasSubscribers,
  subscribe,
  tracingChannel,
  unsubscribe,
  Channel,
};
