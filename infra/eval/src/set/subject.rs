//! What there is to be seen in the pictures: shops, receipts, parcels, pages, each with a name and a number like no other
//! of its kind. Without the digits that readers of print take for others.

use crate::draw::Chance;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Sign,
    Receipt,
    Parcel,
    Screen,
}

/// A name, as two lines of writing, and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) name: [&'static str; 2],
    pub(crate) number: String,
}

/// Of as many first names as second ones nothing would come but pairs that repeat soon.
const FIRST: [&str; 9] = ["ADLER", "LINDEN", "NORTH", "KRONE", "MILLER", "TILIA", "VELVET", "AMBER", "HARBOR"];
const SHOPS: [&str; 11] =
    ["BOOKS", "BAKERY", "FLOWERS", "TAILOR", "CAFE", "OPTICS", "SHOES", "RECORDS", "TOYS", "WINE", "BICYCLES"];
const STREETS: [&str; 11] =
    ["ROAD", "LANE", "STREET", "SQUARE", "ALLEY", "AVENUE", "PARADE", "TERRACE", "GARDENS", "BRIDGE", "HILL"];
const PAGES: [&str; 11] =
    ["TICKETS", "HOTEL", "MARKET", "LIBRARY", "PARKING", "CINEMA", "CLINIC", "FERRY", "MUSEUM", "GYM", "THEATRE"];
const DIGITS: [char; 6] = ['2', '3', '4', '5', '7', '9'];

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Sign, Self::Receipt, Self::Parcel, Self::Screen];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Receipt => "receipt",
            Self::Parcel => "parcel",
            Self::Screen => "screen",
        }
    }
}

impl Subject {
    /// The `nth` of its kind.
    pub(crate) fn of(kind: Kind, nth: usize) -> Self {
        let second = match kind {
            Kind::Sign | Kind::Receipt => SHOPS,
            Kind::Parcel => STREETS,
            Kind::Screen => PAGES,
        };
        Self { name: [FIRST[nth % FIRST.len()], second[nth % second.len()]], number: number(kind, nth) }
    }

    pub(crate) fn name(&self) -> String {
        self.name.join(" ")
    }
}

fn number(kind: Kind, nth: usize) -> String {
    let seed = u64::try_from(nth).expect("sets are small") << 8 | kind as u64;
    let mut chance = Chance(seed);
    let mut digits = |count: usize| (0..count).map(|_| chance.of(&DIGITS)).collect::<String>();
    match kind {
        Kind::Sign => digits(3),
        Kind::Receipt => format!("{}.{}", digits(2), digits(2)),
        Kind::Parcel | Kind::Screen => digits(6),
    }
}
