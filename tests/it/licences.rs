//! Every dependency may be passed on with the program, and is named in its notices.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Licences under which code may be passed on in a program under MIT or Apache 2.0.
const ACCEPTED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn notices() -> PathBuf {
    root().join("THIRD-PARTY-NOTICES.md")
}

/// Names with versions.
type Crates<T> = BTreeMap<(String, String), T>;

/// Every crate that the lock file names, but this one.
fn locked() -> BTreeSet<(String, String)> {
    let lock: Value =
        toml::from_str(&fs::read_to_string(root().join("Cargo.lock")).expect("it is here")).expect("TOML");
    let packages = lock["package"].as_array().expect("it has packages");
    packages.iter().filter(|package| package["source"].is_string()).map(name).collect()
}

fn name(package: &Value) -> (String, String) {
    (package["name"].as_str().unwrap_or_default().into(), package["version"].as_str().unwrap_or_default().into())
}

/// What Cargo knows of the crates: of this machine's platform, whose sources are here, or of all of them.
fn known(all: bool) -> Crates<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--locked", "--format-version", "1"]).current_dir(root());
    if !all {
        let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
        command.args(["--offline", "--filter-platform", host]);
    }
    let output = command.output().expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("it lists packages").clone();
    packages.into_iter().filter(|package| !package["source"].is_null()).map(|one| (name(&one), one)).collect()
}

/// Whether one of the licences that an expression offers is accepted. `/` is how `OR` used to be written.
fn is_accepted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "~");
    let words: Vec<_> = expression.split_whitespace().collect();
    let (accepted, rest) = any(&words);
    accepted && rest.is_empty()
}

fn any<'a>(words: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    let (mut accepted, mut rest) = all(words);
    while let ["OR", more @ ..] = rest {
        let (other, after) = all(more);
        (accepted, rest) = (accepted | other, after);
    }
    (accepted, rest)
}

fn all<'a>(words: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    let (mut accepted, mut rest) = one(words);
    while let ["AND", more @ ..] = rest {
        let (other, after) = one(more);
        (accepted, rest) = (accepted & other, after);
    }
    (accepted, rest)
}

fn one<'a>(words: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inner @ ..] => match any(inner) {
            (accepted, [")", rest @ ..]) => (accepted, rest),
            (_, rest) => (false, rest),
        },
        [licence, rest @ ..] => (ACCEPTED.contains(&licence.replace('~', " WITH ").as_str()), rest),
        [] => (false, words),
    }
}

/// A crate's line in the notices.
fn line(((name, version), package): (&(String, String), &Value)) -> String {
    let text = |field: &str| package[field].as_str().unwrap_or_default();
    format!("| {name} | {version} | {} | {} |", text("license"), text("repository"))
}

#[test]
fn expressions_are_read() {
    assert!(is_accepted("MIT OR GPL-3.0"));
    assert!(is_accepted("(MIT OR GPL-3.0) AND Unicode-3.0"));
    assert!(is_accepted("Apache-2.0 WITH LLVM-exception"));
    assert!(is_accepted("Unlicense/MIT"));
    for other in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND MPL-2.0", "", "MIT AND (", "MIT MIT"] {
        assert!(!is_accepted(other), "{other}");
    }
}

#[test]
fn every_dependency_may_be_passed_on() {
    let known = known(false);
    assert!(known.len() > 100, "cargo names the dependencies");
    for ((name, version), package) in &known {
        let expression = package["license"].as_str().unwrap_or_default();
        assert!(is_accepted(expression), "{name} {version} is under `{expression}`");
    }
}

/// `UPDATE_NOTICES=1` writes the notices, for which it asks for the crates of every platform.
#[test]
fn every_dependency_is_in_the_notices() {
    if std::env::var_os("UPDATE_NOTICES").is_some() {
        let mut text = String::from(
            "# Third-party notices\n\nWhat ecsroute is built from and tested with, each under the licence that its authors \
             give it; the text of each is in its sources (`cargo vendor` fetches them all).\n\n\
             | crate | version | licence | sources |\n|---|---|---|---|\n",
        );
        for one in &known(true) {
            let _ = writeln!(text, "{}", line(one));
        }
        fs::write(notices(), text).expect("the notices can be written");
    }
    let text = fs::read_to_string(notices()).unwrap_or_default();
    let lines: BTreeSet<_> = text.lines().collect();
    for one in &known(false) {
        assert!(lines.contains(line(one).as_str()), "{:?} is not in the notices: run with UPDATE_NOTICES=1", one.0);
    }
    let named = lines.iter().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    let named: BTreeSet<_> = named.filter(|(name, _)| name != "crate").collect();
    assert_eq!(named, locked(), "the notices name what is locked: run with UPDATE_NOTICES=1");
}
