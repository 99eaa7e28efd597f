//! Which other rules leave a rule nothing.

use super::{Found, Reading, search};
use crate::rule::Rule;

/// The fewest of `others`, by their numbers, that together take everything that a rule takes: one alone where one
/// does. Nothing where the rule keeps something, takes nothing by itself, or where that isn't known.
pub fn covering(rule: &Rule, others: &[&Rule], read: Reading<'_>) -> Option<Vec<usize>> {
    let example = match search(&[rule], &[], read) {
        Found::Nothing => return None,
        found => found.request(),
    };
    // Most of the time the first request that comes to mind shows that it keeps something.
    if let Some(example) = example {
        let forms = read(&example);
        if !others.iter().any(|other| other.takes(&forms)) {
            return None;
        }
    }
    let covers = |numbers: &[usize]| {
        let chosen: Vec<&Rule> = numbers.iter().map(|number| others[*number]).collect();
        search(&[rule], &chosen, read) == Found::Nothing
    };
    let mut kept: Vec<usize> = (0..others.len()).collect();
    if !covers(&kept) {
        return None;
    }
    if let Some(alone) = kept.iter().find(|number| covers(&[**number])) {
        return Some(vec![*alone]);
    }
    let mut at = 0;
    while at < kept.len() {
        let mut without = kept.clone();
        without.remove(at);
        if covers(&without) { kept = without } else { at += 1 }
    }
    Some(kept)
}
