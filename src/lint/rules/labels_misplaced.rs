//! `ECS007`: `labels` where `dockerLabels` was meant.

use crate::lint::finding::{Finding, Severity};
use crate::lint::given::is_traefik;
use crate::lint::rule::Rule;
use crate::lint::world::{World, title};

pub static RULE: Rule = Rule {
    id: "ECS007",
    name: "labels-misplaced",
    severity: Severity::Error,
    what: "A container has Traefik's labels under `labels`, which ECS doesn't know.",
    why: "ECS keeps `dockerLabels` alone. What stands under `labels`, as examples for Compose and Kubernetes have it, is \
          dropped or refused; Traefik sees a container without labels.",
    example: "\"labels\": { \"traefik.enable\": \"true\" }",
    fix: "Rename the key to `dockerLabels` (`DockerLabels` in CloudFormation).",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let misplaced = world
        .containers()
        .filter(|(_, container)| container.misplaced.iter().any(|label| label.key.known().is_some_and(is_traefik)));
    let found = misplaced.map(|(definition, container)| {
        let site = container.misplaced_at.clone();
        let is_capital = site.as_ref().is_some_and(|site| {
            world.files[site.file].text.get(site.span(world.files)).is_some_and(|key| key.contains('L'))
        });
        let name = if is_capital { "DockerLabels" } else { "dockerLabels" };
        // Where both are there, one name for them would keep one alone.
        let is_free = container.labels.is_empty() && container.later.is_empty();
        Finding::of(&RULE, "ECS knows no `labels` in a container")
            .at(site.clone(), "Traefik never sees these")
            .about(title(definition, container))
            .help(format!("call it `{name}`"))
            .mended_by(site.filter(|_| is_free), name)
    });
    found.collect()
}
