//! What the policies say of each request that the provider makes: allowed, denied, partly, or only if; with the proof.

use super::answer::{Answer, Asked, Outcome, Question, answer};
use super::condition::Condition;
use super::evaluate::{Deciding, Layer, Policies, Proof, Verdict, evaluate};
use super::explain::{NearMiss, nearest_miss};
use super::key::Key;
use super::request::{Context, Request};
use super::statement::Effect;

/// What the policies say of one request.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision<'a> {
    /// Allowed, whatever else the request is; by these statements.
    Allowed(Vec<Deciding<'a>>),
    /// These statements forbid it.
    Denied(Vec<Deciding<'a>>),
    /// These layers do not grant it.
    NotGranted(Vec<Layer>, Option<NearMiss<'a>>),
    /// Allowed for some resources of the cluster only.
    Partly(Partial<'a>),
    /// It depends on what isn't known.
    Depends(Residual<'a>),
}

/// Allowed for some resources only, in one and the same request otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial<'a> {
    /// An ARN that is allowed.
    pub allowed: String,
    /// An ARN that is not.
    pub denied: String,
    /// What allows the one.
    pub by: Vec<Deciding<'a>>,
    /// What forbids the other; empty where nothing grants it.
    pub against: Vec<Deciding<'a>>,
}

/// What a request must be for it to be allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Residual<'a> {
    /// For each layer that doesn't grant for certain: its Allows that may apply, each with what must hold.
    pub only_if: Vec<Vec<Branch<'a>>>,
    /// Denies that may apply, with what must not hold.
    pub unless: Vec<Branch<'a>>,
    /// A request that is allowed, as far as it isn't known.
    pub allowed_when: Option<Context>,
    /// One that is not.
    pub denied_when: Option<Context>,
    /// Whether every request was covered.
    pub exact: bool,
}

/// A statement that may apply.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch<'a> {
    /// The statement.
    pub deciding: Deciding<'a>,
    /// What must hold, in words; all of it.
    pub conditions: Vec<String>,
}

impl Decision<'_> {
    /// A stable word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Allowed(_) => "allowed",
            Self::Denied(_) => "explicitly-denied",
            Self::NotGranted(..) => "implicitly-denied",
            Self::Partly(_) => "partly",
            Self::Depends(_) => "depends",
        }
    }
}

/// Decides one request of the provider's.
pub fn decide<'a>(policies: &'a Policies, question: &Question) -> Decision<'a> {
    let found = answer(policies, question);
    match found.outcome() {
        Outcome::Always => Decision::Allowed(proof(policies, question, found.allowed_when.as_ref()).allows),
        Outcome::Never => denied(policies, question, &found),
        Outcome::Conditional => match partly(policies, question, &found) {
            Some(partial) => Decision::Partly(partial),
            None => Decision::Depends(residual(policies, question, found)),
        },
    }
}

/// The proof for one of the requests that were tried.
fn proof<'a>(policies: &'a Policies, question: &Question, tried: Option<&Context>) -> Proof<'a> {
    let context = tried.unwrap_or(&question.knowledge.known).clone();
    let resource = match (&question.resource, context.single(&Key::resource())) {
        (Asked::One(resource), _) => resource.clone(),
        (Asked::EveryIdAfter(_), Some(chosen)) => chosen.to_owned(),
        (Asked::EveryIdAfter(start), None) => example(start),
    };
    evaluate(policies, &Request { action: question.action.clone(), resource, context })
}

/// An ARN as good as any: no policy asks about its id.
fn example(start: &str) -> String {
    format!("{start}{}", "0".repeat(32))
}

fn denied<'a>(policies: &'a Policies, question: &Question, found: &Answer) -> Decision<'a> {
    let proof = proof(policies, question, found.denied_when.as_ref());
    if proof.verdict() == Verdict::ExplicitlyDenied {
        return Decision::Denied(proof.denies);
    }
    let miss = proof.lacking.first().and_then(|layer| nearest_miss(policies, *layer, question));
    Decision::NotGranted(proof.lacking, miss)
}

