//! EIP-55's own examples, and what is none.

use super::{AddressRefusal, checksummed, parse_address};

/// From EIP-55.
const EXAMPLES: [&str; 6] = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
];

#[test]
fn an_address_is_written_as_eip_55_does_and_read_in_one_case_too() {
    for example in EXAMPLES {
        let address = parse_address(example).unwrap();
        assert_eq!(checksummed(address), example);
        assert_eq!(parse_address(&example.to_lowercase()), Ok(address));
        assert_eq!(parse_address(&format!("0x{}", example[2..].to_uppercase())), Ok(address));
    }
}

#[test]
fn a_digit_of_the_wrong_case_is_refused() {
    let wrong = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD";
    assert_eq!(parse_address(wrong), Err(AddressRefusal::Checksum));
}

#[test]
fn what_is_no_address_is_refused() {
    let digits = "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
    let texts = [
        String::new(),
        "0x".to_owned(),
        digits.to_owned(),
        format!("0X{digits}"),
        format!(" 0x{digits}"),
        format!("0x{}", &digits[1..]),
        format!("0x{digits}00"),
        format!("0x{}g", &digits[1..]),
        format!("0x{}é", &digits[2..]),
        format!("0x0x{}", &digits[2..]),
    ];
    for text in texts {
        assert_eq!(parse_address(&text), Err(AddressRefusal::Form), "{text}");
    }
}
