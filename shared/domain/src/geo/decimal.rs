//! JSON numbers in scaled integers, rounded half away from zero. Not money: that is read strictly, by `Usd`.

/// A number in units of a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scaled {
    pub units: i64,
    /// Nothing was rounded away.
    pub exact: bool,
}

/// Digits that an `i64` always has room for.
const DIGITS_MAX: i64 = 18;
/// More than any number of a request can shift its point by.
const SHIFT_MAX: i64 = 1_000_000_000;

/// `text` in units of 10⁻ᵈ, with d `decimals`; an exponent may shift its point. `None` for what is no decimal number,
/// and for one that is too large.
pub fn scaled(text: &str, decimals: u8) -> Option<Scaled> {
    let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (-1, size));
    let (mantissa, exponent) = size.split_once(['e', 'E']).unwrap_or((size, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let digits = &digits[zeros..];
    let point = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()? + shift(exponent)?;
    if digits.is_empty() {
        return Some(Scaled { units: 0, exact: true });
    }
    round(digits, point + i64::from(decimals)).map(|(size, exact)| Scaled { units: sign * size, exact })
}

/// The first `kept` of some digits as a number, whose first digit is not 0.
fn round(digits: &[u8], kept: i64) -> Option<(i64, bool)> {
    let Ok(count) = usize::try_from(kept) else {
        return Some((0, false));
    };
    if kept > DIGITS_MAX {
        return None;
    }
    let digit = |at: usize| i64::from(digits.get(at).map_or(0, |digit| digit - b'0'));
    let size = (0..count).fold(0, |size, at| size * 10 + digit(at));
    let exact = digits.iter().skip(count).all(|digit| *digit == b'0');
    Some((size + i64::from(digit(count) >= 5), exact))
}

fn shift(exponent: &str) -> Option<i64> {
    let (sign, size) = match exponent.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, exponent.strip_prefix('+').unwrap_or(exponent)),
    };
    let size = is_digits(size).then(|| size.parse().unwrap_or(SHIFT_MAX))?;
    Some(sign * size.min(SHIFT_MAX))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
