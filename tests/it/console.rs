//! The console blocks of the documentation: each command run by a shell, and what it prints compared byte for byte.
//!
//! The cases of `cases.rs` go through trycmd, which turns every backslash of the output into a slash. A reader
//! searches his logs for the lines that the documentation shows, so here nothing is turned.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cases::SCRUBBED;

const FENCE: &str = "```console";

/// The pages that have console blocks.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).expect("docs/ is there");
    let mut pages: Vec<PathBuf> = docs.map(|entry| entry.expect("it can be listed").path()).collect();
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages.push(root.join("README.md"));
    pages.sort();
    pages
}

/// What a shell says to `line` with the built program first on its path: the command, a line `? N` where the exit
/// status N isn't 0, and the output, errors after it.
fn played(line: &str) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_ecsroute")).parent().expect("it is in a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", line.trim_start_matches("$ ")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .envs(SCRUBBED)
        .env("PATH", path)
        .output()
        .expect("there is a shell");
    let mut text = format!("{line}\n");
    match output.status.code() {
        Some(0) => {}
        code => writeln!(text, "? {}", code.unwrap_or(-1)).expect("a String takes everything"),
    }
    text.push_str(&String::from_utf8_lossy(&output.stdout));
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

/// `page` with each console block as its commands print it now, and how many commands there were.
fn current(page: &str) -> (String, usize) {
    let (mut text, mut commands, mut inside) = (String::new(), 0, false);
    for line in page.lines() {
        match line {
            FENCE => inside = true,
            "```" => inside = false,
            _ => {}
        }
        if inside && line.starts_with("$ ") {
            commands += 1;
            text.push_str(&played(line));
        } else if !inside || line == FENCE {
            text.push_str(line);
            text.push('\n');
        }
    }
    (text, commands)
}

#[test]
fn the_documentation_shows_what_the_program_prints() {
    let mut commands = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).expect("it can be read");
        let (text, found) = current(&page);
        commands += found;
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &text).expect("it can be written");
        } else {
            insist(&path, &page, &text);
        }
    }
    assert!(commands > 0, "no page has a console block");
}

/// Fails with the first line in which `page` isn't `current`.
fn insist(path: &Path, page: &str, current: &str) {
    let differ = page.lines().zip(current.lines()).enumerate().find(|(_, (a, b))| a != b);
    if let Some((at, (shown, printed))) = differ {
        panic!(
            "{}:{}: UPDATE_DOCS=1 writes what is printed\n shown: {shown}\nprinted: {printed}",
            path.display(),
            at + 1
        );
    }
    assert_eq!(page.lines().count(), current.lines().count(), "{}: UPDATE_DOCS=1 writes it", path.display());
}
