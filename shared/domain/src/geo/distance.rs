//! Distances on a sphere, in integers: sines from a table, in billionths.

use super::Point;

/// Mean radius of the Earth.
const RADIUS_M: u128 = 6_371_009;
/// Ten-millionths of a degree.
const DEGREE: u64 = 10_000_000;
const ONE: u128 = 1_000_000_000;

/// Sines of whole degrees.
#[rustfmt::skip]
const SINES: [u64; 91] = [
    0, 17_452_406, 34_899_497, 52_335_956, 69_756_474, 87_155_743, 104_528_463, 121_869_343, 139_173_101, 156_434_465,
    173_648_178, 190_808_995, 207_911_691, 224_951_054, 241_921_896, 258_819_045, 275_637_356, 292_371_705,
    309_016_994, 325_568_154, 342_020_143, 358_367_950, 374_606_593, 390_731_128, 406_736_643, 422_618_262,
    438_371_147, 453_990_500, 469_471_563, 484_809_620, 500_000_000, 515_038_075, 529_919_264, 544_639_035,
    559_192_903, 573_576_436, 587_785_252, 601_815_023, 615_661_475, 629_320_391, 642_787_610, 656_059_029,
    669_130_606, 681_998_360, 694_658_370, 707_106_781, 719_339_800, 731_353_702, 743_144_825, 754_709_580,
    766_044_443, 777_145_961, 788_010_754, 798_635_510, 809_016_994, 819_152_044, 829_037_573, 838_670_568,
    848_048_096, 857_167_301, 866_025_404, 874_619_707, 882_947_593, 891_006_524, 898_794_046, 906_307_787,
    913_545_458, 920_504_853, 927_183_855, 933_580_426, 939_692_621, 945_518_576, 951_056_516, 956_304_756,
    961_261_696, 965_925_826, 970_295_726, 974_370_065, 978_147_601, 981_627_183, 984_807_753, 987_688_341,
    990_268_069, 992_546_152, 994_521_895, 996_194_698, 997_564_050, 998_629_535, 999_390_827, 999_847_695,
    1_000_000_000,
];

/// Metres along the sphere, rounded down. Within 500 km it is right to a thousandth and two centimetres: the table is
/// interpolated, and a chord stands for its arc.
pub(super) fn metres(a: Point, b: Point) -> u64 {
    let north = u64::from(a.lat.scaled().abs_diff(b.lat.scaled()));
    let haversine = square(sine(north / 2)) + across(cosine(a.lat.scaled()), cosine(b.lat.scaled()), east(a, b));
    let metres = 2 * RADIUS_M * haversine.isqrt() / ONE;
    u64::try_from(metres).expect("no two places are further apart than half the Earth's circumference")
}

/// The part of the haversine that a difference of longitudes makes between two latitudes, in billionths squared.
pub(super) fn across(cosine_a: u64, cosine_b: u64, east: u64) -> u128 {
    u128::from(cosine_a) * u128::from(cosine_b) * square(sine(east / 2)) / (ONE * ONE)
}

/// The haversine of so many metres along the sphere, rounded up.
pub(super) fn haversine(metres: u64) -> u128 {
    square(u64::try_from(u128::from(metres) * ONE / (2 * RADIUS_M)).unwrap_or(u64::MAX) + 1)
}

/// Degrees that so many metres along a meridian are, rounded up.
pub(super) fn along_meridian(metres: u64) -> u64 {
    metres * DEGREE / 111_194 + 1
}

/// The shorter way round, at most half a turn.
pub(super) fn east(a: Point, b: Point) -> u64 {
    let apart = u64::from(a.lng.scaled().abs_diff(b.lng.scaled()));
    apart.min(360 * DEGREE - apart)
}

/// Of a latitude.
pub(super) fn cosine(latitude: i32) -> u64 {
    sine((90 * DEGREE).saturating_sub(latitude.unsigned_abs().into()))
}

/// Of an angle up to a right one, in billionths. Between whole degrees it is short by 0.004 % at the most.
fn sine(angle: u64) -> u64 {
    let degree = usize::try_from(angle / DEGREE).expect("a right angle has ninety degrees");
    match SINES.get(degree..=degree + 1) {
        Some(&[below, above]) => below + (above - below) * (angle % DEGREE) / DEGREE,
        Some(_) | None => SINES[90],
    }
}

fn square(sine: u64) -> u128 {
    u128::from(sine) * u128::from(sine)
}

#[cfg(test)]
mod tests;
