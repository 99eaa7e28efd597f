//! What is worth a word about settings: for each id a case in which it is said, and one in which it isn't, through the
//! built binary.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ecsroute::settings::REMARKS as IDS;
use ecsroute::v1::REMARKS as ADVICE;

use super::live::program::{folder, run};

/// How Traefik is set, and how it is asked about.
#[derive(Clone, Copy)]
struct Line {
    /// A static file: its name and text.
    file: Option<(&'static str, &'static str)>,
    /// A file beside it.
    beside: Option<(&'static str, &'static str)>,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

impl Line {
    const fn file(name: &'static str, text: &'static str) -> Self {
        Self { file: Some((name, text)), beside: None, arguments: &[], environment: &[] }
    }

    const fn yaml(text: &'static str) -> Self {
        Self::file("traefik.yml", text)
    }

    const fn flags(arguments: &'static [&'static str]) -> Self {
        Self { file: None, beside: None, arguments, environment: &[] }
    }

    const fn with(self, arguments: &'static [&'static str]) -> Self {
        Self { arguments, ..self }
    }

    const fn beside(self, name: &'static str, text: &'static str) -> Self {
        Self { beside: Some((name, text)), ..self }
    }

    const fn amid(self, environment: &'static [(&'static str, &'static str)]) -> Self {
        Self { environment, ..self }
    }

    /// The ids of what `--show-settings` warns of, each of which is said on stderr, too.
    fn warned(self, at: &Path) -> BTreeSet<String> {
        let mut arguments = vec!["discover".to_owned(), "--show-settings".to_owned(), "--format=json".to_owned()];
        for (name, text) in self.beside.into_iter().chain(self.file) {
            let text = text.replace("{at}", &at.display().to_string());
            fs::write(at.join(name), text).expect("the folder can be written");
        }
        match self.file {
            Some((name, _)) => arguments.push(format!("--static-config={}", at.join(name).display())),
            None => arguments.push("--no-static-config".to_owned()),
        }
        arguments.extend(self.arguments.iter().map(ToString::to_string));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = run(&arguments, self.environment);
        assert_eq!(ran.status, 0, "{arguments:?}\n{}", ran.stderr);
        let document = ran.json();
        let warnings = document["warnings"].as_array().expect("there is a list of warnings");
        for warning in warnings {
            let message = warning["message"].as_str().expect("a warning says something");
            assert!(ran.stderr.contains(message), "{message} is said aside\n{}", ran.stderr);
        }
        warnings.iter().filter_map(|warning| warning["id"].as_str()).map(str::to_owned).collect()
    }
}

const V1: &[&str] = &["--traefik=v1"];

