//! The built binary in a folder, with nothing of the world around it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run gave.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Everything that was said.
    pub fn all(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Runs `lint` in a folder. Nothing that it says may be a crash.
pub fn lint(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecsroute"));
    command.arg("lint").args(arguments).env_clear().env("HOME", "/nonexistent").env("NO_COLOR", "1");
    let output = command.envs(variables.iter().copied()).current_dir(folder).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("what is said is UTF-8");
    let status = output.status.code().expect("it ends by itself");
    let ran = Ran { status, stdout: text(&output.stdout), stderr: text(&output.stderr) };
    assert!(!ran.stderr.contains("panicked"), "{arguments:?}: {}", ran.stderr);
    ran
}

/// An empty folder of a test's own.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lint").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder can be made");
    path
}

/// Writes a task definition with these labels.
pub fn definition(folder: &Path, file: &str, labels: &[(&str, &str)]) {
    let labels: serde_json::Map<String, serde_json::Value> =
        labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
    let definition = serde_json::json!({
        "family": "api", "networkMode": "awsvpc",
        "containerDefinitions": [{
            "name": "web", "image": "example/api:1", "portMappings": [{ "containerPort": 8080 }],
            "dockerLabels": labels,
        }],
    });
    let text = serde_json::to_string_pretty(&definition).expect("it is JSON");
    std::fs::write(folder.join(file), text).expect("a file can be written");
}

/// The cases of the rules that fire: the folder and the arguments of each.
pub fn firing() -> Vec<(PathBuf, Vec<String>)> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lint");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&cases).expect("the cases can be read").flatten() {
        let path = entry.path();
        let is_one = path.to_string_lossy().ends_with(".bad.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let arguments = text.lines().find_map(|line| line.strip_prefix("args = \"lint ")?.strip_suffix('"'));
        if let Some(arguments) = arguments.filter(|_| is_one) {
            let arguments = arguments.split(' ').map(str::to_owned).collect();
            found.push((path.with_extension("in"), arguments));
        }
    }
    assert!(found.len() > 50, "{} cases were found", found.len());
    found.sort();
    found
}
