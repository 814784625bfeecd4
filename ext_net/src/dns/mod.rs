//! DNS: `lookup.rs` asks the system's resolver, off the loop's thread; everything else asks name servers itself.
//!
//! - `channel.rs` is what a `dns.Resolver` has: its servers and its pending queries;
//! - `query.rs` asks one server after the other, by UDP and, where an answer does not fit, by TCP;
//! - `message.rs` is the wire format (pure; the crate hickory-proto reads and writes it), `records.rs` what JavaScript gets of it;
//! - `system.rs` reads the system's resolv.conf and hosts (pure but for the reading).

mod channel;
mod lookup;
mod message;
mod query;
mod records;
mod system;

pub use channel::DnsChannel;
pub use lookup::{op_net_dns_lookup, op_net_dns_lookup_service};
