//! What a key of a request may be, as far as a policy can tell: a finite list that stands for everything.
//!
//! Absent; each value that the policy names; one that no pattern matches; for numbers, dates and addresses each bound
//! and its neighbours; for texts a witness of every combination of patterns.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::condition::Condition;
use super::glob::{Glob, Reach, Token};
use super::key::{Key, ValueKind};
use super::operand::{Operand, is_arn};
use super::operator::{Family, SetOperator};
use super::request::Context;
use super::witness::{Domain, witnesses};

/// The most lists of a key with many values that are tried.
const MOST_LISTS: usize = 512;

/// What one key may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choices {
    /// Absent, or its values.
    pub(super) values: Vec<Option<Vec<String>>>,
    /// Whether they stand for everything.
    pub(super) complete: bool,
}

/// What is said of one key: the conditions on it, and further texts and patterns that matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'a> {
    /// The conditions that compare it.
    pub(super) conditions: Vec<&'a Condition>,
    /// Patterns with their variables filled in.
    pub(super) patterns: Vec<Glob>,
    /// Texts that matter since they stand in for a variable.
    pub(super) texts: BTreeSet<String>,
    /// The only texts that it may be.
    pub(super) domain: Option<Glob>,
    /// Whether it may be absent.
    pub(super) may_be_absent: bool,
}

/// Lists what a key may be.
pub(super) fn choices(key: &Key, said: &Said<'_>, known: &Context) -> Choices {
    let (singles, complete) = singles(key, said, known);
    let mut values: Vec<Option<Vec<String>>> = Vec::new();
    if said.may_be_absent {
        values.push(None);
    }
    if !key.has_many_values() {
        values.extend(singles.into_iter().map(|value| Some(vec![value])));
        return Choices { values, complete };
    }
    let (lists, all) = lists(&singles, &said.conditions);
    values.extend(lists.into_iter().map(Some));
    Choices { values, complete: complete && all }
}

/// The values that a key may have one by one.
fn singles(key: &Key, said: &Said<'_>, known: &Context) -> (Vec<String>, bool) {
    let kind = key.kind().unwrap_or_else(|| kind_by_operators(&said.conditions));
    let operands = || said.conditions.iter().flat_map(|condition| condition.values.iter().map(|value| &value.operand));
    let plain = || said.texts.iter().cloned().chain(plain_texts(&said.conditions));
    let (typed, complete): (Vec<String>, bool) = match kind {
        ValueKind::Text | ValueKind::Arn => texts(key, said, kind, known),
        ValueKind::Boolean => (vec!["true".to_owned(), "false".to_owned()], true),
        ValueKind::Number => (numbers(operands(), plain()), true),
        ValueKind::Date => (dates(key, operands(), plain()), true),
        ValueKind::Address => (addresses(operands(), plain()), true),
    };
    let distinct: BTreeSet<String> = typed.into_iter().collect();
    (distinct.into_iter().collect(), complete)
}

/// What a key's values are, by what it is compared as: texts where it is compared as several things.
fn kind_by_operators(conditions: &[&Condition]) -> ValueKind {
    let kinds: BTreeSet<ValueKind> = conditions
        .iter()
        .filter_map(|condition| match condition.operator.family {
            Family::Presence => None,
            Family::Number => Some(ValueKind::Number),
            Family::Date => Some(ValueKind::Date),
            Family::Boolean => Some(ValueKind::Boolean),
            Family::Address => Some(ValueKind::Address),
            Family::Arn => Some(ValueKind::Arn),
            Family::Text | Family::TextIgnoringCase | Family::TextLike | Family::Binary => Some(ValueKind::Text),
        })
        .collect();
    match kinds.len() {
        1 => kinds.into_iter().next().unwrap_or(ValueKind::Text),
        _ => ValueKind::Text,
    }
}

/// The texts that string conditions compare with, as far as they are plain.
fn plain_texts(conditions: &[&Condition]) -> Vec<String> {
    let values = conditions.iter().flat_map(|condition| condition.values.iter());
    values.filter(|value| value.operand.template().is_some()).map(|value| value.text.clone()).collect()
}

fn texts(key: &Key, said: &Said<'_>, kind: ValueKind, known: &Context) -> (Vec<String>, bool) {
    let mut patterns = said.patterns.clone();
    patterns.extend(said.texts.iter().map(|text| Glob::exactly(text)));
    for condition in &said.conditions {
        patterns.extend(condition.values.iter().filter_map(|value| pattern(condition, &value.operand, known)));
    }
    let other = said.conditions.iter().flat_map(|condition| condition.values.iter());
    let other = other.filter(|value| value.operand.template().is_none() && value.operand != Operand::Unreadable);
    patterns.extend(other.map(|value| Glob::exactly(&value.text)));
    let arn = any_arn();
    if kind == ValueKind::Text && said.conditions.iter().any(|condition| condition.operator.family == Family::Arn) {
        patterns.push(arn.clone());
    }
    let not_empty = Glob::new(vec![Token::One(Reach::Anything), Token::Many(Reach::Anything)], false);
    let domain = match (&said.domain, kind) {
        (Some(domain), _) => Domain::Matching(domain),
        (None, ValueKind::Arn) => Domain::Matching(&arn),
        (None, _) if key.may_be_empty() => Domain::Anything,
        (None, _) => Domain::Matching(&not_empty),
    };
    let found = witnesses(&patterns, domain);
    let fits = |text: &String| said.domain.is_some() || kind != ValueKind::Arn || is_arn(text);
    (found.texts.into_iter().filter(fits).collect(), found.complete)
}

