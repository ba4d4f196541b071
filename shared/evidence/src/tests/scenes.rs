//! Pictures that are made as photos are: light, things, textures, writing, and the noise of a sensor.

#![allow(
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels and sides of small pictures"
)]

/// Random numbers that are the same every time.
pub(crate) struct Dice(u64);

/// Red, green and blue, row by row.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<[u8; 3]>,
}

type Colour = [f32; 3];

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub(crate) fn below(&mut self, end: u64) -> usize {
        (self.next() % end) as usize
    }

    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    fn colour(&mut self) -> Colour {
        let grey = self.between(20.0, 235.0);
        std::array::from_fn(|_| (grey + self.between(-60.0, 60.0)).clamp(0.0, 255.0))
    }
}

impl Scene {
    /// The photo of this number.
    pub(crate) fn photo(seed: u64, width: usize, height: usize) -> Self {
        let mut dice = Dice::of(seed);
        let mut canvas = vec![[0.0; 3]; width * height];
        let corners: [Colour; 4] = std::array::from_fn(|_| dice.colour());
        for (at, pixel) in canvas.iter_mut().enumerate() {
            let (x, y) = ((at % width) as f32 / width as f32, (at / width) as f32 / height as f32);
            *pixel = std::array::from_fn(|c| {
                let row = |left: Colour, right: Colour| left[c] * (1.0 - x) + right[c] * x;
                row(corners[0], corners[1]) * (1.0 - y) + row(corners[2], corners[3]) * y
            });
        }
        let mut painter = Painter { width, height, canvas, dice };
        painter.texture();
        for _ in 0..6 + painter.dice.below(16) {
            match painter.dice.below(8) {
                0..3 => painter.ellipse(),
                3..7 => painter.quadrangle(),
                _ => painter.writing(),
            }
        }
        painter.develop()
    }
}

struct Painter {
    width: usize,
    height: usize,
    canvas: Vec<Colour>,
    dice: Dice,
}

impl Painter {
    /// Noise in several sizes, as of leaves, walls and clouds.
    fn texture(&mut self) {
        let mut amplitude = self.dice.between(0.0, 40.0);
        let roughness = self.dice.between(0.35, 0.75);
        let mut cells = 2 + self.dice.below(5);
        let mut heights = vec![0.0; self.width * self.height];
        while cells < self.width / 8 {
            let stride = cells + 2;
            let grid: Vec<f32> = (0..stride * stride).map(|_| amplitude * self.dice.between(-1.0, 1.0)).collect();
            let step = cells as f32 / self.width as f32;
            let split = |at: usize| ((at as f32 * step) as usize, (at as f32 * step).fract());
            let columns: Vec<(usize, f32)> = (0..self.width).map(split).collect();
            for (y, row) in heights.chunks_exact_mut(self.width).enumerate() {
                let (top, down) = split(y);
                let line: Vec<f32> = (top * stride..(top + 1) * stride)
                    .map(|at| grid[at] + (grid[at + stride] - grid[at]) * down)
                    .collect();
                for (height, &(left, across)) in row.iter_mut().zip(&columns) {
                    *height += line[left] + (line[left + 1] - line[left]) * across;
                }
            }
            cells *= 2;
            amplitude *= roughness;
        }
        for (pixel, height) in self.canvas.iter_mut().zip(heights) {
            pixel.iter_mut().for_each(|channel| *channel += height);
        }
    }

