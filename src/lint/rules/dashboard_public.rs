//! `ECS072`: a dashboard or API that anybody may open.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS072",
    name: "dashboard-public",
    severity: Severity::Warning,
    what: "A router leads to Traefik's API or dashboard and has no middleware.",
    why: "Whoever reaches the entry point reads every route, and what the API tells of secrets.",
    example: r#""traefik.http.routers.dashboard.service": "api@internal""#,
    fix: "Put `basicAuth`, `forwardAuth` or `ipAllowList` before it, or an entry point that is not public.",
    check,
};

const INTERNAL: [&str; 3] = ["api@internal", "dashboard@internal", "rest@internal"];

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.routers().filter_map(|defined| {
        let router = defined.router;
        let service = router.service();
        let is_open = INTERNAL.contains(&service) && router.middlewares().next().is_none();
        // A rule that names client addresses is a lock, too.
        let is_locked = router.rule().contains("ClientIP(") || router.entry_points().any(|name| &**name == "traefik");
        let label = defined.label_or_any("service").filter(|_| is_open && !is_locked)?;
        let message = format!("the router `{}` leads to `{service}` and nothing stands before it", defined.name);
        Some(Finding::of(&RULE, message).about(defined.at.title()).at(label.value.site(), "for everybody"))
    });
    found.collect()
}
