//! One whole pass, as one value.

use std::collections::HashSet;

use super::admit::admit;
use super::assemble::{Assembled, Candidate, assemble};
use super::build::{Fragment, build};
use super::conclude::conclude;
use super::conflict::Conflict;
use super::ending::{Ending, ending};
use super::log::LogLine;
use super::merge::{Fragments, Merged, merge};
use super::rules::Rules;
use super::told::told;
use super::verdict::Verdict;
use crate::dynamic::Configuration;
use crate::model::{Inventory, Release};
use crate::settings::Provider;
use crate::template::Ambient;

/// One whole pass: what went in, what became of it, and what comes out. Every command reads this.
#[derive(Debug, Clone)]
pub struct Run {
    /// What the provider is set to.
    pub settings: Provider,
    /// Whose behaviour this is.
    pub release: Release,
    /// The records that the pass read.
    pub inventory: Inventory,
    /// Whether the pass publishes anything.
    pub ending: Ending,
    /// One for each container, in the order of clusters, tasks and containers.
    pub verdicts: Vec<Verdict>,
    /// What the records come to. It is published only where [`ending`](Self::ending) says so.
    pub configuration: Configuration,
    /// The elements that containers define differently, in the order of sections and names.
    pub conflicts: Vec<Conflict>,
    /// The place of the cluster in which Traefik crashes while it reads.
    pub(super) crashed_in: Option<usize>,
}

/// Plays one pass of the provider over what was read. Pure: the same input gives the same value.
///
/// Where a call failed the records that there are go through all the same, so that it can be said what they would come
/// to; [`Run::ending`] says that nothing of it is published.
pub fn run(inventory: Inventory, settings: &Provider, release: Release, ambient: &Ambient) -> Run {
    let settings = settings.clone();
    let rules = match Rules::read(&settings, release, ambient) {
        Ok(rules) => rules,
        Err(message) => {
            let ending = Ending::Refused { message };
            let (verdicts, configuration, conflicts) = (Vec::new(), Configuration::default(), Vec::new());
            return Run { settings, release, inventory, ending, verdicts, configuration, conflicts, crashed_in: None };
        }
    };
    let Assembled { candidates, crash } = assemble(&inventory, &settings, release);
    let mut built: Vec<_> = candidates.into_iter().map(|candidate| take(candidate, &rules)).collect();
    let fragments = fragments(&built);
    let merged = merge(&fragments, release);
    let standing = standing(&fragments, &built);
    let ending = ending(&inventory, crash.as_ref(), built.iter().map(|(verdict, _)| verdict));
    conclude(&mut built, &standing, &merged);
    let verdicts = built.into_iter().map(|(verdict, _)| verdict).collect();
    let Merged { configuration, conflicts } = merged;
    let crashed_in = crash.map(|(cluster, _)| cluster);
    Run { settings, release, inventory, ending, verdicts, configuration, conflicts, crashed_in }
}

/// Takes a container through the filters and builds what it contributes.
fn take(candidate: Candidate, rules: &Rules<'_>) -> (Verdict, Option<Box<Fragment>>) {
    let Candidate { mut verdict, standing } = candidate;
    let fragment = standing.and_then(|standing| {
        admit(&mut verdict, &standing, rules)?;
        build(&mut verdict, standing, rules).map(Box::new)
    });
    (verdict, fragment)
}

/// What is merged: of several containers with one name the last.
fn fragments(built: &[(Verdict, Option<Box<Fragment>>)]) -> Fragments<'_> {
    let kept = built.iter().filter_map(|(verdict, fragment)| Some((verdict.instance.clone(), fragment.as_deref()?)));
    kept.collect()
}

/// Which fragments are merged, and not another of the same name in their place.
fn standing(fragments: &Fragments<'_>, built: &[(Verdict, Option<Box<Fragment>>)]) -> Vec<bool> {
    let kept: HashSet<*const Fragment> = fragments.values().map(|kept| std::ptr::from_ref(*kept)).collect();
    built
        .iter()
        .map(|(_, fragment)| fragment.as_deref().is_some_and(|fragment| kept.contains(&std::ptr::from_ref(fragment))))
        .collect()
}

impl Run {
    /// The configuration that Traefik publishes, if it publishes any.
    pub fn published(&self) -> Option<&Configuration> {
        self.ending.is_published().then_some(&self.configuration)
    }

    /// What Traefik would log, in an order of our own: its true order depends on the order of maps.
    pub fn log(&self) -> Vec<LogLine> {
        told(self)
    }

    /// Containers that are routed.
    pub fn routed(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.is_routed())
    }

    /// Containers that aren't.
    pub fn skipped(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| !verdict.is_routed())
    }
}
