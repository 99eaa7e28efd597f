//! `ECS071`: traefik's own container, exposed by default.

use super::exposed_by_default::{by_default, is_traefik_image};
use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::place::Word;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS071",
    name: "traefik-exposed",
    severity: Severity::Warning,
    what: "Traefik's own container is exposed by default.",
    why: "Traefik then routes requests to itself, its lowest port first: a loop, or its dashboard in public.",
    example: r#"{"name": "traefik", "image": "traefik:v3.7", "portMappings": [{"containerPort": 80}]}"#,
    fix: "Label it `traefik.enable` = `false`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.distinct().into_iter().filter_map(|judged| {
        let verdict = judged.verdict;
        let image = judged.container.image.as_ref().and_then(Word::known).unwrap_or_default();
        let leads_inside = verdict.routers.iter().any(|router| router.service.ends_with("@internal"));
        if !is_traefik_image(image) || !verdict.is_routed() || !by_default(verdict) || leads_inside {
            return None;
        }
        let site = place(judged.container);
        let message = "Traefik's own container is exposed by default and routes requests to itself";
        let finding = Finding::of(&RULE, message).about(judged.title()).at(site, "Traefik itself");
        Some(finding.help("label it `traefik.enable` = `false`"))
    });
    found.collect()
}
