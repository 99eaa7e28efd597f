//! What an expression runs on. It is made when the first text comes that could match: a rule may have thousands of
//! expressions, and of most texts it is plain without an automaton that they can't.

use std::sync::{Arc, OnceLock};

use regex_syntax::hir::{Hir, HirKind, Literal, Look};

use super::error::Problem;
use super::{node, parse};

/// Memory for an automaton, above what one within the bounds of its cost needs.
const SIZE_LIMIT: usize = 1 << 30;

/// The crate's own limit to nesting, above what Go takes.
const NEST_LIMIT: u32 = 10_000;

/// What an expression may cost whose automaton is made later: far below every limit of the crate's, and at once when
/// it is asked for.
const SMALL: u64 = 2_000;

/// An expression, and its automaton once there is one; copies share it.
#[derive(Debug, Clone)]
pub(super) struct Program(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    hir: Hir,
    /// How many groups there are, the whole match included.
    groups: usize,
    automaton: OnceLock<Automaton>,
}

/// What searches.
#[derive(Debug)]
pub(super) struct Automaton {
    pub(super) regex: regex::Regex,
    /// The crate's number of each group; nothing for one that it forgot because it never takes part.
    pub(super) groups: Vec<Option<usize>>,
}

impl Program {
    /// The program of an expression. One that isn't small is made at once, since that can fail.
    pub(super) fn new(parsed: parse::Parsed) -> Result<Self, Problem> {
        let shared = Shared { hir: parsed.hir, groups: parsed.names.len(), automaton: OnceLock::new() };
        if parsed.cost > SMALL {
            let made = Automaton::new(&shared.hir, shared.groups).map_err(|_| Problem::BeyondBounds)?;
            shared.automaton.get_or_init(|| made);
        }
        Ok(Self(Arc::new(shared)))
    }

    pub(super) fn automaton(&self) -> &Automaton {
        let Shared { hir, groups, automaton } = &*self.0;
        automaton.get_or_init(|| Automaton::new(hir, *groups).expect("what is this small is within all limits"))
    }

    /// Whether a text matches anywhere.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let is_made = self.0.automaton.get().is_some();
        (is_made || can_match(&self.0.hir, text)) && self.automaton().regex.is_match(text)
    }
}

impl Automaton {
    fn new(hir: &Hir, groups: usize) -> Result<Self, regex::Error> {
        let regex = regex::RegexBuilder::new(&hir.to_string()).size_limit(SIZE_LIMIT).nest_limit(NEST_LIMIT).build()?;
        let groups = numbers(&regex, groups);
        Ok(Self { regex, groups })
    }
}

/// The crate's number of each of Go's groups, the whole match first.
fn numbers(regex: &regex::Regex, count: usize) -> Vec<Option<usize>> {
    let mut groups = vec![None; count];
    for (number, name) in regex.capture_names().enumerate() {
        let group = name.map_or(Some(0), node::group_of);
        if let Some(slot) = group.and_then(|group| groups.get_mut(group)) {
            *slot = Some(number);
        }
    }
    groups
}

/// Whether a text has what every match needs, as far as it is plain to see: the length, and the texts that stand in
/// the expression by themselves, those at its ends where they belong.
fn can_match(hir: &Hir, text: &str) -> bool {
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let is = |at: Option<usize>, look| at.and_then(|at| parts.get(at)).map(Hir::kind) == Some(&HirKind::Look(look));
    let is_long_enough = hir.properties().minimum_len().is_none_or(|least| least <= text.len());
    is_long_enough
        && parts.iter().enumerate().all(|(at, part)| match part.kind() {
            HirKind::Literal(Literal(wanted)) if at == 1 && is(Some(0), Look::Start) => {
                text.as_bytes().starts_with(wanted)
            }
            HirKind::Literal(Literal(wanted)) if at + 2 == parts.len() && is(Some(at + 1), Look::End) => {
                text.as_bytes().ends_with(wanted)
            }
            HirKind::Literal(Literal(wanted)) => {
                std::str::from_utf8(wanted).ok().is_none_or(|wanted| text.contains(wanted))
            }
            _ => true,
        })
}
