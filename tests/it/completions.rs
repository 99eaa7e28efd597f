//! The committed completion scripts and man pages are those of the current command line.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::Shell;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares a file with what the program makes it; `UPDATE_COMPLETIONS=1` writes it.
fn check(path: &Path, current: &[u8]) {
    if std::env::var_os("UPDATE_COMPLETIONS").is_some() {
        fs::write(path, current).expect("its folder can be written");
    }
    let committed = fs::read(path).unwrap_or_default();
    assert!(committed == current, "{} is stale: run with UPDATE_COMPLETIONS=1", path.display());
}

#[test]
fn committed_scripts_are_current() {
    for shell in Shell::value_variants() {
        let name = match shell {
            Shell::Bash => "ecsroute.bash",
            Shell::Elvish => "ecsroute.elv",
            Shell::Fish => "ecsroute.fish",
            Shell::PowerShell => "_ecsroute.ps1",
            Shell::Zsh => "_ecsroute",
            other => panic!("no file is named for {other}"),
        };
        let current = ecsroute::command::completion_script(*shell);
        let text = String::from_utf8_lossy(&current);
        for known in ["ECS001", "port-missing", "v2.11.53", "prometheus-sd", "junit"] {
            // PowerShell's and elvish's scripts complete options alone.
            let completes_values = !matches!(shell, Shell::PowerShell | Shell::Elvish);
            assert!(!completes_values || text.contains(known), "{name} offers {known}");
        }
        check(&folder("completions").join(name), &current);
    }
}

#[test]
fn committed_man_pages_are_current() {
    let pages = ecsroute::command::man_pages().expect("they can be written");
    for (name, page) in &pages {
        check(&folder("man").join(name), page);
    }
    let committed: Vec<_> = fs::read_dir(folder("man")).expect("it is there").flatten().collect();
    assert_eq!(committed.len(), pages.len(), "no page is of a command that is no more");
}
