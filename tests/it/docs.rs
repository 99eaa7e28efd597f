//! The pages of the documentation that are made from the program are current.

use std::fs;
use std::path::Path;

use ecsroute::view::reasons;

#[test]
fn pages_are_current() {
    for (name, current) in [("reasons.md", reasons::markdown())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::create_dir_all(path.parent().expect("it has one")).expect("docs/ can be made");
            fs::write(&path, &current).expect("docs/ can be written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == current, "docs/{name} is stale: run with UPDATE_DOCS=1");
    }
}
