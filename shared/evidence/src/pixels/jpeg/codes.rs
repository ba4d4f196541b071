//! Huffman codes, and the bits that they are made of.

/// Codes of one table: none is longer than 16 bits.
#[derive(Clone)]
pub(super) struct Codes {
    /// By length: a window of 16 bits below this begins with a code of at most that length.
    limits: [u32; 17],
    /// By length: what to take from such a code to have its place among the values.
    bases: [u32; 17],
    values: Vec<u8>,
    /// By the first bits of a window: length and value of the code there, if it is short. Most are.
    short: Vec<Option<(u8, u8)>>,
}

/// The bits of a scan.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The last `count` bits of it are still to be read.
    window: u64,
    count: u32,
}

/// Bits of the longest code.
const CODE_MAX: u32 = 16;
/// Bits of a short one.
const SHORT: u32 = 9;
/// Bits that can be skipped at once.
const SKIP_MAX: u32 = 32;

impl Codes {
    /// The next table of a segment, and what follows it.
    pub(super) fn read(data: &[u8]) -> Option<(Self, &[u8])> {
        let (counts, after) = data.split_first_chunk::<16>()?;
        let total = counts.iter().map(|count| usize::from(*count)).sum();
        let (values, after) = after.split_at_checked(total)?;
        let (mut limits, mut bases) = ([0; 17], [0; 17]);
        let (mut code, mut place) = (0_u32, 0_u32);
        for (length, count) in (1..).zip(counts) {
            // Wraps where there are more short codes before this one than it counts up to.
            bases[length] = code.wrapping_sub(place);
            (code, place) = (code + u32::from(*count), place + u32::from(*count));
            if code > 1 << length {
                return None;
            }
            limits[length] = code << (16 - length);
            code <<= 1;
        }
        let mut codes = Self { limits, bases, values: values.to_vec(), short: Vec::new() };
        let find =
            |first: u32| codes.find(first << (CODE_MAX - SHORT)).filter(|(length, _)| u32::from(*length) <= SHORT);
        codes.short = (0..1 << SHORT).map(find).collect();
        Some((codes, after))
    }

    /// Reads one code: what it stands for.
    pub(super) fn next(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let window = bits.peek();
        let first = usize::try_from(window >> (CODE_MAX - SHORT)).ok()?;
        let (length, value) = self.short[first].or_else(|| self.find(window))?;
        bits.skip(length.into())?;
        Some(value)
    }

    /// Length and value of the code at the beginning of a window.
    fn find(&self, window: u32) -> Option<(u8, u8)> {
        let (length, _) = (0..).zip(&self.limits).find(|(_, limit)| window < **limit)?;
        let code = window >> (CODE_MAX - u32::from(length));
        let place = code.wrapping_sub(self.bases[usize::from(length)]);
        self.values.get(usize::try_from(place).ok()?).map(|value| (length, *value))
    }
}

impl<'a> Bits<'a> {
    pub(super) fn of(data: &'a [u8]) -> Self {
        Self { data, at: 0, window: 0, count: 0 }
    }

    /// Moves on by `count` bits; `None` when there are fewer.
    pub(super) fn skip(&mut self, count: u32) -> Option<()> {
        let mut left = count;
        while left > 0 {
            let step = left.min(SKIP_MAX);
            if self.count < step {
                self.fill();
            }
            self.count = self.count.checked_sub(step)?;
            left -= step;
        }
        Some(())
    }

    /// Reads at most 16 bits as a number.
    pub(super) fn take(&mut self, count: u32) -> Option<u32> {
        let value = self.peek() >> (CODE_MAX - count);
        self.skip(count)?;
        Some(value)
    }

    /// Drops what is left before the next restart marker, and the marker.
    pub(super) fn restart(&mut self) -> Option<()> {
        self.at = self.used();
        let markers = self.data.get(self.at..)?.windows(2);
        let is_restart = |pair: &[u8]| pair[0] == 0xFF && matches!(pair[1], 0xD0..=0xD7);
        self.at += 2 + markers.into_iter().position(is_restart)?;
        (self.window, self.count) = (0, 0);
        Some(())
    }

    /// Bytes that were read, whole or in part.
    pub(super) fn used(&self) -> usize {
        let mut used = self.at;
        for _ in 0..self.count / 8 {
            let is_stuffed = used >= 2 && self.data[used - 2..used] == [0xFF, 0x00];
            used -= if is_stuffed { 2 } else { 1 };
        }
        used
    }

    /// The next 16 bits; zeros stand for those that are missing.
    fn peek(&mut self) -> u32 {
        if self.count < CODE_MAX {
            self.fill();
        }
        let bits = if self.count < CODE_MAX {
            self.window << (CODE_MAX - self.count)
        } else {
            self.window >> (self.count - CODE_MAX)
        };
        u32::try_from(bits & 0xFFFF).unwrap_or_default()
    }

    fn fill(&mut self) {
        while self.count <= 56 {
            let (byte, length) = match self.data.get(self.at..) {
                Some([0xFF, 0x00, ..]) => (0xFF, 2),
                // A marker, which ends the bits.
                Some([0xFF, ..] | []) | None => return,
                Some([byte, ..]) => (*byte, 1),
            };
            self.window = self.window << 8 | u64::from(byte);
            self.count += 8;
            self.at += length;
        }
    }
}
