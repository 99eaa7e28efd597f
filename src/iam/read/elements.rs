//! `Action`, `NotAction`, `Resource`, `NotResource`: one of each pair, a string or a list of strings.

use super::super::arn::ArnPattern;
use super::super::finding::Finding;
use super::super::glob::{Glob, Reach, Token};
use super::super::statement::{ActionName, ActionPattern, Elements, Placed};
use super::super::template::{Template, Version, Wildcards};
use crate::document::json::{Json, Span, Value};

/// The names of a pair, and the code of the finding that neither is there.
struct Pair {
    plain: &'static str,
    inverted: &'static str,
    missing: &'static str,
}

const ACTIONS: Pair = Pair { plain: "Action", inverted: "NotAction", missing: "MISSING_ACTION" };
const RESOURCES: Pair = Pair { plain: "Resource", inverted: "NotResource", missing: "MISSING_RESOURCE" };

/// One string of an element.
struct Item<'a> {
    text: &'a str,
    span: &'a Span,
}

pub(super) fn actions(statement: &Json, _: Version, findings: &mut Vec<Finding>) -> Option<Elements<ActionPattern>> {
    let (value, inverted) = one_of(&ACTIONS, statement, findings)?;
    let items = items(&ACTIONS, value, findings)?;
    if items.is_empty() {
        findings.push(Finding::refused("MISSING_ACTION", "the list of actions is empty", &value.span));
        return None;
    }
    let read: Vec<Option<Placed<ActionPattern>>> = items
        .iter()
        .map(|item| Some(Placed { pattern: action(item, findings)?, text: shown(item.text), span: item.span.clone() }))
        .collect();
    let patterns = read.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Elements { inverted, patterns, span: value.span.clone() })
}

pub(super) fn resources(
    statement: &Json,
    version: Version,
    findings: &mut Vec<Finding>,
) -> Option<Elements<ArnPattern>> {
    let (value, inverted) = one_of(&RESOURCES, statement, findings)?;
    let items = items(&RESOURCES, value, findings)?;
    if items.is_empty() {
        findings.push(
            Finding::warning("MISSING_RESOURCE", "the list of resources is empty", &value.span)
                .hint("name a resource, or \"*\"; IAM refuses an empty list, and it matches nothing"),
        );
    }
    let patterns = items
        .iter()
        .map(|item| {
            resource_form(item, findings);
            let pattern = ArnPattern::resource(template(item.text, version));
            Placed { pattern, text: shown(item.text), span: item.span.clone() }
        })
        .collect();
    Some(Elements { inverted, patterns, span: value.span.clone() })
}

fn template(text: &str, version: Version) -> Template {
    if text.contains('\0') {
        Template::computed(text, Wildcards::Match, version)
    } else {
        Template::parse(text, Wildcards::Match, version)
    }
}

/// A text as it is shown: computed parts in braces.
pub(in super::super) fn shown(text: &str) -> String {
    let parts = text.split('\0').enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { format!("{{{part}}}") } else { part.to_owned() }).collect()
}

/// The element of a pair that is there, and whether it is the inverted one.
fn one_of<'a>(pair: &Pair, statement: &'a Json, findings: &mut Vec<Finding>) -> Option<(&'a Json, bool)> {
    match (statement.get(pair.plain), statement.get(pair.inverted)) {
        (Some(value), None) => Some((value, false)),
        (None, Some(value)) => Some((value, true)),
        (Some(value), Some(other)) => {
            let message = format!("{} and {} stand in one statement", pair.plain, pair.inverted);
            findings.push(
                Finding::refused("UNSUPPORTED_ELEMENT_COMBINATION", message, &other.span)
                    .also(&value.span, "the other one")
                    .hint("keep one of them"),
            );
            None
        }
        (None, None) => {
            let message = format!("there is neither {} nor {}", pair.plain, pair.inverted);
            findings.push(Finding::refused(pair.missing, message, &statement.span));
            None
        }
    }
}

