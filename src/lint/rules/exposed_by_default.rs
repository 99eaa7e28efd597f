//! `ECS070`: a container that is exposed because nothing says otherwise.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::is_traefik;
use crate::lint::place::Word;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::{EnabledBy, Evidence, Outcome, Verdict};

pub static RULE: Rule = Rule {
    id: "ECS070",
    name: "exposed-by-default",
    severity: Severity::Warning,
    what: "A container without any label of Traefik's is routed, since `exposedByDefault` is true: a database, a \
           sidecar, or whatever else maps a port.",
    why: "Whoever guesses its name reaches it.",
    example: r#"{"name": "db", "image": "postgres:16", "portMappings": [{"containerPort": 5432}]}"#,
    fix: "Set `exposedByDefault` to false, or label the container `traefik.enable` = `false`.",
    check,
};

/// Images that nobody means to publish: databases, queues, agents and proxies beside a container.
const PRIVATE: [&str; 26] = [
    "postgres",
    "mysql",
    "mariadb",
    "mongo",
    "redis",
    "valkey",
    "memcached",
    "elasticsearch",
    "opensearch",
    "rabbitmq",
    "kafka",
    "zookeeper",
    "cassandra",
    "etcd",
    "vault",
    "consul",
    "clickhouse",
    "influxdb",
    "datadog",
    "agent",
    "fluent-bit",
    "fluentd",
    "otel",
    "opentelemetry",
    "xray",
    "envoy",
];

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.distinct().into_iter().filter_map(|judged| {
        let labelled = judged.container.labels.iter().filter_map(|label| label.key.known()).any(is_traefik);
        let image = judged.container.image.as_ref().and_then(Word::known).unwrap_or_default();
        if labelled || !judged.verdict.is_routed() || !by_default(judged.verdict) || is_traefik_image(image) {
            return None;
        }
        let name = judged.container.title();
        let private = PRIVATE.iter().find(|known| image_name(image).contains(*known) || name.contains(*known));
        let rule = judged.verdict.routers.first().map_or("", |router| &router.rule);
        let (message, severity) = match private {
            Some(kind) => (format!("`{name}` looks like {kind} and is published under {rule}"), Severity::Warning),
            None => (format!("`{name}` has no label of Traefik's and is published under {rule}"), Severity::Note),
        };
        let site = place(judged.container);
        let finding = Finding::of(&RULE, message).about(judged.title()).at(site, "exposed").as_severe_as(severity);
        Some(finding.help("set `exposedByDefault` to false, or label it `traefik.enable` = `false`"))
    });
    found.collect()
}

/// Whether nothing but the default exposes a container.
pub(super) fn by_default(verdict: &Verdict) -> bool {
    verdict.decisions.iter().any(|decision| {
        let Outcome::Passed(Evidence::Enabled(by)) = &decision.outcome else { return false };
        matches!(**by, EnabledBy::Default { enabled: true })
    })
}

/// An image's name without its registry and tag.
pub(super) fn image_name(image: &str) -> &str {
    let name = image.rsplit('/').next().unwrap_or(image);
    name.split([':', '@']).next().unwrap_or(name)
}

pub(super) fn is_traefik_image(image: &str) -> bool {
    image_name(image) == "traefik"
}
