//! The calls of a rule as they are written, whatever they are called.

use crate::golang::expression::{Arity, Call, Condition, ExpressionError};

/// The calls of a rule.
///
/// # Errors
/// Where the text is no expression.
pub fn calls(rule: &str) -> Result<Condition<Call>, ExpressionError> {
    Condition::parse(rule, &|_| Some(Arity::Any))
}

/// The arguments of a call as text.
pub fn arguments(call: &Call) -> Vec<String> {
    call.arguments.iter().map(|argument| String::from_utf8_lossy(&argument.value).into_owned()).collect()
}
