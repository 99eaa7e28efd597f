//! A CloudFormation template, CDK's output included: task definitions and services among its resources.

use std::collections::BTreeSet;

use super::definition::definition;
use super::node::Node;
use crate::document::cloudformation::repeated;
use crate::document::{Json, Member, Value};
use crate::lint::given::{Definition, Later, Service};

pub(super) fn read(root: &Node<'_>, definitions: &mut Vec<Definition>, services: &mut Vec<Service>) {
    let Some(resources) = root.get("Resources") else { return };
    let is_choice = conditions(&resources).len() > 1;
    for (member, resource) in resources.members() {
        definitions.extend(repeated_definitions(member, &resource));
        let Some(properties) = resource.get("Properties") else { continue };
        match resource.text("Type") {
            Some("AWS::ECS::TaskDefinition") => {
                let mut known = definition(&properties, &member.key);
                if let Some(condition) = resource.get("Condition").filter(|_| is_choice) {
                    let what = format!("Condition {}", condition.word().shown());
                    known.later.push(Later { what, site: Some(condition.site()) });
                }
                definitions.push(known);
            }
            Some("AWS::ECS::Service") => services.push(service(&properties, &member.key)),
            _ => {}
        }
    }
}

/// The conditions of definitions. Of several each may exclude another, so which definitions are there together must not
/// be guessed; a single one decides whether there is anything to judge, not what.
fn conditions<'a>(resources: &Node<'a>) -> BTreeSet<&'a str> {
    let definitions = resources.members().filter(|(_, one)| one.text("Type") == Some("AWS::ECS::TaskDefinition"));
    definitions.filter_map(|(_, one)| one.text("Condition")).collect()
}

/// Definitions that a loop makes: how many, and what of each, is known when the template is deployed.
fn repeated_definitions(member: &Member, looped: &Node<'_>) -> Vec<Definition> {
    let kind = |one: &&Member| one.value.get("Type").and_then(Json::text) == Some("AWS::ECS::TaskDefinition");
    let made = repeated(member).iter().filter(kind).map(|one| Definition {
        site: Some(looped.site()),
        within: one.key.clone(),
        later: vec![Later { what: member.key.clone(), site: Some(looped.site()) }],
        ..Definition::default()
    });
    made.collect()
}

fn service(node: &Node<'_>, within: &str) -> Service {
    Service {
        site: Some(node.site()),
        within: within.to_owned(),
        name: node.get("serviceName").map(|name| name.word()),
        cluster: node.get("cluster").map(|cluster| cluster.word()),
        definition: node.get("taskDefinition").and_then(|reference| referred(reference.json)),
        launch_type: node.get("launchType").map(|kind| kind.word()),
    }
}

/// The resource of the same template that `Ref` or `Fn::GetAtt` names, or a family or ARN in plain text.
fn referred(reference: &Json) -> Option<String> {
    if let Some(text) = reference.text() {
        return Some(text.to_owned());
    }
    let called = reference.get("Ref").or_else(|| reference.get("Fn::GetAtt"))?;
    let name = match &called.value {
        Value::Text(text) => text.split('.').next().unwrap_or(text),
        Value::Array(items) => items.first()?.text()?,
        _ => return None,
    };
    Some(name.to_owned())
}
