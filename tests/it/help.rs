//! Every command's help teaches by examples, and every example runs.

use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory, Parser};
use ecsroute::cli::{Cli, split_traefik_flags};

use crate::live::{FakeAws, Fleet, folder, run_in, signed_in};

/// What examples show that can't run by itself: a profile of the reader's own, and what goes on until a signal.
const NOT_RUN: [&str; 2] = ["--profile", "--watch"];

/// The examples of a command and of those below it, each with the command's name.
fn examples(command: &Command, found: &mut Vec<(String, String)>) {
    let name = command.get_name().to_owned();
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let of_it: Vec<&str> =
        help.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| line.starts_with("ecsroute ")).collect();
    assert!(!of_it.is_empty(), "the help of {name} has no example");
    found.extend(of_it.into_iter().map(|line| (name.clone(), line.to_owned())));
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        examples(command, found);
    }
}

/// The words of a command line, as far as a shell gives them to the program: quotes are read, a comment that stands
/// aside is dropped, a pipe or a redirection ends it.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '|' | '>') => break,
            (None, ' ') if line[at..].starts_with("   ") => break,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().expect("there is one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_example_of_the_help_is_a_command_line() {
    let mut found = Vec::new();
    examples(&Cli::command(), &mut found);
    assert!(found.len() > 40, "{} examples", found.len());
    for (name, line) in found {
        let words = words(&line);
        let parsed = Cli::try_parse_from(split_traefik_flags(words).ours);
        assert!(parsed.is_ok(), "{name}: {line}\n{}", parsed.err().map(|error| error.to_string()).unwrap_or_default());
    }
}

/// Puts the files that an example names into a folder: Traefik's own would be found unnamed.
fn provide(line: &str, folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let is_old = line.contains("migrate");
    let copies = [
        ("fleets/sidecar.json", "fleet.json"),
        ("fleets/sidecar.json", "fleet.json.gz"),
        ("fleets/label-typo.json", "before.json"),
        ("fleets/sidecar.json", "after.json"),
        ("fleets/next-revision.json", if is_old { "" } else { "taskdef.json" }),
        ("policies/everything.json", "policy.json"),
        ("policies/plan.json", "plan.json"),
        ("static/ecs.yml", "traefik.yml"),
    ];
    for (from, to) in copies.into_iter().filter(|(_, to)| !to.is_empty() && line.contains(to)) {
        fs::copy(root.join(from), folder.join(to)).unwrap_or_else(|error| panic!("{from}: {error}"));
    }
    let old = r#"{ "family": "a", "containerDefinitions": [
        { "name": "web", "dockerLabels": { "traefik.frontend.rule": "Host:a.example.com" } }] }"#;
    let texts = [
        (if is_old { "taskdef.json" } else { "" }, old),
        ("routes.json", r#"[{ "expression": "Label(`a`, `b`)", "labels": { "a": "b" }, "want": true }]"#),
        ("constraints.json", r#"[{ "expression": "Label(`a`, `b`)", "labels": { "a": "c" }, "want": false }]"#),
        ("labels.json", r#"{ "team": "c", "traefik.enable": "true" }"#),
        ("access.log", "http://api.example.com/\n"),
        ("traefik.toml", "defaultEntryPoints = [\"http\"]\n"),
    ];
    for (name, text) in texts.into_iter().filter(|(name, _)| !name.is_empty() && line.contains(name)) {
        fs::write(folder.join(name), text).expect("it can be written");
    }
}

#[test]
fn every_example_of_the_help_runs() {
    let mut found = Vec::new();
    examples(&Cli::command(), &mut found);
    let mut fleet = Fleet::whole();
    fleet.clusters.push("default".to_owned());
    let aws = FakeAws::start(fleet, &[], std::time::Duration::ZERO);
    let url = aws.url();
    let (mut run, mut wrong) = (0, Vec::new());
    for (name, line) in found.iter().filter(|(_, line)| !NOT_RUN.iter().any(|word| line.contains(word))) {
        let folder = folder("help");
        provide(line, &folder);
        let words = words(line);
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        let ran = run_in(&folder, &words, &signed_in(&url));
        if !matches!(ran.status, 0 | 1) || ran.stdout.is_empty() && !line.contains(" -o ") {
            wrong.push(format!("{name}: {line}\nexit {}, {} bytes\n{}", ran.status, ran.stdout.len(), ran.stderr));
        }
        run += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(run > 30, "{run} of {}", found.len());
}