/// An id, where it is said, and where it isn't.
const CASES: &[(&str, Line, Line)] = &[
    (
        "another-region",
        Line::yaml("providers: {ecs: {region: eu-west-1}}").amid(&[("AWS_REGION", "us-east-1")]),
        Line::yaml("providers: {ecs: {region: eu-west-1}}").amid(&[("AWS_REGION", "eu-west-1")]),
    ),
    (
        "another-region",
        Line::file("traefik.toml", "[ecs]\nRegion = 'eu-west-1'").with(V1).amid(&[("AWS_DEFAULT_REGION", "us-east-1")]),
        Line::file("traefik.toml", "[ecs]\nRegion = 'eu-west-1'").with(V1),
    ),
    (
        "bool-with-a-space",
        Line::flags(&["--providers.ecs.autoDiscoverClusters", "--", "--providers.ecs.ecsAnywhere", "false"]),
        Line::flags(&["--providers.ecs.autoDiscoverClusters", "--", "--providers.ecs.ecsAnywhere=false"]),
    ),
    (
        "bool-with-a-space",
        Line::flags(&["--traefik=v1", "--", "--ecs.watch", "false"]),
        Line::flags(&["--traefik=v1", "--", "--ecs.watch", "--ecs.region=eu-west-1"]),
    ),
    (
        "clusters-beside-discovery",
        Line::yaml("providers: {ecs: {clusters: [prod], autoDiscoverClusters: true}}"),
        Line::yaml("providers: {ecs: {clusters: [prod]}}"),
    ),
    (
        "clusters-beside-discovery",
        Line::file("traefik.toml", "[ecs]\nCluster = 'prod'\nAutoDiscoverClusters = true").with(V1),
        Line::file("traefik.toml", "[ecs]\nAutoDiscoverClusters = true").with(V1),
    ),
    (
        "section-renewed",
        Line::file("traefik.toml", "[ecs]\nRegion = 'eu-west-1'").with(&["--traefik=v1", "--", "--ecs"]),
        Line::file("traefik.toml", "[ecs]\nRegion = 'eu-west-1'").with(&["--traefik=v1", "--", "--ecs.watch=false"]),
    ),
    (
        "section-renewed",
        Line::file("traefik.toml", "[ecs]\nRegion = 'eu-west-1'").with(&[
            "--traefik=v1",
            "--",
            "--ecs=1",
            "--ecs.domain=x",
        ]),
        Line::file("traefik.toml", "[ecs]\nRegion = 'eu-west-1'").with(&["--traefik=v1", "--", "--ecs", "--ecs=false"]),
    ),
    (
        "cluster-deprecated",
        Line::file("traefik.toml", "[ecs]\nCluster = 'prod'").with(V1),
        Line::file("traefik.toml", "[ecs]\nClusters = ['prod']").with(V1),
    ),
    (
        "constraint-broken",
        Line::yaml("providers: {ecs: {constraints: 'Label(`a`'}}"),
        Line::yaml("providers: {ecs: {constraints: 'Label(`a`, `b`)'}}"),
    ),
    (
        "default-rule-broken",
        Line::yaml("providers: {ecs: {defaultRule: 'Host(`{{ .Name`)'}}"),
        Line::yaml("providers: {ecs: {defaultRule: 'Host(`{{ .Name }}`)'}}"),
    ),
    (
        "dynamic-in-static",
        Line::yaml("providers: {ecs: {}}\nhttp: {routers: {}}"),
        Line::yaml("providers: {ecs: {}}\nping: {}"),
    ),
    (
        "flag-by-chance",
        Line::flags(&["--", "--providers.ecs", "--entryPoints.web.http.middlewares", "a@file"]),
        Line::flags(&["--", "--providers.ecs", "--entryPoints.web.address=:80"]),
    ),
    (
        "half-a-key",
        Line::yaml("providers: {ecs: {accessKeyID: AKIA}}"),
        Line::yaml("providers: {ecs: {accessKeyID: AKIA, secretAccessKey: s}}"),
    ),
    ("half-a-key", Line::yaml("providers: {ecs: {secretAccessKey: s}}"), Line::yaml("providers: {ecs: {}}")),
    (
        "ignored-form",
        Line::yaml("providers: {ecs: {}}").with(&["--providers.ecs.region=eu-west-1"]),
        Line::yaml("providers: {ecs: {}}").with(&["--cluster=prod"]),
    ),
    (
        "ignored-form",
        Line::flags(&["--providers.ecs"]).amid(&[("TRAEFIK_PROVIDERS_ECS_REGION", "eu-west-1")]),
        Line::flags(&[]).amid(&[("TRAEFIK_PROVIDERS_ECS_REGION", "eu-west-1")]),
    ),
    (
        "logged",
        Line::yaml("providers: {ecs: {}}\ncore: {defaultRuleSyntax: v2}"),
        Line::yaml("providers: {ecs: {}}\nping: {}"),
    ),
    (
        "other-release",
        Line::file("traefik.toml", "[ecs]\nclusters = ['prod']\n[log]"),
        Line::file("traefik.toml", "[providers.ecs]\nclusters = ['prod']\n[log]"),
    ),
    (
        "other-release",
        Line::file("traefik.toml", "[providers.ecs]\nclusters = ['prod']").with(V1),
        Line::file("traefik.toml", "[ecs]\nclusters = ['prod']").with(V1),
    ),
    ("provider-off", Line::yaml("log: {level: DEBUG}"), Line::yaml("providers: {ecs: {}}")),
    ("provider-off", Line::file("traefik.toml", "debug = true").with(V1), Line::file("traefik.toml", "[ecs]").with(V1)),
    (
        "refresh-impossible",
        Line::yaml("providers: {ecs: {refreshSeconds: 0}}"),
        Line::yaml("providers: {ecs: {refreshSeconds: 1}}"),
    ),
    (
        "static-in-dynamic",
        Line::yaml("providers: {ecs: {}, file: {filename: '{at}/dynamic.yml'}}")
            .beside("dynamic.yml", "providers: {ecs: {clusters: [prod]}}"),
        Line::yaml("providers: {ecs: {}, file: {filename: '{at}/dynamic.yml'}}").beside("dynamic.yml", "http: {}"),
    ),
    (
        "static-in-dynamic",
        Line::yaml("providers: {ecs: {}, file: {directory: '{at}'}}").beside("dynamic.toml", "[providers.ecs]"),
        Line::yaml("providers: {ecs: {}, file: {filename: '{at}/dynamic.toml'}}").beside("dynamic.toml", "[http]"),
    ),
    (
        "template-version",
        Line::file("traefik.toml", "[ecs]\nfilename = '{at}/ecs.tmpl'").beside("ecs.tmpl", "").with(V1),
        Line::file("traefik.toml", "[ecs]\nfilename = '{at}/ecs.tmpl'\ntemplateVersion = 2")
            .beside("ecs.tmpl", "")
            .with(V1),
    ),
    (
        "unknown-root",
        Line::yaml("providers: {ecs: {}}\nentrypoint: {}"),
        Line::yaml("providers: {ecs: {}}\nentryPoints: {web: {address: ':80'}}"),
    ),
    (
        "unknown-root",
        Line::file("traefik.toml", "[ecs]\nClustres = ['prod']").with(V1),
        Line::file("traefik.toml", "[ecs]\ntrace = true").with(V1),
    ),
    (
        "variables-unread",
        Line::flags(V1).amid(&[("TRAEFIK_ECS_CLUSTERS", "prod")]),
        Line::flags(V1).amid(&[("AWS_REGION", "eu-west-1")]),
    ),
    (
        "watch-off",
        Line::file("traefik.toml", "[ecs]\nWatch = false").with(V1),
        Line::file("traefik.toml", "[ecs]\nWatch = true").with(V1),
    ),
];

