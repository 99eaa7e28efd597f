//! Why nothing grants a request: the statement that came closest, and which part of it fails.

use super::answer::{Asked, Question};
use super::catalog;
use super::check::failing;
use super::evaluate::{Deciding, Layer, Policies};
use super::request::Context;
use super::statement::{Effect, Statement};
use crate::document::json::Span;

/// The statement that almost grants a request.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss<'a> {
    /// The statement.
    pub deciding: Deciding<'a>,
    /// What of it fails; never empty.
    pub failed: Vec<Failed>,
}

/// A part of a statement that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Which part.
    pub part: FailedPart,
    /// Where it stands.
    pub span: Span,
    /// Why it fails.
    pub why: String,
}

/// Which part of a statement fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailedPart {
    /// A condition.
    Condition,
    /// The resource.
    Resource,
    /// The action.
    Action,
}

/// The statement of a layer that comes closest to granting a request: the fewest parts fail, and rather a condition
/// than the resource, rather that than the action. `None` where no statement is about anything alike.
pub(super) fn nearest_miss<'a>(policies: &'a Policies, layer: Layer, question: &Question) -> Option<NearMiss<'a>> {
    let allows = policies
        .statements()
        .filter(|deciding| deciding.place.layer == layer && deciding.statement.effect == Effect::Allow);
    allows
        .filter_map(|deciding| {
            let failed = failed_parts(deciding, question)?;
            (!failed.is_empty()).then_some(NearMiss { deciding, failed })
        })
        .min_by_key(|miss| {
            let worst = miss.failed.iter().map(|failed| failed.part).max();
            (worst, miss.failed.len(), miss.deciding.place, miss.deciding.statement.index)
        })
}

/// The parts of a statement that fail; `None` where its actions have nothing to do with the one that is asked for.
fn failed_parts(deciding: Deciding<'_>, question: &Question) -> Option<Vec<Failed>> {
    let statement = deciding.statement;
    let known = question.knowledge.known.supplied_for(&question.action);
    let mut failed = Vec::new();
    if !statement.covers_action(&question.action, &known) {
        failed.push(failed_action(statement, question)?);
    }
    if !statement.could_cover(&question.resource, &known) {
        failed.push(failed_resource(statement, question));
    }
    failed.extend(failing(deciding, question).into_iter().map(|condition| {
        let key = &condition.key;
        let why = if !key.applies_to(&question.action) {
            format!("AWS never supplies {key} for {}, so this never holds", question.action)
        } else if known.values(key).is_none() {
            format!("{key} is absent from the request, so this does not hold")
        } else {
            let actual = known.values(key).unwrap_or_default().join(", ");
            format!("{key} is {actual}, and must be so that {}", condition.sentence())
        };
        Failed { part: FailedPart::Condition, span: condition.span.clone(), why }
    }));
    Some(failed)
}

/// Why the action fails, where one of the statement's is alike.
fn failed_action(statement: &Statement, question: &Question) -> Option<Failed> {
    let patterns = &statement.actions.patterns;
    if statement.actions.inverted {
        let why = format!("NotAction leaves {} out", question.action);
        return Some(Failed { part: FailedPart::Action, span: statement.actions.span.clone(), why });
    }
    let texts = patterns.iter().map(|placed| placed.text.as_str());
    let meant = crate::nearest::nearest(&question.action, texts)?;
    let placed = patterns.iter().find(|placed| placed.text == meant)?;
    let why = format!("{:?} is not {}", placed.text, question.action);
    Some(Failed { part: FailedPart::Action, span: placed.span.clone(), why })
}

fn failed_resource(statement: &Statement, question: &Question) -> Failed {
    let texts: Vec<String> = statement.resources.patterns.iter().map(|placed| format!("{:?}", placed.text)).collect();
    let listed = match texts.as_slice() {
        [] => "an empty list".to_owned(),
        [one] => one.clone(),
        [one, others @ ..] => format!("{one} and {} more", others.len()),
    };
    let why = match (&question.resource, statement.resources.inverted) {
        (_, true) => format!("NotResource leaves {} out", question.resource.shown()),
        (Asked::One(resource), false) if resource == "*" => {
            let reason = match catalog::resource_type(&question.action) {
                Some(_) => "as the provider calls it, it is authorised on \"*\"",
                None => "it is authorised on \"*\" only",
            };
            format!("{listed} cannot match: {reason}, which no ARN matches")
        }
        (asked, false) => format!("{listed} does not match {}", asked.shown()),
    };
    Failed { part: FailedPart::Resource, span: statement.resources.span.clone(), why }
}

impl Statement {
    /// Whether it covers every resource that is asked for.
    pub(super) fn covers_every(&self, asked: &Asked, context: &Context) -> bool {
        match asked {
            Asked::One(resource) => self.covers_resource(resource, context) == Some(true),
            Asked::EveryIdAfter(start) => {
                let any = self
                    .resources
                    .patterns
                    .iter()
                    .any(|placed| placed.pattern.glob(context).is_some_and(|glob| glob.matches_all_after(start)));
                any != self.resources.inverted && (any || !self.could_match_pattern(asked, context))
            }
        }
    }

    /// Whether it may cover some of the resources that are asked for, whatever its variables come to.
    pub(super) fn could_cover(&self, asked: &Asked, context: &Context) -> bool {
        if self.resources.inverted {
            return match asked {
                Asked::One(resource) => self.covers_resource(resource, context) != Some(false),
                Asked::EveryIdAfter(_) => !self.covers_every_excluded(asked, context),
            };
        }
        self.could_match_pattern(asked, context)
    }

    /// Whether every resource that is asked for is left out by `NotResource`.
    fn covers_every_excluded(&self, asked: &Asked, context: &Context) -> bool {
        let Asked::EveryIdAfter(start) = asked else { return false };
        let all = |glob: super::glob::Glob| glob.matches_all_after(start);
        self.resources.patterns.iter().any(|placed| placed.pattern.glob(context).is_some_and(all))
    }

    fn could_match_pattern(&self, asked: &Asked, context: &Context) -> bool {
        self.resources.patterns.iter().any(|placed| {
            let loose = placed.pattern.without_variables();
            match asked {
                Asked::One(resource) if resource == "*" => loose.matches_any_resource(context) == Some(true),
                Asked::One(resource) => loose.matches(resource, context) == Some(true),
                Asked::EveryIdAfter(_) => match (loose.glob(context), asked.domain()) {
                    (Some(pattern), Some(domain)) => pattern.meets(&domain),
                    _ => false,
                },
            }
        })
    }
}
