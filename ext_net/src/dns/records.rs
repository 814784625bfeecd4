//! Records as Node's programs get them.

use std::fmt::Write;

use deno_core::v8;
use hickory_proto::rr::rdata::{CAA, NAPTR, SOA, SRV, TLSA};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use rtjs_core::Scope;

type Value<'s> = v8::Local<'s, v8::Value>;

/// What `oncomplete` gets for the records of a question: the result and, for addresses, their times to live in seconds.
pub(super) fn to_js<'s>(scope: &mut Scope<'s, '_>, kind: RecordType, records: &[Record]) -> [Value<'s>; 2] {
    let undefined = v8::undefined(scope).into();
    match kind {
        RecordType::ANY => {
            let mut known: Vec<&Record> = records.iter().filter(|r| place(&r.data).is_some()).collect();
            known.sort_by_key(|record| place(&record.data));
            let all = known
                .into_iter()
                .filter_map(|r| with_type(scope, r))
                .collect::<Vec<_>>();
            [list(scope, &all), undefined]
        }
        RecordType::SOA => {
            let first = records.iter().find_map(|record| value(scope, &record.data));
            [first.unwrap_or(undefined), undefined]
        }
        _ => {
            let values: Vec<Value> = records.iter().filter_map(|r| value(scope, &r.data)).collect();
            let ttls: Vec<Value> = records
                .iter()
                .map(|r| v8::Number::new(scope, f64::from(r.ttl)).into())
                .collect();
            [list(scope, &values), list(scope, &ttls)]
        }
    }
}

/// A list of texts.
pub(super) fn texts<'s>(scope: &mut Scope<'s, '_>, texts: &[String]) -> Value<'s> {
    let texts: Vec<Value> = texts.iter().map(|t| text(scope, t)).collect();
    list(scope, &texts)
}

/// Where records of a type stand among those of all types; `None` for those that Node does not show.
fn place(data: &RData) -> Option<u8> {
    Some(match data {
        RData::A(_) => 0,
        RData::CNAME(_) => 1,
        RData::AAAA(_) => 2,
        RData::MX(_) => 3,
        RData::NS(_) => 4,
        RData::TXT(_) => 5,
        RData::SRV(_) => 6,
        RData::PTR(_) => 7,
        RData::NAPTR(_) => 8,
        RData::SOA(_) => 9,
        RData::TLSA(_) => 10,
        RData::CAA(_) => 11,
        _ => return None,
    })
}

/// A record among those of all types: always an object, which says what it is.
fn with_type<'s>(scope: &mut Scope<'s, '_>, record: &Record) -> Option<Value<'s>> {
    let value = value(scope, &record.data)?;
    let object = match &record.data {
        RData::A(_) | RData::AAAA(_) => {
            let ttl = number(scope, record.ttl);
            object(scope, &[("address", value), ("ttl", ttl)])
        }
        RData::CNAME(_) | RData::NS(_) | RData::PTR(_) => object(scope, &[("value", value)]),
        RData::TXT(_) => object(scope, &[("entries", value)]),
        _ => v8::Local::<v8::Object>::try_from(value).ok()?,
    };
    let kind = text(scope, &record.record_type().to_string());
    set(scope, object, "type", kind);
    Some(object.into())
}

fn value<'s>(scope: &mut Scope<'s, '_>, data: &RData) -> Option<Value<'s>> {
    Some(match data {
        RData::A(address) => text(scope, &address.to_string()),
        RData::AAAA(address) => text(scope, &address.to_string()),
        RData::CNAME(target) => name(scope, &target.0),
        RData::NS(target) => name(scope, &target.0),
        RData::PTR(target) => name(scope, &target.0),
        RData::MX(mx) => {
            let fields = [
                ("exchange", name(scope, &mx.exchange)),
                ("priority", number(scope, mx.preference)),
            ];
            object(scope, &fields).into()
        }
        RData::TXT(txt) => {
            let parts: Vec<Value> = txt.txt_data.iter().map(|part| bytes(scope, part)).collect();
            list(scope, &parts)
        }
        RData::SRV(srv) => service(scope, srv),
        RData::NAPTR(naptr) => naming(scope, naptr),
        RData::SOA(soa) => authority(scope, soa),
        RData::TLSA(tlsa) => association(scope, tlsa),
        RData::CAA(caa) => authorization(scope, caa),
        _ => return None,
    })
}

