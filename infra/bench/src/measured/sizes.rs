//! What is uploaded, and what it becomes.

use crate::Failure;
use crate::contestants::{Contestant, Contestants};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::collections::BTreeMap;
use std::io::Write;

/// What a zip with one file called `bootstrap` has beside the file: two headers and an end.
const ZIP_BYTES: u64 = 30 + 46 + 22 + 2 * 9;

/// Bytes of a deployment package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) zip: u64,
    pub(crate) unpacked: u64,
}

/// By contestant.
pub(crate) fn measure(contestants: &Contestants) -> Result<BTreeMap<String, Size>, Failure> {
    of(&contestants.iter().collect::<Vec<_>>())
}

/// Of those.
pub(crate) fn of(contestants: &[&Contestant]) -> Result<BTreeMap<String, Size>, Failure> {
    println!("==> sizes");
    let mut sizes = BTreeMap::new();
    for contestant in contestants {
        let file = std::fs::read(&contestant.package)?;
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
        deflated.write_all(&file)?;
        let zip = u64::try_from(deflated.finish()?.len())? + ZIP_BYTES;
        sizes.insert(contestant.name.clone(), Size { zip, unpacked: u64::try_from(file.len())? });
    }
    Ok(sizes)
}
