//! What `migrate` says: a diff of every file, or a document with every label's fate.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use similar::TextDiff;

use crate::console::Console;
use crate::migrate::document::{Change, Found};
use crate::migrate::{Container, Migrated, Said};

/// Every file.
#[derive(Debug, Default)]
pub struct MigratedFiles {
    /// In the order of reading.
    pub files: Vec<MigratedFile>,
}

/// One file.
#[derive(Debug, Default)]
pub struct MigratedFile {
    /// Where it is.
    pub path: PathBuf,
    /// What stands in it.
    pub before: String,
    /// What is to stand in it.
    pub after: String,
    /// Whether it isn't there yet.
    pub is_new: bool,
    /// Its containers with v1 labels.
    pub containers: Vec<MigratedContainer>,
    /// What is to be known of its settings, by their paths.
    pub settings: Vec<(String, Said)>,
    /// Credentials that stand in it: a diff hides them.
    pub credentials: Vec<String>,
}

/// One container.
#[derive(Debug)]
pub struct MigratedContainer {
    /// What is known of it besides its labels.
    pub container: Container,
    /// Where and what its labels are.
    pub found: Found,
    /// What takes their place.
    pub migrated: Migrated,
    /// Whether the file can be rewritten: not where labels stand inside of a string, or aren't plain text.
    pub in_place: bool,
}

impl MigratedFiles {
    /// Unified diffs, one after the other.
    pub fn diff(&self) -> Vec<u8> {
        let mut text = String::new();
        for file in self.files.iter().filter(|file| file.before != file.after) {
            let path = file.path.display().to_string();
            let (old, new) = (file.shown(&file.before), file.shown(&file.after));
            let difference = TextDiff::from_lines(&old, &new);
            let before = if file.is_new { "/dev/null" } else { &path };
            text.push_str(&difference.unified_diff().header(before, &path).to_string());
        }
        for container in self.files.iter().flat_map(|file| &file.containers).filter(|container| !container.in_place) {
            let _ = writeln!(text, "# {}: labels to be set where they are made", container.container.name);
            for (label, value) in &container.migrated.labels {
                let _ = writeln!(text, "{label}={value}");
            }
        }
        text.into_bytes()
    }

    /// For programs.
    pub fn json(&self) -> Vec<u8> {
        let files: Vec<Value> = self.files.iter().map(MigratedFile::json).collect();
        format!("{:#}\n", json!({ "schema": "ecsroute.migrate/1", "files": files })).into_bytes()
    }

    /// Says aside what is to be known.
    pub fn say(&self, console: &mut Console<'_>) {
        for file in &self.files {
            for (path, said) in &file.settings {
                tell(console, said, &format!("{}: `{path}` {said}", file.path.display()));
            }
            for container in &file.containers {
                for note in &container.migrated.notes {
                    tell(console, &note.said, &format!("{}: `{}` {}", container.container.name, note.label, note.said));
                }
                for label in container.found.unread.iter().filter(|_| !container.in_place) {
                    console.warn(&format!(
                        "{}: `{label}` is no plain text, so its labels stay as they are",
                        container.container.name
                    ));
                }
            }
        }
    }
}

fn tell(console: &mut Console<'_>, said: &Said, text: &str) {
    match said {
        Said::NoEquivalent(_) | Said::ByHand(_) => console.warn(text),
        Said::Changed(_) | Said::NoEffect(_) => console.note(text),
    }
}

impl MigratedFile {
    /// A text of the file as it may be printed.
    fn shown(&self, text: &str) -> String {
        let hide = |text: String, credential: &String| {
            let quoted = |quote: char, inner: &str| format!("{quote}{inner}{quote}");
            ['"', '\'']
                .iter()
                .fold(text, |text, quote| text.replace(&quoted(*quote, credential), &quoted(*quote, "(hidden)")))
        };
        self.credentials.iter().filter(|credential| !credential.is_empty()).fold(text.to_owned(), hide)
    }

    fn json(&self) -> Value {
        let settings: Vec<Value> = self
            .settings
            .iter()
            .map(|(path, said)| json!({ "option": path, "kind": said.id(), "reason": said.reason() }))
            .collect();
        let containers: Vec<Value> = self.containers.iter().map(MigratedContainer::json).collect();
        json!({ "file": self.path.display().to_string(), "changed": self.before != self.after,
                "new": self.is_new, "containers": containers, "settings": settings })
    }
}

impl MigratedContainer {
    /// What changes where its labels stand.
    pub fn change(&self) -> Option<Change<'_>> {
        let object = self.found.changeable()?;
        Some(Change { object, labels: &self.migrated.labels, sources: &self.migrated.sources })
    }

    fn json(&self) -> Value {
        let notes: Vec<Value> = self
            .migrated
            .notes
            .iter()
            .map(|note| {
                json!({ "label": note.label, "value": note.value, "kind": note.said.id(), "reason": note.said.reason() })
            })
            .collect();
        json!({ "name": self.container.name, "family": self.found.family, "container": self.found.container,
                "inPlace": self.in_place, "labels": self.migrated.labels, "notes": notes })
    }
}
