'use strict';

// Events and their targets, as other built-ins ask for them. The parts are in
// internal/event_target/.

const { CustomEvent, Event, kTrustEvent } = require('internal/event_target/event');
const { defineEventHandler } = require('internal/event_target/handlers');
const { NodeEventTarget } = require('internal/event_target/node_event_target');
const {
  EventTarget,
  initEventTarget,
  isEventTarget,
  isNodeEventTarget,
  kCreateEvent,
  kHybridDispatch,
  kNewListener,
  kRemoveListener,
  kWeakHandler,
} = require('internal/event_target/target');

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  initEventTarget,
  isEventTarget,
  isNodeEventTarget,
  kCreateEvent,
  kHybridDispatch,
  kNewListener,
  kRemoveListener,
  kTrustEvent,
  kWeakHandler,
};
