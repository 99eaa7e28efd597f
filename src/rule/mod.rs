//! Rules of routers: read in their generation's language, matched against requests, with a proof.
//!
//! One expression language with four tables of matchers: HTTP and TCP, each in the syntax of v3 and of v2. Traefik
//! v1's rules are another language altogether and not here.

mod client;
mod error;
mod example;
mod host;
mod http;
mod matcher;
mod needs;
mod query;
mod request;
mod routing_path;
mod search;
mod spelling;
mod tcp;
mod template;

use crate::golang::expression::{Arity, Call, Condition, ExpressionError};
use crate::model::Release;

pub use client::{client_is_within, is_network};
pub use error::{Problem, RuleError};
pub use example::Example;
use matcher::Matcher;
pub use matcher::known_matchers;
pub use needs::{Needs, plain_host};
pub use request::{Connection, HttpRequest, Request, RequestHead};
pub use search::{Found, Reading, covering, search};
pub use spelling::{keeps_meaning, v3_spelling};

/// What sort of router a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HTTP and HTTPS.
    Http,
    /// TCP and TLS.
    Tcp,
}

/// Which generation's matchers a rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// One argument a matcher, regular expressions as they are.
    V3,
    /// Several arguments, templates with `{name:expression}`.
    V2,
}

/// Everything that decides what a rule means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// Whose behaviour.
    pub release: Release,
    /// Which generation's matchers.
    pub syntax: Syntax,
    /// What sort of router.
    pub kind: Kind,
}

impl Language {
    /// The language of a router with this `ruleSyntax` in a release. v2.11 knows one language; from v3.0 on `v2`
    /// selects the old one, and whatever else stands there the new one.
    pub fn new(release: Release, rule_syntax: &str, kind: Kind) -> Self {
        let syntax = if release < Release::V3_0 || rule_syntax == "v2" { Syntax::V2 } else { Syntax::V3 };
        Self { release, syntax, kind }
    }
}

/// What every part of a rule came to for a request; the evidence says what was compared.
pub type Proof = crate::golang::expression::Proof<String>;

/// A rule that a router accepts.
#[derive(Debug, Clone)]
pub struct Rule {
    condition: Condition<Matcher>,
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// Where Traefik refuses it, and so disables the router.
    pub fn parse(text: &str, language: Language) -> Result<Self, RuleError> {
        let arity = |name: &str| matcher::known(name, language.kind, language.syntax).map(|_| Arity::Any);
        let condition = Condition::parse(text, &arity)?;
        let condition = condition
            .try_map(|call, span| Matcher::new(&call, language).map_err(|problem| RuleError { span, problem }))?;
        Ok(Self { condition })
    }

    /// Whether a request matches.
    pub fn matches(&self, request: &Request) -> bool {
        self.condition.holds(|matcher| matcher.matches(request))
    }

    /// Whether a request matches that is given in both its forms, as HTTP and as a connection.
    pub fn takes(&self, forms: &[Request]) -> bool {
        self.condition.holds(|matcher| forms.iter().any(|form| matcher.matches(form)))
    }

    /// What [`Self::matches`] says, with the proof.
    pub fn prove(&self, request: &Request) -> Proof {
        self.condition.prove(|matcher| (matcher.evidence(request), matcher.matches(request)))
    }
}

/// The matchers of a rule as any generation would read them, however many arguments they have.
fn calls(text: &str, kind: Kind) -> Result<Condition<Call>, ExpressionError> {
    let arity = |name: &str| {
        let known = |syntax| matcher::known(name, kind, syntax);
        known(Syntax::V3).or_else(|| known(Syntax::V2)).map(|_| Arity::Any)
    };
    Condition::parse(text, &arity)
}

/// The priority of a rule that none is given for: its length in bytes, save for [`is_catch_all`], which is -1.
pub fn default_priority(text: &str, kind: Kind) -> i64 {
    if is_catch_all(text, kind) { -1 } else { i64::try_from(text.len()).unwrap_or(i64::MAX) }
}

/// Whether a TCP rule is a single ``HostSNI(`*`)``, however it is spelt, negated or in parentheses.
pub fn is_catch_all(text: &str, kind: Kind) -> bool {
    if kind != Kind::Tcp {
        return false;
    }
    let Ok(condition) = calls(text, kind) else { return false };
    let mut leaves = condition.leaves();
    let (Some((call, _)), None) = (leaves.next(), leaves.next()) else { return false };
    let all = call.arguments.len() == 1 && call.arguments[0].value == b"*";
    all && call.name.eq_ignore_ascii_case("HostSNI")
}

/// The domains that Traefik reads out of a rule: the arguments of `Host`, or of `HostSNI`, in lower case and in
/// order, whatever stands around them. It knows the matchers of both generations and doesn't count arguments, so a
/// rule that isn't valid may have domains too.
///
/// # Errors
/// When the text is no expression of known matchers.
pub fn domains(text: &str, kind: Kind) -> Result<Vec<String>, ExpressionError> {
    let wanted = match kind {
        Kind::Http => "Host",
        Kind::Tcp => "HostSNI",
    };
    let condition = calls(text, kind)?;
    let named = condition.leaves().filter(|(call, _)| call.name.eq_ignore_ascii_case(wanted));
    let arguments = named.flat_map(|(call, _)| &call.arguments);
    Ok(arguments.map(|argument| String::from_utf8_lossy(&argument.value).to_lowercase()).collect())
}

#[cfg(test)]
mod tests;
