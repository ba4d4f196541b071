//! What requirements ask photos to say of themselves.

use evidence::Demand;

/// Whether they must say where, and when, they were taken.
pub(crate) fn demands(requirements: &[String]) -> [Demand; 2] {
    [OF_POSITION, OF_TIME].map(|words| {
        let names = |requirement: &String| {
            let plain: String = requirement.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            words.iter().any(|word| plain.contains(word))
        };
        if requirements.iter().any(names) { Demand::Required } else { Demand::Optional }
    })
}

/// Letters and digits alone, in lower case: `GPS-stamped image`.
const OF_POSITION: &[&str] = &["gps", "geotag", "geostamp", "locationdata"];
const OF_TIME: &[&str] = &["timestamp", "datestamp", "timeanddate", "dateandtime"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_demands_a_position_or_a_time_by_its_words() {
        let (yes, no) = (Demand::Required, Demand::Optional);
        let cases = [
            ("GPS-stamped image", [yes, no]),
            ("Photo with geo tag, and time-stamp", [yes, yes]),
            ("Date and time must be in the photo's data", [no, yes]),
            ("Photo of storefront sign", [no, no]),
            ("The clock shows the time", [no, no]),
        ];
        for (requirement, expected) in cases {
            assert_eq!(demands(&["Photo of the door".to_owned(), requirement.to_owned()]), expected, "{requirement}");
        }
        assert_eq!(demands(&[]), [no, no]);
    }
}