/// Whether, in a request that is otherwise one and the same, some resources are allowed and some are not.
fn partly<'a>(policies: &'a Policies, question: &Question, found: &Answer) -> Option<Partial<'a>> {
    let Asked::EveryIdAfter(_) = &question.resource else { return None };
    let context = found.allowed_when.as_ref()?;
    let allowed = context.single(&Key::resource())?.to_owned();
    let mut fixed = question.clone();
    fixed.knowledge.known = context.clone();
    fixed.knowledge.known.unset(&Key::resource());
    fixed.knowledge.absent_otherwise();
    let varied = answer(policies, &fixed);
    let denied_when = varied.denied_when?;
    let denied = denied_when.single(&Key::resource())?.to_owned();
    let by = proof(policies, question, Some(context)).allows;
    let against = proof(policies, &fixed, Some(&denied_when)).denies;
    Some(Partial { allowed, denied, by, against })
}

/// What must hold for the request to be allowed.
fn residual<'a>(policies: &'a Policies, question: &Question, found: Answer) -> Residual<'a> {
    let mut only_if = Vec::new();
    let mut unless = Vec::new();
    for (layer, _) in policies.layers() {
        let mut branches = Vec::new();
        let mut granted = false;
        for deciding in policies.statements().filter(|deciding| deciding.place.layer == layer) {
            let Some(conditions) = open_conditions(deciding, question) else { continue };
            match (deciding.statement.effect, conditions.is_empty()) {
                (Effect::Allow, true) => granted = true,
                (Effect::Allow, false) => branches.push(Branch { deciding, conditions }),
                (Effect::Deny, _) => unless.push(Branch { deciding, conditions }),
            }
        }
        if !granted && !branches.is_empty() {
            only_if.push(branches);
        }
    }
    Residual { only_if, unless, allowed_when: found.allowed_when, denied_when: found.denied_when, exact: found.exact }
}

/// What must hold for a statement to apply, beside what does for certain; `None` where it can't apply.
fn open_conditions(deciding: Deciding<'_>, question: &Question) -> Option<Vec<String>> {
    let statement = deciding.statement;
    let knowledge = &question.knowledge;
    let known = knowledge.known.supplied_for(&question.action);
    let is_open = |key: &Key| knowledge.is_unknown(key, &question.action).is_some();
    let mut open = Vec::new();
    if let Some(template) = statement.actions.patterns.iter().find_map(|placed| placed.pattern.template()) {
        open.extend(template.keys().map(|key| format!("{key} comes to {}", question.action)));
    } else if !statement.covers_action(&question.action, &known) {
        return None;
    }
    let variable = statement.resources.patterns.iter().any(|placed| placed.pattern.template().keys().any(is_open));
    match (&question.resource, variable) {
        (Asked::One(resource), false) => {
            if statement.covers_resource(resource, &known) != Some(true) {
                return None;
            }
        }
        (asked, _) => {
            let sure = !variable && statement.covers_every(asked, &known);
            if !sure {
                let texts: Vec<&str> = statement.resources.patterns.iter().map(|placed| placed.text.as_str()).collect();
                let verb = if statement.resources.inverted { "does not match" } else { "matches" };
                open.push(format!("the resource {verb} {}", texts.join(" or ")));
            }
        }
    }
    for condition in &statement.conditions {
        if is_open(&condition.key) || condition.variables().any(is_open) {
            open.push(condition.sentence());
        } else if !condition.holds(&known) {
            return None;
        }
    }
    Some(open)
}

/// The conditions of a statement that fail for certain.
pub(super) fn failing<'a>(deciding: Deciding<'a>, question: &Question) -> Vec<&'a Condition> {
    let knowledge = &question.knowledge;
    let known = knowledge.known.supplied_for(&question.action);
    let is_open = |key: &Key| knowledge.is_unknown(key, &question.action).is_some();
    let fails = |condition: &&Condition| {
        !is_open(&condition.key) && !condition.variables().any(is_open) && !condition.holds(&known)
    };
    deciding.statement.conditions.iter().filter(fails).collect()
}
