//! JPEGs of any size and of one colour, made without pixels: each code is a single zero.

/// How a JPEG is made.
#[derive(Clone, Copy, Debug)]
pub struct Flat {
    pub width: u16,
    pub height: u16,
    /// 1 for grey, 3 for colour, 4 for CMYK.
    pub components: u8,
    pub progressive: bool,
}

impl Flat {
    /// The file; `seed` makes it a photo like no other.
    pub fn jpeg(self, seed: [u8; 10]) -> Vec<u8> {
        let Self { width, height, components, progressive } = self;
        let blocks = usize::from(width.div_ceil(8)) * usize::from(height.div_ceil(8));
        let ids = 1..=components;
        let mut bytes = vec![0xFF, 0xD8];
        let mut segment = |code: u8, data: &[u8], codes: usize| {
            let length = u16::try_from(data.len() + 2).unwrap();
            bytes.extend([0xFF, code].iter().chain(&length.to_be_bytes()).chain(data));
            bytes.resize(bytes.len() + codes.div_ceil(8), 0);
        };

        let quantization: Vec<u8> = [0].into_iter().chain(seed.map(|byte| byte.max(1))).chain([1; 54]).collect();
        segment(0xDB, &quantization, 0);
        let sides = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[components]].concat();
        let described: Vec<u8> = ids.clone().flat_map(|id| [id, 0x11, 0]).collect();
        segment(if progressive { 0xC2 } else { 0xC0 }, &[sides, described].concat(), 0);
        for table in [0x00, 0x10] {
            // One code, of one bit: no difference, and no further coefficients.
            let lengths: [u8; 16] = std::array::from_fn(|length| u8::from(length == 0));
            segment(0xC4, &[&[table][..], &lengths, &[0]].concat(), 0);
        }

        let scan = |ids: &[u8], [from, to, bits]: [u8; 3]| {
            let parts = ids.iter().flat_map(|id| [*id, 0]);
            let count = u8::try_from(ids.len()).unwrap();
            [count].into_iter().chain(parts).chain([from, to, bits]).collect::<Vec<u8>>()
        };
        let all: Vec<u8> = ids.collect();
        let codes = blocks * all.len();
        if progressive {
            // First without the last bit, then that too.
            for bits in [0x01, 0x10] {
                segment(0xDA, &scan(&all, [0, 0, bits]), codes);
                all.iter().for_each(|id| segment(0xDA, &scan(&[*id], [1, 63, bits]), blocks));
            }
        } else {
            segment(0xDA, &scan(&all, [0, 63, 0]), 2 * codes);
        }
        bytes.extend([0xFF, 0xD9]);
        bytes
    }
}
