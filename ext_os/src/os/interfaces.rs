//! The machine's network interfaces and their addresses.

use std::net::IpAddr;

use deno_core::{ToV8, op2};
use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::net::if_::InterfaceFlags;
use nix::sys::socket::SockaddrStorage;

/// One address of one interface.
#[derive(ToV8)]
pub struct Address {
    name: String,
    address: String,
    netmask: String,
    /// Bits of the network part, or -1 where the mask is not a prefix.
    prefix: i32,
    ipv6: bool,
    mac: String,
    internal: bool,
    /// IPv6 only.
    scope: u32,
}

/// The addresses of the interfaces that are up and running; empty when they cannot be had.
#[op2]
#[scoped]
pub fn op_os_interfaces() -> Vec<Address> {
    let Ok(all) = getifaddrs() else {
        return Vec::new();
    };
    let all: Vec<InterfaceAddress> = all.collect();
    all.iter()
        .filter(|interface| {
            interface
                .flags
                .contains(InterfaceFlags::IFF_UP | InterfaceFlags::IFF_RUNNING)
        })
        .filter_map(|interface| describe(interface, &all))
        .collect()
}

fn ip(address: Option<&SockaddrStorage>) -> Option<(IpAddr, u32)> {
    let address = address?;
    if let Some(v4) = address.as_sockaddr_in() {
        return Some((v4.ip().into(), 0));
    }
    let v6 = address.as_sockaddr_in6()?;
    Some((v6.ip().into(), v6.scope_id()))
}

fn describe(interface: &InterfaceAddress, all: &[InterfaceAddress]) -> Option<Address> {
    let (address, scope) = ip(interface.address.as_ref())?;
    let netmask = ip(interface.netmask.as_ref()).map_or(address, |(mask, _)| mask);
    let hardware = all
        .iter()
        .filter(|other| other.interface_name == interface.interface_name)
        .find_map(|other| other.address.as_ref()?.as_link_addr()?.addr())
        .unwrap_or_default();
    Some(Address {
        name: interface.interface_name.clone(),
        address: address.to_string(),
        netmask: netmask.to_string(),
        prefix: prefix(netmask),
        ipv6: address.is_ipv6(),
        mac: hardware.map(|byte| format!("{byte:02x}")).join(":"),
        internal: interface.flags.contains(InterfaceFlags::IFF_LOOPBACK),
        scope,
    })
}

fn prefix(mask: IpAddr) -> i32 {
    let (bits, width) = match mask {
        IpAddr::V4(mask) => (u128::from(mask.to_bits()) << 96, 32),
        IpAddr::V6(mask) => (mask.to_bits(), 128),
    };
    let ones = bits.leading_ones();
    if bits.count_ones() == ones && ones <= width {
        ones.cast_signed()
    } else {
        -1
    }
}

#[cfg(test)]
mod tests {
    use super::prefix;

    #[test]
    fn a_mask_with_holes_has_no_prefix() {
        let prefix = |mask: &str| prefix(mask.parse().unwrap());
        assert_eq!(prefix("255.255.255.0"), 24);
        assert_eq!(prefix("0.0.0.0"), 0);
        assert_eq!(prefix("255.0.255.0"), -1);
        assert_eq!(prefix("ffff:ffff:ffff:ffff::"), 64);
        assert_eq!(prefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), 128);
    }
}