/// A condition's value as a pattern, where it needs no variable that is unknown.
pub(super) fn pattern(condition: &Condition, operand: &Operand, context: &Context) -> Option<Glob> {
    match operand {
        Operand::Text(template) => template.expand(context, condition.operator.family == Family::TextIgnoringCase),
        Operand::Arn(pattern) => pattern.glob(context),
        _ => None,
    }
}

/// Every ARN: six fields, none of the first three empty.
fn any_arn() -> Glob {
    let mut tokens: Vec<Token> = "arn".chars().map(Token::Exactly).collect();
    for field in 1..6 {
        tokens.push(Token::Exactly(':'));
        match field {
            1 | 2 => tokens.extend([Token::One(Reach::Field), Token::Many(Reach::Field)]),
            5 => tokens.push(Token::Many(Reach::Anything)),
            _ => tokens.push(Token::Many(Reach::Field)),
        }
    }
    Glob::new(tokens, false)
}

/// Each bound with its neighbours, whole numbers around a fraction included.
fn numbers<'a>(operands: impl Iterator<Item = &'a Operand>, texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = vec!["0".to_owned()];
    for operand in operands {
        if let Operand::Number(bound) = operand {
            let around = [*bound, bound.floor(), bound.ceil(), bound.floor() - 1.0, bound.ceil() + 1.0];
            found.extend(around.iter().map(f64::to_string));
        }
    }
    found.extend(texts.filter(|text| super::operand::number(text).is_some()));
    found
}

/// Each bound with the seconds around it, as the key has its dates.
fn dates<'a>(
    key: &Key,
    operands: impl Iterator<Item = &'a Operand>,
    texts: impl Iterator<Item = String>,
) -> Vec<String> {
    let seconds = key.folded() == "aws:epochtime";
    let mut found = BTreeSet::from([0]);
    for operand in operands {
        match operand {
            Operand::Instant(bound) => found.extend([bound - 1000, *bound, bound + 1000]),
            Operand::Number(bound) if seconds => {
                #[expect(clippy::cast_possible_truncation, reason = "a float saturates, and no date is that far away")]
                let bound = (bound * 1000.0) as i64;
                found.extend([bound.saturating_sub(1000), bound, bound.saturating_add(1000)]);
            }
            _ => {}
        }
    }
    let written = |instant: &i64| {
        if seconds {
            Some(instant.div_euclid(1000).to_string())
        } else {
            jiff::Timestamp::from_millisecond(*instant).ok().map(|timestamp| timestamp.to_string())
        }
    };
    let named = texts.filter(|text| super::operand::instant(text).is_some());
    found.iter().filter_map(written).chain(named).collect()
}

/// The ends of each range, the addresses beside them, and one of either version.
fn addresses<'a>(operands: impl Iterator<Item = &'a Operand>, texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = vec!["192.0.2.1".to_owned(), "2001:db8::1".to_owned()];
    for operand in operands {
        let Operand::Network(network) = operand else { continue };
        found.extend([network.first, network.last].iter().map(IpAddr::to_string));
        found.extend(beside(network.first, -1).map(|address| address.to_string()));
        found.extend(beside(network.last, 1).map(|address| address.to_string()));
    }
    found.extend(texts.filter(|text| text.parse::<IpAddr>().is_ok()));
    found
}

fn beside(address: IpAddr, step: i8) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => IpAddr::V4(address.to_bits().checked_add_signed(step.into())?.into()),
        IpAddr::V6(address) => IpAddr::V6(address.to_bits().checked_add_signed(step.into())?.into()),
    })
}

/// Lists of values that differ in what a set operator can see: which conditions some value satisfies, and which all do.
fn lists(singles: &[String], conditions: &[&Condition]) -> (Vec<Vec<String>>, bool) {
    let seen = |values: &[String]| -> Vec<bool> {
        let mut context = Context::default();
        conditions
            .iter()
            .flat_map(|condition| {
                context.set(condition.key.clone(), values.to_vec());
                [SetOperator::Any, SetOperator::All].map(|set| {
                    let mut asked = (*condition).clone();
                    asked.operator.set = set;
                    asked.holds(&context)
                })
            })
            .collect()
    };
    let mut found: BTreeMap<Vec<bool>, Vec<String>> = BTreeMap::new();
    let mut open: Vec<Vec<String>> = singles.iter().map(|single| vec![single.clone()]).collect();
    while let Some(list) = open.pop() {
        if found.len() >= MOST_LISTS {
            return (found.into_values().collect(), false);
        }
        let key = seen(&list);
        if found.contains_key(&key) {
            continue;
        }
        let longer = singles.iter().filter(|single| !list.contains(single));
        open.extend(longer.map(|single| list.iter().chain([single]).cloned().collect()));
        found.insert(key, list);
    }
    (found.into_values().collect(), true)
}
