fn main() {
    let mut bad = 0;
    let mut n = 0;
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let whole = evidence::read(&b).unwrap();
        let noeoi = &b[..b.len() - 2];
        match evidence::read(noeoi) {
            Ok(p) if p.identity == whole.identity => {}
            other => {
                bad += 1;
                println!("{f} no eoi {other:?}")
            }
        }
        if evidence::decode(noeoi).is_err() {
            bad += 1;
            println!("{f} no eoi decode")
        }
        for t in [&b"\0"[..], b"xyz", b"\xFF", b"\xFFtrailing", b"hello \xFF\xDA\0\x03\x03 and"] {
            let c = [noeoi, t].concat();
            match evidence::read(&c) {
                Ok(p) if p.identity == whole.identity => {}
                other => {
                    bad += 1;
                    println!("{f} trailing {t:?} {:?}", other.map(|p| p.identity == whole.identity))
                }
            }
        }
        for cut in (12..b.len() - 3).step_by((b.len() / 97).max(1)) {
            n += 1;
            if evidence::read(&b[..cut]).is_ok() {
                bad += 1;
                println!("{f} cut {cut} of {} read", b.len());
            }
            let c = [&b[..cut], b"\xFF\xD9"].concat();
            if evidence::decode(&c).is_ok() {
                bad += 1;
                println!("{f} cut+eoi {cut} of {} decoded", b.len());
            }
        }
    }
    println!("{bad} bad of {n}")
}