/// What only a fleet shows, with words of it: where it is said, and where it isn't.
const OF_FLEETS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "external-without-anywhere",
        "run on external instances",
        &["discover", "--demo", "--ecs-anywhere=false"],
        &["discover", "--demo"],
    ),
    (
        "refresh-too-short",
        "one Traefik goes unnoticed from",
        &["discover", "--snapshot={fleet}", "--refresh-seconds=5"],
        &["discover", "--snapshot={fleet}", "--refresh-seconds=60"],
    ),
];

#[test]
fn each_is_said_where_it_should_be_and_nowhere_else() {
    let folder = folder("warnings");
    for (number, (id, said, silent)) in CASES.iter().enumerate() {
        for (line, wanted) in [(said, true), (silent, false)] {
            let at = folder.join(format!("{number}-{id}-{wanted}"));
            fs::create_dir_all(&at).expect("the folder can be written");
            let warned = line.warned(&at);
            assert_eq!(warned.contains(*id), wanted, "{id}: {warned:?}");
        }
    }
}

#[test]
fn what_a_fleet_shows_is_said_where_it_should_be_and_nowhere_else() {
    let fleet = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/lint/refresh-too-short.bad.in/fleet.json");
    for (id, words, said, silent) in OF_FLEETS {
        for (line, wanted) in [(said, true), (silent, false)] {
            let line: Vec<String> = line.iter().map(|argument| argument.replace("{fleet}", fleet)).collect();
            let ran = run(&line.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
            assert_eq!(ran.stderr.contains(words), wanted, "{id}: {line:?}\n{}", ran.stderr);
        }
    }
}

#[test]
fn each_has_a_case() {
    let known: BTreeSet<&str> = IDS.into_iter().chain(ADVICE).collect();
    let covered: BTreeSet<&str> = CASES.iter().map(|case| case.0).chain(OF_FLEETS.iter().map(|case| case.0)).collect();
    assert_eq!(known, covered);
}
