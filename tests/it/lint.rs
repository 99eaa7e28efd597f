//! Every lint rule has a case that fires, one that is silent, and a page.

mod broken_input;
mod documents;
mod mending;
mod outputs;
pub mod run;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

use ecsroute::lint::{RULES, Rule};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a case of a rule prints; the case itself is run with all the others.
fn output(rule: &Rule, which: &str) -> String {
    let path = root().join(format!("tests/cases/lint/{}.{which}.toml", rule.name));
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no case {}", rule.id, path.display()))
}

#[test]
fn every_rule_fires_in_one_case_and_is_silent_in_another() {
    for rule in RULES {
        assert!(output(rule, "bad").contains(rule.id), "{} doesn't fire in its bad case", rule.id);
        assert!(!output(rule, "good").contains(rule.id), "{} fires in its good case", rule.id);
    }
}

/// The page of a rule; `ECSROUTE_BLESS=1` writes it.
fn page(rule: &Rule) -> PathBuf {
    root().join(format!("docs/lint/{}.md", rule.id))
}

#[test]
fn pages_are_current() {
    let bless = std::env::var_os("ECSROUTE_BLESS").is_some();
    for rule in RULES {
        let (path, text) = (page(rule), rule.page());
        if bless {
            fs::write(&path, &text).expect("docs/lint can be written");
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(known, text, "{} is stale: ECSROUTE_BLESS=1 cargo test lint", path.display());
    }
}

#[test]
fn no_page_is_left_of_a_rule_that_is_gone() {
    for entry in fs::read_dir(root().join("docs/lint")).expect("docs/lint can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(RULES.iter().any(|rule| name == format!("{}.md", rule.id)), "{name}");
    }
}
