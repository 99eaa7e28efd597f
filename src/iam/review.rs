//! What IAM accepts in a document although it can't do what it seems to: names that don't exist, resources and keys that
//! never match, values that can't be read, sizes over the limits.
//!
//! This looks at the document by itself, without the provider's settings; the codes are those of AWS's policy
//! validation where it has one.

use super::finding::Finding;
use super::statement::Policy;
use crate::document::json::{Json, Span};

mod actions;
mod conditions;
mod resources;

/// Reviews a policy that was read.
pub(super) fn policy(policy: &Policy, findings: &mut Vec<Finding>) {
    for statement in &policy.statements {
        actions::review(statement, findings);
        resources::review(statement, policy.version, findings);
        conditions::review(statement, policy.version, findings);
    }
}

/// Tells characters that IAM has no place for: it takes tabs, line breaks, and U+0020 to U+00FF.
pub(super) fn characters(value: &Json, findings: &mut Vec<Finding>) {
    if let Some(text) = value.text() {
        character(text, &value.span, findings);
    }
    for member in value.members() {
        character(&member.key, &member.key_span, findings);
        characters(&member.value, findings);
    }
    for item in value.items() {
        characters(item, findings);
    }
}

fn character(text: &str, span: &Span, findings: &mut Vec<Finding>) {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\0' | ' '..='\u{ff}');
    if let Some(other) = text.chars().find(|c| !allowed(*c)) {
        let message = format!("IAM has no place for the character {other:?}");
        findings.push(Finding::warning("INVALID_CHARACTER", message, span).hint("it takes U+0020 to U+00FF"));
    }
}

/// The most characters that a managed policy has, spaces outside of strings not counted.
const MANAGED: usize = 6_144;

/// The most that any identity policy has: all inline policies of a role together.
const INLINE: usize = 10_240;

/// The longest text that IAM's API takes for a document, white space included.
const LONGEST: usize = 131_072;

/// Tells a text that is too long to be a policy; nothing else is then looked at.
pub(super) fn too_long(span: &Span) -> Option<Finding> {
    let message = format!("it has {} bytes, and IAM takes no document of more than {LONGEST}", span.len());
    let at = span.start..span.start + 1;
    (span.len() > LONGEST).then(|| Finding::refused("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", message, &at))
}

/// Tells a document over IAM's limits. `text` is that of the document alone.
pub fn size(text: &str, findings: &mut Vec<Finding>) {
    if text.len() > LONGEST {
        return;
    }
    let size = counted(text);
    let at = 0..text.len().min(1);
    if size > INLINE {
        let message = format!("it has {size} characters; the inline policies of a role have {INLINE} together");
        findings.push(Finding::warning("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", message, &at).hint("split it"));
    } else if size > MANAGED {
        let message = format!("it has {size} characters, more than a managed policy's {MANAGED}");
        let hint = "split it, or attach it inline to the role";
        findings.push(Finding::note("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", message, &at).hint(hint));
    }
}

/// Characters as IAM counts them: all but white space outside of strings.
fn counted(text: &str) -> usize {
    let mut within = false;
    let mut escaped = false;
    text.chars()
        .filter(|character| {
            let counts = within || !character.is_ascii_whitespace();
            match character {
                _ if escaped => escaped = false,
                '\\' if within => escaped = true,
                '"' => within = !within,
                _ => {}
            }
            counts
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn spaces_outside_of_strings_do_not_count() {
        assert_eq!(counted("{ \"a b\" : \"c \\\" d\" }\n"), "{\"a b\":\"c \\\" d\"}".len());
    }
}
