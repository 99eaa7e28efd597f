//! One statement: which elements it has, and that they go together.

use super::super::finding::Finding;
use super::super::statement::{Effect, Statement};
use super::super::template::Version;
use super::{conditions, elements, unknown_elements};
use crate::document::json::{Json, Member, Value};

const ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal", "NotPrincipal"];

/// Reads a statement; `None` where it can't be evaluated, which is then among the findings.
pub(super) fn statement(
    index: usize,
    value: &Json,
    version: Version,
    findings: &mut Vec<Finding>,
) -> Option<Statement> {
    let Value::Object(members) = &value.value else {
        let message = format!("a statement is an object, not {}", value.kind());
        findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &value.span));
        return None;
    };
    let known = unknown_elements(members, &ELEMENTS, "a statement", findings);
    let own = principals(members, findings);
    let sid = sid(value, findings);
    let effect = effect(value, findings);
    let actions = elements::actions(value, version, findings);
    let resources = elements::resources(value, version, findings);
    let conditions = match value.get("Condition") {
        None => Some(Vec::new()),
        Some(conditions) => conditions::conditions(conditions, version, findings),
    };
    let read = Statement {
        index,
        sid,
        effect: effect?,
        actions: actions?,
        resources: resources?,
        conditions: conditions?,
        span: value.span.clone(),
    };
    (known && own).then_some(read)
}

/// Tells principals, which only policies of resources and roles' trust policies have; gives whether there are none.
fn principals(members: &[Member], findings: &mut Vec<Finding>) -> bool {
    let mut none = true;
    for member in members.iter().filter(|member| matches!(member.key.as_str(), "Principal" | "NotPrincipal")) {
        none = false;
        let message = format!("{} has no place in an identity policy", member.key);
        findings.push(
            Finding::refused("UNSUPPORTED_PRINCIPAL", message, &member.key_span)
                .hint("this is a trust or resource policy; give the policy that is attached to Traefik's task role"),
        );
    }
    none
}

/// The Sid, where there is one. One that is no string is told, and is none; one of wrong characters is told, and kept.
fn sid(statement: &Json, findings: &mut Vec<Finding>) -> Option<String> {
    let sid = statement.get("Sid")?;
    let Some(text) = sid.text() else {
        let message = format!("Sid is a string, not {}", sid.kind());
        findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &sid.span));
        return None;
    };
    if text.is_empty() {
        findings.push(
            Finding::warning("UNSUPPORTED_SID", "an empty Sid is refused by some", &sid.span).hint("leave it out"),
        );
    } else if !text.contains('\0') && !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        let finding = Finding::refused("UNSUPPORTED_SID", "a Sid is made of letters and digits alone", &sid.span);
        findings.push(if plain.is_empty() {
            finding.hint("leave it out")
        } else {
            finding.hint(format!("write {plain:?}")).mended_by(format!("{plain:?}"))
        });
    }
    Some(text.to_owned())
}

fn effect(statement: &Json, findings: &mut Vec<Finding>) -> Option<Effect> {
    let Some(effect) = statement.get("Effect") else {
        findings.push(
            Finding::refused("MISSING_EFFECT", "there is no Effect", &statement.span).hint("it is Allow or Deny"),
        );
        return None;
    };
    match effect.text() {
        Some("Allow") => Some(Effect::Allow),
        Some("Deny") => Some(Effect::Deny),
        Some(text) => {
            let finding = Finding::refused("INVALID_EFFECT", format!("{text:?} is no effect"), &effect.span);
            let meant = ["Allow", "Deny"].into_iter().find(|known| known.eq_ignore_ascii_case(text));
            findings.push(match meant {
                Some(meant) => {
                    finding.hint(format!("write {meant}: effects keep their case")).mended_by(format!("{meant:?}"))
                }
                None => finding.hint("it is Allow or Deny"),
            });
            None
        }
        None => {
            let message = format!("Effect is a string, not {}", effect.kind());
            findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &effect.span));
            None
        }
    }
}
