//! `ECS002`: a label that crashes Traefik's decoder.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rules::label_unknown::{key_of, refused};
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS002",
    name: "label-crash",
    severity: Severity::Error,
    what: "A label has a bracket that nothing opens, which crashes Traefik's decoder.",
    why: "The crash ends the whole pass of the provider, not this container's part alone: no route of the fleet is \
          updated any more, and Traefik retries for ever.",
    example: "\"traefik.http.routers.web].rule\": \"Host(`a.example.com`)\"",
    fix: "Take the bracket out of the label's name.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let crashes = refused(world).into_iter().filter(|(error, _)| error.problem.is_panic());
    let found = crashes.map(|(error, at)| {
        let key = key_of(at.container, error).unwrap_or(&error.path);
        let bracket = key.find(']').unwrap_or_default();
        let site = at.container.label(key).and_then(|label| label.key.part(bracket..bracket + 1));
        Finding::of(&RULE, format!("`{key}` crashes Traefik's decoder"))
            .at(site.or_else(|| at.key_site(key)), "nothing opens this bracket")
            .about(at.title())
            .so("stops the whole provider: no route of the fleet is updated any more")
    });
    found.collect()
}
