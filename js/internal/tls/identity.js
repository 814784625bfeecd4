'use strict';
// tls.checkServerIdentity(): whether a certificate is about the host that was asked for.

const { codes: { ERR_TLS_CERT_ALTNAME_FORMAT, ERR_TLS_CERT_ALTNAME_INVALID } } = require('internal/errors');
const { domainToASCII } = require('url');
const { isIP } = require('internal/net/ip');

function withoutDot(name) {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

// Only ASCII letters are folded: what else a certificate has is compared as it is.
function lower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function labels(name) {
  return lower(withoutDot(name)).split('.');
}

// Whether a host's labels match a certificate's name. A star stands for a part of the first label.
function matches(host, pattern, stars) {
  if (!pattern) return false;
  const wanted = labels(pattern);
  if (host.length !== wanted.length || wanted.includes('')) return false;
  // What is not printable ASCII is no name of a host.
  if (wanted.some((label) => /[^\u0021-\u007f]/.test(label))) return false;
  for (let i = host.length - 1; i > 0; i--) if (host[i] !== wanted[i]) return false;
  const [first] = wanted;
  const pieces = first.split('*');
  if (pieces.length === 1 || first.includes('xn--')) return host[0] === first;
  if (!stars || pieces.length > 2) return false;
  // *.com would be too much.
  if (wanted.length <= 2) return false;
  const [before, after] = pieces;
  return before.length + after.length <= host[0].length && host[0].startsWith(before) && host[0].endsWith(after);
}

// The first of a certificate's names that is the host's.
function matchingName(hostname, names) {
  const host = withoutDot(hostname);
  const wanted = labels(domainToASCII(host) || host);
  return names.find((name) => matches(wanted, name, true));
}

// The names of a subjectaltname text; a name in quotes may have commas in it.
function splitNames(text) {
  const names = [];
  let rest = text;
  while (rest !== '') {
    const quote = rest.indexOf('"');
    const comma = rest.indexOf(', ');
    if (quote === -1 || (comma !== -1 && comma < quote)) {
      names.push(comma === -1 ? rest : rest.slice(0, comma));
      rest = comma === -1 ? '' : rest.slice(comma + 2);
      continue;
    }
    const quoted = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(rest.slice(quote));
    if (quoted === null) throw new ERR_TLS_CERT_ALTNAME_FORMAT();
    names.push(rest.slice(0, quote) + JSON.parse(quoted[0]));
    rest = rest.slice(quote + quoted[0].length);
    if (rest.startsWith(', ')) rest = rest.slice(2);
    else if (rest !== '') throw new ERR_TLS_CERT_ALTNAME_FORMAT();
  }
  return names;
}

// An address in one form of several.
function canonical(address) {
  const text = String(address);
  switch (isIP(text)) {
    case 4: return text;
    case 6: return new URL(`http://[${text}]`).hostname;
    default: return '';
  }
}

// An Error when the certificate is not about the host.
function checkServerIdentity(hostname, cert) {
  const { subject, subjectaltname } = cert;
  const hosts = [];
  const addresses = [];
  hostname = `${hostname}`;
  if (subjectaltname) {
    const names = subjectaltname.includes('"') ? splitNames(subjectaltname) : subjectaltname.split(', ');
    for (const name of names) {
      if (name.startsWith('DNS:')) hosts.push(name.slice(4));
      else if (name.startsWith('IP Address:')) addresses.push(canonical(name.slice(11)));
    }
  }
  let reason;
  const host = withoutDot(hostname);
  if (isIP(host)) {
    if (addresses.includes(canonical(host))) return undefined;
    reason = `IP: ${host} is not in the cert's list: ${addresses.join(', ')}`;
  } else if (hosts.length > 0 || subject?.CN) {
    const wanted = labels(domainToASCII(host) || host);
    if (hosts.length > 0) {
      if (hosts.some((name) => matches(wanted, name, true))) return undefined;
      reason = `Host: ${host}. is not in the cert's altnames: ${subjectaltname}`;
    } else {
      const names = Array.isArray(subject.CN) ? subject.CN : [subject.CN];
      if (names.some((name) => matches(wanted, name, true))) return undefined;
      reason = `Host: ${host}. is not cert's CN: ${subject.CN}`;
    }
  } else {
    reason = 'Cert does not contain a DNS name';
  }
  return new ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, cert);
}

module.exports = { checkServerIdentity, matchingName };
