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

/// What each says was held against the fields of each release (`tests/schema/versions.json`: all of them are still read),
/// against Traefik's own notes on migration, from v2 to v3 and for v3's minor releases, and against what v3.0.4 and v3.7.9
/// do with the option.
const NOTED: &[Noted] = &[
    // Read by no code of v3's any more; v2's notes announce it.
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
    // v3 warns of it and does it; what is different is that it is off where it isn't set.
    noted(
        Release::V3_0,
        "http.middlewares.*.stripprefix.forceslash",
        Severity::Note,
        DEPRECATED,
        "leave it out: a path that is stripped whole then stays empty; `replacePathRegex` puts a slash there",
    ),
    // v3 warns of it and asks for no client certificate: that is the server's to do.
    noted(
        Release::V3_0,
        "http.middlewares.*.forwardauth.tls.caoptional",
        Severity::Warning,
        NOTHING,
        "leave it out: TLS client authentication is the server's to ask for",
    ),
    // v3 warns of it; `false` takes the middleware out, anything else is what it does anyway.
    noted(
        Release::V3_0,
        "http.middlewares.*.contenttype.autodetect",
        Severity::Note,
        DEPRECATED,
        "leave it out: v3 sets a missing `Content-Type` only where the `contentType` middleware is",
    ),
    // From v2 to v3: renamed, the old name goes with the next major release.
    noted(Release::V3_0, "http.middlewares.*.ipwhitelist", Severity::Note, DEPRECATED, "use `ipAllowList`"),
    noted(Release::V3_0, "tcp.middlewares.*.ipwhitelist", Severity::Note, DEPRECATED, "use `ipAllowList`"),
    noted(
        Release::V3_0,
        "tcp.services.*.loadbalancer.terminationdelay",
        Severity::Note,
        DEPRECATED,
        "set it in a `serversTransport`",
    ),
    // The notes on v3.5.2.
    noted(
        Release::V3_5,
        "tcp.services.*.loadbalancer.proxyprotocol",
        Severity::Note,
        DEPRECATED,
        "set it in a `serversTransport`",
    ),
    // The notes on v3.4.
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
    // The notes on v3.6.14. One that isn't set at all is warned of too.
    noted(
        Release::V3_6,
        "http.middlewares.*.forwardauth.trustforwardheader",
        Severity::Note,
        DEPRECATED,
        "name the trusted addresses in the entry point's `forwardedHeaders.trustedIPs`, and set this one to `true` until \
         it goes",
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
