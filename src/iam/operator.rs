//! Condition operators: their names, and what each compares.

use std::fmt;

/// A condition operator, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operator {
    /// What kind of values it compares.
    pub(super) family: Family,
    /// How.
    pub(super) comparison: Comparison,
    /// Whether it holds where the comparison does not.
    pub(super) negated: bool,
    /// How it takes a list of values.
    pub(super) set: SetOperator,
    /// Whether it holds where the key is absent.
    pub(super) if_exists: bool,
}

/// What an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// `StringEquals`.
    Text,
    /// `StringEqualsIgnoreCase`.
    TextIgnoringCase,
    /// `StringLike`.
    TextLike,
    /// `ArnEquals` and `ArnLike`, which are one.
    Arn,
    /// `Numeric…`.
    Number,
    /// `Date…`.
    Date,
    /// `Bool`.
    Boolean,
    /// `BinaryEquals`.
    Binary,
    /// `IpAddress`.
    Address,
    /// `Null`.
    Presence,
}

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// How an operator takes a list of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SetOperator {
    /// None is named: the key has one value.
    None,
    /// `ForAllValues:`.
    All,
    /// `ForAnyValue:`.
    Any,
}

/// Every operator by its plain name.
const OPERATORS: &[(&str, Family, Comparison, bool)] = &[
    ("StringEquals", Family::Text, Comparison::Equal, false),
    ("StringNotEquals", Family::Text, Comparison::Equal, true),
    ("StringEqualsIgnoreCase", Family::TextIgnoringCase, Comparison::Equal, false),
    ("StringNotEqualsIgnoreCase", Family::TextIgnoringCase, Comparison::Equal, true),
    ("StringLike", Family::TextLike, Comparison::Equal, false),
    ("StringNotLike", Family::TextLike, Comparison::Equal, true),
    ("NumericEquals", Family::Number, Comparison::Equal, false),
    ("NumericNotEquals", Family::Number, Comparison::Equal, true),
    ("NumericLessThan", Family::Number, Comparison::Less, false),
    ("NumericLessThanEquals", Family::Number, Comparison::LessOrEqual, false),
    ("NumericGreaterThan", Family::Number, Comparison::Greater, false),
    ("NumericGreaterThanEquals", Family::Number, Comparison::GreaterOrEqual, false),
    ("DateEquals", Family::Date, Comparison::Equal, false),
    ("DateNotEquals", Family::Date, Comparison::Equal, true),
    ("DateLessThan", Family::Date, Comparison::Less, false),
    ("DateLessThanEquals", Family::Date, Comparison::LessOrEqual, false),
    ("DateGreaterThan", Family::Date, Comparison::Greater, false),
    ("DateGreaterThanEquals", Family::Date, Comparison::GreaterOrEqual, false),
    ("Bool", Family::Boolean, Comparison::Equal, false),
    ("BinaryEquals", Family::Binary, Comparison::Equal, false),
    ("IpAddress", Family::Address, Comparison::Equal, false),
    ("NotIpAddress", Family::Address, Comparison::Equal, true),
    ("ArnEquals", Family::Arn, Comparison::Equal, false),
    ("ArnLike", Family::Arn, Comparison::Equal, false),
    ("ArnNotEquals", Family::Arn, Comparison::Equal, true),
    ("ArnNotLike", Family::Arn, Comparison::Equal, true),
    ("Null", Family::Presence, Comparison::Equal, false),
];

impl Operator {
    /// The operator of this name; names are compared with their case.
    pub fn parse(name: &str) -> Option<Self> {
        let (set, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (SetOperator::All, rest),
            Some(("ForAnyValue", rest)) => (SetOperator::Any, rest),
            Some(_) => return None,
            None => (SetOperator::None, name),
        };
        let (plain, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |plain| (plain, true));
        let (_, family, comparison, negated) = OPERATORS.iter().find(|(known, ..)| *known == plain)?;
        Some(Self { family: *family, comparison: *comparison, negated: *negated, set, if_exists })
    }

