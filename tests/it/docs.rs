//! The pages of the documentation that are made from the program are current.

use std::fs;
use std::path::Path;

use ecsroute::view::reasons;

/// Compares a page with what the program makes it; `UPDATE_DOCS=1` writes it.
fn check(name: &str, current: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().expect("it has one")).expect("docs/ can be made");
        fs::write(&path, current).expect("docs/ can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == current, "docs/{name} is stale: run with UPDATE_DOCS=1");
}

#[test]
fn the_page_of_reasons_is_current() {
    check("reasons.md", &reasons::markdown());
}
