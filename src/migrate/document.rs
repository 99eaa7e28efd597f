//! Where labels stand in documents: task definitions as registered or described, snapshots, CloudFormation templates,
//! Terraform plans.

use crate::document::{Json, Span, Value};
use crate::v1::labels::Labels;

/// Labels that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The family of the task definition, or the name of its resource.
    pub family: String,
    /// The container's name.
    pub container: String,
    /// Its labels.
    pub labels: Labels,
    /// Labels that aren't plain text, such as a template's `Ref`: they can't be read here.
    pub unread: Vec<String>,
    /// Where the object of labels stands; nothing where it stands inside of a string.
    pub span: Option<Span>,
}

/// Every container with labels in a document, in the order of the text.
pub fn find(document: &Json) -> Vec<Found> {
    let mut found = Vec::new();
    search(document, "", &mut found, 0);
    found
}

/// How deep a document is searched; plans and templates stay far above.
const DEEPEST: usize = 64;

fn search(value: &Json, name: &str, found: &mut Vec<Found>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let family = member(value, &["family", "Family"]).and_then(Json::text).unwrap_or(name);
    for key in ["containerDefinitions", "ContainerDefinitions"] {
        for container in value.get(key).map(Json::items).unwrap_or_default() {
            found.extend(of_container(container, family, true));
        }
    }
    if let Some(text) = value.get("container_definitions").and_then(Json::text) {
        let inner = Json::read(text).ok();
        let containers = inner.as_ref().map(Json::items).unwrap_or_default();
        found.extend(containers.iter().filter_map(|container| of_container(container, family, false)));
    }
    match &value.value {
        Value::Object(members) => {
            for each in members.iter().filter(|each| !each.key.eq_ignore_ascii_case("containerDefinitions")) {
                // Names of structure say nothing; those of resources do.
                let name =
                    if each.key.eq_ignore_ascii_case("properties") || each.key == "values" { name } else { &each.key };
                search(&each.value, name, found, depth + 1);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| search(item, name, found, depth + 1)),
        _ => {}
    }
}

fn of_container(container: &Json, family: &str, in_place: bool) -> Option<Found> {
    let labels = member(container, &["dockerLabels", "DockerLabels"])?;
    let mut found = Found {
        family: family.to_owned(),
        container: member(container, &["name", "Name"]).and_then(Json::text).unwrap_or_default().to_owned(),
        labels: Labels::new(),
        unread: Vec::new(),
        span: in_place.then(|| labels.span.clone()),
    };
    for each in labels.members() {
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
    Some(found)
}

fn member<'j>(value: &'j Json, names: &[&str]) -> Option<&'j Json> {
    names.iter().find_map(|name| value.get(name))
}

/// A text with the labels of containers in the place of those it has. Both JSON and YAML take what is written.
pub fn rewrite(text: &str, changes: &[(Span, Labels)]) -> String {
    let mut sorted: Vec<_> = changes.iter().collect();
    sorted.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut rewritten = text.to_owned();
    for (span, labels) in sorted {
        rewritten.replace_range(span.clone(), &written(text, span, labels));
    }
    rewritten
}

/// Labels as an object, indented as its surroundings are.
fn written(text: &str, span: &Span, labels: &Labels) -> String {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent: String = text[line..].chars().take_while(|character| *character == ' ').collect();
    // In a block of YAML the object begins where the first key did, so what closes it stands as deep.
    let inner = format!("{indent}  ");
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let entries: Vec<String> =
        labels.iter().map(|(label, value)| format!("{inner}{}: {}", quoted(label), quoted(value))).collect();
    let end = if text[span.clone()].ends_with('\n') { "\n" } else { "" };
    format!("{{\n{}\n{indent}}}{end}", entries.join(",\n"))
}
