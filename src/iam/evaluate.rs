//! How a request is decided: an applicable Deny anywhere forbids; else every layer that is there must grant.

use std::fmt;

use super::request::{Context, Request};
use super::statement::{Effect, Policy, Statement};

/// Everything that has a say in what a principal may do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policies {
    /// Those attached to the principal: one that grants is enough.
    pub identity: Vec<Policy>,
    /// The permissions boundary.
    pub boundary: Option<Policy>,
    /// Service control policies by level, from the organization's root down: each level must grant.
    pub scps: Vec<Vec<Policy>>,
    /// The session policy.
    pub session: Option<Policy>,
}

/// A layer that must grant where it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The identity policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// One level of service control policies, counted from the root.
    Scp(usize),
    /// The session policy.
    Session,
}

impl Layer {
    /// What it is called.
    pub fn name(self) -> String {
        match self {
            Self::Identity => "identity policies".to_owned(),
            Self::Boundary => "permissions boundary".to_owned(),
            Self::Scp(level) => format!("service control policies of level {}", level + 1),
            Self::Session => "session policy".to_owned(),
        }
    }
}

/// Where a policy stands among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The layer.
    pub layer: Layer,
    /// The document within it.
    pub document: usize,
}

impl fmt::Display for Place {
    /// As tables of cases write it: `policies[0]`, `boundary`, `scps[0][1]`, `session`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.layer {
            Layer::Identity => write!(f, "policies[{}]", self.document),
            Layer::Boundary => f.write_str("boundary"),
            Layer::Scp(level) => write!(f, "scps[{level}][{}]", self.document),
            Layer::Session => f.write_str("session"),
        }
    }
}

/// A statement that decides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deciding<'a> {
    /// Which document it stands in.
    pub place: Place,
    /// The statement.
    pub statement: &'a Statement,
}

/// How a request is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Every layer grants and none forbids.
    Allowed,
    /// A Deny applies.
    ExplicitlyDenied,
    /// Some layer does not grant.
    ImplicitlyDenied,
}

/// The verdict with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof<'a> {
    /// Every applicable Deny; those alone decide where there is one.
    pub denies: Vec<Deciding<'a>>,
    /// Every applicable Allow.
    pub allows: Vec<Deciding<'a>>,
    /// The layers that are there and do not grant.
    pub lacking: Vec<Layer>,
}

impl<'a> Proof<'a> {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        match () {
            () if !self.denies.is_empty() => Verdict::ExplicitlyDenied,
            () if self.lacking.is_empty() => Verdict::Allowed,
            () => Verdict::ImplicitlyDenied,
        }
    }

    /// The statements that decide: none for what nothing grants.
    pub fn deciding(&self) -> &[Deciding<'a>] {
        match self.verdict() {
            Verdict::Allowed => &self.allows,
            Verdict::ExplicitlyDenied => &self.denies,
            Verdict::ImplicitlyDenied => &[],
        }
    }
}

impl Policies {
    /// Every layer that is there, with its documents. The identity policies are always there, even where there are none.
    pub fn layers(&self) -> Vec<(Layer, Vec<&Policy>)> {
        let mut layers = vec![(Layer::Identity, self.identity.iter().collect())];
        layers.extend(self.boundary.iter().map(|policy| (Layer::Boundary, vec![policy])));
        let levels = self.scps.iter().enumerate();
        layers.extend(levels.map(|(level, policies)| (Layer::Scp(level), policies.iter().collect())));
        layers.extend(self.session.iter().map(|policy| (Layer::Session, vec![policy])));
        layers
    }

    /// Every statement with its place.
    pub fn statements(&self) -> impl Iterator<Item = Deciding<'_>> {
        self.layers().into_iter().flat_map(|(layer, documents)| {
            documents.into_iter().enumerate().flat_map(move |(document, policy)| {
                let place = Place { layer, document };
                policy.statements.iter().map(move |statement| Deciding { place, statement })
            })
        })
    }
}

/// Decides a request of which everything is known: what is not in its context is absent from it.
pub fn evaluate<'a>(policies: &'a Policies, request: &Request) -> Proof<'a> {
    let context = request.context.supplied_for(&request.action);
    let mut proof = Proof { denies: Vec::new(), allows: Vec::new(), lacking: Vec::new() };
    for deciding in policies.statements() {
        if deciding.statement.applies(&request.action, &request.resource, &context) {
            match deciding.statement.effect {
                Effect::Allow => proof.allows.push(deciding),
                Effect::Deny => proof.denies.push(deciding),
            }
        }
    }
    let granted = |layer: Layer| proof.allows.iter().any(|deciding| deciding.place.layer == layer);
    let lacking = policies.layers().into_iter().map(|(layer, _)| layer).filter(|layer| !granted(*layer));
    proof.lacking = lacking.collect();
    proof
}

impl Statement {
    /// Whether it applies: action, resource and every condition match.
    pub(super) fn applies(&self, action: &str, resource: &str, context: &Context) -> bool {
        self.covers_action(action, context)
            && self.covers_resource(resource, context) == Some(true)
            && self.conditions.iter().all(|condition| condition.holds(context))
    }

    /// Whether the action is among its actions.
    pub(super) fn covers_action(&self, action: &str, context: &Context) -> bool {
        let matches = self.actions.patterns.iter().any(|placed| placed.pattern.matches_in(action, context));
        matches != self.actions.inverted
    }

    /// Whether the resource is among its resources. `None` where that hangs on a variable that has no value: then the
    /// statement does not apply, be it `Resource` or `NotResource`.
    pub(super) fn covers_resource(&self, resource: &str, context: &Context) -> Option<bool> {
        let mut valueless = false;
        for placed in &self.resources.patterns {
            let matched = match resource {
                "*" => placed.pattern.matches_any_resource(context),
                arn => placed.pattern.matches(arn, context),
            };
            match matched {
                Some(true) => return Some(!self.resources.inverted),
                Some(false) => {}
                None => valueless = true,
            }
        }
        if valueless { None } else { Some(self.resources.inverted) }
    }
}
