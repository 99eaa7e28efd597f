//! Files that can't be read, or were made to do harm: each is told with its place, and hides no other.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

use super::run::{Ran, definition, folder, lint};

/// A folder with one finding that must not be lost.
fn beside(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    definition(&folder, "api.json", &[("traefik.http.routers.api.rul", "Host(`api.example.com`)")]);
    folder
}

/// The other file's finding is there, and so is what must be said of this one.
fn check(folder: &Path, file: &str, said: &str) {
    for arguments in [vec!["."], vec![file, "api.json"]] {
        let ran = lint(folder, &arguments, &[]);
        assert!(ran.stdout.contains("ECS001"), "{file} hides the other file: {}", ran.all());
        assert!(ran.all().contains(said), "{file}, {arguments:?}: `{said}` is not said: {}", ran.all());
        assert_ne!(ran.status, 0, "{file}");
    }
}

fn write(name: &str, file: &str, bytes: impl AsRef<[u8]>, said: &str) {
    let folder = beside(name);
    fs::write(folder.join(file), bytes).expect("a file can be written");
    check(&folder, file, said);
}

#[test]
fn files_that_are_cut_off_are_told_where() {
    write("cut-json", "cut.json", r#"{"family": "a", "containerDefinitions": [{"name":"#, "cut.json:1:50");
    let template = "Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties: {Family: \"x\n";
    write("cut-yaml", "cut.yaml", template, "cut.yaml:4:26");
    let settings = "entryPoints:\n  web:\n    address: \":80\nproviders:\n  ecs: {}\n";
    write("cut-settings", "traefik.yml", settings, "traefik.yml:3:14");
}

#[test]
fn bytes_that_are_no_text_are_told_where() {
    write("no-utf8", "a.json", b"{\"containerDefinitions\": \"\xff\"}", "a.json:1:27");
    let wide: Vec<u8> = "\u{feff}{\"containerDefinitions\":[]}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("utf16", "plan.json", wide, "this is UTF-16");
    // Bytes of some other program's are no one's business, unless they were named.
    let folder = beside("binary");
    fs::write(folder.join("b.json"), (0..=255).collect::<Vec<u8>>()).expect("a file can be written");
    assert!(!lint(&folder, &["."], &[]).all().contains("b.json"));
    assert!(lint(&folder, &["b.json"], &[]).all().contains("b.json"));
}

#[test]
fn nesting_and_aliases_are_bounded() {
    let open = |count: usize| "[".repeat(count) + &"]".repeat(count);
    let json = format!("{{\"family\": \"a\", \"containerDefinitions\": {}}}", open(200_000));
    write("deep-json", "deep.json", json, "deep.json:1:");
    let yaml = format!("Resources: {{A: {{Type: \"AWS::ECS::TaskDefinition\", Properties: {}}}}}\n", open(100_000));
    write("deep-yaml", "deep.yaml", yaml, "deep.yaml:1:");
    let mut bomb = "Resources:\n  A: {Type: \"AWS::ECS::TaskDefinition\"}\n  B0: &b0 {x: y}\n".to_owned();
    for number in 1..12 {
        let aliases = vec![format!("*b{}", number - 1); 10].join(",");
        let _ = writeln!(bomb, "  B{number}: &b{number} [{aliases}]");
    }
    write("bomb", "bomb.yaml", bomb, "aliases multiply");
}

#[test]
fn a_hundred_megabytes_are_read_where_they_are_named() {
    let folder = beside("large");
    let file = File::create(folder.join("large.json")).expect("a file can be made");
    file.set_len(100 * 1024 * 1024).expect("it can be that long");
    let walked = lint(&folder, &["."], &[]);
    assert!(walked.stdout.contains("ECS001") && walked.stderr.contains("large.json is larger"), "{}", walked.all());
    let named = lint(&folder, &["large.json", "api.json"], &[]);
    assert!(named.stdout.contains("ECS001") && named.stdout.contains("large.json:1:1"), "{}", named.all());
    fs::remove_dir_all(folder).expect("what is large can go");
}

#[expect(clippy::print_stdout, reason = "what is skipped is told")]
#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_files_that_may_not_be_read_are_told() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = beside("links");
    symlink("b.json", folder.join("a.json")).expect("a link can be made");
    symlink("a.json", folder.join("b.json")).expect("a link can be made");
    symlink(".", folder.join("again")).expect("a link can be made");
    check(&folder, "a.json", "a.json could not be read");
    let folder = beside("unreadable");
    let locked = folder.join("locked.json");
    fs::write(&locked, "{}").expect("a file can be written");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("it can be locked");
    if fs::read(&locked).is_ok() {
        // Whoever runs this may read everything, as root does: there is no such file for them.
        println!("skipped: nothing is unreadable to whoever runs this test");
        return;
    }
    check(&folder, "locked.json", "locked.json may not be read");
}

#[test]
fn a_name_that_leads_to_nothing_hides_nothing() {
    let folder = beside("missing");
    let Ran { status, stdout, stderr } = lint(&folder, &["gone.json", "api.json"], &[]);
    assert_eq!(status, 2);
    assert!(stdout.contains("ECS001") && stderr.contains("there is no file gone.json"), "{stdout}{stderr}");
}

#[test]
fn settings_that_1_7_refuses_hide_nothing() {
    let folder = folder("refused-by-1-7");
    definition(&folder, "api.json", &[("traefik.frontend.rule", "Hostname:api.example.com")]);
    fs::write(folder.join("traefik.toml"), "[ecs]\nwatch = \"yes\"\n").expect("a file can be written");
    let ran = lint(&folder, &["--traefik", "v1", "traefik.toml", "api.json"], &[]);
    assert!(ran.stdout.contains("ECS103") && ran.stdout.contains("ECS095"), "{}", ran.all());
    assert!(ran.stdout.contains("traefik.toml:2:"), "{}", ran.all());
    assert_eq!(ran.status, 1);
}
