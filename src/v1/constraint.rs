//! Constraints of Traefik 1.7: `tag==us-*` and `tag!=test`, against the `traefik.tags` of a container.

use std::fmt;

/// One constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Whether a tag must match, or none may.
    pub must_match: bool,
    /// The pattern: text, in which `*` stands for anything.
    pub pattern: String,
}

/// Why a text is no constraint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConstraintError {
    /// Neither `==` nor `!=`.
    #[error("the constraint `{0}` has neither `==` nor `!=`")]
    NoOperator(String),
    /// Something else than `tag` on the left.
    #[error("a constraint is about tags, as in `tag==us-*`, not `{0}`")]
    NotAboutTags(String),
}

impl Constraint {
    /// Reads one constraint. `==` counts before `!=`, wherever they stand.
    ///
    /// # Errors
    /// When there is no operator, or something else than exactly `tag` before it.
    pub fn parse(text: &str) -> Result<Self, ConstraintError> {
        let operator = if text.contains("==") { "==" } else { "!=" };
        let Some((key, pattern)) = text.split_once(operator) else {
            return Err(ConstraintError::NoOperator(text.to_owned()));
        };
        if key != "tag" {
            return Err(ConstraintError::NotAboutTags(key.to_owned()));
        }
        Ok(Self { must_match: operator == "==", pattern: pattern.to_owned() })
    }

    /// Whether a container with these tags is kept.
    pub fn holds(&self, tags: &[String]) -> bool {
        tags.iter().any(|tag| self.matches(tag)) == self.must_match
    }

    /// Whether a tag matches the pattern; case counts.
    fn matches(&self, tag: &str) -> bool {
        let mut parts = self.pattern.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(last) = parts.next_back() else { return tag == self.pattern };
        let Some(mut rest) = tag.strip_prefix(first) else { return false };
        for part in parts {
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tag{}{}", if self.must_match { "==" } else { "!=" }, self.pattern)
    }
}
