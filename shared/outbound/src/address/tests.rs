//! Every range with its edges.

use super::is_public;

/// The first and last address of every denied range, and its neighbours where those are public.
const DENIED: &str = "
    0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.0 127.0.0.1 127.255.255.255
    169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255
    192.0.2.0 192.0.2.255 192.88.99.0 192.88.99.255 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255
    198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255 224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255
    :: ::1 ::2 ::7f00:1 ::ffff:0.0.0.0 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:169.254.169.254
    ::ffff:255.255.255.255 ::127.0.0.1 ::8.8.8.8 64:ff9b:: 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::
    64:ff9b:1:ffff:ffff:ffff:ffff:ffff 100:: 100::ffff:ffff:ffff:ffff 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
    2001:: 2001:0:ffff:ffff:ffff:ffff:ffff:ffff 2001:2::1 2001:10::1 2001:20::1
    2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff 2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff 2002::
    2002:7f00:1:: 2002:a9fe:a9fe::1 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff 3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff
    4000:: 5f00:: 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff fbff:: fc00:: fd00:ec2::254
    fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe80:: fe80::1 febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff fec0::
    feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ff00:: ff02::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

const PUBLIC: &str = "
    1.0.0.0 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
    169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.1.255 192.0.3.0
    192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0
    203.0.112.255 203.0.114.0 223.255.255.255 ::ffff:8.8.8.8
    2000:: 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2001:200:: 2001:4860:4860::8888
    2001:db7:ffff:ffff:ffff:ffff:ffff:ffff 2001:db9:: 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2003::
    2606:4700:4700::1111 2a00:1450::1 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff 3fff:1000::
    3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

#[test]
fn every_edge_of_every_range_falls_on_its_side() {
    for (list, expected) in [(DENIED, false), (PUBLIC, true)] {
        for text in list.split_whitespace() {
            let address = text.parse().unwrap();
            assert_eq!(is_public(address), expected, "{text}");
        }
    }
    assert!(DENIED.split_whitespace().chain(PUBLIC.split_whitespace()).count() > 100);
}
