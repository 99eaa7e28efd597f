//! The built binary, started with nothing of the world around it but what a test gives.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What must never be seen in any output.
pub const SECRET: &str = "SENTINEL-s3cr3t-0123456789";

/// What a run gave.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
    pub time: Duration,
}

impl Ran {
    /// The document on stdout.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("stdout is JSON: {error}\n{}\n{}", self.stdout, self.stderr))
    }
}

/// Runs the program with these arguments and variables.
pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    run_in(&std::env::temp_dir(), arguments, variables)
}

/// The same, in a folder.
pub fn run_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecsroute"));
    command.args(arguments).env_clear().env("HOME", "/nonexistent").env("NO_COLOR", "1");
    command.envs(variables.iter().copied()).current_dir(folder);
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let ran = Ran {
        status: status.code().expect("it ends by itself"),
        stdout: String::from_utf8(stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(stderr).expect("stderr is UTF-8"),
        time: start.elapsed(),
    };
    assert!(!ran.stdout.contains(SECRET), "a secret is on stdout: {}", ran.stdout);
    assert!(!ran.stderr.contains(SECRET), "a secret is on stderr: {}", ran.stderr);
    ran
}

/// Variables that reach an AWS on loopback with keys of its own.
pub fn signed_in(url: &str) -> Vec<(&str, &str)> {
    let mut variables = unsigned(url);
    variables.extend([("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT"), ("AWS_SECRET_ACCESS_KEY", SECRET)]);
    variables
}

/// Variables that reach an AWS on loopback, with a region and without keys.
pub fn unsigned(url: &str) -> Vec<(&str, &str)> {
    vec![("AWS_ENDPOINT_URL", url), ("AWS_REGION", "eu-west-1"), ("AWS_EC2_METADATA_DISABLED", "true")]
}

/// A folder of a test's own.
pub fn folder(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the target folder can be written");
    path
}
