//! A small picture of many pixels, which come row by row: each of its own is the mean of those that it covers.

/// Pixels of either side of a picture: what models look at without making it smaller.
pub(crate) const SIDE_MAX: u32 = 1_568;

/// Of so many channels.
pub(crate) struct Canvas<const N: usize = 3> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Row by row; complete when all pixels have come.
    pub(crate) means: Vec<[f32; N]>,
    /// By column and by row of what comes.
    across: Vec<Share>,
    down: Vec<Share>,
    /// What comes next, as wide as the picture.
    row: Vec<[f32; N]>,
}

/// Where a column (or row) goes: so much of it to this one, and the rest to the next.
#[derive(Clone, Copy)]
struct Share {
    to: usize,
    first: f32,
    rest: f32,
}

impl<const N: usize> Canvas<N> {
    /// For a picture of these sides, the longer one of which becomes at most `side_max`.
    pub(crate) fn of(side_max: u32, width: u32, height: u32) -> Self {
        let longest = width.max(height).max(1);
        let shrunk = |side: u32| match longest > side_max {
            true => ((side * side_max + longest / 2) / longest).max(1),
            false => side,
        };
        let (across, down) = (shares(width, shrunk(width)), shares(height, shrunk(height)));
        let (width, height) = (shrunk(width), shrunk(height));
        let means = vec![[0.0; N]; width as usize * height as usize];
        Self { width, height, means, across, down, row: vec![[0.0; N]; width as usize] }
    }

    /// Takes pixels of row `y`: the first column, and how far apart they are.
    pub(crate) fn row(&mut self, y: u32, (first, step): (u32, u32), pixels: impl Iterator<Item = [f32; N]>) {
        self.row.fill([0.0; N]);
        let shares = self.across.get(first as usize..).unwrap_or_default();
        for (share, pixel) in shares.iter().step_by(step as usize).zip(pixels) {
            add(&mut self.row[share.to], pixel, share.first);
            if share.rest > 0.0 {
                add(&mut self.row[share.to + 1], pixel, share.rest);
            }
        }
        let Some(share) = self.down.get(y as usize) else { return };
        for (to, part) in [(share.to, share.first), (share.to + 1, share.rest)] {
            if part > 0.0 {
                let means = self.means[to * self.row.len()..].iter_mut();
                means.zip(&self.row).for_each(|(mean, pixel)| add(mean, *pixel, part));
            }
        }
    }
}

/// Spreads `many` evenly over `few`: together each of these gets 1.
#[allow(clippy::cast_precision_loss, reason = "sides are far below what a float counts exactly")]
fn shares(many: u32, few: u32) -> Vec<Share> {
    let (many, few) = (u64::from(many), u64::from(few));
    let share = |at: u64| {
        let to = at * few / many;
        let first = ((to + 1) * many - at * few).min(few);
        let rest = if to + 1 < few { few - first } else { 0 };
        let part = |of: u64| of as f32 / many as f32;
        Share { to: usize::try_from(to).unwrap_or_default(), first: part(first), rest: part(rest) }
    };
    (0..many).map(share).collect()
}

fn add<const N: usize>(sum: &mut [f32; N], pixel: [f32; N], part: f32) {
    sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += value * part);
}