fn service<'s>(scope: &mut Scope<'s, '_>, srv: &SRV) -> Value<'s> {
    let fields = [
        ("name", name(scope, &srv.target)),
        ("port", number(scope, srv.port)),
        ("priority", number(scope, srv.priority)),
        ("weight", number(scope, srv.weight)),
    ];
    object(scope, &fields).into()
}

fn naming<'s>(scope: &mut Scope<'s, '_>, naptr: &NAPTR) -> Value<'s> {
    let fields = [
        ("flags", bytes(scope, &naptr.flags)),
        ("service", bytes(scope, &naptr.services)),
        ("regexp", bytes(scope, &naptr.regexp)),
        ("replacement", name(scope, &naptr.replacement)),
        ("order", number(scope, naptr.order)),
        ("preference", number(scope, naptr.preference)),
    ];
    object(scope, &fields).into()
}

fn authority<'s>(scope: &mut Scope<'s, '_>, soa: &SOA) -> Value<'s> {
    let fields = [
        ("nsname", name(scope, &soa.mname)),
        ("hostmaster", name(scope, &soa.rname)),
        ("serial", number(scope, soa.serial)),
        ("refresh", number(scope, soa.refresh)),
        ("retry", number(scope, soa.retry)),
        ("expire", number(scope, soa.expire)),
        ("minttl", number(scope, soa.minimum)),
    ];
    object(scope, &fields).into()
}

fn association<'s>(scope: &mut Scope<'s, '_>, tlsa: &TLSA) -> Value<'s> {
    let data = rtjs_core::array_buffer(scope, tlsa.cert_data.clone()).into();
    let fields = [
        ("certUsage", number(scope, u8::from(tlsa.cert_usage))),
        ("selector", number(scope, u8::from(tlsa.selector))),
        ("match", number(scope, u8::from(tlsa.matching))),
        ("data", data),
    ];
    object(scope, &fields).into()
}

fn authorization<'s>(scope: &mut Scope<'s, '_>, caa: &CAA) -> Value<'s> {
    let fields = [
        ("critical", number(scope, caa.flags())),
        (caa.tag.as_str(), bytes(scope, &caa.value)),
    ];
    object(scope, &fields).into()
}

/// A name without the last dot; what could be mistaken stands behind a backslash.
fn name_text(name: &Name) -> String {
    let mut text = String::new();
    for label in name {
        if !text.is_empty() {
            text.push('.');
        }
        for byte in label {
            match byte {
                b'.' | b';' | b'\\' | b'(' | b')' | b'@' | b'$' | b'"' => {
                    text.push('\\');
                    text.push(char::from(*byte));
                }
                b' '..=b'~' => text.push(char::from(*byte)),
                _ => {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "\\{byte:03}");
                }
            }
        }
    }
    text
}

fn name<'s>(scope: &mut Scope<'s, '_>, name: &Name) -> Value<'s> {
    text(scope, &name_text(name))
}

fn text<'s>(scope: &mut Scope<'s, '_>, text: &str) -> Value<'s> {
    match v8::String::new(scope, text) {
        Some(text) => text.into(),
        None => v8::undefined(scope).into(),
    }
}

/// A peer's bytes as text.
fn bytes<'s>(scope: &mut Scope<'s, '_>, bytes: &[u8]) -> Value<'s> {
    text(scope, &String::from_utf8_lossy(bytes))
}

fn number<'s>(scope: &mut Scope<'s, '_>, number: impl Into<f64>) -> Value<'s> {
    v8::Number::new(scope, number.into()).into()
}

fn list<'s>(scope: &mut Scope<'s, '_>, values: &[Value<'s>]) -> Value<'s> {
    v8::Array::new_with_elements(scope, values).into()
}

fn object<'s>(scope: &mut Scope<'s, '_>, fields: &[(&str, Value<'s>)]) -> v8::Local<'s, v8::Object> {
    let object = v8::Object::new(scope);
    for (name, value) in fields {
        set(scope, object, name, *value);
    }
    object
}

/// Makes a property of its own whatever its name is: a CAA record's comes from a peer.
fn set<'s>(scope: &mut Scope<'s, '_>, object: v8::Local<'s, v8::Object>, name: &str, value: Value<'s>) {
    if let Some(name) = v8::String::new(scope, name) {
        object.create_data_property(scope, name.into(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable_and_not_mistaken() {
        let labels: [&[u8]; 4] = [b"a.b", b"c d", b"\xff", b"org"];
        let name = Name::from_labels(labels).unwrap();
        assert_eq!(name_text(&name), "a\\.b.c d.\\255.org");
        assert_eq!(name_text(&Name::root()), "");
    }
}
