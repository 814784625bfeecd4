'use strict';
// What other built-ins need of URLs: the classes and the conversions. The
// legacy functions are node/url's.

const { URL, isURL } = require('internal/url/url_class');
const { URLSearchParams } = require('internal/url/search_params');
const files = require('internal/url/file_url');
const { urlToHttpOptions } = require('internal/url/http_options');

function domainToASCII(domain) {
  return ops.op_os_url_domain_to_ascii(`${domain}`);
}

function domainToUnicode(domain) {
  return ops.op_os_url_domain_to_unicode(`${domain}`);
}

module.exports = { URL, URLSearchParams, isURL, ...files, urlToHttpOptions, domainToASCII, domainToUnicode };
