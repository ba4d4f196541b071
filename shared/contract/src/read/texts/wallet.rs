//! Wallets on Base that USDC can be sent to, and be spent from. Not whether anybody has their key.

use super::{Checked, checked};
use schemars::json_schema;
use sha3::{Digest, Keccak256};

/// USDC on Base Sepolia: the chain on which money is not real.
pub const USDC_BASE_SEPOLIA: &str = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
/// USDC on Base.
pub const USDC_BASE: &str = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";

/// The token of a public chain, with its checksum.
pub fn usdc(chain_id: u64) -> Option<&'static str> {
    match chain_id {
        8_453 => Some(USDC_BASE),
        84_532 => Some(USDC_BASE_SEPOLIA),
        _ => None,
    }
}

/// What every deposit address of this system begins with in test mode, so that no payout goes to one: `humanops`.
pub const OURS: [u8; 8] = *b"humanops";

/// Contracts that keep what is sent to them: USDC on Base, on Ethereum and bridged; and the placeholder that stands for
/// ether itself.
const KEEPERS: [&str; 5] = [
    "833589fcd6edb6e08f4c7c32d4f71b54bda02913",
    "036cbd53842c5426634e7929541ec2318f3dcf7e",
    "a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
    "d9aaec86b65d86f6a7b5b1b0c42ffa531710b6ca",
    "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
];
/// Beginnings of addresses that are nobody's: zero, precompiled contracts and 0xdead; what the chain itself is made of,
/// wrapped ether among it; and ours.
const NOBODYS: [&str; 5] = [
    "000000000000000000000000000000000000",
    "420000000000000000000000000000000000",
    "c0d3c0d3c0d3c0d3c0d3c0d3c0d3c0d3c0d3",
    "deaddeaddeaddeaddeaddeaddeaddeaddead",
    "68756d616e6f7073",
];

/// The address of a wallet: `0x` and 40 hexadecimal digits. Where their case is mixed, it is a checksum (EIP-55).
pub const fn wallet() -> Checked<String> {
    checked(|| json_schema!({ "type": "string", "pattern": "^0x[0-9a-fA-F]{40}$" }), read)
}

fn read(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix("0x").unwrap_or_default();
    if digits.len() != 40 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err("must be 0x and 40 hexadecimal digits".to_owned());
    }
    let lower = digits.to_ascii_lowercase();
    let mixed = digits != lower && digits != digits.to_ascii_uppercase();
    if mixed && text != checksummed(&lower) {
        return Err("must have the upper and lower case of its checksum (EIP-55): a digit may be mistyped".to_owned());
    }
    let nobodys = NOBODYS.iter().any(|begin| lower.starts_with(begin)) || lower.bytes().all(|b| b == b'f');
    if nobodys || KEEPERS.contains(&lower.as_str()) {
        return Err("must be a wallet of yours; nobody can spend what is sent to this address".to_owned());
    }
    Ok(text.to_owned())
}

/// The address of these 40 lower-case digits, with their checksum.
pub fn checksummed(digits: &str) -> String {
    let hash = base16ct::lower::encode_string(&Keccak256::digest(digits));
    let cased = |(digit, nibble): (char, u8)| if nibble >= b'8' { digit.to_ascii_uppercase() } else { digit };
    format!("0x{}", digits.chars().zip(hash.bytes()).map(cased).collect::<String>())
}
