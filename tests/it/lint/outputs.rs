//! What programs read of `lint`: SARIF by its schema, one exit status, and no text from a label that forges anything.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::run::{definition, firing, folder, lint};
use super::schema;

fn sarif_schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema/sarif-2.1.0.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the schema is there")).expect("it is JSON")
}

#[test]
fn every_rule_gives_valid_sarif_and_one_status_in_every_format() {
    let schema = sarif_schema();
    for (case, arguments) in firing() {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = |format: &str| lint(&case, &[&arguments[..], &["--format", format]].concat(), &[]);
        let sarif = run("sarif");
        let log: Value = serde_json::from_str(&sarif.stdout).expect("SARIF is JSON");
        let wrong = schema::wrong(&schema, &log);
        assert!(wrong.is_empty(), "{}: {wrong:#?}", case.display());
        assert!(!log["runs"][0]["results"].as_array().expect("a list").is_empty(), "{}", case.display());
        let statuses = ["text", "json", "github", "junit"].map(|format| run(format).status);
        assert_eq!(statuses, [sarif.status; 4], "{}", case.display());
    }
}

#[test]
fn the_sarif_of_policies_is_valid() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check-policy/sarif.stdout");
    let log = serde_json::from_str(&fs::read_to_string(path).expect("the case is there")).expect("it is JSON");
    assert_eq!(schema::wrong(&sarif_schema(), &log), Vec::<String>::new());
}

/// Text that would be a command, markup or a break somewhere.
const HOSTILE: &str = "x%0A::error file=a,line=1::y\r\n::stop-commands::z]]>&lt;<script>|`\u{1b}[31m\u{202e}\u{85}";

#[test]
fn hostile_text_forges_nothing() {
    let folder = folder("hostile");
    let key = format!("traefik.http.routers.{HOSTILE}.rul");
    definition(&folder, "a, b:ü%.json", &[(&key, HOSTILE), ("traefik.http.routers.a.rule", HOSTILE)]);
    let summary = folder.join("summary.md");
    let variables = [("GITHUB_STEP_SUMMARY", summary.to_str().expect("the path is text"))];
    for format in ["text", "json", "sarif", "github", "junit"] {
        let ran = lint(&folder, &["--format", format, "."], &variables);
        assert_eq!(ran.status, 1, "{format}: {}", ran.all());
        let control = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!ran.all().contains(control), "{format}: {:?}", ran.all());
        match format {
            "github" => {
                let commands = ran.stdout.lines().filter(|line| line.starts_with("::"));
                let forged = commands.filter(|line| !line.contains("title=ECS")).count();
                assert_eq!(forged, 0, "{}", ran.stdout);
                assert!(!ran.stdout.contains("%0A::error file=a"), "{}", ran.stdout);
                assert!(ran.stdout.contains("file=a%2C b%3Aü%25.json"), "{}", ran.stdout);
            }
            "sarif" => {
                let log = serde_json::from_str(&ran.stdout).expect("SARIF is JSON");
                assert_eq!(schema::wrong(&sarif_schema(), &log), Vec::<String>::new());
                assert!(ran.stdout.contains("a%2C%20b%3A%C3%BC%25.json"), "{}", ran.stdout);
            }
            "junit" => assert!(!ran.stdout.contains("<script"), "{}", ran.stdout),
            _ => {}
        }
    }
    let told = fs::read_to_string(summary).expect("the summary was written");
    assert!(!told.contains("<script") && told.lines().all(|line| !line.starts_with("::")), "{told}");
}

#[test]
fn github_gets_ten_annotations_of_a_level_and_the_summary_all() {
    let folder = folder("many");
    for number in 0..25 {
        definition(&folder, &format!("{number:02}.json"), &[(&format!("traefik.http.routers.r{number}.rul"), "x")]);
    }
    let summary = folder.join("summary.md");
    let variables = [("GITHUB_STEP_SUMMARY", summary.to_str().expect("the path is text"))];
    let ran = lint(&folder, &["--format", "github"], &variables);
    let errors: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("::error")).collect();
    assert_eq!(errors.len(), 10, "{}", ran.stdout);
    assert!(errors[9].contains("16 more"), "{}", errors[9]);
    let told = fs::read_to_string(summary).expect("the summary was written");
    assert_eq!(told.matches("| ECS001 |").count(), 25, "{told}");
}
