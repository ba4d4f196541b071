//! Places on Earth, in scaled integers: text in, the same text out, no float.

use std::fmt;

/// Degrees in units of 10⁻⁷ (about a centimetre).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Degrees(i32);

/// A point: latitude and longitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// −90 to 90.
    pub lat: Degrees,
    /// −180 to 180.
    pub lng: Degrees,
}

impl Degrees {
    /// Parses a plain decimal within ±`max` degrees; decimals after the seventh are dropped.
    pub fn parse(text: &str, max: i32) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || whole.len() > 3 || fraction.len() > 20 {
            return None;
        }
        let fraction: String = fraction.chars().chain("0000000".chars()).take(7).collect();
        let scaled: i64 = format!("{whole}{fraction}").parse().ok()?;
        (scaled <= i64::from(max) * 10_000_000).then(|| i32::try_from(sign * scaled).ok().map(Self))?
    }

    /// Units of 10⁻⁷ degrees.
    pub const fn scaled(self) -> i32 {
        self.0
    }

    /// From units of 10⁻⁷ degrees, as stored.
    pub const fn from_scaled(scaled: i32) -> Self {
        Self(scaled)
    }
}

impl Point {
    /// Parses a latitude and a longitude.
    pub fn parse(lat: &str, lng: &str) -> Option<Self> {
        Some(Self { lat: Degrees::parse(lat, 90)?, lng: Degrees::parse(lng, 180)? })
    }

    /// The geohash of this point, `length` characters (3 are a cell of about 156 km).
    pub fn geohash(self, length: usize) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";
        // Binary places below the unit, so that halving stays exact for 12 characters.
        const PLACES: u32 = 30;
        let mut lat = (-900_000_000_i64 << PLACES, 900_000_000_i64 << PLACES);
        let mut lng = (-1_800_000_000_i64 << PLACES, 1_800_000_000_i64 << PLACES);
        let mut halve = |even: bool| {
            let (range, value) = if even { (&mut lng, self.lng.0) } else { (&mut lat, self.lat.0) };
            let middle = (range.0 + range.1).div_euclid(2);
            let upper = i64::from(value) << PLACES >= middle;
            if upper {
                range.0 = middle
            } else {
                range.1 = middle
            }
            usize::from(upper)
        };
        (0..length)
            .map(|character| {
                let index = (0..5).fold(0, |bits, bit| (bits << 1) | halve((character * 5 + bit) % 2 == 0));
                char::from(ALPHABET[index])
            })
            .collect()
    }
}

/// The shortest decimal: `40.7128`, `-74.006`, `0`.
impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let fraction = format!("{:07}", size % 10_000_000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{}", size / 10_000_000),
            kept => write!(f, "{sign}{}.{kept}", size / 10_000_000),
        }
    }
}

#[cfg(test)]
mod tests;
