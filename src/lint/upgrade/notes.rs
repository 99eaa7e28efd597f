//! What release notes say of labels and settings that are still read: the options that do nothing any more, or will go.

use std::collections::BTreeSet;

use super::rules::SYNTAX_DEPRECATED;
use super::{Change, Found, Range, Subject};
use crate::lint::finding::Severity;
use crate::lint::world::World;
use crate::model::Release;

/// An option of which a release's notes say something.
struct Noted {
    /// Since when.
    since: Release,
    /// The label without `traefik.`, with `*` for names, in lower case; what stands below it counts too.
    label: &'static str,
    /// How bad it is.
    severity: Severity,
    /// What is so.
    what: &'static str,
    /// What to do.
    instead: &'static str,
}

const fn noted(
    since: Release,
    label: &'static str,
    severity: Severity,
    what: &'static str,
    instead: &'static str,
) -> Noted {
    Noted { since, label, severity, what, instead }
}

const NOTHING: &str = "is read and does nothing any more";
const DEPRECATED: &str = "is deprecated: it works, and will be removed";
const REDIRECT: &str = "use a `redirectScheme` middleware, or the entry point's `http.redirections`";

const NOTED: &[Noted] = &[
    noted(Release::V3_0, "http.middlewares.*.headers.sslredirect", Severity::Error, NOTHING, REDIRECT),
    noted(Release::V3_0, "http.middlewares.*.headers.ssltemporaryredirect", Severity::Error, NOTHING, REDIRECT),
    noted(
        Release::V3_0,
        "http.middlewares.*.headers.sslhost",
        Severity::Error,
        NOTHING,
        "use a `redirectRegex` middleware",
    ),
    noted(
        Release::V3_0,
        "http.middlewares.*.headers.sslforcehost",
        Severity::Error,
        NOTHING,
        "use a `redirectRegex` middleware",
    ),
    noted(
        Release::V3_0,
        "http.middlewares.*.headers.featurepolicy",
        Severity::Warning,
        NOTHING,
        "use `permissionsPolicy`",
    ),
    noted(
        Release::V3_0,
        "http.middlewares.*.stripprefix.forceslash",
        Severity::Warning,
        NOTHING,
        "a path that is stripped whole stays empty; use `replacePathRegex` where a server wants the slash",
    ),
    noted(
        Release::V3_0,
        "http.middlewares.*.forwardauth.tls.caoptional",
        Severity::Warning,
        NOTHING,
        "leave it out: TLS client authentication is the server's to ask for",
    ),
    noted(
        Release::V3_0,
        "http.middlewares.*.contenttype.autodetect",
        Severity::Warning,
        NOTHING,
        "v3 sets no `Content-Type` by itself: the `contentType` middleware alone makes it",
    ),
    noted(Release::V3_0, "http.middlewares.*.ipwhitelist", Severity::Note, DEPRECATED, "use `ipAllowList`"),
    noted(Release::V3_0, "tcp.middlewares.*.ipwhitelist", Severity::Note, DEPRECATED, "use `ipAllowList`"),
    noted(
        Release::V3_0,
        "tcp.services.*.loadbalancer.terminationdelay",
        Severity::Note,
        DEPRECATED,
        "set it in a `serversTransport`",
    ),
    noted(
        SYNTAX_DEPRECATED,
        "http.routers.*.rulesyntax",
        Severity::Note,
        DEPRECATED,
        "write the rule in v3's language; `ecsroute migrate` does",
    ),
    noted(
        SYNTAX_DEPRECATED,
        "tcp.routers.*.rulesyntax",
        Severity::Note,
        DEPRECATED,
        "write the rule in v3's language; `ecsroute migrate` does",
    ),
    noted(
        Release::V3_6,
        "http.middlewares.*.forwardauth.trustforwardheader",
        Severity::Note,
        DEPRECATED,
        "name the trusted addresses in the entry point's `forwardedHeaders.trustedIPs`",
    ),
];

pub(super) fn add(range: Range, world: &World<'_>, found: &mut Found) {
    for label in world.labels() {
        for noted in NOTED.iter().filter(|noted| range.passes(noted.since) && is_at(label.key, noted.label)) {
            let option = noted.label.rsplit("*.").next().unwrap_or(noted.label);
            found.add(Change {
                subject: Subject::Label,
                severity: noted.severity,
                since: noted.since,
                message: format!("`{option}` {}", noted.what),
                help: Some(noted.instead.to_owned()),
                of: BTreeSet::from([format!("{} {}", label.at.title(), label.key)]),
            });
        }
    }
    settings(range, world, found);
}

/// Whether a label is at a path or below it.
fn is_at(label: &str, path: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let Some(rest) = label.strip_prefix("traefik.") else { return false };
    let mut given = rest.split('.');
    path.split('.').all(|part| given.next().is_some_and(|given| part == "*" || given.split('[').next() == Some(part)))
}

fn settings(range: Range, world: &World<'_>, found: &mut Found) {
    let mut add = |since, severity, message: &str, help: &str| {
        if range.passes(since) {
            found.add(Change {
                subject: Subject::Setting,
                severity,
                since,
                message: message.to_owned(),
                help: Some(help.to_owned()),
                of: BTreeSet::new(),
            });
        }
    };
    if world.settings.default_rule_syntax.is_some() {
        let message = "`core.defaultRuleSyntax` is deprecated: it works, and will be removed";
        add(SYNTAX_DEPRECATED, Severity::Note, message, "write the rules in v3's language; `ecsroute migrate` does");
    }
    if world.settings.provider.healthy_tasks_only {
        let message = "`providers.ecs.healthyTasksOnly` is read, which v2 doesn't know";
        add(Release::V3_0, Severity::Note, message, "set it once v3 runs: v2 does not start with it");
    }
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn labels_are_at_a_path_or_below_it() {
        let path = "http.middlewares.*.ipwhitelist";
        assert!(is_at("traefik.http.middlewares.a.ipWhiteList.sourceRange", path));
        assert!(is_at("traefik.http.middlewares.a.IPWhiteList", path));
        assert!(!is_at("traefik.http.middlewares.a.ipAllowList.sourceRange", path));
        assert!(!is_at("traefik.http.middlewares.a", path));
        assert!(!is_at("http.middlewares.a.ipWhiteList", path));
    }
}
