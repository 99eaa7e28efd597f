//! Brings the containers' configurations together: what they agree on is published, what they disagree on is deleted.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::build::Fragment;
use super::conflict::Conflict;
use crate::decode::Struct;
use crate::dynamic::{Configuration, Protocol, Section, Server, Service, ServiceMut, Value};
use crate::model::{Release, Text};

/// Every container's fragment by the name that its log lines give it. Of two with one name the later takes the place.
pub(super) type Fragments<'a> = BTreeMap<Text, &'a Fragment>;

/// An element of a configuration, by its section and its name.
pub(super) type Element = (Section, Text);

/// What containers say of one element, each by its name.
type Definitions<'a> = Vec<(&'a Text, &'a Struct)>;

/// What the fragments come to.
pub(super) struct Merged {
    pub(super) configuration: Configuration,
    /// In the order of sections and names.
    pub(super) conflicts: Vec<Conflict>,
}

/// Merges fragments in the order of their names.
pub(super) fn merge(fragments: &Fragments<'_>, release: Release) -> Merged {
    let mut merging =
        Merging { configuration: Configuration::default(), refused: BTreeSet::new(), servers: HashMap::new(), release };
    for fragment in fragments.values() {
        for section in merging.sections() {
            merging.section(section, &fragment.configuration);
        }
    }
    merging.finish(fragments)
}

struct Merging {
    configuration: Configuration,
    refused: BTreeSet<Element>,
    /// The addresses of every service that more than one container has servers for.
    servers: HashMap<(Protocol, Text), HashSet<String>>,
    release: Release,
}

impl Merging {
    /// The sections that are merged; what containers say of others is lost.
    fn sections(&self) -> impl Iterator<Item = Section> + use<> {
        let models = self.release >= Release::V3_7;
        Section::ALL.into_iter().filter(move |section| match section {
            Section::HttpModels => models,
            Section::TcpModels | Section::TlsOptions => false,
            _ => true,
        })
    }

    fn section(&mut self, section: Section, from: &Configuration) {
        for (name, element) in from.elements(section) {
            if !self.add(section, name, element) {
                self.refused.insert((section, name.clone()));
            }
        }
    }

    /// Adds an element; says whether it agrees with what is there.
    fn add(&mut self, section: Section, name: &Text, element: &Arc<Struct>) -> bool {
        match self.configuration.entries_mut(section).entry(name.clone()) {
            Entry::Vacant(place) => {
                place.insert(Value::Struct(element.clone()));
                true
            }
            Entry::Occupied(there) => match protocol_of_services(section) {
                Some(protocol) => self.add_servers(protocol, name, element),
                None => there.get().as_struct().is_some_and(|there| Arc::ptr_eq(there, element) || there == element),
            },
        }
    }

    /// Adds a service's servers to the service that is there, where both are the same but for them.
    fn add_servers(&mut self, protocol: Protocol, name: &Text, element: &Struct) -> bool {
        let there = self.configuration.get(protocol.services(), name);
        let there = there.and_then(|there| Service::of(protocol, there).load_balancer());
        let (Some(there), Some(added)) = (there, Service::of(protocol, element).load_balancer()) else { return true };
        if !there.is_mergeable(added) {
            return false;
        }
        let known = self
            .servers
            .entry((protocol, name.clone()))
            .or_insert_with(|| there.servers().map(|server| server_address(protocol, server).to_owned()).collect());
        let added = added.servers().zip(added.server_values());
        let new = added.filter(|(server, _)| known.insert(server_address(protocol, *server).to_owned()));
        let new: Vec<Value> = new.map(|(_, value)| value.clone()).collect();
        if new.is_empty() {
            return true;
        }
        let service = self.configuration.get_mut(protocol.services(), name);
        if let Some(mut balancer) = service.and_then(|service| ServiceMut::of(protocol, service).load_balancer()) {
            balancer.servers().extend(new);
        }
        true
    }

    fn finish(mut self, fragments: &Fragments<'_>) -> Merged {
        let mut definitions = definitions(&self.refused, fragments);
        let mut conflicts = Vec::with_capacity(self.refused.len());
        for element in self.refused {
            let definitions = definitions.remove(&element).unwrap_or_default();
            let (section, name) = element;
            self.configuration.remove(section, &name);
            conflicts.push(Conflict::of(section, name, &definitions, self.release));
        }
        Merged { configuration: self.configuration, conflicts }
    }
}

/// What each container says of the elements that are refused.
fn definitions<'a>(refused: &BTreeSet<Element>, fragments: &'a Fragments<'_>) -> HashMap<Element, Definitions<'a>> {
    let mut found: HashMap<Element, Definitions<'_>> = HashMap::new();
    let sections: BTreeSet<Section> = refused.iter().map(|(section, _)| *section).collect();
    for (instance, fragment) in fragments {
        for section in &sections {
            for (name, fields) in fragment.configuration.elements(*section) {
                let element = (*section, name.clone());
                if refused.contains(&element) {
                    found.entry(element).or_default().push((instance, fields));
                }
            }
        }
    }
    found
}

/// The protocol whose services a section holds.
pub(super) fn protocol_of_services(section: Section) -> Option<Protocol> {
    Protocol::ALL.into_iter().find(|protocol| protocol.services() == section)
}

/// By what servers are told apart.
pub(super) fn server_address(protocol: Protocol, server: Server<'_>) -> &str {
    match protocol {
        Protocol::Http => server.url(),
        Protocol::Tcp | Protocol::Udp => server.address(),
    }
}
