//! The committed completion scripts are those of the current command line.

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use clap_complete::Shell;

#[test]
fn committed_scripts_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for shell in Shell::value_variants() {
        let name = match shell {
            Shell::Bash => "ecsroute.bash",
            Shell::Elvish => "ecsroute.elv",
            Shell::Fish => "ecsroute.fish",
            Shell::PowerShell => "_ecsroute.ps1",
            Shell::Zsh => "_ecsroute",
            other => panic!("no file is named for {other}"),
        };
        let path = folder.join(name);
        let current = ecsroute::command::completion_script(*shell);
        if std::env::var_os("UPDATE_COMPLETIONS").is_some() {
            fs::write(&path, &current).expect("completions/ can be written");
        }
        let committed = fs::read(&path).unwrap_or_default();
        assert!(committed == current, "completions/{name} is stale: run with UPDATE_COMPLETIONS=1");
    }
}
