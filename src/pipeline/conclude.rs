//! The last stages, once everything is merged: which containers a router of the published configuration leads to, and
//! for the others why none does.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::Plan;
use super::decision::{Decision, Evidence, Made, Outcome, Routers, Stage, few};
use super::known::PlanId;
use super::merge::{Element, Merged};
use super::reason::{Reason, RouterCause, RouterDrop};
use super::server::Serving;
use super::verdict::{PublishedRouter, PublishedServer, Verdict};
use crate::dynamic::{Configuration, Protocol, Router, Section};
use crate::model::Index;

/// What a container contributes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contribution {
    /// Its configuration.
    pub(super) plan: PlanId,
    /// Whether no other container of that name takes its place.
    pub(super) stands: bool,
}

/// Adds the stages that only the merged configuration decides, and what of it is each container's.
pub(super) fn conclude(
    verdicts: &mut [Verdict],
    contributions: &[Option<Contribution>],
    plans: &[Plan],
    merged: &Merged,
) {
    let conclusion = Conclusion {
        leading: Leading::of(&merged.configuration),
        gone: merged.conflicts.iter().map(|conflict| (conflict.section, conflict.name.clone())).collect(),
        merged: &merged.configuration,
    };
    let mut fates = Fates::of(contributions, plans.len());
    for (verdict, contribution) in verdicts.iter_mut().zip(contributions) {
        if let Some(Contribution { plan: id, stands }) = *contribution {
            let plan = &plans[id.0];
            if stands {
                fates.take(id, || conclusion.fate(plan, verdict)).befall(plan, verdict);
            } else {
                conclusion.overwritten(plan, verdict);
            }
        }
        verdict.close();
    }
}

/// The fate of each plan, for as long as there are containers left that share it.
struct Fates {
    known: Vec<Option<Fate>>,
    left: Vec<usize>,
}

impl Fates {
    fn of(contributions: &[Option<Contribution>], plans: usize) -> Self {
        let mut fates = Self { known: Vec::new(), left: vec![0; plans] };
        fates.known.resize_with(plans, || None);
        for contribution in contributions.iter().flatten().filter(|contribution| contribution.stands) {
            fates.left[contribution.plan.0] += 1;
        }
        fates
    }

    /// The fate of one more container of a plan; the last one gets it without a copy.
    fn take(&mut self, plan: PlanId, made: impl FnOnce() -> Fate) -> Fate {
        let PlanId(plan) = plan;
        let fate = self.known[plan].take().unwrap_or_else(made);
        self.left[plan] -= 1;
        if self.left[plan] > 0 {
            self.known[plan] = Some(fate.clone());
        }
        fate
    }
}

/// The routers of a configuration by what they lead to.
struct Leading<'a> {
    routers: Index<(Protocol, &'a str), Vec<PublishedRouter>>,
}

impl<'a> Leading<'a> {
    fn of(configuration: &'a Configuration) -> Self {
        let mut routers: Index<_, Vec<_>> = Index::default();
        for protocol in Protocol::ALL {
            for (name, fields) in configuration.elements(protocol.routers()) {
                let router = Router::of(protocol, fields);
                let leading = routers.entry((protocol, local(router.service())));
                leading.or_insert_with(|| Vec::with_capacity(1)).push(PublishedRouter {
                    protocol,
                    name: name.clone(),
                    rule: router.shared_rule(),
                    service: router.shared_service(),
                });
            }
        }
        Self { routers }
    }

    fn to(&self, protocol: Protocol, service: &'a str) -> &[PublishedRouter] {
        self.routers.get(&(protocol, service)).map_or(&[], Vec::as_slice)
    }
}

/// A service's name as the provider itself knows it.
fn local(service: &str) -> &str {
    service.strip_suffix("@ecs").unwrap_or(service)
}

/// What the merge made of all containers.
struct Conclusion<'a> {
    leading: Leading<'a>,
    gone: BTreeSet<Element>,
    merged: &'a Configuration,
}

/// What the merge made of the containers of one plan.
#[derive(Clone)]
struct Fate {
    /// The routers that lead to them.
    routers: Arc<[PublishedRouter]>,
    /// The places, in the plan's order, of services that are not published.
    unpublished: Vec<usize>,
    /// The last decisions.
    decisions: Vec<Decision>,
}

impl Fate {
    fn befall(self, plan: &Plan, verdict: &mut Verdict) {
        verdict.routers = self.routers;
        let made = verdict.made_servers();
        let mut servers = Vec::with_capacity(made.len());
        for (at, (serving, made)) in plan.servings().zip(made).enumerate() {
            if let (Made::Server { address, .. }, false) = (made, self.unpublished.contains(&at)) {
                let (protocol, service, address) = (serving.protocol, serving.service.clone(), address.clone());
                servers.push(PublishedServer { protocol, service, address });
            }
        }
        verdict.servers = servers;
        verdict.decisions.extend(self.decisions);
    }
}

