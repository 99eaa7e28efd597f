//! What containers' labels say, label by label: decoded once, for every rule that asks.
//!
//! Traefik stops at the first label that is wrong. Rules about what the others mean go on: a wrong label is left out
//! here, and one whose value isn't known yet counts as empty.

use std::collections::BTreeMap;

use super::given::{Container, Definition, Label};
use super::place::{Site, Word};
use super::world::{World, title};
use crate::dynamic::{Configuration, Protocol, Router, Section};
use crate::model::{Release, Text};

/// A container of a definition, with what its labels come to.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// Its definition.
    pub definition: &'a Definition,
    /// The container.
    pub container: &'a Container,
    /// What its labels decode to, as far as they are right.
    pub configuration: &'a Configuration,
}

/// A label of a container whose key is known.
#[derive(Debug, Clone, Copy)]
pub struct LabelAt<'a> {
    /// Where it is.
    pub at: At<'a>,
    /// The label, with its places.
    pub label: &'a Label,
    /// Its key.
    pub key: &'a str,
    /// Its value; empty where that isn't known.
    pub value: &'a str,
}

/// A router that a container's labels define.
#[derive(Debug, Clone, Copy)]
pub struct Defined<'a> {
    /// The container.
    pub at: At<'a>,
    /// Of which protocol.
    pub protocol: Protocol,
    /// Its name.
    pub name: &'a Text,
    /// What is known of it.
    pub router: Router<'a>,
}

impl World<'_> {
    /// Every container, with what its labels come to.
    pub fn decoded(&self) -> impl Iterator<Item = At<'_>> {
        let configurations = self
            .configurations
            .get_or_init(|| self.containers().map(|(_, container)| decode(container, self.run.release)).collect());
        let pairs = self.containers().zip(configurations);
        pairs.map(|((definition, container), configuration)| At { definition, container, configuration })
    }

    /// Every label whose key is known.
    pub fn labels(&self) -> impl Iterator<Item = LabelAt<'_>> {
        self.decoded().flat_map(|at| {
            at.container.labels.iter().filter_map(move |label| {
                let (key, value) = (label.key.known()?, label.value.known().unwrap_or_default());
                Some(LabelAt { at, label, key, value })
            })
        })
    }

    /// Every router that labels define.
    pub fn routers(&self) -> impl Iterator<Item = Defined<'_>> {
        self.decoded().flat_map(|at| {
            Protocol::ALL.into_iter().flat_map(move |protocol| {
                let elements = at.configuration.elements(protocol.routers());
                elements.map(move |(name, fields)| Defined { at, protocol, name, router: Router::of(protocol, fields) })
            })
        })
    }
}

fn decode(container: &Container, release: Release) -> Configuration {
    let labels = container.labels.iter().filter_map(|label| Some((label.key.known()?, label.value.known())));
    let all: BTreeMap<Text, Text> = labels.map(|(key, value)| (key.into(), value.unwrap_or_default().into())).collect();
    Configuration::from_labels(&all, release).unwrap_or_else(|_| {
        let alone = |key: &Text, value: &Text| BTreeMap::from([(key.clone(), value.clone())]);
        let right =
            all.into_iter().filter(|(key, value)| Configuration::from_labels(&alone(key, value), release).is_ok());
        Configuration::from_labels(&right.collect(), release).unwrap_or_default()
    })
}

impl<'a> At<'a> {
    /// What a finding about it is about.
    pub fn title(&self) -> String {
        title(self.definition, self.container)
    }

    /// The label of a key, in whatever case.
    pub fn label(&self, key: &str) -> Option<&'a Label> {
        label(self.container, key)
    }
}

impl<'a> Defined<'a> {
    /// The label that sets a field of the router.
    pub fn label(&self, field: &str) -> Option<&'a Label> {
        self.at.label(&format!("traefik.{}.routers.{}.{field}", self.protocol.name(), self.name))
    }

    /// The label of a field, or else the first label of the router.
    pub fn label_or_any(&self, field: &str) -> Option<&'a Label> {
        self.label(field).or_else(|| label_of(self.at.container, self.protocol.routers(), self.name))
    }
}

/// The label of a key, in whatever case.
pub fn label<'a>(container: &'a Container, key: &str) -> Option<&'a Label> {
    container.labels.iter().find(|label| label.key.known().is_some_and(|known| known.eq_ignore_ascii_case(key)))
}

/// Where a container is told: at its name, or else where it begins.
pub fn place(container: &Container) -> Option<Site> {
    container.name.as_ref().and_then(Word::site).or_else(|| container.site.clone())
}

/// The first label that says something of an element of a section.
pub fn label_of<'a>(container: &'a Container, section: Section, name: &str) -> Option<&'a Label> {
    let start = format!("traefik.{}.{name}", section.path()).to_lowercase();
    container.labels.iter().find(|label| {
        let key = label.key.known().unwrap_or_default().to_lowercase();
        key.strip_prefix(&start).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
