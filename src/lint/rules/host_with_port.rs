//! `ECS023`: a host with a port, a scheme or a path.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rule_text::{arguments, calls};
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS023",
    name: "host-with-port",
    severity: Severity::Error,
    what: "A `Host` or `HostSNI` has more in it than a host name: a port, a scheme, a path, a blank.",
    why: "Traefik compares the host alone, so the rule never matches.",
    example: "Host(`api.example.com:8080`)",
    fix: "Write the name alone; an entry point says the port.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for defined in world.routers() {
        let (Some(label), Ok(condition)) = (defined.label("rule"), calls(defined.router.rule())) else { continue };
        let names = |name: &str| name.eq_ignore_ascii_case("Host") || name.eq_ignore_ascii_case("HostSNI");
        for (call, _) in condition.leaves().filter(|(call, _)| names(&call.name)) {
            for (argument, host) in call.arguments.iter().zip(arguments(call)) {
                let Some(what) = more_than_a_name(&host) else { continue };
                let message = format!("`{}({host})` has {what} in it and never matches", call.name);
                let finding = Finding::of(&RULE, message).about(defined.at.title());
                let site = label.value.part(argument.span.range());
                found.push(finding.at(site, "no host name").help("write the host's name alone"));
            }
        }
    }
    found
}

fn more_than_a_name(host: &str) -> Option<&'static str> {
    let is_ipv6 = host.starts_with('[') || host.matches(':').count() > 1;
    match () {
        () if host.contains("://") => Some("a scheme"),
        () if host.contains('/') => Some("a path"),
        () if host.contains(char::is_whitespace) => Some("a blank"),
        () if host.contains(':') && !is_ipv6 => Some("a port"),
        () => None,
    }
}
