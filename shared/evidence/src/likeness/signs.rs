//! What a square looks like: the signs of its lowest frequencies. They are the same in another brightness or contrast,
//! and mirrored or turned they are the same ones in other places.

/// By frequency (see [`FREQUENCIES`]): whether it is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Signs(pub(super) u32);

/// Across and down. Closed under exchange, as turning needs it.
const FREQUENCIES: [(usize, usize); SIGNS] = frequencies();
const SIGNS: usize = 32;
/// The last ones left out: they are not the same in two sizes.
const LAST: usize = 5;
const LEFT_OUT: [(usize, usize); 3] = [(4, 5), (5, 4), (5, 5)];
/// Samples a side of a square.
const SAMPLES: usize = 8;
/// Ways to mirror and turn a square.
pub(super) const POSES: usize = 8;
/// Where the sign of the exchanged frequency stands, and which signs change when columns or rows come in reverse.
const EXCHANGED: [usize; SIGNS] = exchanged();
const ODD_ACROSS: u32 = odd(true);
const ODD_DOWN: u32 = odd(false);

impl Signs {
    /// Of the square of which `sample` gives the lightness, from -1 to 1 across and down. And which of the signs is
    /// most easily another.
    pub(super) fn of(sample: impl Fn(f32, f32) -> f32) -> (Self, u8) {
        let offsets: [f32; SAMPLES] = std::array::from_fn(|at| part(2 * at + 1, SAMPLES) - 1.0);
        let samples = offsets.map(|down| offsets.map(|across| sample(across, down)));
        let waves: [[f32; SAMPLES]; LAST + 1] =
            std::array::from_fn(|frequency| std::array::from_fn(|at| wave(frequency, at)));
        let across = waves.map(|wave| samples.map(|row| dot(&row, &wave)));
        let strengths = FREQUENCIES.map(|(column, row)| dot(&across[column], &waves[row]));
        let signs = strengths.iter().rev().fold(0, |signs, strength| signs << 1 | u32::from(*strength < 0.0));
        let weakest = (0..).zip(strengths).min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        (Self(signs), weakest.map_or(0, |(at, _)| at))
    }

    /// With this one changed.
    pub(super) fn but(self, at: u8) -> Self {
        Self(self.0 ^ 1_u32.wrapping_shl(at.into()))
    }

    /// In each pose: mirrored (1), upside down (2), and before that columns for rows (4).
    pub(super) fn posed(self) -> [Self; POSES] {
        let exchanged = EXCHANGED.iter().rev().fold(0, |signs, from| signs << 1 | self.0 >> from & 1);
        std::array::from_fn(|pose| {
            let signs = if pose & 4 == 0 { self.0 } else { exchanged };
            let mirrored = if pose & 1 == 0 { 0 } else { ODD_ACROSS };
            let turned = if pose & 2 == 0 { 0 } else { ODD_DOWN };
            Self(signs ^ mirrored ^ turned)
        })
    }

    /// The same for a square in every pose.
    pub(super) fn upright(self) -> Self {
        self.posed().into_iter().min().unwrap_or(self)
    }
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn part(of: usize, whole: usize) -> f32 {
    of as f32 / whole as f32
}

fn wave(frequency: usize, at: usize) -> f32 {
    (part((2 * at + 1) * frequency, 2 * SAMPLES) * std::f32::consts::PI).cos()
}

fn dot(a: &[f32; SAMPLES], b: &[f32; SAMPLES]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

const fn frequencies() -> [(usize, usize); SIGNS] {
    let (mut all, mut count, mut at) = ([(0, 0); SIGNS], 0, 1);
    // The first is the mean, and the last are left out.
    while at < (LAST + 1) * (LAST + 1) && count < SIGNS {
        let frequency = (at % (LAST + 1), at / (LAST + 1));
        if !is_left_out(frequency) {
            all[count] = frequency;
            count += 1;
        }
        at += 1;
    }
    all
}

const fn is_left_out(frequency: (usize, usize)) -> bool {
    let mut at = 0;
    while at < LEFT_OUT.len() {
        if LEFT_OUT[at].0 == frequency.0 && LEFT_OUT[at].1 == frequency.1 {
            return true;
        }
        at += 1;
    }
    false
}

const fn exchanged() -> [usize; SIGNS] {
    let (mut places, mut at) = ([0; SIGNS], 0);
    while at < SIGNS {
        while FREQUENCIES[places[at]].0 != FREQUENCIES[at].1 || FREQUENCIES[places[at]].1 != FREQUENCIES[at].0 {
            places[at] += 1;
        }
        at += 1;
    }
    places
}

const fn odd(is_across: bool) -> u32 {
    let (mut mask, mut at) = (0, 0);
    while at < SIGNS {
        let frequency = if is_across { FREQUENCIES[at].0 } else { FREQUENCIES[at].1 };
        if frequency % 2 == 1 {
            mask |= 1 << at;
        }
        at += 1;
    }
    mask
}
