//! URLs, one a line, and why each is refused.

use super::UrlRefusal::{AddressLiteral, Credentials, Malformed, NotHttps, NotPublic, Own, Port, TooLong};
use super::{Reach, UrlRefusal, check_url};

const PUBLIC: [(&str, Result<(), UrlRefusal>); 65] = [
    ("https://agent.example.com/hook", Ok(())),
    ("https://agent.example.com", Ok(())),
    ("https://agent.example.com:443/hook?x=1#y", Ok(())),
    ("HTTPS://AGENT.EXAMPLE.COM/", Ok(())),
    ("https://bücher.example/", Ok(())),
    ("https://xn--bcher-kva.example/", Ok(())),
    ("https://a_b.example.com/", Ok(())),
    ("https://notlocalhost.com/", Ok(())),
    ("https://mylocal.dev/", Ok(())),
    ("https://internal.example.com/", Ok(())),
    ("https://nothumanops.io/", Ok(())),
    ("https://127.0.0.1.nip.io/", Ok(())),
    ("", Err(Malformed)),
    ("agent.example.com/hook", Err(Malformed)),
    ("/hook", Err(Malformed)),
    ("https://", Err(Malformed)),
    ("https:///", Err(Malformed)),
    (" https://agent.example.com/", Err(Malformed)),
    ("https://agent.example.com/ ", Err(Malformed)),
    ("https://agent.exa\tmple.com/", Err(Malformed)),
    ("https://agent.example.com/\r\nX-Admin: 1", Err(Malformed)),
    ("https://agent.example.com/\u{0}", Err(Malformed)),
    ("https://999.1.1.1/", Err(Malformed)),
    ("https://1.2.3.4.5/", Err(Malformed)),
    ("https://agent.example.com:99999/", Err(Malformed)),
    ("https://a b.example.com/", Err(Malformed)),
    ("https://[::1/", Err(Malformed)),
    ("http://agent.example.com/", Err(NotHttps)),
    ("http://agent.example.com:443/", Err(NotHttps)),
    ("ftp://agent.example.com/", Err(NotHttps)),
    ("file:///etc/passwd", Err(NotHttps)),
    ("gopher://agent.example.com/", Err(NotHttps)),
    ("wss://agent.example.com/", Err(NotHttps)),
    ("javascript:alert(1)", Err(NotHttps)),
    ("http://localhost/", Err(NotHttps)),
    ("http://169.254.169.254/latest/meta-data/", Err(NotHttps)),
    ("https://user@agent.example.com/", Err(Credentials)),
    ("https://user:word@agent.example.com/", Err(Credentials)),
    ("https://:word@agent.example.com/", Err(Credentials)),
    ("https://agent.example.com@127.0.0.1/", Err(Credentials)),
    ("https://agent.example.com:8443/", Err(Port)),
    ("https://agent.example.com:80/", Err(Port)),
    ("https://agent.example.com:0/", Err(Port)),
    ("https://127.0.0.1:9001/", Err(Port)),
    ("https://127.0.0.1/", Err(AddressLiteral)),
    ("https://8.8.8.8/", Err(AddressLiteral)),
    ("https://2130706433/", Err(AddressLiteral)),
    ("https://0x7f.1/", Err(AddressLiteral)),
    ("https://0177.0.0.1/", Err(AddressLiteral)),
    ("https://127.1/", Err(AddressLiteral)),
    ("https://127.0.0.1./", Err(AddressLiteral)),
    ("https://１２７.0.0.1/", Err(AddressLiteral)),
    ("https://①②⑦.0.0.1/", Err(AddressLiteral)),
    ("https://%31%32%37.0.0.1/", Err(AddressLiteral)),
    ("https://0/", Err(AddressLiteral)),
    ("https://[::1]/", Err(AddressLiteral)),
    ("https://[::ffff:169.254.169.254]/", Err(AddressLiteral)),
    ("https://[2606:4700:4700::1111]/", Err(AddressLiteral)),
    ("https:\\\\127.0.0.1\\", Err(AddressLiteral)),
    ("https://localhost/", Err(NotPublic)),
    ("https://LOCALHOST/", Err(NotPublic)),
    ("https://intranet/", Err(NotPublic)),
    ("https://agent.example.com./", Err(NotPublic)),
    ("https://metadata.google.internal/", Err(NotPublic)),
    ("https://api.humanops.io/api/v1/health", Err(NotPublic)),
];

#[test]
fn a_public_destination_is_an_https_name_on_port_443() {
    for (url, expected) in PUBLIC {
        assert_eq!(check_url(url, Reach::PublicOnly), expected, "{url}");
    }
}

#[test]
fn every_denied_name_is_denied_with_all_below_it() {
    for denied in super::NAMES_DENIED {
        for url in [format!("https://{denied}/"), format!("https://a.b.{denied}/")] {
            assert_eq!(check_url(&url, Reach::PublicOnly), Err(NotPublic), "{url}");
        }
    }
}

#[test]
fn only_this_machine_is_added_when_loopback_is_allowed() {
    let cases = [
        ("http://localhost/", Ok(())),
        ("http://localhost:3000/hook", Ok(())),
        ("https://localhost:3000/hook", Ok(())),
        ("http://127.0.0.1:3000/hook", Ok(())),
        ("http://[::1]:3000/hook", Ok(())),
        ("https://agent.example.com/hook", Ok(())),
        ("http://agent.example.com/hook", Err(NotHttps)),
        ("http://10.0.0.1:3000/", Err(NotHttps)),
        ("http://127.0.0.2:3000/", Err(NotHttps)),
        ("http://0.0.0.0:3000/", Err(NotHttps)),
        ("http://[::ffff:127.0.0.1]:3000/", Err(NotHttps)),
        ("http://localhost.example.com:3000/", Err(NotHttps)),
        ("http://evil.localhost:3000/", Err(NotHttps)),
        ("http://user@localhost:3000/", Err(Credentials)),
        ("ftp://localhost/", Err(NotHttps)),
        ("https://10.0.0.1/", Err(AddressLiteral)),
    ];
    for (url, expected) in cases {
        assert_eq!(check_url(url, Reach::LoopbackAllowed { own_port: None }), expected, "{url}");
    }
}

#[test]
fn however_it_is_written_the_server_itself_is_not_called_back() {
    let reach = Reach::LoopbackAllowed { own_port: Some(8_080) };
    for url in [
        "http://127.0.0.1:8080/",
        "http://localhost:8080/hook",
        "https://[::1]:8080/",
        "http://127.1:8080/",
        "http://0x7f000001:8080/",
        "http://LOCALHOST:08080/",
    ] {
        assert_eq!(check_url(url, reach), Err(Own), "{url}");
    }
    assert_eq!(check_url("http://127.0.0.1:8081/", reach), Ok(()));
    assert_eq!(check_url("http://127.0.0.1/", Reach::LoopbackAllowed { own_port: Some(80) }), Err(Own));
}

#[test]
fn a_url_is_at_most_2048_characters() {
    let of_length = |length: usize| format!("https://agent.example.com/{:a>1$}", "", length - 26);
    assert_eq!(check_url(&of_length(2_048), Reach::PublicOnly), Ok(()));
    assert_eq!(check_url(&of_length(2_049), Reach::PublicOnly), Err(TooLong));
}
