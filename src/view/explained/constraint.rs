//! A constraint's parts, each with what it came to on a container's labels.

use std::collections::BTreeMap;

use super::Branch;
use crate::constraint::Constraint;
use crate::model::Text;
use crate::view::proof::{ProofPart, parts};

/// Deeper parts are not shown: nobody reads them, and a hostile expression has ten thousand levels.
const DEEPEST: usize = 32;

static NO_LABELS: BTreeMap<Text, Text> = BTreeMap::new();

/// The parts of an expression on these labels; nothing where it can't be read or answered.
pub(super) fn proof(expression: &str, labels: Option<&BTreeMap<Text, Text>>) -> Vec<Branch> {
    let Ok(constraint) = Constraint::parse(expression) else { return Vec::new() };
    let Ok(proof) = constraint.judge(labels.unwrap_or(&NO_LABELS)) else { return Vec::new() };
    branches(&parts(&proof, expression))
}

/// The tree of parts that come from the top down.
fn branches(parts: &[ProofPart]) -> Vec<Branch> {
    let mut found = Vec::new();
    let mut rest = parts;
    while let Some((part, below)) = rest.split_first() {
        let end = below.iter().position(|other| other.depth <= part.depth).unwrap_or(below.len());
        let details = if part.depth < DEEPEST { branches(&below[..end]) } else { Vec::new() };
        let text = match &part.evidence {
            Some(evidence) => format!("{} ({evidence})", part.what),
            None => part.what.clone(),
        };
        found.push(Branch { holds: Some(part.holds), text, details });
        rest = &below[end..];
    }
    found
}
