//! Where cities are, by GeoNames: names in lower case, sorted, and in hundredths of degrees what is known of their places.
//! How the files were made, and under which licence they are, is said beside them.

use domain::geo::{Degrees, Point};

/// Name, country, north, east; of one name the largest city first.
const CITIES: &[u8] = include_bytes!("../cities/cities.tsv");
/// Name or code, and the code that the cities have.
const COUNTRIES: &[u8] = include_bytes!("../cities/countries.tsv");

/// The place of a city, if it is known: of several in the country, or without a country in the world, of the largest.
pub(crate) fn find(city: &str, country: Option<&str>) -> Option<Point> {
    let country = match country {
        Some(name) => Some(named(COUNTRIES, name).next()?),
        None => None,
    };
    let mut cities = named(CITIES, city).filter_map(|line| line.split_once('\t'));
    let (_, place) = cities.find(|(code, _)| country.is_none_or(|country| country == *code))?;
    let (north, east) = place.split_once('\t')?;
    let degrees = |hundredths: &str| hundredths.parse::<i32>().ok()?.checked_mul(100_000).map(Degrees::from_scaled);
    Some(Point { lat: degrees(north)?, lng: degrees(east)? })
}

/// What stands behind a name, in the lines that begin with it.
fn named<'a>(text: &'a [u8], name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let name = name.trim().to_lowercase();
    let (mut first, mut end) = (0, text.len());
    while first < end {
        let start = line_at(text, first.midpoint(end));
        let next = line_end(text, start) + 1;
        if name_of(text, start) < name.as_bytes() { first = next } else { end = start }
    }
    let lines = text[first..].split(|byte| *byte == b'\n').map(|line| std::str::from_utf8(line).unwrap_or_default());
    lines.map_while(move |line| line.split_once('\t').filter(|(it, _)| *it == name)).map(|(_, rest)| rest)
}

/// Where the line begins that this byte is of.
fn line_at(text: &[u8], at: usize) -> usize {
    text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |before| before + 1)
}

fn line_end(text: &[u8], start: usize) -> usize {
    text[start..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |length| start + length)
}

fn name_of(text: &[u8], start: usize) -> &[u8] {
    text[start..].split(|byte| *byte == b'\t').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
