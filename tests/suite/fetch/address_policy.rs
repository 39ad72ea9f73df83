//! IP addresses that are refused.

use thread_tracker::fetch::address_policy::{is_loopback, refusal};
use url::Host;

fn refused(address: &str) -> Option<&'static str> {
    refusal(address.parse().expect("an IP address"))
}

#[test]
fn refusal_of_an_ipv4_address_outside_of_the_internet_names_its_range() {
    for (address, range) in [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "shared by customers of a provider"),
        ("100.127.255.255", "shared by customers of a provider"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.250", "multicast"),
        ("0.0.0.0", "reserved"),
        ("0.1.2.3", "reserved"),
        ("192.0.0.8", "reserved"),
        ("192.0.2.1", "reserved"),
        ("192.88.99.1", "reserved"),
        ("198.18.0.1", "reserved"),
        ("198.19.255.255", "reserved"),
        ("198.51.100.7", "reserved"),
        ("203.0.113.7", "reserved"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
    ] {
        assert_eq!(refused(address), Some(range), "{address}");
    }
}

#[test]
fn refusal_of_an_ipv6_address_outside_of_the_internet_names_its_range() {
    for (address, range) in [
        ("::1", "loopback"),
        ("::", "reserved"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:127.0.0.1", "IPv4 inside of IPv6"),
        ("::ffff:8.8.8.8", "IPv4 inside of IPv6"),
        ("64:ff9b::7f00:1", "a translation of IPv4"),
        ("64:ff9b:1::a00:1", "a translation of IPv4"),
        ("100::1", "reserved"),
        ("2001::1", "a tunnel of IPv4"),
        ("2001:2::1", "reserved"),
        ("2001:1ff::1", "reserved"),
        ("2001:db8::1", "reserved"),
        ("2002:7f00:1::", "a tunnel of IPv4"),
        ("3fff::1", "reserved"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fdff::1", "private"),
        ("fe80::1", "link-local"),
        ("febf::1", "link-local"),
        ("fec0::1", "link-local"),
        ("ff02::1", "multicast"),
    ] {
        assert_eq!(refused(address), Some(range), "{address}");
    }
}

#[test]
fn refusal_of_a_public_address_is_none() {
    for address in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "3fff:1000::1",
    ] {
        assert_eq!(refused(address), None, "{address}");
    }
}

#[test]
fn is_loopback_knows_names_and_addresses_of_this_machine() {
    for (host, expected) in [
        ("localhost", true),
        ("feeds.localhost", true),
        ("127.0.0.2", true),
        ("[::1]", true),
        ("localhost.example", false),
        ("notlocalhost", false),
        ("10.0.0.1", false),
    ] {
        let host = Host::parse(host).expect("a host");
        let host = match &host {
            Host::Domain(name) => Host::Domain(name.as_str()),
            Host::Ipv4(address) => Host::Ipv4(*address),
            Host::Ipv6(address) => Host::Ipv6(*address),
        };
        assert_eq!(is_loopback(&host), expected, "{host}");
    }
}
