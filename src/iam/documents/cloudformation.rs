//! A CloudFormation template: policies as properties of resources, with intrinsic functions.

use std::sync::Arc;

use super::{DocumentRole, Documents, NoDocument, Pseudo, document_at};
use crate::document::cloudformation::{call, substituted};
use crate::document::json::{Json, Member, Value, computed};

mod conditional;

const WHAT: &str = "this CloudFormation template";

/// Resources that carry an identity policy.
const TYPES: [&str; 5] = [
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
];

pub(super) fn find(
    tree: &Json,
    whole: &Arc<str>,
    name: Option<&str>,
    pseudo: &Pseudo,
) -> Result<Documents, NoDocument> {
    let mut found = Documents::default();
    for resource in tree.get("Resources").map(Json::members).unwrap_or_default() {
        let kind = resource.value.get("Type").and_then(Json::text).unwrap_or("");
        let Some(properties) = resource.value.get("Properties") else { continue };
        if TYPES.contains(&kind) {
            add(&resource.key, properties, whole, pseudo, &mut found);
        }
        if kind == "AWS::IAM::Role" {
            for policy in properties.get("Policies").map(Json::items).unwrap_or_default() {
                add(&resource.key, policy, whole, pseudo, &mut found);
            }
            note_others(&resource.key, properties, &mut found);
        }
    }
    let known: Vec<String> = found.documents.iter().map(|document| document.within.clone()).collect();
    if let Some(name) = name {
        found.documents.retain(|document| document.within == name);
        if found.documents.is_empty() {
            return Err(NoDocument::NotNamed { what: WHAT, asked: name.to_owned(), known });
        }
    } else if known.len() > 1 {
        let listed = known.join(", ");
        found
            .notes
            .push(format!("the template has {} policies, taken together; FILE#NAME picks one: {listed}", known.len()));
    }
    if found.documents.is_empty() { Err(NoDocument::None(WHAT)) } else { Ok(found) }
}

fn add(name: &str, properties: &Json, whole: &Arc<str>, pseudo: &Pseudo, found: &mut Documents) {
    if let Some(document) = properties.get("PolicyDocument") {
        let document = resolved(&without_choices(document), pseudo);
        found.documents.push(document_at(name, &document, whole, DocumentRole::Attached));
    }
}

/// Tells of a role's policies that stand elsewhere.
fn note_others(name: &str, properties: &Json, found: &mut Documents) {
    let attached = properties.get("ManagedPolicyArns").map(Json::items).unwrap_or_default();
    for arn in attached.iter().filter_map(Json::text) {
        found.notes.push(format!("{name} has {arn}, which is not in the template: what it grants is not known"));
    }
    if let Some(arn) = properties.get("PermissionsBoundary").and_then(Json::text) {
        found.notes.push(format!("{name} has the boundary {arn}, which is not in the template: --boundary gives it"));
    }
}

/// The document with each statement once for every way that the template's conditions may turn out.
fn without_choices(document: &Json) -> Json {
    let Value::Object(members) = &document.value else { return document.clone() };
    let plain = |member: &Member| match member.key.as_str() {
        "Statement" => {
            let statements = conditional::statements(&member.value);
            let value = match statements.as_slice() {
                [one] if matches!(member.value.value, Value::Object(_)) => one.clone(),
                _ => Json { span: member.value.span.clone(), value: Value::Array(statements) },
            };
            Member { value, ..member.clone() }
        }
        _ => member.clone(),
    };
    Json { span: document.span.clone(), value: Value::Object(members.iter().map(plain).collect()) }
}

/// The value with its intrinsic functions in the form of texts; what they come to is computed later, unless it is
/// known.
fn resolved(value: &Json, pseudo: &Pseudo) -> Json {
    let inner = match &value.value {
        Value::Object(members) => match call(value) {
            Some(only) => Value::Text(function(only, pseudo)),
            None => Value::Object(
                members
                    .iter()
                    .map(|member| Member { value: resolved(&member.value, pseudo), ..member.clone() })
                    .collect(),
            ),
        },
        Value::Array(items) => Value::Array(items.iter().map(|item| resolved(item, pseudo)).collect()),
        other => other.clone(),
    };
    Json { span: value.span.clone(), value: inner }
}

fn function(call: &Member, pseudo: &Pseudo) -> String {
    let argument = &call.value;
    match (call.key.as_str(), &argument.value) {
        ("Ref", Value::Text(name)) => named(name, pseudo),
        ("Fn::Sub", Value::Text(text)) => sub(text, &[], pseudo),
        ("Fn::Sub", Value::Array(parts)) => match parts.as_slice() {
            [text, values] => sub(text.text().unwrap_or_default(), values.members(), pseudo),
            _ => computed("Fn::Sub"),
        },
        ("Fn::GetAtt", Value::Text(path)) => computed(path),
        ("Fn::GetAtt", Value::Array(path)) => {
            computed(&path.iter().filter_map(Json::text).collect::<Vec<_>>().join("."))
        }
        ("Fn::Join", Value::Array(parts)) => match parts.as_slice() {
            [separator, list] if !list.items().is_empty() => {
                let texts = list.items().iter().map(|item| text_of(item, pseudo)).collect::<Vec<_>>();
                texts.join(separator.text().unwrap_or_default())
            }
            _ => computed("Fn::Join"),
        },
        (name, _) => computed(name),
    }
}

fn text_of(value: &Json, pseudo: &Pseudo) -> String {
    let value = resolved(value, pseudo);
    value.text().map_or_else(|| computed(value.kind()), str::to_owned)
}

/// What a name refers to, as far as it is known.
fn named(name: &str, pseudo: &Pseudo) -> String {
    pseudo.get(name).cloned().unwrap_or_else(|| computed(name))
}

/// The text of `Fn::Sub`, with the values that it names itself.
fn sub(text: &str, values: &[Member], pseudo: &Pseudo) -> String {
    substituted(text, |name| match values.iter().find(|member| member.key == name) {
        Some(member) => text_of(&member.value, pseudo),
        None => named(name.trim(), pseudo),
    })
}
