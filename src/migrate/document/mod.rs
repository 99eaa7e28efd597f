//! Where labels stand in documents: task definitions as registered or described, snapshots, CloudFormation templates,
//! Terraform plans.

mod rewrite;

use std::collections::{BTreeMap, BTreeSet};

use super::container::Mapping;
use crate::document::{Json, Value};
use crate::v1::labels::Labels;

pub use rewrite::{Change, rewrite};

/// Labels that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The family of the task definition, or the name of its resource.
    pub family: String,
    /// The container's name.
    pub container: String,
    /// The group of the tasks that run it, where the document has tasks and they have one group.
    pub group: Option<String>,
    /// The ports that it maps.
    pub ports: Vec<Mapping>,
    /// Its labels.
    pub labels: Labels,
    /// Labels that aren't plain text, such as a template's `Ref`: they can't be read here.
    pub unread: Vec<String>,
    /// The object of labels; nothing where it stands inside of a string.
    pub object: Option<Json>,
}

impl Found {
    /// The object, where it can be changed: every label that Traefik would read in it is plain text.
    pub fn changeable(&self) -> Option<&Json> {
        let hides = |label: &String| label == "<<" || label.to_ascii_lowercase().starts_with("traefik.");
        self.object.as_ref().filter(|_| !self.unread.iter().any(hides))
    }
}

/// Every container in a document, in the order of the text.
pub fn find(document: &Json) -> Vec<Found> {
    let mut search = Search { groups: groups(document), found: Vec::new() };
    search.value(document, "", 0);
    search.found
}

/// The groups of the tasks that a document holds, by the definition that they run.
fn groups(document: &Json) -> Groups {
    let mut groups = Groups::new();
    for task in document.get("tasks").map(Json::items).unwrap_or_default() {
        if let Some(definition) = task.get("taskDefinitionArn").and_then(Json::text) {
            let group = task.get("group").and_then(Json::text).unwrap_or_default();
            groups.entry(definition.to_owned()).or_default().insert(group.to_owned());
        }
    }
    groups
}

type Groups = BTreeMap<String, BTreeSet<String>>;

struct Search {
    groups: Groups,
    found: Vec<Found>,
}

/// How deep a document is searched; plans and templates stay far above.
const DEEPEST: usize = 64;

impl Search {
    fn value(&mut self, value: &Json, name: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let family = member(value, &["family", "Family"]).and_then(Json::text).unwrap_or(name);
        let arn = value.get("taskDefinitionArn").and_then(Json::text);
        let groups = arn.and_then(|arn| self.groups.get(arn)).filter(|groups| groups.len() == 1);
        let group = groups.and_then(BTreeSet::first).cloned();
        let mut add = |container: &Json, in_place| {
            self.found.push(Found { group: group.clone(), ..of_container(container, family, in_place) });
        };
        for key in ["containerDefinitions", "ContainerDefinitions"] {
            for container in value.get(key).map(Json::items).unwrap_or_default() {
                add(container, true);
            }
        }
        if let Some(text) = value.get("container_definitions").and_then(Json::text) {
            let inner = Json::read(text).ok();
            let containers = inner.as_ref().map(Json::items).unwrap_or_default();
            for container in containers {
                add(container, false);
            }
        }
        match &value.value {
            Value::Object(members) => {
                for each in members.iter().filter(|each| !each.key.eq_ignore_ascii_case("containerDefinitions")) {
                    // Names of structure say nothing; those of resources do.
                    let structure = each.key.eq_ignore_ascii_case("properties") || each.key == "values";
                    self.value(&each.value, if structure { name } else { &each.key }, depth + 1);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.value(item, name, depth + 1)),
            _ => {}
        }
    }
}

fn of_container(container: &Json, family: &str, in_place: bool) -> Found {
    let labels = member(container, &["dockerLabels", "DockerLabels"]);
    let mut found = Found {
        family: family.to_owned(),
        container: member(container, &["name", "Name"]).and_then(Json::text).unwrap_or_default().to_owned(),
        group: None,
        ports: member(container, &["portMappings", "PortMappings"])
            .into_iter()
            .flat_map(Json::items)
            .map(mapping)
            .collect(),
        labels: Labels::new(),
        unread: Vec::new(),
        object: labels.filter(|_| in_place).cloned(),
    };
    for each in labels.into_iter().flat_map(Json::members) {
        match &each.value.value {
            Value::Text(text) | Value::Number(text) => {
                found.labels.insert(each.key.clone(), text.clone());
            }
            Value::Boolean(value) => {
                found.labels.insert(each.key.clone(), value.to_string());
            }
            _ => found.unread.push(each.key.clone()),
        }
    }
    found
}

/// A port that isn't written out counts as none.
fn mapping(mapping: &Json) -> Mapping {
    let port = |names: &[&str]| match member(mapping, names).map(|port| &port.value) {
        Some(Value::Text(text) | Value::Number(text)) => text.parse().unwrap_or_default(),
        _ => 0,
    };
    Mapping { container: port(&["containerPort", "ContainerPort"]), host: port(&["hostPort", "HostPort"]) }
}

fn member<'j>(value: &'j Json, names: &[&str]) -> Option<&'j Json> {
    names.iter().find_map(|name| value.get(name))
}
