//! What the system has been told: name servers in resolv.conf, names in hosts.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::address::Address;

/// The port that name servers listen on.
pub(super) const PORT: u16 = 53;

/// The system's name servers; this machine where there are none.
pub(super) fn servers() -> Vec<SocketAddr> {
    let text = std::fs::read("/etc/resolv.conf").unwrap_or_default();
    let mut servers = parse_servers(&String::from_utf8_lossy(&text));
    if servers.is_empty() {
        servers.push(SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)));
    }
    servers
}

/// The names that hosts has for `address` beside the first of them, which Node does not show either; `None` where it has no line for it.
pub(super) fn aliases(address: IpAddr) -> Option<Vec<String>> {
    let text = std::fs::read("/etc/hosts").unwrap_or_default();
    parse_names(&String::from_utf8_lossy(&text), address).map(|names| names[1..].to_vec())
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    let line = line.split(['#', ';']).next().unwrap_or_default();
    line.split_ascii_whitespace()
}

fn parse_servers(text: &str) -> Vec<SocketAddr> {
    let mut servers = Vec::new();
    for line in text.lines() {
        let mut words = words(line);
        if words.next() == Some("nameserver")
            && let Some(Ok(Address::Ip(address))) = words.next().map(|word| Address::ip(word, PORT))
            && !servers.contains(&address)
        {
            servers.push(address);
        }
    }
    servers
}

/// All names of an address, in the order of the lines; never an empty list.
fn parse_names(text: &str, address: IpAddr) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut words = words(line);
        if words.next().and_then(|word| word.parse::<IpAddr>().ok()) == Some(address) {
            for name in words {
                if !names.iter().any(|other| other == name) {
                    names.push(name.to_owned());
                }
            }
        }
    }
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_servers_are_found_among_other_lines() {
        let text = "# nameserver 9.9.9.9\nsearch a.example\nnameserver 1.2.3.4 # first\nnameserver\nnameserver ::1\nnameserver x\nnameserver 1.2.3.4\n";
        let expected: Vec<SocketAddr> = vec!["1.2.3.4:53".parse().unwrap(), "[::1]:53".parse().unwrap()];
        assert_eq!(parse_servers(text), expected);
    }

    #[test]
    fn names_of_an_address_come_from_all_its_lines() {
        let text = "127.0.0.1 localhost one # two\n\n::1 localhost six\n127.0.0.1\tthree one\nbad\n";
        let v4: IpAddr = "127.0.0.1".parse().unwrap();
        assert_eq!(parse_names(text, v4).unwrap(), ["localhost", "one", "three"]);
        assert_eq!(parse_names(text, "::1".parse().unwrap()).unwrap(), ["localhost", "six"]);
        assert_eq!(parse_names(text, "::2".parse().unwrap()), None);
    }
}