/// The strings of an element.
fn items<'a>(pair: &Pair, value: &'a Json, findings: &mut Vec<Finding>) -> Option<Vec<Item<'a>>> {
    let values = match &value.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut read = Vec::with_capacity(values.len());
    for item in values {
        if let Some(text) = item.text() {
            read.push(Item { text, span: &item.span });
        } else {
            let message = format!("{} is a string or a list of strings, not {}", pair.plain, item.kind());
            findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &item.span));
        }
    }
    (read.len() == values.len()).then_some(read)
}

/// Reads an action: `*`, or a service's prefix, one colon, and a name that may have wildcards.
fn action(item: &Item<'_>, findings: &mut Vec<Finding>) -> Option<ActionPattern> {
    if item.text.contains('\0') {
        return Some(ActionPattern::Computed(Template::computed(item.text, Wildcards::Match, Version::Current)));
    }
    if item.text == "*" {
        return Some(ActionPattern::All);
    }
    let refused = |code, message: String| Finding::refused(code, message, item.span);
    let Some((service, name)) = item.text.split_once(':').filter(|(_, name)| !name.contains(':')) else {
        let message = format!("{:?} is no action: it is a service's prefix, one colon, and a name", item.text);
        findings.push(match item.text.split([',', ' ', ';']).filter(|part| !part.is_empty()).nth(1) {
            Some(_) => refused("INVALID_ACTION", message).hint("several actions stand in a list"),
            None => refused("INVALID_ACTION", message).hint("for example ecs:ListTasks"),
        });
        return None;
    };
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    if service != "*" && (service.is_empty() || !service.chars().all(plain)) {
        let message = format!("{service:?} is no service's prefix");
        findings.push(
            refused("INVALID_SERVICE_IN_ACTION", message).hint("wildcards have no place in it; name the service"),
        );
        return None;
    }
    let token = |character| match character {
        '*' => Token::Many(Reach::Anything),
        '?' => Token::One(Reach::Anything),
        other => Token::Exactly(other),
    };
    let name = Glob::new(name.chars().map(token).collect(), true);
    Some(ActionPattern::Of { service: service.to_lowercase(), name: ActionName::new(name) })
}

/// The partitions of AWS.
const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// Tells a resource that is neither `*` nor begins as an ARN does.
fn resource_form(item: &Item<'_>, findings: &mut Vec<Finding>) {
    let text = item.text;
    if text == "*" || text.starts_with('\0') {
        return;
    }
    let Some(rest) = text.strip_prefix("arn:") else {
        let message = format!("{:?} is no resource: it is an ARN or \"*\"", shown(text));
        let finding = Finding::refused("INVALID_ARN_PREFIX", message, item.span);
        findings.push(match text.trim() {
            trimmed if trimmed != text => finding.hint("remove the spaces around it"),
            _ => finding.hint("for example arn:aws:ecs:eu-west-1:123456789012:cluster/web"),
        });
        return;
    };
    let (partition, rest) = rest.split_once(':').map_or((rest, None), |(partition, rest)| (partition, Some(rest)));
    let service = rest.map(|rest| rest.split(':').next().unwrap_or(rest));
    let known = partition == "*" || partition.contains('\0') || PARTITIONS.contains(&partition);
    if !known {
        let message = format!("{:?} is no partition of AWS", shown(partition));
        let finding = Finding::refused("INVALID_ARN_PARTITION", message, item.span);
        findings.push(match crate::nearest::nearest(partition, PARTITIONS) {
            Some(meant) => finding.hint(format!("did you mean {meant}? A lone * stands for every partition")),
            None => finding.hint("it is aws, aws-cn, aws-us-gov, …; a lone * stands for every one"),
        });
    } else if service == Some("") || service.is_none() && partition == "*" {
        let finding = Finding::refused("MISSING_ARN_FIELD", "the ARN names no service", item.span);
        findings.push(finding.hint("for example arn:aws:ecs:eu-west-1:123456789012:cluster/web"));
    }
}
