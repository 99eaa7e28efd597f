//! What the README gives to copy: each block is YAML, and what it runs of this program is a command line that there is
//! and that does what its block is for.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use ecsroute::cli::Cli;
use ecsroute::document::yaml;

use crate::lint::run::{definition, folder, lint};

/// The blocks in YAML.
fn blocks() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("it is there");
    let blocks = readme.split("```yaml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// The command lines in a block that start this program.
fn commands(block: &str) -> Vec<Vec<String>> {
    let starts = block.lines().filter_map(|line| {
        let at = line.find("ecsroute lint")?;
        let before = line[..at].trim();
        matches!(before, "- run:" | "-" | "entry:").then(|| &line[at..])
    });
    starts.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn what_is_to_be_copied_runs() {
    let blocks = blocks();
    for (name, said) in [("GitHub", "runs-on:"), ("GitLab", "script:"), ("pre-commit", "repos:")] {
        let block = blocks.iter().find(|block| block.contains(said)).unwrap_or_else(|| panic!("{name} has a block"));
        assert!(yaml::read(block).is_ok(), "{name}'s block is YAML: {block}");
        let commands = commands(block);
        assert!(!commands.is_empty(), "{name}'s block runs something");
        for command in commands {
            Cli::try_parse_from(&command).unwrap_or_else(|error| panic!("{name}: {command:?}: {error}"));
            let folder = folder(&format!("snippet-{name}"));
            let arguments: Vec<&str> = command[2..].iter().map(String::as_str).collect();
            definition(&folder, "api.json", &[("traefik.http.routers.api.rule", "Host(`api.example.com`)")]);
            assert_eq!(lint(&folder, &arguments, &[]).status, 0, "{name}: {command:?}");
            definition(&folder, "api.json", &[("traefik.http.routers.api.rul", "Host(`api.example.com`)")]);
            let status = i32::from(!command.iter().any(|word| word == "never"));
            assert_eq!(lint(&folder, &arguments, &[]).status, status, "{name}: {command:?}");
        }
    }
}