    /// The known name that someone may have meant.
    pub(super) fn nearest(name: &str) -> Option<String> {
        let (set, rest) = name.split_once(':').map_or((None, name), |(set, rest)| (Some(set), rest));
        let (plain, suffix) = match rest.len().checked_sub("IfExists".len()).and_then(|at| rest.split_at_checked(at)) {
            Some((plain, ending)) if ending.eq_ignore_ascii_case("IfExists") => (plain, "IfExists"),
            _ => (rest, ""),
        };
        let known = crate::nearest::nearest(&plain.replace(' ', ""), OPERATORS.iter().map(|(known, ..)| *known))?;
        let set = match set {
            None => String::new(),
            Some(set) => format!("{}:", crate::nearest::nearest(set, ["ForAllValues", "ForAnyValue"])?),
        };
        let meant = format!("{set}{known}{suffix}");
        (meant != name).then_some(meant)
    }

    /// Whether `*` and `?` of a policy's value stand for other characters.
    pub(super) fn has_wildcards(self) -> bool {
        matches!(self.family, Family::TextLike | Family::Arn)
    }

    /// What it says of a key and its values, for a sentence.
    fn verb(self) -> &'static str {
        match (self.family, self.comparison, self.negated) {
            (Family::TextIgnoringCase, _, false) => "is, whatever its case,",
            (Family::TextIgnoringCase, _, true) => "is not, whatever its case,",
            (Family::TextLike | Family::Arn, _, false) => "matches",
            (Family::TextLike | Family::Arn, _, true) => "does not match",
            (Family::Address, _, false) => "is in",
            (Family::Address, _, true) => "is not in",
            (Family::Date, Comparison::Less, _) => "is before",
            (Family::Date, Comparison::LessOrEqual, _) => "is not after",
            (Family::Date, Comparison::Greater, _) => "is after",
            (Family::Date, Comparison::GreaterOrEqual, _) => "is not before",
            (_, Comparison::Less, _) => "is less than",
            (_, Comparison::LessOrEqual, _) => "is at most",
            (_, Comparison::Greater, _) => "is more than",
            (_, Comparison::GreaterOrEqual, _) => "is at least",
            (_, Comparison::Equal, false) => "is",
            (_, Comparison::Equal, true) => "is not",
        }
    }

    /// The condition in words: `aws:SourceIp is in 203.0.113.0/24, or is absent`.
    pub(super) fn sentence(self, key: &str, values: &[&str], is_always_there: bool) -> String {
        if self.family == Family::Presence {
            let absent = values.iter().any(|value| value.eq_ignore_ascii_case("true"));
            let present = values.iter().any(|value| value.eq_ignore_ascii_case("false"));
            return match (absent, present) {
                (true, false) => format!("{key} is absent"),
                (false, true) => format!("{key} is there"),
                (both, _) => format!("{key} is {}", if both { "there or absent" } else { "neither there nor absent" }),
            };
        }
        let subject = match self.set {
            SetOperator::None => key.to_owned(),
            SetOperator::All => format!("every value of {key}"),
            SetOperator::Any => format!("some value of {key}"),
        };
        let joined = values.join(if self.negated { " nor " } else { " or " });
        let values = if joined.is_empty() { "nothing".to_owned() } else { joined };
        let absent_too = self.holds_when_absent() && !is_always_there;
        format!("{subject} {} {values}{}", self.verb(), if absent_too { ", or is absent" } else { "" })
    }

    /// Whether it holds where the key is absent (but for `Null`, which asks just that).
    pub(super) fn holds_when_absent(self) -> bool {
        match self.set {
            SetOperator::All => true,
            SetOperator::Any => false,
            SetOperator::None => self.negated || self.if_exists,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = match self.set {
            SetOperator::None => "",
            SetOperator::All => "ForAllValues:",
            SetOperator::Any => "ForAnyValue:",
        };
        let same = |(_, family, comparison, negated): &&(&str, Family, Comparison, bool)| {
            (*family, *comparison, *negated) == (self.family, self.comparison, self.negated)
        };
        let name = OPERATORS.iter().find(same).map_or("", |(name, ..)| *name);
        write!(f, "{set}{name}{}", if self.if_exists { "IfExists" } else { "" })
    }
}
