//! `Condition`: operators, keys, values.

use super::super::condition::{Condition, ConditionValue};
use super::super::finding::Finding;
use super::super::key::Key;
use super::super::operand::Operand;
use super::super::operator::Operator;
use super::super::template::Version;
use super::elements::shown;
use crate::document::json::{Json, Member, Value};

/// Reads the conditions of a statement; `None` where one can't be evaluated, which is then among the findings.
pub(super) fn conditions(value: &Json, version: Version, findings: &mut Vec<Finding>) -> Option<Vec<Condition>> {
    let Value::Object(operators) = &value.value else {
        mismatch("Condition is an object", value, findings);
        return None;
    };
    let mut read = Vec::new();
    let mut whole = true;
    for member in operators {
        let operator = operator(member, findings);
        let Value::Object(keys) = &member.value.value else {
            mismatch("what belongs to an operator is an object", &member.value, findings);
            whole = false;
            continue;
        };
        for key in keys {
            let values = values(key, operator, version, findings);
            let (Some(operator), Some(values)) = (operator, values) else {
                whole = false;
                continue;
            };
            let span = key.key_span.start..key.value.span.end;
            read.push(Condition { operator, key: condition_key(&key.key), values, span });
        }
        whole &= operator.is_some();
    }
    whole.then_some(read)
}

/// A key; one that only a template's deployment computes stands for itself.
fn condition_key(text: &str) -> Key {
    match text.strip_prefix('\0').and_then(|rest| rest.strip_suffix('\0')) {
        Some(what) => Key::computed(what),
        None => Key::new(text),
    }
}

fn mismatch(wanted: &str, value: &Json, findings: &mut Vec<Finding>) {
    let message = format!("{wanted}, not {}", value.kind());
    findings.push(Finding::refused("DATA_TYPE_MISMATCH", message, &value.span));
}

fn operator(member: &Member, findings: &mut Vec<Finding>) -> Option<Operator> {
    let operator = Operator::parse(&member.key);
    if operator.is_none() {
        let message = format!("there is no condition operator {:?}", member.key);
        let finding = Finding::refused("INVALID_CONDITION_OPERATOR", message, &member.key_span);
        findings.push(match Operator::nearest(&member.key) {
            Some(meant) => finding.hint(format!("did you mean {meant}?")),
            None => finding,
        });
    }
    operator
}

/// The values of a key, as the operator reads them.
fn values(
    key: &Member,
    operator: Option<Operator>,
    version: Version,
    findings: &mut Vec<Finding>,
) -> Option<Vec<ConditionValue>> {
    let items = match &key.value.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(&key.value),
    };
    let mut read = Vec::with_capacity(items.len());
    for item in items {
        let text = match &item.value {
            Value::Text(text) | Value::Number(text) => text.clone(),
            Value::Boolean(value) => value.to_string(),
            _ => {
                mismatch("a value is a string, a number or a Boolean", item, findings);
                continue;
            }
        };
        let operand = operator.map_or(Operand::Unreadable, |operator| Operand::read(&text, operator, version));
        read.push(ConditionValue { operand, text: shown(&text), span: item.span.clone() });
    }
    (read.len() == items.len()).then_some(read)
}
