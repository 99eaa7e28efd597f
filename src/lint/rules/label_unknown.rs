//! `ECS001`: a label that names nothing Traefik knows.

use crate::decode::{DecodeError, Problem};
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Container;
use crate::lint::rule::Rule;
use crate::lint::rules::loses;
use crate::lint::world::{Judged, World};
use crate::pipeline::Reason;

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
    let refused = world.distinct().into_iter().filter_map(|judged| Some((refusal(judged)?, judged)));
    let names = refused.filter(|(error, _)| is_about_a_name(&error.problem));
    names.map(|(error, judged)| finding(error, judged)).collect()
}

/// Why a container's labels don't decode.
pub(super) fn refusal(judged: Judged<'_>) -> Option<&DecodeError> {
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

fn is_about_a_name(problem: &Problem) -> bool {
    !problem.is_panic() && !matches!(problem, Problem::Value(_) | Problem::Duration(_))
}

fn finding(error: &DecodeError, judged: Judged<'_>) -> Finding {
    let key = key_of(judged.container, error);
    let message = match &error.problem {
        Problem::UnknownField { name, .. } => format!("Traefik knows no field `{name}`"),
        other => format!("Traefik can't decode `{}`: {other}", key.unwrap_or(&error.path)),
    };
    let found = Finding::of(&RULE, message).about(judged.title()).so(loses(judged.container));
    let (Some(key), Problem::UnknownField { name, nearest }) = (key, &error.problem) else {
        return found.at(judged.key_site(key.unwrap_or_default()), "this label");
    };
    let label = judged.container.label(key);
    let at = error.path.len().saturating_sub(name.len());
    let site = label.and_then(|label| label.key.part(at..at + name.len()));
    let found = found.at(site.clone(), "unknown");
    match nearest {
        Some(nearest) => found.perhaps(Some(nearest)).mended_by(site, nearest.clone()),
        None => found,
    }
}
