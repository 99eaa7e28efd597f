//! Findings that a baseline keeps quiet.

use std::path::Path;

use crate::command::Exit;
use crate::command::output::{deliver, read_text};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::lint::{Baseline, Finding, SourceFile};
use crate::render;

/// Reads a baseline.
pub(super) fn read(path: &Path, surroundings: &Surroundings) -> Result<Baseline, Failure> {
    let text = read_text(path, surroundings)?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::input(format!("{} is no baseline", path.display()))
            .because(&error)
            .hint("`ecsroute lint --write-baseline FILE` writes one")
    })
}

/// Writes what was found as the baseline.
pub(super) fn write(
    path: &Path,
    found: &[Finding],
    files: &[SourceFile],
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let value = serde_json::to_value(Baseline::of(found, files))
        .map_err(|error| Failure::system("the baseline can't be written as JSON").because(&error))?;
    deliver(Some(path), &render::json(&value), surroundings, console)?;
    let known = if found.len() == 1 { "1 finding is".to_owned() } else { format!("{} findings are", found.len()) };
    console.note(&format!("{known} in {0} now; `--baseline {0}` keeps what is there quiet", path.display()));
    Ok(Exit::Yes)
}
