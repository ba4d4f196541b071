//! Chance that can be had again: SplitMix64 (Steele, Lea and Flood, 2014).

/// A sequence that follows from its seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `sides` − 1; 0 if there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % sides).unwrap_or_default()
    }

    /// True so many times in a thousand.
    pub fn permille(&mut self, share: u32) -> bool {
        self.roll() % 1_000 < u64::from(share)
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// One of them, as often as its weight says.
    pub fn weighed<T: Copy>(&mut self, of: &[(u32, T)]) -> Option<T> {
        let all: u32 = of.iter().map(|(weight, _)| weight).sum();
        let mut at = u32::try_from(self.below(usize::try_from(all).ok()?)).ok()?;
        of.iter().find_map(|(weight, one)| match at.checked_sub(*weight) {
            Some(rest) => {
                at = rest;
                None
            }
            None => Some(*one),
        })
    }
}
