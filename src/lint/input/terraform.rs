//! A Terraform plan as `terraform show -json` prints it: modules, `count` and `for_each` are resolved there.

use std::collections::BTreeMap;

use super::definition::{container, definition};
use super::node::Node;
use crate::document::{Json, Value};
use crate::lint::given::{Definition, Later, Service};
use crate::lint::place::Word;

/// Whether a document is a plan.
pub(super) fn is_plan(tree: &Json) -> bool {
    tree.get("planned_values").is_some()
        || (tree.get("resource_changes").is_some() && tree.get("format_version").is_some())
}

/// Reads a plan, and says whether containers of a definition in it are marked as sensitive.
pub(super) fn read(root: &Node<'_>, definitions: &mut Vec<Definition>, services: &mut Vec<Service>) -> bool {
    let unknown = unknown(root.json);
    let first = definitions.len();
    let mut planned_services = Vec::new();
    let mut is_sensitive = false;
    let Some(values) = root.get("planned_values") else { return is_sensitive };
    let mut open: Vec<_> = values.get("root_module").into_iter().collect();
    while let Some(module) = open.pop() {
        for resource in module.get("resources").iter().flat_map(Node::items) {
            let (Some(address), Some(values)) = (resource.text("address"), resource.get("values")) else { continue };
            match resource.text("type") {
                Some("aws_ecs_task_definition") => {
                    definitions.push(planned(&values, address, unknown.get(address).copied()));
                    let marks = resource.json.get("sensitive_values");
                    is_sensitive |= marks.is_some_and(|marks| is_true(marks.get("container_definitions")));
                }
                Some("aws_ecs_service") => planned_services.push(service(&values, address)),
                _ => {}
            }
        }
        open.extend(module.get("child_modules").iter().flat_map(Node::items));
    }
    let planned: Vec<&str> = definitions[first..].iter().map(|definition| definition.within.as_str()).collect();
    for service in &mut planned_services {
        if service.definition.is_none() {
            service.definition = referred(root.json, &service.within, &planned).map(str::to_owned);
        }
    }
    services.append(&mut planned_services);
    is_sensitive
}

/// Whether a mark is set.
fn is_true(mark: Option<&Json>) -> bool {
    mark.is_some_and(|mark| mark.value == Value::Boolean(true))
}

/// The planned definition that a service refers to, where its ARN is not known before it is registered: the
/// configuration says which resource it is, and of several instances it is the one with the service's own index.
fn referred<'a>(plan: &Json, service: &str, planned: &[&'a str]) -> Option<&'a str> {
    let (modules, resource) = parted(service)?;
    let mut module = plan.get("configuration")?.get("root_module")?;
    // `module.a["x"].module.b.`: every other word is a name.
    for name in without_indexes(modules).split('.').skip(1).step_by(2) {
        module = module.get("module_calls")?.get(name)?.get("module")?;
    }
    let plain = without_indexes(resource);
    let is_it = |written: &&Json| written.get("address").and_then(Json::text) == Some(&plain);
    let written = module.get("resources")?.items().iter().find(is_it)?;
    let references = written.get("expressions")?.get("task_definition")?.get("references")?.items().iter();
    let name = references.filter_map(Json::text).find_map(|name| {
        let name = name.strip_prefix("aws_ecs_task_definition.")?;
        Some(name.split(['.', '[']).next().unwrap_or(name))
    })?;
    let whole = format!("{modules}aws_ecs_task_definition.{name}");
    let index = resource.find('[').map_or("", |at| &resource[at..]);
    let same = |known: &&&str| **known == whole || **known == format!("{whole}{index}");
    planned.iter().find(same).copied()
}

/// A service's address: the modules that it is in, with a dot behind them, and the resource itself.
fn parted(address: &str) -> Option<(&str, &str)> {
    Some(address.split_at(address.rfind("aws_ecs_service.")?))
}

/// An address without what stands in brackets.
fn without_indexes(address: &str) -> String {
    let mut inside = false;
    let outside = address.chars().filter(|c| {
        let was_inside = inside;
        inside = (inside || *c == '[') && *c != ']';
        !inside && !was_inside
    });
    outside.collect()
}

/// What is not known until the plan is applied, by the resource's address.
fn unknown(tree: &Json) -> BTreeMap<&str, &Json> {
    let changes = tree.get("resource_changes").map(Json::items).unwrap_or_default();
    let changes = changes
        .iter()
        .filter_map(|change| Some((change.get("address")?.text()?, change.get("change")?.get("after_unknown")?)));
    changes.collect()
}

/// A definition whose containers are JSON in a string.
fn planned(values: &Node<'_>, address: &str, unknown: Option<&Json>) -> Definition {
    let mut known = definition(values, address);
    known.later.clear();
    let written = values.get("containerDefinitions");
    let tree = written.as_ref().and_then(|written| Json::read(written.json.text()?).ok());
    match (written, tree) {
        (Some(written), Some(tree)) if matches!(tree.value, Value::Array(_)) => {
            known.containers = written.inner(&tree).items().map(|item| container(&item)).collect();
        }
        (written, _) => {
            let site = written.map_or_else(|| values.site(), |written| written.site());
            known.later.push(Later { what: "container_definitions".to_owned(), site: Some(site) });
        }
    }
    if is_true(unknown.and_then(|unknown| unknown.get("network_mode"))) {
        known.later.push(Later { what: "network_mode".to_owned(), site: Some(values.site()) });
    }
    known
}

fn service(values: &Node<'_>, address: &str) -> Service {
    Service {
        site: Some(values.site()),
        within: address.to_owned(),
        name: values.get("name").map(|name| name.word()),
        cluster: values.get("cluster").map(|cluster| cluster.word()),
        definition: values.get("taskDefinition").map(|reference| Word::shown(&reference.word())),
        launch_type: values.get("launchType").map(|kind| kind.word()),
    }
}
