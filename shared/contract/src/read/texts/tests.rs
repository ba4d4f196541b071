//! Each kind of text: what it takes, what it refuses, and that its schema takes no more.

use super::*;
use crate::read::generator;
use serde_json::json;
use serde_json::value::RawValue;

/// What `form` says to each text; whatever its schema takes, it must take as well.
fn check<F: Form>(form: &F, good: &[&str], bad: &[&str]) {
    let schema = form.schema(&mut generator());
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    for (texts, expected) in [(good, true), (bad, false)] {
        for text in texts {
            let json = RawValue::from_string(json!(text).to_string()).unwrap();
            let read = form.read(Raw { json: &json, in_query: false }).is_ok();
            assert_eq!(read, expected, "{text:?}");
            assert!(expected || read || !validator.is_valid(&json!(text)) || unsaid(text), "{text:?} fits its schema");
            assert!(!expected || validator.is_valid(&json!(text)), "{text:?} does not fit its schema");
        }
    }
}

/// What no schema can say: a checksum, whose an address is, and characters that not every dialect can name.
fn unsaid(text: &str) -> bool {
    text.starts_with("0x") || text.chars().any(|c| c > '\u{ffff}') || text.len() > 200 || text.contains("999")
}

#[test]
fn a_text_of_some_characters_has_one_that_can_be_seen() {
    let invisible = [
        "\u{200b}",
        "\u{200b}\u{200d}\u{2060}",
        "\u{feff}",
        "\u{ad}",
        "\u{2800}\u{2800}",
        "\u{3164}",
        "\u{115f}",
        "\u{fe0f}",
        "\u{e0041}",
        " \u{2003}\u{a0}\u{200b}",
        "\u{202a}\u{202c}",
    ];
    let seen = ["a", "\u{200b}a", "👩\u{200d}💻", "é", "e\u{301}", "نص\u{200f}", "می\u{200c}خواهم", "⠇"];
    check(&text(1..=20), &seen, &invisible);
    check(&line(1..=20), &seen, &invisible);
    check(
        &text(1..=20),
        &["two\nlines\tand\rmore", "\u{202e}turned"],
        &["nul\0", "\u{7f}", "\u{85}", "bell\u{7}", "\u{1b}[31m"],
    );
    let lines =
        ["two\nlines", "two\u{2028}lines", "two\u{2029}", "tab\t", "\u{202e}turned", "a\u{2066}b", "nul\0", "\u{85}"];
    check(&line(1..=20), &["Jane Doe", "a\u{200f}b"], &lines);
}

#[test]
fn an_email_address_is_one_that_the_internet_delivers_to() {
    let (longest, too_long) =
        (format!("{}@{}.example.com", "l".repeat(64), "d".repeat(63)), format!("{}@example.com", "l".repeat(65)));
    let long_domain = format!("a@{}com", "d123456789.".repeat(24));
    let good = [
        "agent@example.com",
        "a+b@c.de",
        "o'neill@example.co.uk",
        "a.b-c_d@sub.example.museum",
        "x@xn--bcher-kva.example",
        "1@2.io",
        &longest,
    ];
    let bad = [
        "",
        "@",
        "a",
        "a@",
        "@b.co",
        "a@b",
        "a@localhost",
        "jane@example,com",
        "jane@example..com",
        "jane@.com",
        "jane@com.",
        "jane@-a.com",
        "jane@a-.com",
        "a@b@c.co",
        "a b@c.co",
        " a@b.co",
        "a@b.co ",
        "a@b.co\n",
        "a\t@b.co",
        "mailto:a@b.co",
        "https://b.co",
        "Jane <a@b.co>",
        "a@b.co,c@d.co",
        "a@b.co;c@d.co",
        ".a@b.co",
        "a.@b.co",
        "a..b@c.co",
        "\"a b\"@c.co",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@b.c",
        "a@b.42",
        "a@exa_mple.com",
        "a\u{0}@b.co",
        "jané@example.com",
        "a@bücher.example",
        "a@example.com\u{200b}",
        "a\u{202e}@b.co",
        &too_long,
        &long_domain,
    ];
    check(&email(), &good, &bad);
}