fn passed(stage: Stage, evidence: Evidence) -> Decision {
    Decision { stage, outcome: Outcome::Passed(evidence) }
}

fn dropped(stage: Stage, reason: Reason) -> Decision {
    Decision { stage, outcome: Outcome::Dropped(Box::new(reason)) }
}

impl<'a> Conclusion<'a> {
    /// What became of the containers of a plan, of which the verdict is one.
    fn fate(&self, plan: &'a Plan, verdict: &Verdict) -> Fate {
        let (mut unpublished, mut routers) = (Vec::new(), Vec::with_capacity(1));
        for (at, Serving { protocol, service, .. }) in plan.servings().enumerate() {
            if self.merged.get(protocol.services(), service).is_some() {
                routers.extend_from_slice(self.leading.to(*protocol, service));
            } else {
                unpublished.push(at);
            }
        }
        routers.sort_unstable();
        routers.dedup();
        let decisions = self.decisions(plan, verdict, &routers);
        Fate { routers: routers.into(), unpublished, decisions }
    }

    fn decisions(&self, plan: &Plan, verdict: &Verdict, leading: &[PublishedRouter]) -> Vec<Decision> {
        let lost = self.lost(plan);
        if leading.is_empty() && lost.is_empty() && plan.routers.is_empty() {
            return vec![dropped(Stage::Routers, unrouted(verdict, plan, Vec::new()))];
        }
        let routers = passed(Stage::Routers, routers(plan, verdict));
        let leads_away = lost.iter().any(|(section, _)| leads(*section));
        if leading.is_empty() && leads_away {
            let elements = lost.into_iter().filter(|(section, _)| leads(*section)).collect();
            return vec![routers, dropped(Stage::Merge, Reason::MergedAway { elements, overwritten_by: None })];
        }
        let merge = passed(Stage::Merge, Evidence::Merge { defined: defined(&plan.configuration), lost: lost.into() });
        let last = if leading.is_empty() {
            dropped(Stage::Routed, unrouted(verdict, plan, plan.routers.clone()))
        } else {
            let names = leading.iter().map(|router| (router.protocol, router.name.clone())).collect();
            passed(Stage::Routed, Evidence::Routed(names))
        };
        vec![routers, merge, last]
    }

    /// Another container has the same name and takes the place.
    fn overwritten(&self, plan: &Plan, verdict: &mut Verdict) {
        let elements = self.lost(plan).into_iter().filter(|(section, _)| leads(*section)).collect();
        let overwritten_by = Some(verdict.instance.clone());
        verdict.decisions.push(passed(Stage::Routers, routers(plan, verdict)));
        verdict.decisions.push(dropped(Stage::Merge, Reason::MergedAway { elements, overwritten_by }));
    }

    /// What containers of a plan define and the merge deleted.
    fn lost(&self, plan: &Plan) -> Vec<Element> {
        if self.gone.is_empty() {
            return Vec::new();
        }
        let mut lost = Vec::new();
        for section in Section::ALL {
            let defined = plan.configuration.entries(section).keys().map(|name| (section, name.clone()));
            lost.extend(defined.filter(|element| self.gone.contains(element)));
        }
        lost
    }
}

/// What became of the routers that a container defines.
fn routers(plan: &Plan, verdict: &Verdict) -> Evidence {
    Evidence::Routers(Arc::new(Routers { kept: plan.routers.clone(), lost: verdict.dropped_routers.clone() }))
}

/// How many elements a configuration has.
fn defined(configuration: &Configuration) -> u32 {
    few(Section::ALL.into_iter().map(|section| configuration.entries(section).len()).sum())
}

/// Whether a container can't be reached without this element.
fn leads(section: Section) -> bool {
    Protocol::ALL.into_iter().any(|protocol| section == protocol.routers() || section == protocol.services())
}

/// Why no router leads to a container whose services are published.
fn unrouted(verdict: &Verdict, plan: &Plan, elsewhere: Vec<Made>) -> Reason {
    let mut drops = verdict.dropped_routers.clone();
    let defined: BTreeSet<Protocol> =
        elsewhere.iter().map(protocol_of).chain(drops.iter().map(|drop| drop.protocol)).collect();
    let served: BTreeSet<Protocol> = plan.servings().map(|serving| serving.protocol).collect();
    for protocol in served.difference(&defined) {
        drops.push(RouterDrop { protocol: *protocol, router: verdict.name.clone(), cause: RouterCause::NoneDefined });
    }
    Reason::RouterDropped { drops, elsewhere }
}

fn protocol_of(made: &Made) -> Protocol {
    match made {
        Made::Server { protocol, .. } | Made::Router { protocol, .. } => *protocol,
    }
}
