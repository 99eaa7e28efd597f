//! `--fix`: what is mechanical is mended, shown as a diff unless it is to be written.

use std::collections::BTreeSet;
use std::path::Path;

use similar::TextDiff;

use crate::command::output::deliver;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::lint::{Finding, SourceFile, mended};

/// Shows the changes, or makes them; findings that are mended in the files are found no more.
pub(super) fn run(
    found: &mut Vec<Finding>,
    files: &[SourceFile],
    write: bool,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let changes = mended(found, files);
    for change in &changes {
        if write {
            deliver(Some(Path::new(&change.name)), change.after.as_bytes(), surroundings, console)?;
            console.note(&format!("{}: {} mended", change.name, change.findings.len()));
        } else {
            let (before, after) = (format!("a/{}", change.name), format!("b/{}", change.name));
            let diff = TextDiff::from_lines(&change.before, &change.after);
            console.print(diff.unified_diff().header(&before, &after).to_string().as_bytes())?;
        }
    }
    if write {
        let mended: BTreeSet<usize> = changes.iter().flat_map(|change| change.findings.iter().copied()).collect();
        let mut number = 0..;
        found.retain(|_| number.next().is_none_or(|number| !mended.contains(&number)));
    } else if !changes.is_empty() {
        console.note("--write makes these changes");
    }
    Ok(())
}
