//! Conditions that can't hold, hold always, or can't be read.

use super::super::condition::Condition;
use super::super::finding::Finding;
use super::super::key::ValueKind;
use super::super::operand::{Operand, boolean, instant, is_arn, number};
use super::super::operator::{Family, SetOperator};
use super::super::statement::{Effect, Statement};
use super::super::template::{Piece, Version, broken_variables};
use crate::model::Action;

pub(super) fn review(statement: &Statement, version: Version, findings: &mut Vec<Finding>) {
    for (index, condition) in statement.conditions.iter().enumerate() {
        key(statement, condition, findings);
        operator(statement, condition, findings);
        values(condition, version, findings);
        let same = |other: &&Condition| {
            other.operator == condition.operator
                && other.key == condition.key
                && other.key.name() != condition.key.name()
        };
        if let Some(first) = statement.conditions[..index].iter().find(same) {
            let message = format!("{} differs from {} in its case only", condition.key, first.key);
            findings.push(
                Finding::warning("DUPLICATE_KEYS_WITH_DIFFERENT_CASE", message, &condition.span)
                    .also(&first.span, "the same key"),
            );
        }
    }
}

fn key(statement: &Statement, condition: &Condition, findings: &mut Vec<Finding>) {
    let key = &condition.key;
    let name = key.name();
    if key.computed_from().is_some() {
        return;
    }
    if !name.contains(':') || name.starts_with(':') || name.ends_with(':') {
        let message = format!("{name:?} is no condition key: it has a prefix, a colon, and a name");
        findings.push(Finding::warning("INVALID_CONDITION_KEY_FORMAT", message, &condition.span));
        return;
    }
    if key.is_known_globally() {
        return;
    }
    if key.folded().starts_with("aws:") {
        let message = format!("there is no global condition key {name}");
        let finding = Finding::warning("INVALID_GLOBAL_CONDITION_KEY", message, &condition.span);
        findings.push(match key.nearest_global() {
            Some(meant) => finding.hint(format!("did you mean {meant}? As it is, it is always absent")),
            None => finding.hint("it is always absent"),
        });
        return;
    }
    let without: Vec<&str> = provider_actions(statement).filter(|action| !key.applies_to(action)).collect();
    if let Some(first) = without.first() {
        let others = if without.len() > 1 { format!(" and {} more", without.len() - 1) } else { String::new() };
        let message = format!("AWS never supplies {name} for {first}{others}");
        let finding = Finding::warning("CONDITION_NEVER_APPLIES", message, &condition.span);
        findings.push(finding.hint(if condition.operator.holds_when_absent() {
            "there the key is always absent, so this always holds"
        } else {
            "there the key is always absent, so this never holds: give such actions a statement of their own"
        }));
    }
}

/// The provider's actions that the statement names one by one, none where it names any with a wildcard of another kind.
fn provider_actions(statement: &Statement) -> impl Iterator<Item = &'static str> {
    let named: &[_] = if statement.actions.inverted { &[] } else { &statement.actions.patterns };
    Action::ALL.into_iter().map(Action::iam).filter(move |action| {
        named.iter().any(|placed| !placed.text.contains(['*', '?']) && placed.pattern.matches(action))
    })
}

fn operator(statement: &Statement, condition: &Condition, findings: &mut Vec<Finding>) {
    let operator = condition.operator;
    let mut warn = |code, message: &str| findings.push(Finding::warning(code, message, &condition.span));
    if operator.family == Family::Presence && operator.set != SetOperator::None {
        warn("INVALID_CONDITION_OPERATOR", "Null asks whether the key is there: it takes no set operator");
    } else if operator.family == Family::Presence && operator.if_exists {
        warn("NULL_WITH_IF_EXISTS", "Null asks whether the key is there: IfExists means nothing with it");
    } else if operator.set == SetOperator::All && statement.effect == Effect::Allow && !is_guarded(statement, condition)
    {
        warn(
            "FORALLVALUES_ON_SINGLE_OR_ABSENT",
            "ForAllValues holds where the key is absent, so this grants to requests without it",
        );
    } else if operator.set == SetOperator::None
        && operator.family != Family::Presence
        && condition.key.has_many_values()
    {
        let message = format!("{} has a list of values, which takes ForAnyValue: or ForAllValues:", condition.key);
        findings.push(Finding::note("MISSING_SET_OPERATOR", message, &condition.span));
    }
}

/// Whether another condition asks that the key be there.
fn is_guarded(statement: &Statement, condition: &Condition) -> bool {
    statement.conditions.iter().any(|other| {
        other.operator.family == Family::Presence
            && other.key == condition.key
            && other.values.iter().all(|value| value.operand == Operand::Boolean(false))
    })
}

fn values(condition: &Condition, version: Version, findings: &mut Vec<Finding>) {
    if condition.values.is_empty() {
        let outcome = if condition.operator.negated { "always holds" } else { "never holds where the key is there" };
        let message = format!("there is no value to compare with, so this {outcome}");
        findings.push(Finding::warning("EMPTY_VALUE_LIST", message, &condition.span));
    }
    for value in &condition.values {
        if value.operand == Operand::Unreadable {
            let message = format!("{:?} is nothing that {} compares", value.text, condition.operator);
            let finding = Finding::warning("INVALID_CONDITION_DATA_TYPE", message, &value.span);
            findings.push(finding.hint("the comparison is false, whatever the request"));
        } else if let Some(kind) =
            condition.key.kind().filter(|kind| !fits(*kind, condition, &value.operand, &value.text))
        {
            let message = format!("{} is {}, which {:?} never is", condition.key, described(kind), value.text);
            findings.push(Finding::warning("INVALID_CONDITION_DATA_TYPE", message, &value.span));
        }
        if version == Version::Current && value.operand.template().is_some() {
            for broken in broken_variables(&value.text) {
                let message = format!("{:?} is no variable, and is taken as plain text", &value.text[broken]);
                findings.push(Finding::warning("INVALID_VARIABLE", message, &value.span));
            }
        }
    }
}

/// Whether values of this kind can be compared so, and with this.
fn fits(kind: ValueKind, condition: &Condition, operand: &Operand, text: &str) -> bool {
    let family = match condition.operator.family {
        Family::Presence => return true,
        Family::Text | Family::TextIgnoringCase | Family::TextLike => return reads_as(kind, operand, text),
        family => family,
    };
    match kind {
        ValueKind::Text => true,
        ValueKind::Arn => family == Family::Arn,
        ValueKind::Number => family == Family::Number,
        ValueKind::Boolean => family == Family::Boolean,
        ValueKind::Address => family == Family::Address,
        ValueKind::Date => {
            family == Family::Date || family == Family::Number && condition.key.folded() == "aws:epochtime"
        }
    }
}

/// Whether a text that is compared as such can be a value of this kind; patterns and variables may be anything.
fn reads_as(kind: ValueKind, operand: &Operand, text: &str) -> bool {
    let plain =
        operand.template().is_none_or(|template| template.pieces().iter().all(|piece| matches!(piece, Piece::Text(_))));
    if !plain {
        return true;
    }
    match kind {
        ValueKind::Text => true,
        ValueKind::Arn => is_arn(text),
        ValueKind::Number => number(text).is_some(),
        ValueKind::Date => instant(text).is_some(),
        ValueKind::Boolean => boolean(text).is_some(),
        ValueKind::Address => super::super::operand::Network::read(text).is_some(),
    }
}

fn described(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "a text",
        ValueKind::Arn => "an ARN",
        ValueKind::Number => "a number",
        ValueKind::Date => "a date",
        ValueKind::Boolean => "true or false",
        ValueKind::Address => "an address",
    }
}
