//! Addresses as people write them.

use alloy::primitives::Address;
use thiserror::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddressRefusal {
    #[error("an address is 0x and 40 hexadecimal digits")]
    Form,
    #[error("the address's upper and lower case do not match its checksum, so a digit is wrong")]
    Checksum,
}

/// In one case, any 20 bytes; in mixed case, the checksum of EIP-55 must hold.
///
/// # Errors
/// [`AddressRefusal`].
pub fn parse_address(text: &str) -> Result<Address, AddressRefusal> {
    let digits = text.strip_prefix("0x").ok_or(AddressRefusal::Form)?;
    if digits.len() != 40 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(AddressRefusal::Form);
    }
    let address: Address = digits.parse().map_err(|_| AddressRefusal::Form)?;
    let is_mixed = digits.bytes().any(|it| it.is_ascii_uppercase()) && digits.bytes().any(|it| it.is_ascii_lowercase());
    if is_mixed && checksummed(address) != text {
        return Err(AddressRefusal::Checksum);
    }
    Ok(address)
}

/// By EIP-55, without a chain id in the checksum.
pub fn checksummed(address: Address) -> String {
    address.to_checksum(None)
}

#[cfg(test)]
mod tests;
