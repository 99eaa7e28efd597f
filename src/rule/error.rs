//! Why a router refuses a rule.

use std::fmt;

use super::Kind;
use crate::golang::expression::{self, ExpressionError, Span};
use crate::golang::regexp::RegexpError;

/// Traefik's name of the type of a condition, which some of its errors tell.
const CONDITION_TYPE: &str = "rules.TreeBuilder";

/// A rule that Traefik refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct RuleError {
    /// The part of the rule that it is about.
    pub span: Span,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is no expression of known matchers.
    Expression(expression::Problem),
    /// A matcher without arguments.
    NoArguments(String),
    /// A matcher with an empty argument.
    EmptyArgument(String),
    /// A matcher with another number of arguments than it takes.
    ArgumentCount {
        /// The matcher.
        matcher: String,
        /// How many it takes.
        wanted: &'static [usize],
        /// How many there are.
        given: usize,
    },
    /// A host with letters beyond ASCII.
    NotAscii(String),
    /// A server name with characters that no name has.
    NoHostname(String),
    /// A path that doesn't begin with a slash.
    NoSlash(String),
    /// A regular expression that doesn't compile.
    Regexp(RegexpError),
    /// Braces of a template that don't pair up.
    UnbalancedBraces(String),
    /// A variable of a template without a name or without an expression.
    EmptyVariable(String),
    /// A variable that a template names twice.
    RepeatedVariable(String),
    /// A list that must be pairs and isn't.
    NoPairs(Vec<String>),
    /// No address and no network.
    NoNetwork(String),
    /// The protocol that Traefik keeps to itself.
    ReservedProtocol(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expression(problem) => problem.fmt(f),
            Self::NoArguments(name) => write!(f, "`{name}` wants an argument"),
            Self::EmptyArgument(name) => write!(f, "`{name}` takes no empty argument"),
            Self::ArgumentCount { matcher, wanted, given } => {
                let counts: Vec<_> = wanted.iter().map(usize::to_string).collect();
                write!(f, "`{matcher}` takes {} arguments, found {given}", counts.join(" or "))
            }
            Self::NotAscii(value) => write!(f, "`{value}` has letters beyond ASCII"),
            Self::NoHostname(value) => write!(f, "`{value}` is not a valid hostname"),
            Self::NoSlash(value) => write!(f, "the path `{value}` does not start with a `/`"),
            Self::Regexp(error) => error.fmt(f),
            Self::UnbalancedBraces(template) => write!(f, "unbalanced braces in `{template}`"),
            Self::EmptyVariable(variable) => write!(f, "missing name or expression in `{variable}`"),
            Self::RepeatedVariable(name) => write!(f, "the variable `{name}` is there twice"),
            Self::NoPairs(values) => write!(f, "pairs of a key and a value are wanted, found {}", values.join(" ")),
            Self::NoNetwork(value) => write!(f, "`{value}` is neither an address nor a network"),
            Self::ReservedProtocol(value) => write!(f, "the protocol `{value}` is not allowed"),
        }
    }
}

impl From<ExpressionError> for RuleError {
    fn from(error: ExpressionError) -> Self {
        Self { span: error.span, problem: Problem::Expression(error.problem) }
    }
}

impl RuleError {
    /// The problem of the expression, where it is one: no matcher was looked at then.
    pub fn expression(&self) -> Option<ExpressionError> {
        match &self.problem {
            Problem::Expression(problem) => Some(ExpressionError { span: self.span, problem: problem.clone() }),
            _ => None,
        }
    }

    /// What Traefik logs, as far as it comes from the expression; of a matcher's own check the sense.
    pub fn traefik_message(&self, text: &str, kind: Kind) -> String {
        let (parsing, adding) = match kind {
            Kind::Http => {
                let before = format!("error while parsing rule {text}: ");
                (format!("{before}parsing rule {text}: "), format!("{before}adding rule {text}: "))
            }
            Kind::Tcp => (format!("error while parsing rule {text}: "), format!("error while adding rule {text}: ")),
        };
        match (self.expression(), kind) {
            (Some(ExpressionError { problem: expression::Problem::NoCondition { operand: false, .. }, .. }), _) => {
                let tree = if kind == Kind::Http { ": obtaining build tree" } else { "" };
                format!("error while parsing rule {text}{tree}")
            }
            (Some(error), _) => format!("{parsing}{}", error.go_message(text, CONDITION_TYPE, true)),
            (None, _) => format!("{adding}{}", self.problem),
        }
    }
}
