//! What is wrong with a configuration, or about to go wrong, before it is deployed.
//!
//! Rules read two things: what people wrote, word by word with its place ([`given`]), and the pass that Traefik would
//! make of it, played by the same pipeline that `discover` shows ([`World`]). None decides anything a second time. What
//! is not known before a deploy is never guessed, and no finding by itself.

mod baseline;
pub mod decoded;
pub mod fields;
mod finding;
pub mod given;
pub mod ignores;
mod input;
mod mend;
mod place;
mod recorded;
mod rule;
pub mod rule_text;
mod rules;
mod stand_in;
pub mod upgrade;
mod world;

pub use baseline::{Baseline, Known};
pub use finding::{Change, Finding, Fix, Severity};
pub use input::{Broken, Come, Inputs, Kind};
pub use mend::{Mended, mended};
pub use place::{Site, SourceFile, Word};
pub use rule::Rule;
pub use rules::{RULES, elsewhere};
pub use world::{Judged, World};

/// What all rules find, in no order that counts.
pub fn findings(world: &World<'_>, wanted: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    let all = if world.old.is_some() { rules::RULES_OF_V1 } else { RULES };
    let rules = all.iter().copied().filter(|rule| wanted(rule));
    rules.flat_map(|rule| (rule.check)(world)).collect()
}

/// Puts findings in the order of files and places; what has no place in a file comes last.
pub fn sort(found: &mut [Finding], files: &[SourceFile]) {
    found.sort_by_cached_key(|finding| {
        let place = finding.site.as_ref().map(|site| (site.file, site.span(files).start));
        (place.is_none(), place, finding.subject.clone(), finding.rule.id, finding.message.clone())
    });
}

/// The rule that a word on the command line names.
pub fn rule(word: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
}
