#!/usr/bin/env rtjs
module.exports = 'hashbang';
