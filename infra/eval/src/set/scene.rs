//! What stands before the camera, or on the screen.

use super::subject::{Kind, Subject};
use crate::draw::{
    Area, BLACK, Chance, Colour, HEIGHT, WHITE, WIDTH, canvas, clutter, disc, fill, shade, write, written,
};
use image::RgbImage;

/// A drawing, and where on it the number stands.
pub(crate) struct Scene {
    pub(crate) canvas: RgbImage,
    pub(crate) number: Area,
}

const DARK: [Colour; 5] = [[30, 58, 95], [96, 24, 34], [24, 78, 52], [70, 44, 100], [58, 42, 30]];
/// Of 255, the least light that falls on what nothing is written on.
const SHADE: u8 = 70;
const WALLS: [Colour; 5] = [[176, 140, 120], [188, 182, 166], [150, 160, 172], [196, 170, 130], [160, 150, 150]];

impl Scene {
    pub(crate) fn of(kind: Kind, subject: &Subject, chance: &mut Chance) -> Self {
        match kind {
            Kind::Sign => shop(subject, chance),
            Kind::Receipt => receipt(subject, chance),
            Kind::Parcel => parcel(subject, chance),
            Kind::Screen => page(subject, "ORDER CONFIRMED", chance),
        }
    }

    /// A page on which something else happened.
    pub(crate) fn other_page(subject: &Subject, title: &str, chance: &mut Chance) -> Self {
        page(subject, title, chance)
    }

    /// With a sheet of paper on it.
    pub(crate) fn add_paper(&mut self, lines: &[&str]) {
        let area = written(lines, (0, 0), 2).grown(14);
        let at = ((WIDTH - area.width) / 2, HEIGHT - area.height - 34);
        fill(&mut self.canvas, Area { x: at.0, y: at.1, ..area }.grown(14), [255, 252, 220]);
        write(&mut self.canvas, lines, (at.0 + 14, at.1 + 14), 2, BLACK);
    }
}

/// A house front of stone.
fn shop(subject: &Subject, chance: &mut Chance) -> Scene {
    let wall = chance.of(&WALLS);
    let mut canvas = canvas(wall);
    for row in 0..HEIGHT / 60 {
        for column in 0..=WIDTH / 100 {
            let shade = u8::try_from(chance.below(26)).expect("it is below 26");
            let stone = Area::new((column * 100 + row % 2 * 50).saturating_sub(50), row * 60, 100, 60);
            fill(&mut canvas, stone, wall.map(|value| value - shade));
        }
    }
    // What is inside, and where the door is, is as different as the shops are.
    let (width, height) = (300 + chance.below(120), 190 + chance.below(90));
    let (window, door) = match chance.below(2) {
        0 => (50 + chance.below(60), 550 + chance.below(60)),
        _ => (300 + chance.below(60), 60 + chance.below(60)),
    };
    let window = Area::new(window, 200 + chance.below(70), width, height);
    fill(&mut canvas, window.grown(8), BLACK);
    fill(&mut canvas, window, [190, 206, 214]);
    let inside = Area { width: width - 40, height: height - 50, ..window };
    clutter(&mut canvas, inside, 14 + chance.below(20), chance);
    let door = Area::new(door, 180 + chance.below(50), 160, 380);
    fill(&mut canvas, door, chance.of(&DARK));
    disc(&mut canvas, (door.x + 20, door.y + 220), 9, [210, 180, 90]);
    shade(&mut canvas, SHADE, chance);

    let name = subject.name();
    let at = (50 + chance.below(100), 40 + chance.below(50));
    let board = written(&[&name], at, 5).grown(22);
    fill(&mut canvas, board.grown(6), chance.of(&DARK));
    fill(&mut canvas, board, WHITE);
    write(&mut canvas, &[&name], at, 5, BLACK);
    let at = (door.x + 32, door.y + 50 + chance.below(30));
    fill(&mut canvas, written(&[&subject.number], at, 4).grown(12), WHITE);
    let number = write(&mut canvas, &[&subject.number], at, 4, BLACK);
    Scene { canvas, number }
}

