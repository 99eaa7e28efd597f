//! `ECS001`: a label that names nothing Traefik knows.

use crate::decode::{DecodeError, Problem};
use crate::lint::decoded::At;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Container;
use crate::lint::rule::Rule;
use crate::lint::rules::loses;
use crate::lint::world::{Judged, World};
use crate::pipeline::Reason;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS001",
    name: "label-unknown",
    severity: Severity::Error,
    what: "A label has a name that Traefik can't decode.",
    why: "One label that doesn't decode drops its whole container, with every router it defines. Traefik says so in its \
          log alone; all that a user sees is a 404.",
    example: "\"traefik.http.routers.web.rul\": \"Host(`a.example.com`)\"",
    fix: "Spell the field as Traefik's reference does; the nearest known name is shown.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let names = refused(world).into_iter().filter(|(error, _)| !error.problem.is_panic() && !error.is_about_a_value());
    names.map(|(error, at)| finding(error, at)).collect()
}

/// Why containers' labels don't decode: where Traefik gets as far as decoding them, or where it isn't known whether it
/// will.
pub(super) fn refused<'a>(world: &'a World<'_>) -> Vec<(&'a DecodeError, At<'a>)> {
    let mut judged: BTreeMap<usize, Option<&DecodeError>> = BTreeMap::new();
    for one in world.judged() {
        let error = judged.entry(std::ptr::from_ref(one.container).addr()).or_default();
        *error = error.or_else(|| refusal(one));
    }
    let mut found = Vec::new();
    for at in world.decoded() {
        let first = match judged.get(&std::ptr::from_ref(at.container).addr()) {
            Some(None) => continue,
            Some(Some(error)) => Some(*error),
            None => None,
        };
        found.extend(first.map(|error| (error, at)));
        let others = at.errors.iter().filter(|error| first.is_none_or(|first| first.path != error.path));
        found.extend(others.map(|error| (error, at)));
    }
    found
}

fn refusal(judged: Judged<'_>) -> Option<&DecodeError> {
    match judged.verdict.reason()? {
        Reason::LabelsInvalid { error } | Reason::EnableLabelInvalid { error } => Some(error),
        _ => None,
    }
}

/// The key of the label that an error is about, as the container spells it.
pub(super) fn key_of<'a>(container: &'a Container, error: &DecodeError) -> Option<&'a str> {
    let keys = || container.labels.iter().filter_map(|label| label.key.known());
    let below = |key: &&str| key.strip_prefix(error.path.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']));
    keys().find(|key| *key == error.path).or_else(|| keys().find(below))
}

fn finding(error: &DecodeError, at: At<'_>) -> Finding {
    let key = key_of(at.container, error);
    let message = match &error.problem {
        Problem::UnknownField { name, .. } => format!("Traefik knows no field `{name}`"),
        other => format!("Traefik can't decode `{}`: {other}", key.unwrap_or(&error.path)),
    };
    let found = Finding::of(&RULE, message).about(at.title()).so(loses(at.container));
    let (Some(key), Problem::UnknownField { name, nearest }) = (key, &error.problem) else {
        return found.at(at.key_site(key.unwrap_or_default()), "this label");
    };
    let label = at.container.label(key);
    let start = error.path.len().saturating_sub(name.len());
    let site = label.and_then(|label| label.key.part(start..start + name.len()));
    let found = found.at(site.clone(), "unknown");
    match nearest {
        Some(nearest) => {
            let mended = format!("{}{nearest}{}", &key[..start], &key[start + name.len()..]);
            let is_free = at.label(&mended).is_none();
            found.perhaps(Some(nearest)).mended_by(site.filter(|_| is_free), nearest.clone())
        }
        None => found,
    }
}
