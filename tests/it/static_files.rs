//! Settings that nobody would write: whatever a file, flags or variables hold, there is an answer, in bounded time and
//! on an ordinary stack, and an error has its place.

use std::fs;
use std::time::Duration;

use ecsroute::settings::{FileChoice, FileError, FileSystem, Input, Loading, load};
use proptest::prelude::*;

use super::busy::Busy;
use super::live::program::{folder, run};
use super::wild::wild;

/// One file, and nothing else.
struct OnlyFile<'a> {
    path: &'a str,
    bytes: &'a [u8],
}

impl FileSystem for OnlyFile<'_> {
    fn exists(&self, path: &str) -> Result<bool, FileError> {
        Ok(path == self.path)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        assert_eq!(path, self.path, "no other file is read");
        Ok(self.bytes.to_vec())
    }

    fn directory(&self) -> String {
        "/".to_owned()
    }
}

fn read(path: &str, bytes: &[u8]) -> Loading {
    let files = OnlyFile { path, bytes };
    load(&Input { arguments: &[], environment: &[], files: &files, file: FileChoice::Named(path) })
}

/// An answer must be consistent: a refusal says something, and its place lies in the text that it shows.
fn check(loading: &Loading) -> Result<(), TestCaseError> {
    if let Err(refusal) = &loading.outcome {
        prop_assert!(!refusal.message.is_empty());
        if let Some(spot) = &refusal.place {
            prop_assert!(spot.span.start <= spot.span.end && spot.span.end <= spot.text.len() + 1, "{spot:?}");
        }
    }
    Ok(())
}

/// A document in which each line stands for nine of the line before.
fn bomb() -> Vec<u8> {
    let lines = (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")));
    format!("a0: &a0 [x, x, x, x, x, x, x, x, x]\n{}", lines.collect::<String>()).into_bytes()
}

fn hostile() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    const DEEP: usize = 10_000;
    let blocks: Vec<String> = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    vec![
        ("any bytes", "t.yml", (0..=255).collect()),
        ("any bytes", "t.toml", (0..=255).collect()),
        ("cut off", "t.yml", b"providers: {ecs: {region: eu".to_vec()),
        ("cut off", "t.toml", b"[providers.ecs]\nclusters = [\"prod\"".to_vec()),
        ("not UTF-8", "t.yml", b"providers: {ecs: {region: \"\xff\"}}".to_vec()),
        ("not UTF-8", "t.toml", b"[providers.ecs]\nregion = \"\xff\"".to_vec()),
        ("a key twice", "t.yml", b"providers: {ecs: {region: a, region: b}}".to_vec()),
        ("a key twice", "t.toml", b"[providers.ecs]\nregion = 'a'\nregion = 'b'".to_vec()),
        ("an unknown option", "t.yml", b"providers: {ecs: {regoin: a}}".to_vec()),
        ("an unknown option", "t.toml", b"[providers.ecs]\nregoin = 'a'".to_vec()),
        ("brackets", "t.yml", "[".repeat(DEEP).into_bytes()),
        ("brackets that close", "t.yml", format!("a: {}{}", "[".repeat(DEEP), "]".repeat(DEEP)).into_bytes()),
        ("braces", "t.yml", "{a: ".repeat(DEEP).into_bytes()),
        ("blocks", "t.yml", blocks.concat().into_bytes()),
        ("sequences", "t.yml", "- ".repeat(DEEP).into_bytes()),
        ("a bomb of aliases", "t.yml", bomb()),
        ("an alias of itself", "t.yml", b"providers: &a {ecs: *a}".to_vec()),
        ("arrays", "t.toml", format!("a = {}", "[".repeat(DEEP)).into_bytes()),
        ("inline tables", "t.toml", format!("a = {}", "{a = ".repeat(DEEP)).into_bytes()),
        ("a dotted key", "t.toml", format!("{}a = 1", "providers.".repeat(DEEP)).into_bytes()),
        ("a header", "t.toml", format!("[providers{}]", ".ecs".repeat(DEEP)).into_bytes()),
        ("headers of lists", "t.toml", format!("[[providers{}]]", ".ecs".repeat(DEEP)).into_bytes()),
    ]
}

#[test]
fn hostile_files_are_refused_at_their_place_in_time() {
    for (what, path, bytes) in hostile() {
        let start = Busy::begin();
        let loading = read(path, &bytes);
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: {:?}", start.elapsed());
        let refusal = loading.outcome.as_ref().expect_err(what);
        assert!(!refusal.is_crash && refusal.place.is_some(), "{what} in {path}: {refusal:?}");
        assert!(check(&loading).is_ok(), "{what}: {refusal:?}");
    }
}

