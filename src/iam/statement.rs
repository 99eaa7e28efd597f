//! Policies as they are evaluated: statements of actions, resources and conditions, each with its place in the text.

use super::arn::ArnPattern;
use super::condition::Condition;
use super::glob::Glob;
use super::request::Context;
use super::template::{Template, Version, Wildcards};
use crate::document::json::Span;

/// A policy document that has the right shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The language it is written in.
    pub version: Version,
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// The whole document.
    pub span: Span,
    /// Where further statements could be put: before the end of the list, or around a lone statement.
    pub statements_span: Span,
}

impl Policy {
    /// What stands for a document that something else computes: it may allow everything, and it may deny everything.
    pub(super) fn computed(text: &str, span: &Span) -> Self {
        let statement = |index: usize, effect: Effect, what: &str| {
            let template = Template::computed(
                &format!("\0{what} {}\0", text.replace('\0', "")),
                Wildcards::Match,
                Version::Current,
            );
            let placed =
                Placed { pattern: ActionPattern::Computed(template), text: text.to_owned(), span: span.clone() };
            let everything = ArnPattern::resource(Template::parse("*", Wildcards::Match, Version::Current));
            let resource = Placed { pattern: everything, text: "*".to_owned(), span: span.clone() };
            Statement {
                index,
                sid: None,
                effect,
                actions: Elements { inverted: false, patterns: vec![placed], span: span.clone() },
                resources: Elements { inverted: false, patterns: vec![resource], span: span.clone() },
                conditions: Vec::new(),
                span: span.clone(),
            }
        };
        let statements =
            vec![statement(0, Effect::Allow, "what is allowed by"), statement(1, Effect::Deny, "what is denied by")];
        Self { version: Version::Current, statements, span: span.clone(), statements_span: span.clone() }
    }
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Counted from 0; a lone object is 0.
    pub index: usize,
    /// Its id.
    pub sid: Option<String>,
    /// What it does.
    pub effect: Effect,
    /// To which actions.
    pub actions: Elements<ActionPattern>,
    /// On which resources.
    pub resources: Elements<ArnPattern>,
    /// If all of these hold.
    pub conditions: Vec<Condition>,
    /// The statement in the text.
    pub span: Span,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It grants.
    Allow,
    /// It forbids, whatever else grants.
    Deny,
}

/// The patterns of `Action`, `NotAction`, `Resource` or `NotResource`.
#[derive(Debug, Clone, PartialEq)]
pub struct Elements<T> {
    /// Whether everything is meant but what matches: `NotAction`, `NotResource`.
    pub inverted: bool,
    /// The patterns with their places and their texts.
    pub patterns: Vec<Placed<T>>,
    /// The whole element's value.
    pub span: Span,
}

/// A pattern with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The pattern.
    pub pattern: T,
    /// Its text; computed parts are shown as `{what computes it}`.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A pattern of actions: `*`, or a service's prefix and a name with wildcards. Case doesn't count.
#[derive(Debug, Clone, PartialEq)]
pub enum ActionPattern {
    /// `*`: every action of every service.
    All,
    /// `ecs:List*`.
    Of {
        /// The service's prefix, in lower case; `*` stands for every service, although IAM documents no such thing.
        service: String,
        /// The name.
        name: ActionName,
    },
    /// Known only once something else has run.
    Computed(Template),
}

/// The name of an action, which may have wildcards; case doesn't count.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionName(Glob);

impl ActionName {
    pub(super) fn new(name: Glob) -> Self {
        Self(name)
    }
}

impl ActionPattern {
    /// Whether an action matches, which is given with its service's prefix; a computed pattern matches none.
    pub(super) fn matches(&self, action: &str) -> bool {
        match self {
            Self::All => true,
            Self::Of { service, name } => action.split_once(':').is_some_and(|(asked, rest)| {
                (service == "*" || asked.eq_ignore_ascii_case(service)) && name.0.matches(rest)
            }),
            Self::Computed(_) => false,
        }
    }

    /// The text of a pattern that something else computes.
    pub(super) fn template(&self) -> Option<&Template> {
        match self {
            Self::Computed(template) => Some(template),
            _ => None,
        }
    }

    /// Whether an action matches, computed parts filled in.
    pub(super) fn matches_in(&self, action: &str, context: &Context) -> bool {
        match self {
            Self::Computed(template) => template.expand(context, true).is_some_and(|pattern| pattern.matches(action)),
            known => known.matches(action),
        }
    }
}

impl Statement {
    /// What it is called in a message: its Sid, or its number from 1.
    pub fn name(&self) -> String {
        match &self.sid {
            Some(sid) if !sid.is_empty() => format!("statement {} ({sid})", self.index + 1),
            _ => format!("statement {}", self.index + 1),
        }
    }
}
