//! The rule language of Traefik 1.7: `Host:a.com,b.com;PathPrefixStrip:/api`.
//!
//! It is a splitter, not a grammar. Expressions are split at `;`, keyword and arguments at `:`, arguments at `,`, with
//! no way to quote any of them; all expressions have to match, and any argument of each. Besides, a rule
//! changes the request on its way: it strips prefixes, adds one, or replaces the path.

mod answer;
mod matcher;
mod modifiers;
mod request;
mod split;
mod template;
mod url;

use std::ops::Range;

pub(crate) use answer::clean_path;
pub use answer::{Answer, Forward, answer};
pub use matcher::{Check, Outcome};
use matcher::{Compiler, Matcher};
pub use modifiers::Modifiers;
pub use request::{InvalidRequest, Request};
pub use split::{Expression, Keyword, SplitError};
pub use template::{PathPattern, TemplateError, pattern_of};

/// A rule that gives a route.
#[derive(Debug, Clone)]
pub struct Rule {
    text: String,
    expressions: Vec<Expression>,
    matchers: Vec<Matcher>,
    modifiers: Modifiers,
}

/// Why a frontend with this rule gets no route.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// It can't be split.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// Names and values of headers come in pairs.
    #[error("`{keyword}` takes a name and a value for each header, so an even number of arguments, not {count}")]
    OddPairs {
        /// Which of the two.
        keyword: Keyword,
        /// How many arguments it has.
        count: usize,
        /// Where it stands.
        span: Range<usize>,
    },
    /// `Query` without `=`.
    #[error("`Query` takes name=value")]
    QueryWithoutValue {
        /// Where it stands.
        span: Range<usize>,
    },
    /// A template or regular expression that is refused; those of paths and hosts are not, they never match.
    #[error("{error}")]
    Template {
        /// Why.
        error: TemplateError,
        /// Where the expression stands.
        span: Range<usize>,
    },
    /// Nothing but semicolons: Traefik crashes on it.
    #[error("the rule has no expression; Traefik 1.7 panics on it")]
    Nothing,
}

impl RuleError {
    /// What of the rule it is about, in bytes.
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Split(error) => error.span.clone(),
            Self::OddPairs { span, .. } | Self::QueryWithoutValue { span } | Self::Template { span, .. } => {
                span.clone()
            }
            Self::Nothing => 0..0,
        }
    }
}

/// Why the domains of a rule aren't known: no certificate is asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DomainsError {
    /// It can't be split.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// There is a `Host`, and it names none.
    #[error("`Host` names no domain")]
    NoDomain,
}

/// What one request makes of a rule: a check for each expression, the first that fails being the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMatch {
    /// In the order of the rule; what stands after a failed one isn't tried.
    pub checks: Vec<Check>,
    /// Where a difference in the trailing slash sends the request, although it matches.
    pub redirect: Option<String>,
}

impl RuleMatch {
    /// Whether every expression holds.
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.outcome == Outcome::Holds)
    }
}

impl Rule {
    /// Reads a rule as a frontend's route.
    ///
    /// # Errors
    /// When Traefik would leave the frontend without a route. Templates of paths and hosts that are wrong are no
    /// error: they only never match.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let expressions = split::split(text)?;
        if expressions.is_empty() {
            return Err(RuleError::Nothing);
        }
        let mut compiler = Compiler::default();
        for expression in &expressions {
            compiler.add(expression)?;
        }
        let (matchers, modifiers) = compiler.finish();
        Ok(Self { text: text.to_owned(), expressions, matchers, modifiers })
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its expressions, in their order.
    pub fn expressions(&self) -> &[Expression] {
        &self.expressions
    }

    /// What it does to a request that matched.
    pub fn modifiers(&self) -> &Modifiers {
        &self.modifiers
    }

    /// The priority of a route whose frontend sets none: the length of the rule in bytes.
    pub fn priority(&self) -> usize {
        self.text.len()
    }

    /// Tries a request.
    pub fn try_match(&self, request: &Request) -> RuleMatch {
        let mut checks = Vec::new();
        let mut redirect = None;
        for matcher in &self.matchers {
            let check = matcher.check(request, &mut redirect);
            let failed = check.outcome == Outcome::Fails;
            checks.push(check);
            if failed {
                break;
            }
        }
        RuleMatch { checks, redirect }
    }
}

/// The domains that a rule's `Host` expressions name, lower case, in their order, repeated ones included. A pass of
/// its own: a rule without a route can have some.
///
/// # Errors
/// When the rule can't be split, or has a `Host` that names none.
pub fn domains(text: &str) -> Result<Vec<String>, DomainsError> {
    let expressions = split::split(text)?;
    let mut hosts = expressions.iter().filter(|one| one.keyword == Keyword::Host).peekable();
    let any = hosts.peek().is_some();
    let named: Vec<String> = hosts
        .flat_map(|host| &host.arguments)
        .map(|argument| argument.to_lowercase())
        .filter(|domain| !domain.is_empty())
        .collect();
    if any && named.is_empty() { Err(DomainsError::NoDomain) } else { Ok(named) }
}
