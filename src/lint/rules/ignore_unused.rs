//! `ECS097`: ignores that are over, or that nothing matches any more.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS097",
    name: "ignore-unused",
    severity: Severity::Warning,
    what: "An ignore matches no finding any more, or its last day is past.",
    why: "Left in place it keeps the next finding of that rule quiet, which nobody has looked at.",
    example: r#""ecsroute.ignore": "ECS012 until 2027-01-31: moves to a secret with the next release""#,
    fix: "Take it out; where its day is past and the finding stays, decide anew.",
    check,
};

/// What findings an ignore matches is known when all rules have looked, so the findings of this one are made there.
fn check(_: &World<'_>) -> Vec<Finding> {
    Vec::new()
}
