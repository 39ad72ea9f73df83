//! IP addresses that feeds of the internet do not have.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Returns why an address is not connected to unless private addresses are allowed; `None` if it is
/// a public address.
///
/// `10.0.0.1` gives "private", `::ffff:8.8.8.8` gives "IPv4 inside of IPv6", and `8.8.8.8` gives
/// `None`.
pub fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refusal_v4(address),
        IpAddr::V6(address) => refusal_v6(address),
    }
}

fn refusal_v4(address: Ipv4Addr) -> Option<&'static str> {
    let range = match address.octets() {
        [127, ..] => "loopback",
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => "private",
        [169, 254, ..] => "link-local",
        [100, 64..=127, ..] => "shared by customers of a provider",
        [224..=239, ..] => "multicast",
        [0 | 240..=255, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => "reserved",
        _ => return None,
    };
    Some(range)
}

/// Only `2000::/3` is public, and parts of it are not. Ranges that contain an IPv4 address are
/// refused as a whole, because a gateway may connect to any of these.
fn refusal_v6(address: Ipv6Addr) -> Option<&'static str> {
    let range = match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => "loopback",
        [0, 0, 0, 0, 0, 0xffff, ..] => "IPv4 inside of IPv6",
        [0x64, 0xff9b, ..] => "a translation of IPv4",
        [0xfc00..=0xfdff, ..] => "private",
        [0xfe80..=0xfeff, ..] => "link-local",
        [0xff00..=0xffff, ..] => "multicast",
        [0x2002, ..] | [0x2001, 0, ..] => "a tunnel of IPv4",
        [0x2001, 0x0001..=0x01ff | 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => "reserved",
        [0x2000..=0x3fff, ..] => return None,
        _ => "reserved",
    };
    Some(range)
}

/// Returns whether a host is this machine by its name alone: `localhost`, `127.0.0.1`, `[::1]`.
pub fn is_loopback(host: &url::Host<&str>) -> bool {
    match host {
        url::Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}
