//! What `render --watch` says: a line for people, or a line of JSON, for each thing that happens. `ecsroute.event/1`.

use serde::Serialize;

use super::differed::ChangeV1;
use crate::render::Mark;
use crate::watch::{Event, Pace, Trouble};

/// One line of `--events jsonl`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventV1 {
    /// `ecsroute.event/1`.
    pub schema: &'static str,
    /// When, as RFC 3339.
    pub time: String,
    /// What.
    #[serde(flatten)]
    pub what: Happened,
}

/// What happened.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Happened {
    /// The watch began.
    Watching {
        /// The file.
        file: String,
        /// From one pass to the next.
        interval_seconds: f64,
        /// The least time from one publication to the next.
        throttle_seconds: f64,
    },
    /// An element of the configuration was added, removed or changed.
    Change(Box<ChangeV1>),
    /// The file was written, after its changes.
    Published {
        /// The file.
        file: String,
        /// Whether nothing was known of what it held before.
        first: bool,
        /// How many elements were added.
        added: usize,
        /// How many were removed.
        removed: usize,
        /// How many were changed.
        changed: usize,
    },
    /// A pass is not complete, and the file stays.
    Kept {
        /// The file.
        file: String,
        /// `wiped`, `stale` or `refused`.
        outcome: &'static str,
        /// What failed.
        reasons: Vec<String>,
    },
    /// A pass is not complete, and is published without the tasks that it lost, as Traefik does.
    Lost {
        /// What failed.
        reasons: Vec<String>,
    },
    /// Passes are complete again.
    Recovered,
    /// AWS throttles.
    Slowed {
        /// The pause until the next pass.
        seconds: f64,
    },
    /// The file could not be written.
    Unwritten {
        /// The file.
        file: String,
        /// Why not.
        reason: String,
    },
    /// What Traefik is set to was changed, and holds from now on.
    Settings {
        /// What differs, a sentence each.
        changes: Vec<String>,
    },
    /// What Traefik is set to was changed and can't be read, so what it was before holds on.
    SettingsRefused {
        /// What is wrong.
        reason: String,
    },
    /// The watch ended.
    Ended,
}

impl Happened {
    /// The first of all.
    pub fn watching(file: &str, pace: Pace) -> Self {
        Self::Watching {
            file: file.to_owned(),
            interval_seconds: pace.interval.as_secs_f64(),
            throttle_seconds: pace.throttle.as_secs_f64(),
        }
    }

    /// What an event comes to: one thing, or a publication with its changes in front.
    pub fn of(event: &Event, file: &str) -> Vec<Self> {
        match event {
            Event::Published { first, changes } => {
                let changes: Vec<_> = changes.iter().cloned().map(ChangeV1::of).collect();
                let count = |what: &str| changes.iter().filter(|change| change.change == what).count();
                let published = Self::Published {
                    file: file.to_owned(),
                    first: *first,
                    added: count("added"),
                    removed: count("removed"),
                    changed: count("changed"),
                };
                changes.into_iter().map(|change| Self::Change(Box::new(change))).chain([published]).collect()
            }
            Event::Kept(Trouble { outcome, reasons, .. }) => {
                vec![Self::Kept { file: file.to_owned(), outcome, reasons: reasons.clone() }]
            }
            Event::Lost(trouble) => vec![Self::Lost { reasons: trouble.reasons.clone() }],
            Event::Recovered => vec![Self::Recovered],
            Event::Slowed(pause) => vec![Self::Slowed { seconds: pause.as_secs_f64() }],
            Event::Unwritten(reason) => {
                vec![Self::Unwritten { file: file.to_owned(), reason: reason.clone() }]
            }
        }
    }

    /// The line of JSON.
    pub fn json(self, time: String) -> Vec<u8> {
        let line = EventV1 { schema: "ecsroute.event/1", time, what: self };
        let mut text = serde_json::to_string(&line).unwrap_or_default();
        text.push('\n');
        text.into_bytes()
    }

    /// A sign and a sentence for people; nothing where the lines before say it all.
    pub fn told(&self) -> Option<(Mark, &'static str, String)> {
        let told = match self {
            Self::Watching { file, interval_seconds, .. } => {
                let text = format!("watching: a pass every {interval_seconds}s; {file} follows what it publishes");
                (Mark::Aside, "·", text)
            }
            Self::Change(change) => {
                let (sign, mark) = change.sign();
                (mark, sign, format!("{} {}: {}", change.what(), change.name, change.lines().join("; ")))
            }
            Self::Published { file, first: true, added, .. } => {
                (Mark::Good, "✓", format!("{file} is written: {added} elements"))
            }
            Self::Published { file, added: 0, removed: 0, changed: 0, .. } => {
                (Mark::Look, "!", format!("{file} held something else, and is written again"))
            }
            Self::Published { .. } => return None,
            Self::Kept { file, outcome, reasons } => {
                let what = match *outcome {
                    "wiped" => "tasks could not be described",
                    "refused" => "Traefik would not start",
                    _ => "the pass failed",
                };
                (Mark::Bad, "✗", format!("{what}, so {file} stays as it is: {}", reasons.join("; ")))
            }
            Self::Lost { reasons } => {
                (Mark::Bad, "✗", format!("tasks could not be described and lose their routes: {}", reasons.join("; ")))
            }
            Self::Recovered => (Mark::Good, "✓", "passes are complete again".to_owned()),
            Self::Slowed { seconds } => {
                (Mark::Look, "!", format!("AWS says that there are too many calls: the next pass waits {seconds}s"))
            }
            Self::Unwritten { file, reason } => {
                (Mark::Bad, "✗", format!("{file} could not be written, and is tried again: {reason}"))
            }
            Self::Settings { changes } => (Mark::Look, "!", format!("settings changed: {}", changes.join("; "))),
            Self::SettingsRefused { reason } => {
                (Mark::Bad, "✗", format!("settings changed and can't be used, so those before hold on: {reason}"))
            }
            Self::Ended => (Mark::Aside, "·", "ended".to_owned()),
        };
        Some(told)
    }
}