/// On a table, among other things.
fn receipt(subject: &Subject, chance: &mut Chance) -> Scene {
    let mut canvas = canvas(chance.of(&WALLS));
    clutter(&mut canvas, Area::new(0, 0, WIDTH, HEIGHT), 60, chance);
    shade(&mut canvas, SHADE, chance);
    let (x, y) = (150 + chance.below(60), 30 + chance.below(40));
    fill(&mut canvas, Area::new(x, y, 470, 440), WHITE);
    let price = |chance: &mut Chance| format!("{}.{}", 2 + chance.below(8), 21 + chance.below(70));
    let items = [(); 3].map(|()| chance.of(&["TEA", "BREAD", "SOAP", "PENCIL", "CHEESE", "LAMP", "STAMPS"]));
    let [one, two, three] = items.map(|item| format!("{item:<11}{:>6}", price(chance)));
    let name = subject.name();
    write(&mut canvas, &[&name, "", &one, &two, &three], (x + 30, y + 30), 3, BLACK);
    let at = (x + 30, y + 260);
    write(&mut canvas, &["TOTAL"], at, 4, BLACK);
    let number = write(&mut canvas, &[&subject.number], (x + 230, at.1), 4, BLACK);
    write(&mut canvas, &["THANK YOU"], (x + 90, y + 360), 3, BLACK);
    Scene { canvas, number }
}

/// On a door mat.
fn parcel(subject: &Subject, chance: &mut Chance) -> Scene {
    let mut canvas = canvas(chance.of(&DARK));
    clutter(&mut canvas, Area::new(0, 0, WIDTH, HEIGHT), 50, chance);
    let (x, y) = (60 + chance.below(30), 40 + chance.below(20));
    let box_ = Area::new(x, y, 640, 470);
    fill(&mut canvas, box_, [186, 148, 102]);
    fill(&mut canvas, Area { y: y + 8 + chance.below(20), height: 34, ..box_ }, [214, 190, 150]);
    for _ in 0..24 {
        let scratch = (x + chance.below(600), y + chance.below(450));
        fill(&mut canvas, Area::new(scratch.0, scratch.1, 4 + chance.below(30), 3), [140, 106, 70]);
    }
    shade(&mut canvas, SHADE, chance);
    let (x, y) = (x + 50 + chance.below(40), y + 70 + chance.below(30));
    fill(&mut canvas, Area::new(x, y, 500, 350), WHITE);
    let name = subject.name();
    write(&mut canvas, &["DELIVER TO"], (x + 24, y + 22), 2, BLACK);
    write(&mut canvas, &[&name], (x + 24, y + 60), 3, BLACK);
    write(&mut canvas, &["TRACKING"], (x + 24, y + 130), 2, BLACK);
    let number = write(&mut canvas, &[&subject.number], (x + 24, y + 168), 4, BLACK);
    let mut across = x + 24;
    while across < x + 440 {
        let bar = 3 + chance.below(9);
        fill(&mut canvas, Area::new(across, y + 240, bar, 90), BLACK);
        across += bar + 3 + chance.below(9);
    }
    Scene { canvas, number }
}

fn page(subject: &Subject, title: &str, chance: &mut Chance) -> Scene {
    let mut canvas = canvas([250, 250, 252]);
    let bar = chance.of(&DARK);
    fill(&mut canvas, Area::new(0, 72, WIDTH, 8), bar);
    write(&mut canvas, &[&subject.name()], (60, 26), 3, bar);
    write(&mut canvas, &[title], (60, 120), 4, BLACK);
    write(&mut canvas, &["ORDER"], (60, 210), 3, BLACK);
    let number = write(&mut canvas, &[&subject.number], (230, 206), 4, BLACK);
    let item = chance.of(&["TWO SEATS", "ONE ROOM", "A SEASON PASS", "FIVE STAMPS", "ONE VISIT"]);
    write(&mut canvas, &[item], (60, 290), 3, [80, 80, 90]);
    let picture = Area::new(540, 190, 200, 150);
    fill(&mut canvas, picture, [224, 228, 234]);
    clutter(&mut canvas, Area { width: 170, height: 110, ..picture }, 14, chance);
    fill(&mut canvas, Area::new(60, 370, 220, 60), bar);
    write(&mut canvas, &["DONE"], (100, 388), 3, WHITE);
    Scene { canvas, number }
}
