//! A Terraform plan in JSON (`terraform show -json`): policies stand in it as strings of JSON.

use std::sync::Arc;

use super::{DocumentRole, Documents, NoDocument, document_at};
use crate::document::json::{Json, Value, computed};

const WHAT: &str = "this Terraform plan";

/// Resources that carry an identity policy, with the attribute it stands in.
const TYPES: [(&str, &str); 4] = [
    ("aws_iam_policy", "policy"),
    ("aws_iam_role_policy", "policy"),
    ("aws_iam_user_policy", "policy"),
    ("aws_iam_group_policy", "policy"),
];

pub(super) fn find(tree: &Json, whole: &Arc<str>, name: Option<&str>) -> Result<Documents, NoDocument> {
    let mut resources = Vec::new();
    if let Some(root) = tree.get("planned_values").and_then(|values| values.get("root_module")) {
        module(root, &mut resources);
    }
    let mut found = Documents::default();
    for (address, kind, values) in resources {
        add(&address, kind, values, whole, &mut found);
    }
    for change in tree.get("resource_changes").map(Json::items).unwrap_or_default() {
        add_unknown(change, whole, &mut found);
    }
    let known: Vec<String> = found.documents.iter().map(|document| document.within.clone()).collect();
    if let Some(name) = name {
        let named = |within: &str| within == name || within.ends_with(&format!(".{name}"));
        found.documents.retain(|document| named(&document.within));
        if found.documents.is_empty() {
            return Err(NoDocument::NotNamed { what: WHAT, asked: name.to_owned(), known });
        }
    } else if found.documents.len() > 1 {
        found.notes.push(format!(
            "the plan has {} policies, taken together; FILE#ADDRESS picks one: {}",
            known.len(),
            known.join(", ")
        ));
    }
    if found.documents.is_empty() { Err(NoDocument::None(WHAT)) } else { Ok(found) }
}

/// The resources of a module and of those within it.
fn module<'a>(module_of: &'a Json, resources: &mut Vec<(String, &'a str, &'a Json)>) {
    for resource in module_of.get("resources").map(Json::items).unwrap_or_default() {
        let text = |key: &str| resource.get(key).and_then(Json::text);
        if let (Some(address), Some(kind), Some(values)) = (text("address"), text("type"), resource.get("values")) {
            resources.push((address.to_owned(), kind, values));
        }
    }
    for child in module_of.get("child_modules").map(Json::items).unwrap_or_default() {
        module(child, resources);
    }
}

fn add(address: &str, kind: &str, values: &Json, whole: &Arc<str>, found: &mut Documents) {
    let text = |attribute: &str| values.get(attribute).and_then(Json::text).filter(|text| text.contains(":policy/"));
    if let Some(arn) = text("policy_arn").filter(|_| kind == "aws_iam_role_policy_attachment") {
        found.notes.push(format!("{address} attaches {arn}: what it grants is not in the plan"));
    }
    if let Some(arn) = text("permissions_boundary").filter(|_| kind == "aws_iam_role") {
        found.notes.push(format!("{address} has the boundary {arn}, which is not in the plan: --boundary gives it"));
    }
    let attribute = TYPES.iter().find(|(known, _)| *known == kind).and_then(|(_, attribute)| values.get(attribute));
    if let Some(policy) = attribute.filter(|policy| policy.text().is_some()) {
        found.documents.push(document_at(address, policy, whole, DocumentRole::Attached));
    }
    if kind == "aws_iam_role" {
        for inline in values.get("inline_policy").map(Json::items).unwrap_or_default() {
            if let Some(policy) = inline.get("policy").filter(|policy| policy.text().is_some()) {
                found.documents.push(document_at(address, policy, whole, DocumentRole::Attached));
            }
        }
    }
}

/// Adds a policy that is known only after the plan was applied.
fn add_unknown(change: &Json, whole: &Arc<str>, found: &mut Documents) {
    let kind = change.get("type").and_then(Json::text);
    let Some((_, attribute)) = TYPES.iter().find(|(known, _)| Some(*known) == kind) else { return };
    let unknown = change.get("change").and_then(|change| change.get("after_unknown")?.get(attribute));
    let Some(unknown) = unknown.filter(|unknown| unknown.value == Value::Boolean(true)) else { return };
    let address = change.get("address").and_then(Json::text).unwrap_or("a resource");
    let later = Json { span: unknown.span.clone(), value: Value::Text(computed("values known after apply")) };
    found.documents.push(document_at(address, &later, whole, DocumentRole::Attached));
}