#[test]
fn deep_names_settle_in_every_form() {
    for deep in ["a", "providers.ecs", "providers.plugin.p", "entryPoints.web"] {
        let name = format!("{deep}{}", ".a".repeat(10_000));
        let arguments = [format!("--{name}=x")];
        let environment = [(format!("TRAEFIK_{}", name.replace('.', "_").to_uppercase()), "x".to_owned())];
        for (arguments, environment) in [(&arguments[..], &[][..]), (&[][..], &environment[..])] {
            let files = OnlyFile { path: "", bytes: &[] };
            let loading = load(&Input { arguments, environment, files: &files, file: FileChoice::Without });
            assert!(check(&loading).is_ok(), "{deep}");
        }
    }
}

#[test]
fn marks_and_line_ends_of_windows_are_taken() {
    let yaml = read("t.yml", "\u{feff}providers:\r\n  ecs:\r\n    region: eu-west-1\r\n".as_bytes());
    let toml = read("t.toml", b"[providers.ecs]\r\nregion = \"eu-west-1\"\r\n");
    for loading in [yaml, toml] {
        assert!(loading.outcome.is_ok(), "{:?}", loading.outcome);
    }
}

#[test]
fn a_file_as_large_as_a_disk_is_refused_at_once() {
    let path = folder("large-static").join("traefik.yml");
    let file = fs::File::create(&path).expect("the folder can be written");
    file.set_len(100 << 20).expect("a file may have a hole");
    for release in ["--traefik=v3", "--traefik=v1"] {
        let named = format!("--static-config={}", path.display());
        let ran = run(&["discover", "--show-settings", release, &named], &[]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("larger than"), "{}", ran.stderr);
        assert!(ran.time < Duration::from_secs(5), "{:?}", ran.time);
    }
}

/// What files are made of: names, marks of both languages, and what may stand where it shouldn't.
const TOKENS: [&str; 40] = [
    "providers",
    "ecs",
    "clusters",
    "region",
    "entryPoints",
    "web",
    "address",
    "http",
    "tls",
    "a",
    "1",
    "true",
    "null",
    "~",
    ":",
    ": ",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "= ",
    "'",
    "\"",
    "#",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "|\n",
    "\t",
    "\r\n",
    ".",
    "\u{2551}",
    "\u{feff}",
    "[[",
];

fn text() -> impl Strategy<Value = String> {
    let token = prop_oneof![9 => prop::sample::select(&TOKENS[..]).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    let jumble = prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat());
    prop_oneof![4 => jumble, 1 => wild()]
}

fn names() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "providers",
        "Ecs",
        "clusters",
        "region",
        "refreshSeconds",
        "ecsAnywhere",
        "entryPoints",
        "web",
        "http",
        "tls",
        "[0]",
        "]",
        "",
        "certificatesResolvers",
        "acme",
        "log",
        "configFile",
    ]);
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.join("."))
}

proptest! {
    #[test]
    fn no_file_breaks_the_reader(text in text(), toml in any::<bool>()) {
        check(&read(if toml { "t.toml" } else { "t.yml" }, text.as_bytes()))?;
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), toml in any::<bool>()) {
        check(&read(if toml { "t.toml" } else { "t.yml" }, &bytes))?;
    }

    #[test]
    fn no_flags_or_variables_break_the_reader(
        flags in prop::collection::vec((0_usize..4, names(), prop::option::of(".{0,8}")), 0..5),
        variables in prop::collection::vec((names(), ".{0,8}"), 0..5),
    ) {
        let arguments: Vec<String> = flags
            .into_iter()
            .map(|(dashes, name, value)| format!("{}{name}{}", "-".repeat(dashes), value.map(|value| format!("={value}")).unwrap_or_default()))
            .collect();
        let environment: Vec<(String, String)> = variables
            .into_iter()
            .map(|(name, value)| (format!("TRAEFIK_{}", name.replace('.', "_").to_uppercase()), value))
            .collect();
        let files = OnlyFile { path: "", bytes: &[] };
        check(&load(&Input { arguments: &arguments, environment: &environment, files: &files, file: FileChoice::Without }))?;
        check(&load(&Input { arguments: &[], environment: &environment, files: &files, file: FileChoice::Without }))?;
    }
}
