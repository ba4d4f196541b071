fn main() {
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let t = std::time::Instant::now();
        let r = evidence::read(&b);
        let t1 = t.elapsed();
        let t = std::time::Instant::now();
        let d = evidence::decode(&b);
        let t2 = t.elapsed();
        let m = std::fs::read_to_string("/proc/self/status").unwrap();
        let hwm = m.lines().find(|l| l.starts_with("VmHWM")).unwrap().to_owned();
        println!(
            "{f} {} read {:?} {t1:?} decode {} {t2:?} {hwm}",
            b.len(),
            r.map(|p| (p.width, p.height)),
            match d {
                Ok(_) => "ok".to_owned(),
                Err(e) => format!("{e:?}"),
            }
        );
    }
}
