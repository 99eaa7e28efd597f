//! Files of a hundred megabytes that are no snapshots: each is refused with its place, in few words and with status 2.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SIZE: usize = 100_000_000;

/// Makes a file of a beginning and of so many repetitions that it has a hundred megabytes.
fn file(name: &str, start: &str, repeated: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("large-{name}.json"));
    let mut file = BufWriter::new(fs::File::create(&path).expect("the folder is there"));
    file.write_all(start.as_bytes()).expect("the disk takes it");
    let block = repeated.repeat(100_000 / repeated.len());
    for _ in 0..SIZE / block.len() {
        file.write_all(block.as_bytes()).expect("the disk takes it");
    }
    file.flush().expect("the disk takes it");
    path
}

fn discovered(path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ecsroute"))
        .args(["discover", "--no-static-config", "--snapshot"])
        .arg(path)
        .env_clear()
        .output()
        .expect("the program runs")
}

/// Checks that a file is refused, and gives what is said of it.
fn refused(name: &str, start: &str, repeated: &str) -> String {
    let path = file(name, start, repeated);
    let output = discovered(&path);
    fs::remove_file(&path).expect("it was made here");
    let said = String::from_utf8(output.stderr).expect("messages are text");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    assert!(said.len() < 2000, "{} bytes are said of {name}", said.len());
    said
}

#[test]
fn garbage_is_refused() {
    let said = refused("garbage", "", "\u{1}\u{7f}]}\u{fffd}");
    assert!(said.contains("is not a snapshot") && said.contains(".json:1"), "{said}");
}

#[test]
fn nesting_is_refused() {
    let said = refused("nesting", "{\"tasks\": ", "[");
    assert!(said.contains("is not a snapshot") && said.contains("invalid type: sequence"), "{said}");
    let said = refused("nesting-elsewhere", "{\"tasks\": [], \"other\": ", "[");
    assert!(said.contains("ends too early"), "{said}");
}

#[test]
fn one_text_is_refused() {
    let said = refused("text", "{\"tasks\": [{\"taskArn\": \"", "a");
    assert!(said.contains("ends too early"), "{said}");
}

#[test]
fn what_is_cut_off_is_refused_with_its_line() {
    let record = "{\"taskArn\": \"arn:aws:ecs:eu-west-1:123456789012:task/default/0123456789abcdef\"},\n";
    let said = refused("cut-off", "{\"tasks\": [\n", record);
    assert!(said.contains("ends too early"), "{said}");
    let lines = 1 + SIZE / (100_000 / record.len() * record.len()) * (100_000 / record.len());
    let place = format!(".json:{}", lines + 1);
    assert!(said.contains(&place), "{place} is not in {said}");
}
