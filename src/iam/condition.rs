//! One condition of a statement, and whether it holds for a request.

use super::key::Key;
use super::operand::Operand;
use super::operator::{Family, Operator, SetOperator};
use super::request::Context;
use super::template::Template;
use crate::document::json::Span;

/// An operator with a key and the values it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// How it compares.
    pub operator: Operator,
    /// What it compares.
    pub key: Key,
    /// With which values; one that fits is enough, or for a negated operator none may.
    pub values: Vec<ConditionValue>,
    /// From the key to the end of the values.
    pub span: Span,
}

/// A value of a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionValue {
    pub(super) operand: Operand,
    /// As it is written, without quotes.
    pub text: String,
    /// Where.
    pub span: Span,
}

impl Condition {
    /// Whether it holds for a request with this context. Keys that AWS never supplies must not be in the context.
    pub(super) fn holds(&self, context: &Context) -> bool {
        let values = context.values(&self.key);
        if self.operator.family == Family::Presence {
            let absent = values.is_none();
            return self.values.iter().any(|value| value.operand == Operand::Boolean(absent));
        }
        let Some(values) = values else { return self.operator.holds_when_absent() };
        match self.operator.set {
            SetOperator::All => values.iter().all(|value| self.accepts(value, context)),
            SetOperator::Any => values.iter().any(|value| self.accepts(value, context)),
            SetOperator::None => match values {
                [value] if !self.key.has_many_values() => self.accepts(value, context),
                // A list needs a set operator; without one nothing matches, a negated operator included.
                _ => false,
            },
        }
    }

    /// Whether one value satisfies it: some comparison is true, or for a negated operator every one is false.
    fn accepts(&self, value: &str, context: &Context) -> bool {
        let mut compared = self.values.iter().map(|wanted| wanted.operand.compare(value, self.operator, context));
        if self.operator.negated {
            compared.all(|outcome| outcome == Some(false))
        } else {
            compared.any(|outcome| outcome == Some(true))
        }
    }

    /// The keys that stand as variables in its values.
    pub(super) fn variables(&self) -> impl Iterator<Item = &Key> {
        self.values.iter().filter_map(|value| value.operand.template()).flat_map(Template::keys)
    }

    /// The condition in words.
    pub fn sentence(&self) -> String {
        let values: Vec<&str> = self.values.iter().map(|value| value.text.as_str()).collect();
        let always = self.key.is_always_there();
        self.operator.sentence(&self.key.to_string(), &values, always)
    }
}
