//! A task definition, in any of its spellings.

use super::node::Node;
use crate::document::Value;
use crate::lint::given::{Container, Definition, Label, Later, Mapping};

/// Reads a task definition: the object that has `containerDefinitions`.
pub(super) fn definition(node: &Node<'_>, within: &str) -> Definition {
    let mut later = Vec::new();
    if node.is_call() {
        later.push(Later { what: "the properties".to_owned(), site: Some(node.site()) });
    }
    let containers = match node.get("containerDefinitions") {
        Some(list) if matches!(list.json.value, Value::Array(_)) => list.items().map(|item| container(&item)).collect(),
        Some(other) => {
            later.push(Later { what: "containerDefinitions".to_owned(), site: Some(other.site()) });
            Vec::new()
        }
        None => Vec::new(),
    };
    Definition {
        site: Some(node.site()),
        within: within.to_owned(),
        family: node.get("family").map(|family| family.word()),
        revision: node.number("revision").map(i64::from),
        network_mode: node.get("networkMode").map(|mode| mode.word()),
        compatibilities: node.words("requiresCompatibilities"),
        containers,
        later,
    }
}

/// Reads the items of a list of containers.
pub(super) fn container(node: &Node<'_>) -> Container {
    let mut later = Vec::new();
    if node.is_call() {
        later.push(Later { what: "the container".to_owned(), site: Some(node.site()) });
    }
    let labels = node.labels("dockerLabels", &mut later);
    let ports = match node.get("portMappings") {
        Some(list) if !list.is_call() => list.items().map(|item| mapping(&item, &mut later)).collect(),
        Some(call) => {
            later.push(Later { what: "portMappings".to_owned(), site: Some(call.site()) });
            Vec::new()
        }
        None => Vec::new(),
    };
    Container {
        site: Some(node.site()),
        name: node.get("name").map(|name| name.word()),
        image: node.get("image").map(|image| image.word()),
        labels,
        misplaced: node.labels("labels", &mut Vec::new()),
        misplaced_at: node.member("labels").map(|member| node.key_site(member)),
        ports,
        has_health_check: node.get("healthCheck").is_some(),
        command: node.words("command"),
        environment: environment(node),
        later,
    }
}

fn environment(node: &Node<'_>) -> Vec<Label> {
    let Some(list) = node.get("environment") else { return Vec::new() };
    let pairs =
        list.items().filter_map(|item| Some(Label { key: item.get("name")?.word(), value: item.get("value")?.word() }));
    pairs.collect()
}

fn mapping(node: &Node<'_>, later: &mut Vec<Later>) -> Mapping {
    let called = |name: &str| node.get(name).is_some_and(|value| value.is_call());
    if node.is_call() || ["containerPort", "hostPort", "containerPortRange", "protocol"].into_iter().any(called) {
        later.push(Later { what: "portMappings".to_owned(), site: Some(node.site()) });
    }
    Mapping {
        site: Some(node.site()),
        container: node.number("containerPort"),
        host: node.number("hostPort"),
        protocol: node.text("protocol").map(str::to_ascii_lowercase),
        range: node.text("containerPortRange").map(str::to_owned),
    }
}
