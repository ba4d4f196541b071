//! One door, which `HUMANOPS_DOOR` names.

#![no_main]

use fuzz::Door;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DOOR: LazyLock<Door> = LazyLock::new(|| {
    let name = std::env::var("HUMANOPS_DOOR").unwrap_or_default();
    Door::named(&name).unwrap_or_else(|| panic!("HUMANOPS_DOOR names a door of infra/fuzz, and not {name:?}"))
});

fuzz_target!(|bytes: &[u8]| DOOR.enter(bytes));
