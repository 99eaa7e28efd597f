//! From a text to a policy: strictly, with everything that IAM would refuse told at its place.
//!
//! A document of the right shape is given even where IAM refuses it for something else, such as a Sid with spaces: what
//! it would do can still be shown. Whether it may be evaluated at all is [`Reading::accepted`].

use super::finding::{Finding, Severity};
use super::review;
use super::statement::{Policy, Statement};
use super::template::Version;
use crate::document::json::{Json, Member, Span, Value};

mod conditions;
mod elements;
mod statements;

pub(super) use elements::shown;

/// A document that was read, with what there is to say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The policy, where the document has the shape of one.
    pub policy: Option<Policy>,
    /// Everything found, in the order of the text.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Whether IAM refuses the document.
    pub fn is_refused(&self) -> bool {
        self.policy.is_none() || self.findings.iter().any(|finding| finding.severity == Severity::Refused)
    }

    /// The policy, unless the document is refused.
    pub fn accepted(&self) -> Option<&Policy> {
        if self.is_refused() { None } else { self.policy.as_ref() }
    }
}

/// Reads the text of a policy document.
pub fn read(text: &str) -> Reading {
    if let Some(finding) = review::too_long(&(0..text.len())) {
        return Reading { policy: None, findings: vec![finding] };
    }
    match Json::read(text) {
        Ok(document) => read_tree(&document),
        Err(error) => {
            let end = text[error.at..].chars().next().map_or(error.at, |next| error.at + next.len_utf8());
            let finding = Finding::refused("JSON_SYNTAX_ERROR", format!("this is not JSON: {error}"), &(error.at..end));
            Reading { policy: None, findings: vec![finding] }
        }
    }
}

/// Reads a policy document that stands in a larger text, or that has computed parts.
pub fn read_tree(document: &Json) -> Reading {
    if let Some(finding) = review::too_long(&document.span) {
        return Reading { policy: None, findings: vec![finding] };
    }
    let mut findings = Vec::new();
    duplicates(document, &mut findings);
    review::characters(document, &mut findings);
    let policy = document_of(document, &mut findings);
    if let Some(policy) = &policy {
        review::policy(policy, &mut findings);
    }
    findings.sort_by(|a, b| (a.span.start, a.code).cmp(&(b.span.start, b.code)));
    findings.dedup();
    Reading { policy, findings }
}

/// Tells every key that stands twice in one object: of two equal keys an ordinary parser silently keeps the last.
fn duplicates(value: &Json, findings: &mut Vec<Finding>) {
    let members = value.members();
    for (index, member) in members.iter().enumerate() {
        if let Some(first) = members[..index].iter().find(|earlier| earlier.key == member.key) {
            let message = format!("the key {:?} stands twice in one object", member.key);
            findings.push(
                Finding::refused("DUPLICATE_KEYS", message, &member.key_span)
                    .also(&first.key_span, "it stands here first")
                    .hint("keep one of them: most readers take the last, and say nothing"),
            );
        }
        duplicates(&member.value, findings);
    }
    for item in value.items() {
        duplicates(item, findings);
    }
}

const ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];

fn document_of(document: &Json, findings: &mut Vec<Finding>) -> Option<Policy> {
    let Value::Object(members) = &document.value else {
        let message = format!("a policy is an object, not {}", document.kind());
        findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &document.span));
        return None;
    };
    let known = unknown_elements(members, &ELEMENTS, "a policy", findings);
    let version = version(document, findings);
    if let Some(id) = document.get("Id").filter(|id| id.text().is_none()) {
        let message = format!("Id is a string, not {}", id.kind());
        findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &id.span));
    }
    let Some(statements) = document.get("Statement") else {
        findings.push(Finding::refused("MISSING_STATEMENT", "there is no Statement", &document.span));
        return None;
    };
    let read = read_statements(statements, version?, findings)?;
    known.then(|| Policy {
        version: version.unwrap_or(Version::Old),
        statements: read,
        span: document.span.clone(),
        statements_span: statements.span.clone(),
    })
}

/// Tells members that have no place here; gives whether there are none.
fn unknown_elements(members: &[Member], known: &[&str], of: &str, findings: &mut Vec<Finding>) -> bool {
    let mut all_known = true;
    for member in members.iter().filter(|member| !known.contains(&member.key.as_str())) {
        all_known = false;
        let message = format!("{of} has no element {:?}", member.key);
        let finding = Finding::refused("INVALID_POLICY_ELEMENT", message, &member.key_span);
        findings.push(match crate::nearest::nearest(&member.key, known.iter().copied()) {
            Some(meant) => finding.hint(format!("did you mean {meant}? Names of elements keep their case")),
            None => finding.hint(format!("it has {}", known.join(", "))),
        });
    }
    all_known
}

fn version(document: &Json, findings: &mut Vec<Finding>) -> Option<Version> {
    let Some(version) = document.get("Version") else {
        let at = document.span.start..document.span.start + 1;
        findings.push(
            Finding::warning("MISSING_VERSION", "there is no Version, which means 2008-10-17", &at)
                .hint("add \"Version\": \"2012-10-17\"; before it, ${…} is plain text"),
        );
        return Some(Version::Old);
    };
    match version.text() {
        Some("2012-10-17") => Some(Version::Current),
        Some("2008-10-17") => {
            findings.push(
                Finding::warning("OLD_VERSION", "in this version ${…} is plain text", &version.span)
                    .hint("write 2012-10-17"),
            );
            Some(Version::Old)
        }
        _ => {
            findings.push(
                Finding::refused("INVALID_VERSION", "no version of the policy language is called this", &version.span)
                    .hint("write \"2012-10-17\": it names the language, not the day the policy was written"),
            );
            None
        }
    }
}

fn read_statements(value: &Json, version: Version, findings: &mut Vec<Finding>) -> Option<Vec<Statement>> {
    let items = match &value.value {
        Value::Object(_) => std::slice::from_ref(value),
        Value::Array(items) => {
            if items.is_empty() {
                findings.push(Finding::warning(
                    "EMPTY_STATEMENT_LIST",
                    "without statements it grants nothing",
                    &value.span,
                ));
            }
            items
        }
        _ => {
            let message = format!("Statement is an object or a list of objects, not {}", value.kind());
            findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &value.span));
            return None;
        }
    };
    let mut index = 0;
    let mut read: Vec<Option<Statement>> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        // A template's statement is here once for every way that its conditions may turn out.
        index += usize::from(at > 0 && item.span != items[at - 1].span);
        read.push(statements::statement(index, item, version, findings));
    }
    let read: Option<Vec<Statement>> = read.into_iter().collect();
    same_sids(items, findings);
    read
}

/// Sids are unique within a document, with regard to case.
fn same_sids(items: &[Json], findings: &mut Vec<Finding>) {
    let sids: Vec<(&str, &Span)> =
        items.iter().filter_map(|item| item.get("Sid")).filter_map(|sid| Some((sid.text()?, &sid.span))).collect();
    for (index, (sid, span)) in sids.iter().enumerate() {
        let first = sids[..index].iter().find(|(earlier, at)| earlier == sid && !sid.is_empty() && at != span);
        if let Some((_, first)) = first {
            let message = format!("the Sid {sid:?} stands twice in this document");
            findings.push(
                Finding::refused("UNIQUE_SIDS_REQUIRED", message, span)
                    .also(first, "it stands here first")
                    .hint("change one of them, or leave it out"),
            );
        }
    }
}
