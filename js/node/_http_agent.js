'use strict';
// require('_http_agent'): an older name for a part of http.

const { Agent, getGlobalAgent, setGlobalAgent } = require('internal/http/agent');

module.exports = {
  Agent,
  get globalAgent() {
    return getGlobalAgent();
  },
  set globalAgent(agent) {
    setGlobalAgent(agent);
  },
};
