//! One side of a comparison: a fleet put through the pass, or a file that was rendered.

use std::path::Path;

use serde_json::{Map, Value};

use super::super::fleet::{not_a_snapshot, replay_snapshot};
use super::super::legacy::{is_asked, read_pass as read_legacy, replay as replay_legacy};
use super::super::output::read;
use super::super::pass::{Pass, read_pass};
use crate::cli::FleetArgs;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::source::{Snapshot, SnapshotError};
use crate::v1;

/// The words that name no file.
const LIVE: &str = "live";
const DEMO: &str = "demo";

/// The sections of a dynamic configuration: a file that has others is none.
const SECTIONS: [&str; 4] = ["http", "tcp", "udp", "tls"];

/// One side.
pub(super) struct Side {
    /// How it was named.
    pub(super) name: String,
    /// What it is.
    pub(super) contents: Contents,
}

/// What a side is.
pub(super) enum Contents {
    /// A fleet, put through the pass.
    Pass(Box<Pass>),
    /// A fleet, put through the pass of Traefik 1.7.
    Legacy(Box<v1::Run>),
    /// A rendered file.
    File {
        /// What it holds.
        tree: Map<String, Value>,
        /// How it spells it.
        form: Form,
    },
}

/// The two ways in which a configuration is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command) enum Form {
    /// Traefik's own, JSON.
    Traefik,
    /// The file provider's, TOML and YAML.
    File,
    /// Traefik 1.7's, with frontends and backends.
    Legacy,
}

/// The bytes of a side that is a file, read once.
pub(super) fn given(name: &str, surroundings: &Surroundings) -> Result<Option<Vec<u8>>, Failure> {
    if name == LIVE || name == DEMO {
        return Ok(None);
    }
    read(Path::new(name), surroundings).map(Some)
}

impl Side {
    /// Reads a side: `live`, `demo`, a snapshot, or a rendered file.
    pub(super) fn read(
        name: &str,
        bytes: Option<Vec<u8>>,
        fleet: &FleetArgs,
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) -> Result<Self, Failure> {
        let contents = match bytes {
            Some(bytes) if is_asked(fleet) => legacy(name, &bytes, fleet, surroundings, console)?,
            None if is_asked(fleet) => {
                let mut fleet = fleet.clone();
                fleet.source.demo = name == DEMO;
                Contents::Legacy(Box::new(read_legacy(&fleet, surroundings, console)?))
            }
            None => {
                let mut fleet = fleet.clone();
                fleet.source.demo = name == DEMO;
                Contents::Pass(Box::new(read_pass(&fleet, surroundings, console)?))
            }
            Some(bytes) => match Snapshot::read(&bytes) {
                Ok(snapshot) => {
                    let fleet = replay_snapshot(snapshot, fleet, surroundings, console)?;
                    Contents::Pass(Box::new(Pass::play(fleet, surroundings)))
                }
                Err(error) => rendered(name, &bytes).ok_or_else(|| unknown(name, &error))?,
            },
        };
        Ok(Self { name: name.to_owned(), contents })
    }

    /// Says which calls failed; gives whether the side is complete.
    pub(super) fn tell_failures(&self, console: &mut Console<'_>) -> bool {
        let complete = match &self.contents {
            Contents::File { .. } => true,
            Contents::Legacy(run) => run.published().is_some() && run.inventory.is_complete(),
            Contents::Pass(pass) => {
                if !pass.is_complete() {
                    pass.tell_failures(console);
                }
                pass.is_complete()
            }
        };
        if !complete {
            console.warn(&format!("the pass over {} is not complete", self.name));
        }
        complete
    }

    /// The form that the side is bound to, if it is to one.
    pub(super) fn form(&self) -> Option<Form> {
        match &self.contents {
            Contents::Pass(_) => None,
            Contents::Legacy(_) => Some(Form::Legacy),
            Contents::File { form, .. } => Some(*form),
        }
    }

    /// The configuration in a form.
    pub(super) fn tree(&self, form: Form) -> Map<String, Value> {
        match (&self.contents, form) {
            (Contents::File { tree, .. }, _) => tree.clone(),
            (Contents::Legacy(run), _) => tree_of_run(run).unwrap_or_default(),
            (Contents::Pass(pass), Form::File) => pass.run.configuration.file_form(pass.run.release).tree,
            (Contents::Pass(pass), Form::Traefik | Form::Legacy) => match pass.run.configuration.json(pass.run.release)
            {
                Value::Object(tree) => tree,
                _ => Map::new(),
            },
        }
    }
}

/// What a rendered file holds, where it is one in this form.
pub(in crate::command) fn tree_of(name: &str, bytes: &[u8], wanted: Form) -> Option<Map<String, Value>> {
    match rendered(name, bytes)? {
        Contents::File { tree, form } if form == wanted => Some(tree),
        _ => None,
    }
}

/// A snapshot that goes through the pass of 1.7, or what `render --traefik v1` wrote.
fn legacy(
    name: &str,
    bytes: &[u8],
    fleet: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Contents, Failure> {
    match Snapshot::read(bytes) {
        Ok(snapshot) => Ok(Contents::Legacy(Box::new(replay_legacy(snapshot, fleet, surroundings, console)?))),
        Err(error) => rendered_legacy(bytes).ok_or_else(|| unknown(name, &error)),
    }
}

/// Backends and frontends, in 1.7's own form whichever they were written in.
fn rendered_legacy(bytes: &[u8]) -> Option<Contents> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tree = match serde_json::from_str::<Value>(text) {
        Ok(tree) => tree,
        Err(_) => v1::configuration::decode(&v1::toml::parse(text).ok()?).ok()?.json(),
    };
    let known = tree.as_object()?.keys().all(|section| ["backends", "frontends"].contains(&section.as_str()));
    known.then(|| Contents::File { tree: sections(tree), form: Form::Legacy })
}

/// What a pass of 1.7 publishes; nothing where it fails.
pub(super) fn tree_of_run(run: &v1::Run) -> Option<Map<String, Value>> {
    run.published().map(|published| sections(published.json()))
}

/// Both sections below one name, as the later releases have theirs below a protocol.
fn sections(tree: Value) -> Map<String, Value> {
    Map::from_iter([("v1".to_owned(), tree)])
}

/// A rendered file, where the bytes are one. JSON is YAML too, so it is tried first; an empty file renders nothing.
fn rendered(name: &str, bytes: &[u8]) -> Option<Contents> {
    let text = std::str::from_utf8(bytes).ok()?;
    let ends = |ending: &str| Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    let (tree, form) = if let Ok(tree) = serde_json::from_str::<Map<String, Value>>(text) {
        (tree, Form::Traefik)
    } else if ends("yml") || ends("yaml") {
        (serde_saphyr::from_str(text).ok()?, Form::File)
    } else {
        let tree = toml::from_str(text).ok().or_else(|| serde_saphyr::from_str(text).ok())?;
        (tree, Form::File)
    };
    let known = tree.keys().all(|section| SECTIONS.contains(&section.as_str()));
    known.then_some(Contents::File { tree, form })
}

fn unknown(name: &str, error: &SnapshotError) -> Failure {
    not_a_snapshot(Path::new(name), error)
        .hint("a side is a snapshot, a file that `ecsroute render` wrote, `live` or `demo`")
}
