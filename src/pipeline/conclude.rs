//! The last stages, once everything is merged: which containers a router of the published configuration leads to, and
//! for the others why none does.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::build::Fragment;
use super::decision::{Evidence, Made, Routers, Stage};
use super::merge::{Element, Merged};
use super::reason::{Reason, RouterCause, RouterDrop};
use super::verdict::{PublishedRouter, PublishedServer, Verdict};
use crate::dynamic::{Configuration, Protocol, Router, Section};
use crate::model::Text;

/// Adds the stages that only the merged configuration decides, and what of it is each container's; `standing` says of
/// each fragment whether it was merged. The fragments are used up.
pub(super) fn conclude(built: &mut [(Verdict, Option<Box<Fragment>>)], standing: &[bool], merged: &Merged) {
    let leading = Leading::of(&merged.configuration);
    let gone: BTreeSet<Element> =
        merged.conflicts.iter().map(|conflict| (conflict.section, conflict.name.clone())).collect();
    for ((verdict, fragment), stands) in built.iter_mut().zip(standing) {
        if let Some(fragment) = fragment.take() {
            let stands = *stands;
            let fate = Fate { leading: &leading, gone: &gone, stands, merged: &merged.configuration };
            fate.conclude(verdict, *fragment);
        }
        verdict.close();
    }
}

/// The routers of a configuration by what they lead to.
struct Leading {
    routers: HashMap<(Protocol, Text), Vec<PublishedRouter>>,
}

impl Leading {
    fn of(configuration: &Configuration) -> Self {
        let mut routers: HashMap<_, Vec<_>> = HashMap::new();
        for protocol in Protocol::ALL {
            for (name, fields) in configuration.elements(protocol.routers()) {
                let router = Router::of(protocol, fields);
                routers.entry((protocol, Text::from(local(router.service())))).or_default().push(PublishedRouter {
                    protocol,
                    name: name.clone(),
                    rule: router.shared_rule(),
                    service: router.shared_service(),
                });
            }
        }
        Self { routers }
    }

    fn to(&self, protocol: Protocol, service: &Text) -> &[PublishedRouter] {
        self.routers.get(&(protocol, service.clone())).map_or(&[], Vec::as_slice)
    }
}

/// A service's name as the provider itself knows it.
fn local(service: &str) -> &str {
    service.strip_suffix("@ecs").unwrap_or(service)
}

/// What the merge made of one container.
struct Fate<'a> {
    leading: &'a Leading,
    gone: &'a BTreeSet<Element>,
    /// Whether no other container of that name takes its place.
    stands: bool,
    merged: &'a Configuration,
}

impl Fate<'_> {
    fn conclude(&self, verdict: &mut Verdict, mut fragment: Fragment) {
        if self.stands {
            self.publish(verdict, &fragment);
        }
        let lost = self.lost(&fragment);
        let merge = Evidence::Merge { defined: defined(&fragment.configuration), lost: lost.clone().into() };
        let routed = !verdict.routers.is_empty();
        let kept = if routed { std::mem::take(&mut fragment.routers) } else { fragment.routers.clone() };
        let routers = Evidence::Routers(Box::new(Routers { kept, lost: verdict.dropped_routers.clone() }));
        if routed {
            let names = verdict.routers.iter().map(|router| (router.protocol, router.name.clone())).collect();
            verdict.step(Stage::Routers, Ok(routers));
            verdict.step(Stage::Merge, Ok(merge));
            verdict.step(Stage::Routed, Ok(Evidence::Routed(names)));
            return;
        }
        if self.stands && lost.is_empty() && fragment.routers.is_empty() {
            let reason = unrouted(verdict, &fragment, Vec::new());
            verdict.step(Stage::Routers, Err(reason));
            return;
        }
        verdict.step(Stage::Routers, Ok(routers));
        let elements: Vec<_> = lost.into_iter().filter(|(section, _)| leads(*section)).collect();
        if !self.stands || !elements.is_empty() {
            let overwritten_by = (!self.stands).then(|| verdict.instance.clone());
            verdict.step(Stage::Merge, Err(Reason::MergedAway { elements, overwritten_by }));
            return;
        }
        verdict.step(Stage::Merge, Ok(merge));
        let reason = unrouted(verdict, &fragment, fragment.routers.clone());
        verdict.step(Stage::Routed, Err(reason));
    }

    /// The container's part of what is published.
    fn publish(&self, verdict: &mut Verdict, fragment: &Fragment) {
        let mut routers = BTreeMap::new();
        for made in &fragment.servers {
            let Made::Server { protocol, service, address, .. } = made else { continue };
            if self.merged.get(protocol.services(), service).is_none() {
                continue;
            }
            let (protocol, service, address) = (*protocol, service.clone(), address.clone());
            for router in self.leading.to(protocol, &service) {
                routers.insert((router.protocol, router.name.clone()), router.clone());
            }
            verdict.servers.push(PublishedServer { protocol, service, address });
        }
        verdict.routers = routers.into_values().collect();
    }

    /// What the container defines and the merge deleted.
    fn lost(&self, fragment: &Fragment) -> Vec<Element> {
        if self.gone.is_empty() {
            return Vec::new();
        }
        let mut lost = Vec::new();
        for section in Section::ALL {
            let defined = fragment.configuration.entries(section).keys().map(|name| (section, name.clone()));
            lost.extend(defined.filter(|element| self.gone.contains(element)));
        }
        lost
    }
}

/// How many elements a configuration has.
fn defined(configuration: &Configuration) -> usize {
    Section::ALL.into_iter().map(|section| configuration.entries(section).len()).sum()
}

/// Whether a container can't be reached without this element.
fn leads(section: Section) -> bool {
    Protocol::ALL.into_iter().any(|protocol| section == protocol.routers() || section == protocol.services())
}

/// Why no router leads to a container whose services are published.
fn unrouted(verdict: &Verdict, fragment: &Fragment, elsewhere: Vec<Made>) -> Reason {
    let mut drops = verdict.dropped_routers.clone();
    let defined: BTreeSet<Protocol> =
        elsewhere.iter().map(protocol_of).chain(drops.iter().map(|drop| drop.protocol)).collect();
    let served: BTreeSet<Protocol> = fragment.servers.iter().map(protocol_of).collect();
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