#[test]
fn a_telephone_number_is_one_that_can_be_dialled_from_abroad() {
    let good = ["+1234567890", "+14155550123", "+2904000", "+491701234567", "+123456789012345"];
    let bad = [
        "",
        "1",
        "+",
        "1234567890",
        "+1 415 555 0123",
        "+1-415-555-0123",
        "(415) 555-0123",
        "+0123456789",
        "00491701234567",
        "+123456",
        "+1234567890123456",
        "+１２３４５６７８９０",
        "call me",
        "tel:+14155550123",
        "+1415555012a",
        "+14155550123\n",
    ];
    check(&phone(), &good, &bad);
}

#[test]
fn a_url_is_written_out_as_the_standard_has_it() {
    let longest = format!("https://example.com/{}", "p".repeat(2_028));
    let too_long = format!("{longest}p");
    let good = [
        "https://example.com",
        "https://example.com/",
        "HTTPS://Example.com/a",
        "https://example.com:8443/a/b?c=d&e=f#g",
        "https://example.com/%E2%82%AC(1)",
        "https://xn--bcher-kva.example/",
        "https://my_app.example.com/x",
        "https://[2001:db8::1]/x",
        "https://example.com?x=[1]",
        &longest,
    ];
    let bad = [
        "",
        "example.com",
        "//example.com",
        "https:example.com/hook",
        "https:/example.com",
        "https:///example.com",
        "https://",
        "https:\\\\example.com\\hook",
        "https://example.com\\@evil.com",
        "https://user@example.com/",
        "https://user:pw@example.com/",
        "https://exa mple.com",
        "https://example.com/a b",
        " https://example.com",
        "https://example.com\n",
        "https://example.com/\0",
        "https://example.com/\"onclick=1",
        "https://example.com/'x'",
        "https://example.com/<script>",
        "https://example.com/`x`",
        "https://example.com/{a}",
        "https://example.com/a|b",
        "https://example.com/a^b",
        "https://example.com/\u{202e}gpj",
        "https://example.com/\u{200b}",
        "https://bücher.example/",
        "https://example.com/ü",
        "https://example.com/%",
        "https://example.com/%zz",
        "https://exam%70le.com/",
        "https://example.com:99999/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://?x",
        "https://#x",
        "https://:443/",
        &too_long,
    ];
    check(&https(), &good, &bad);
    check(&https(), &[], &["http://example.com/"]);
    check(&web_url(), &good, &bad);
    check(&web_url(), &["http://127.0.0.1:9000/hook", "http://localhost/"], &["ws://example.com/"]);
}

#[test]
fn a_wallet_is_one_whose_owner_can_spend() {
    // The vectors of EIP-55, and addresses without a checksum.
    let good = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
    ];
    let bad = [
        "",
        "0x",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed0",
        "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "vitalik.eth",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg",
        " 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        // One letter's case, and one digit, of a checksummed address.
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee",
        // Zero, the precompiled contracts, burning.
        "0x0000000000000000000000000000000000000000",
        "0x0000000000000000000000000000000000000001",
        "0x0000000000000000000000000000000000000011",
        "0x0000000000000000000000000000000000000100",
        "0x000000000000000000000000000000000000dEaD",
        "0xffffffffffffffffffffffffffffffffffffffff",
        "0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
        "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE",
        // USDC, in each case; wrapped ether and other parts of the chain.
        "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
        "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913",
        "0x833589FCD6EDB6E08F4C7C32D4F71B54BDA02913",
        USDC,
        "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA",
        "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
        "0x4200000000000000000000000000000000000006",
        "0x4200000000000000000000000000000000000010",
        "0xDeaDDEaDDeAdDeAdDEAdDEaddeAddEAdDEAd0001",
        // A deposit address of ours.
        "0x68756d616e6f7073000102030405060708090a0b",
    ];
    check(&wallet(), &good, &bad);
}

const USDC: &str = wallet::USDC_BASE_SEPOLIA;
