//! A CloudFormation template, CDK's output included: task definitions and services among its resources.

use super::definition::definition;
use super::node::Node;
use crate::document::{Json, Value};
use crate::lint::given::{Definition, Service};

pub(super) fn read(root: &Node<'_>, definitions: &mut Vec<Definition>, services: &mut Vec<Service>) {
    let Some(resources) = root.get("Resources") else { return };
    for (member, resource) in resources.members() {
        let Some(properties) = resource.get("Properties") else { continue };
        match resource.text("Type") {
            Some("AWS::ECS::TaskDefinition") => definitions.push(definition(&properties, &member.key)),
            Some("AWS::ECS::Service") => services.push(service(&properties, &member.key)),
            _ => {}
        }
    }
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