    /// Paints where `depth` (0 at the edge, growing inwards, in pixels) is positive, shaded from one side.
    fn thing(&mut self, [left, top, right, bottom]: [f32; 4], depth: impl Fn(f32, f32) -> f32) {
        let colour = self.dice.colour();
        let (shade_x, shade_y) = (self.dice.between(-0.5, 0.5), self.dice.between(-0.5, 0.5));
        let softness = if self.dice.below(4) == 0 { self.dice.between(2.0, 12.0) } else { 1.0 };
        let stripes = if self.dice.below(4) == 0 { self.dice.between(0.1, 0.6) } else { 0.0 };
        let grain = self.dice.between(4.0, 30.0);
        let clip = |value: f32, side: usize| (value.max(0.0) as usize).min(side);
        for y in clip(top, self.height)..clip(bottom, self.height) {
            for x in clip(left, self.width)..clip(right, self.width) {
                let (fx, fy) = (x as f32, y as f32);
                let cover = (depth(fx, fy) / softness).clamp(0.0, 1.0);
                if cover > 0.0 {
                    let shade = shade_x * (fx - left) / (right - left) + shade_y * (fy - top) / (bottom - top);
                    let stripe = if ((fx + fy) / grain).fract() < 0.5 { stripes } else { 0.0 };
                    let pixel = &mut self.canvas[y * self.width + x];
                    pixel.iter_mut().zip(colour).for_each(|(channel, colour)| {
                        *channel += cover * (colour * (1.0 + shade - stripe) - *channel);
                    });
                }
            }
        }
    }

    fn place(&mut self) -> (f32, f32, f32) {
        let size = self.width as f32 * self.dice.between(0.03, 0.3);
        (self.dice.between(0.0, self.width as f32), self.dice.between(0.0, self.height as f32), size)
    }

    fn ellipse(&mut self) {
        let (x, y, a) = self.place();
        let b = a * self.dice.between(0.4, 1.0);
        let (sin, cos) = self.dice.between(0.0, 3.2).sin_cos();
        self.thing([x - a, y - a, x + a, y + a], |px, py| {
            let (dx, dy) = (px - x, py - y);
            let (u, v) = ((dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b);
            (1.0 - (u * u + v * v).sqrt()) * b
        });
    }

    fn quadrangle(&mut self) {
        let (x, y, a) = self.place();
        let b = a * self.dice.between(0.2, 1.0);
        let is_level = self.dice.below(2) == 0;
        let (sin, cos) = if is_level { (0.0, 1.0) } else { self.dice.between(0.0, 3.2).sin_cos() };
        let slant = self.dice.between(0.0, 0.6);
        let reach = a + b;
        self.thing([x - reach, y - reach, x + reach, y + reach], |px, py| {
            let (dx, dy) = (px - x, py - y);
            let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
            (b - v.abs()).min(a - slant * v - u.abs())
        });
    }

    /// Lines of dark and light strokes.
    fn writing(&mut self) {
        let (x, y, a) = self.place();
        let size = self.dice.between(3.0, 12.0);
        let ink = self.dice.colour();
        for line in 0..2 + self.dice.below(6) {
            let mut pen = x - a;
            while pen < x + a {
                let stroke = self.dice.between(0.15, 0.5) * size;
                let rise = self.dice.between(0.3, 1.0) * size;
                let base = y + line as f32 * size * 1.8;
                for py in (base - rise).max(0.0) as usize..((base.max(0.0)) as usize).min(self.height) {
                    for px in pen.max(0.0) as usize..((pen + stroke).max(0.0) as usize).min(self.width) {
                        self.canvas[py * self.width + px] = ink;
                    }
                }
                pen += stroke + self.dice.between(0.2, 0.9) * size;
            }
        }
    }

    /// Darker at the corners, and with noise.
    fn develop(mut self) -> Scene {
        let (vignette, noise) = (self.dice.between(0.0, 0.4), self.dice.between(1.0, 8.0));
        let (width, height) = (self.width, self.height);
        let mut pixels = Vec::with_capacity(width * height);
        for (at, pixel) in self.canvas.iter().enumerate() {
            let (x, y) = ((at % width) as f32 / width as f32 - 0.5, (at / width) as f32 / height as f32 - 0.5);
            let light = 1.0 - vignette * 2.0 * (x * x + y * y);
            let bits = self.dice.next();
            let grain = ((bits >> 48) + (bits >> 32 & 0xFFFF)) as f32 / 65_536.0 - 1.0;
            pixels.push(pixel.map(|channel| (channel * light + noise * grain) as u8));
        }
        Scene { width, height, pixels }
    }
}
