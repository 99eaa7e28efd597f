//! What policies grant beyond the need: other actions, and the same ones beyond Traefik's clusters.

use std::collections::BTreeSet;

use crate::model::Action;

use super::answer::Knowledge;
use super::catalog;
use super::check::{Decision, decide};
use super::evaluate::{Deciding, Layer, Policies};
use super::site::Site;
use super::statement::{ActionPattern, Effect, Placed};
use crate::document::json::Span;

/// Something granted that isn't needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Excess<'a> {
    /// The statement that grants it.
    pub deciding: Deciding<'a>,
    /// Where it stands.
    pub span: Span,
    /// What is granted.
    pub what: String,
}

/// The name of a cluster that Traefik doesn't look at.
const ANOTHER: &str = "another-cluster";

/// So many names are listed; the rest is counted.
const LISTED: usize = 3;

/// What the identity policies grant beyond the actions that are asked for, and beyond the site's clusters.
pub fn excess<'a>(
    policies: &'a Policies,
    asked: &BTreeSet<Action>,
    site: &Site,
    knowledge: &Knowledge,
) -> Vec<Excess<'a>> {
    let mut found = Vec::new();
    let allows = || {
        policies
            .statements()
            .filter(|deciding| deciding.place.layer == Layer::Identity && deciding.statement.effect == Effect::Allow)
    };
    for deciding in allows() {
        let actions = &deciding.statement.actions;
        if actions.inverted {
            let what = "NotAction grants every action of every service but these".to_owned();
            found.push(Excess { deciding, span: actions.span.clone(), what });
            continue;
        }
        for placed in &actions.patterns {
            if let Some(what) = other_actions(placed, asked) {
                found.push(Excess { deciding, span: placed.span.clone(), what });
            }
        }
    }
    if !site.discovers {
        found.extend(other_clusters(policies, asked, site, knowledge));
    }
    found
}

/// What a pattern grants beside the actions that are asked for.
fn other_actions(placed: &Placed<ActionPattern>, asked: &BTreeSet<Action>) -> Option<String> {
    let service = match &placed.pattern {
        ActionPattern::All => return Some("every action of every service".to_owned()),
        ActionPattern::Computed(_) => return None,
        ActionPattern::Of { service, .. } => service,
    };
    let Some(known) = catalog::actions(service) else {
        return Some(format!("{}, of a service that the provider never calls", placed.text));
    };
    let named = known.iter().map(|name| format!("{service}:{name}"));
    let others: Vec<String> = named
        .filter(|name| placed.pattern.matches(name))
        .filter(|name| Action::parse(name).is_none_or(|action| !asked.contains(&action)))
        .collect();
    match others.as_slice() {
        [] => None,
        few if few.len() <= LISTED => Some(few.join(", ")),
        many => Some(format!("{} and {} more", many[..LISTED].join(", "), many.len() - LISTED)),
    }
}

/// The statements that grant an action that can be kept to clusters for a cluster that isn't Traefik's.
fn other_clusters<'a>(
    policies: &'a Policies,
    asked: &BTreeSet<Action>,
    site: &Site,
    knowledge: &Knowledge,
) -> Vec<Excess<'a>> {
    let elsewhere = Site::new(&site.partition, &site.region, &site.account, &[ANOTHER.to_owned()]);
    let scoped = [Action::ListTasks, Action::DescribeTasks, Action::DescribeContainerInstances];
    let mut found: Vec<Excess<'a>> = Vec::new();
    for action in scoped.into_iter().filter(|action| asked.contains(action)) {
        for (_, question) in elsewhere.questions(action, knowledge) {
            let Decision::Allowed(by) = decide(policies, &question) else { continue };
            for deciding in by.into_iter().filter(|deciding| deciding.place.layer == Layer::Identity) {
                let what = format!("{action} on every cluster, not only on those that Traefik looks at");
                found.push(Excess { deciding, span: deciding.statement.resources.span.clone(), what });
            }
        }
    }
    found
}
