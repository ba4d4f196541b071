//! Cities by what people call them.

use super::{CITIES, COUNTRIES, find};

#[test]
fn a_city_is_found_by_what_people_call_it() {
    for (city, country, expected) in [
        ("New York", Some("US"), Some("40.71 -74.01")),
        (" NEW YORK ", Some("United States"), Some("40.71 -74.01")),
        ("Zürich", Some("CH"), Some("47.37 8.55")),
        ("ZÜRICH", None, Some("47.37 8.55")),
        ("Zurich", Some("Switzerland"), Some("47.37 8.55")),
        ("München", Some("Deutschland"), Some("48.14 11.58")),
        ("São Paulo", Some("BRA"), Some("-23.55 -46.64")),
        ("Paris", None, Some("48.85 2.35")),
        ("Paris", Some("US"), Some("33.66 -95.56")),
        ("London", Some("Canada"), Some("42.98 -81.23")),
        ("Paris", Some("Japan"), None),
        ("Paris", Some("Nowhere"), None),
        ("Lothlorien", None, None),
        ("", None, None),
        ("\u{10ffff}", None, None),
    ] {
        let found = find(city, country).map(|point| format!("{} {}", point.lat, point.lng));
        assert_eq!(found.as_deref(), expected, "{city}, {country:?}");
    }
}

#[test]
fn every_line_is_found_by_its_name() {
    for (text, columns) in [(CITIES, 4), (COUNTRIES, 2)] {
        let lines = std::str::from_utf8(text).unwrap().lines();
        let names: Vec<&str> = lines
            .map(|line| {
                assert_eq!(line.split('\t').count(), columns, "{line}");
                line.split('\t').next().unwrap()
            })
            .collect();
        assert!(names.is_sorted(), "sorted by bytes");
        assert!(names.len() > 700);
        if columns == 4 {
            names.iter().step_by(97).for_each(|name| assert!(find(name, None).is_some(), "{name}"));
        }
    }
    assert!(CITIES.len() < 1_500_000, "it is in the zip of a function");
}
