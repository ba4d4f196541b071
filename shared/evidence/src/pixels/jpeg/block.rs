//! The coefficients of a block, and the pixels that are made of them: 8 × 8 or fewer. Fewer pixels need fewer of the
//! coefficients, of the lower frequencies, so that nothing is left that would make patterns. ITU-T T.81, section A.3.3.

/// What is made of blocks.
pub(super) struct Shrink {
    /// Pixels a side: 1 to 8, or 0 when only the codes are read.
    side: usize,
    /// By coefficient in the order of the file: where it stands in what is kept, if it is.
    pub(super) slots: [Option<u8>; 64],
    /// By pixel and coefficient of a row.
    waves: [[f32; SIDE]; SIDE],
}

/// The coefficients that are kept of a block, row by row.
pub(super) struct Block<'a> {
    pub(super) kept: &'a mut [i16],
    pub(super) slots: &'a [Option<u8>; 64],
}

const SIDE: usize = 8;
/// What stands for grey.
const GREY: f32 = 128.0;

/// Column and row of each coefficient, in the order of the file.
pub(super) fn zigzag() -> [(usize, usize); 64] {
    let mut places = [(0, 0); 64];
    let (mut column, mut row) = (0, 0);
    for place in &mut places {
        *place = (column, row);
        let is_up = (column + row) % 2 == 0;
        let (along, across) = if is_up { (&mut column, &mut row) } else { (&mut row, &mut column) };
        match (*along == SIDE - 1, *across == 0) {
            (true, _) => *across += 1,
            (false, true) => *along += 1,
            (false, false) => (*along, *across) = (*along + 1, *across - 1),
        }
    }
    places
}

/// What each coefficient counts, row by row.
pub(super) fn factors(table: &[u16; 64]) -> [f32; 64] {
    let mut factors = [0.0; 64];
    for ((column, row), factor) in zigzag().into_iter().zip(table) {
        factors[row * SIDE + column] = f32::from(*factor);
    }
    factors
}

impl Shrink {
    pub(super) fn to(side: usize) -> Self {
        let slot = |(column, row)| (column < side && row < side).then(|| u8::try_from(row * side + column).ok());
        let mut waves = [[0.0; SIDE]; SIDE];
        for (pixel, wave) in (0_u8..).zip(&mut waves).take(side) {
            for (coefficient, value) in (0_u8..).zip(wave).take(side) {
                let phase = f32::from(2 * pixel + 1) * f32::from(coefficient) * std::f32::consts::PI;
                let scale = if coefficient == 0 { std::f32::consts::FRAC_1_SQRT_2 } else { 1.0 };
                let sides = f32::from(u8::try_from(2 * side).unwrap_or(u8::MAX));
                *value = scale * (phase / sides).cos() / 2.0;
            }
        }
        Self { side, slots: zigzag().map(|place| slot(place).flatten()), waves }
    }

    /// Pixels a side of a block.
    pub(super) fn side(&self) -> usize {
        self.side
    }

    /// Coefficients that are kept of a block, and pixels that are made of it.
    pub(super) fn kept(&self) -> usize {
        self.side * self.side
    }

    /// Makes pixels: a row of them every `stride`.
    pub(super) fn paint(&self, kept: &[i16], factors: &[f32; 64], pixels: &mut [u8], stride: usize) {
        let side = self.side;
        let value = |place: usize| f32::from(kept[place]) * factors[place / side * SIDE + place % side];
        let rows = pixels.chunks_mut(stride).take(side);
        if kept[1..].iter().all(|coefficient| *coefficient == 0) {
            let mean = sample(value(0) * self.waves[0][0] * self.waves[0][0]);
            return rows.for_each(|row| row[..side].fill(mean));
        }
        let mut across = [[0.0; SIDE]; SIDE];
        for (row, pixels) in across.iter_mut().enumerate().take(side) {
            for column in (0..side).filter(|column| kept[row * side + column] != 0) {
                let value = value(row * side + column);
                (0..side).for_each(|x| pixels[x] += value * self.waves[x][column]);
            }
        }
        for (row, wave) in rows.zip(&self.waves) {
            let mut sums = [0.0; SIDE];
            for (pixels, height) in across.iter().zip(wave).take(side) {
                sums.iter_mut().zip(pixels).for_each(|(sum, pixel)| *sum += pixel * height);
            }
            row[..side].iter_mut().zip(sums).for_each(|(pixel, sum)| *pixel = sample(sum));
        }
    }
}

impl Block<'_> {
    pub(super) fn add(&mut self, at: u8, more: i32) {
        if let Some(kept) = self.slot(at) {
            *kept = narrow(i32::from(*kept).saturating_add(more));
        }
    }

    /// Moves a coefficient away from zero.
    pub(super) fn grow(&mut self, at: u8, more: i32) {
        if let Some(kept) = self.slot(at) {
            *kept = narrow(i32::from(*kept) + if *kept < 0 { -more } else { more });
        }
    }

    fn slot(&mut self, at: u8) -> Option<&mut i16> {
        let slot = self.slots.get(usize::from(at)).copied().flatten()?;
        self.kept.get_mut(usize::from(slot))
    }
}

fn narrow(value: i32) -> i16 {
    i16::try_from(value).unwrap_or(if value < 0 { i16::MIN } else { i16::MAX })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float is its nearest byte")]
fn sample(value: f32) -> u8 {
    (value + GREY).round() as u8
}
