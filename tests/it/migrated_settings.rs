//! Static configurations of Traefik 1.7, migrated: what comes out starts v3, and no option vanishes.

use std::fs;
use std::path::{Path, PathBuf};

use ecsroute::migrate::migrate_settings;
use ecsroute::render::static_toml;
use ecsroute::settings::{FileChoice, FileError, FileSystem, Input, Outcome, load};
use ecsroute::v1::toml::{Table, Toml, parse};

use super::live::program::{folder, run};

/// One file, and nothing else.
struct OnlyFile<'a>(&'a str);

impl FileSystem for OnlyFile<'_> {
    fn exists(&self, path: &str) -> Result<bool, FileError> {
        Ok(path == "traefik.toml")
    }

    fn read(&self, _: &str) -> Result<Vec<u8>, FileError> {
        Ok(self.0.as_bytes().to_vec())
    }

    fn directory(&self) -> String {
        "/".to_owned()
    }
}

/// Every static configuration of 1.7 among the cases.
fn configurations() -> Vec<(PathBuf, Table)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let paths =
        ["static/v1.toml", "cases/migrate/settings.in/traefik.toml", "cases/migrate/settings-full.in/traefik.toml"];
    let read = |path: PathBuf| {
        let table = parse(&fs::read_to_string(&path).expect("it is there")).expect("it is TOML of 1.7");
        (path, table)
    };
    let mut all: Vec<_> = paths.iter().map(|path| read(root.join(path))).collect();
    all.push((PathBuf::from("the deprecated forms"), parse(DEPRECATED).expect("it is TOML of 1.7")));
    all
}

/// Options that 1.7 still reads under names of before.
const DEPRECATED: &str = r#"
accessLogsFile = "access.log"
traefikLogsFile = "traefik.log"
graceTimeOut = "5s"
idleTimeout = 90
rootCAs = ["ca.pem"]
[web]
address = ":8080"
path = "/admin"
readOnly = true
[web.auth.digest]
users = ["test:traefik:a2688e031edb4be6a3797f3882655c05"]
[web.metrics.statsd]
address = "localhost:8125"
[entryPoints.https]
address = "10.0.0.1:8443"
[entryPoints.https.whiteList]
sourceRange = ["10.0.0.0/8"]
useXForwardedFor = true
[entryPoints.https.auth.forward]
address = "https://auth.example.com"
trustForwardHeader = true
authResponseHeaders = ["X-User"]
[entryPoints.https.auth.forward.tls]
ca = "ca.pem"
caOptional = true
insecureSkipVerify = true
[entryPoints.https.tls]
clientCAFiles = ["ca.pem"]
[entryPoints.https.tls.defaultCertificate]
certFile = "a.crt"
keyFile = "a.key"
[entryPoints.other]
address = ":9443"
[entryPoints.other.tls]
minVersion = "VersionTLS13"
[[entryPoints.other.tls.certificates]]
certFile = "b.crt"
keyFile = "b.key"
[acme]
email = "ops@example.com"
storageFile = "acme.json"
entryPoint = "https"
dnsProvider = "route53"
onDemand = true
[[acme.domains]]
main = "example.com"
sans = ["www.example.com"]
[[tls]]
entryPoints = ["https"]
[tls.certificate]
certFile = "c.crt"
keyFile = "c.key"
[ecs]
cluster = "old"
clusters = ["unread"]
watch = false
filename = "ecs.tmpl"
"#;

#[test]
fn what_comes_out_starts_v3() {
    for (path, table) in configurations() {
        let migrated = migrate_settings(&table, "dynamic.toml");
        let text = static_toml(&migrated.tree);
        let files = OnlyFile(&text);
        let input = Input { arguments: &[], environment: &[], files: &files, file: FileChoice::Named("traefik.toml") };
        let loading = load(&input);
        match loading.outcome {
            Ok(Outcome::Loaded(_)) => {}
            other => panic!("{}: {other:?}\n{text}", path.display()),
        }
        assert!(loading.notices.is_empty(), "{}: {:?}", path.display(), loading.notices);
    }
}

/// The paths of all that is said, with that which is said without it.
fn leaves(table: &Table, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    for (key, value) in table {
        path.push(key.clone());
        match value {
            Toml::Table(inner) if !inner.is_empty() => leaves(inner, path, found),
            _ => found.push(path.clone()),
        }
        path.pop();
    }
}

fn without(table: &Table, path: &[String]) -> Table {
    let mut table = table.clone();
    match path {
        [last] => drop(table.remove(last)),
        [first, rest @ ..] => {
            if let Some(Toml::Table(inner)) = table.get_mut(first) {
                *inner = without(inner, rest);
            }
        }
        [] => {}
    }
    table
}

#[test]
fn no_option_vanishes() {
    let mut tried = 0;
    for (file, table) in configurations() {
        let migrated = migrate_settings(&table, "dynamic.toml");
        let mut all = Vec::new();
        leaves(&table, &mut Vec::new(), &mut all);
        for path in all {
            let less = migrate_settings(&without(&table, &path), "dynamic.toml");
            let dotted = path.join(".");
            let told = migrated.notes.iter().any(|(known, _)| dotted.starts_with(known.as_str()));
            let counts = (&less.tree, &less.dynamic) != (&migrated.tree, &migrated.dynamic);
            assert!(counts || told, "{}: `{dotted}` vanishes", file.display());
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried} options");
}

#[test]
fn a_file_that_is_there_already_is_not_overwritten() {
    let folder = folder("migrate-write");
    let source = "[entryPoints.http]\naddress = \":80\"\ncompress = true\n";
    fs::write(folder.join("traefik.toml"), source).expect("it can be written");
    fs::write(folder.join("traefik-dynamic.toml"), "# mine\n").expect("it can be written");
    let path = folder.join("traefik.toml");
    let arguments = ["migrate", path.to_str().expect("a plain path"), "--write"];
    let ran = run(&arguments, &[]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("is there already"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), source, "nothing is written");
    fs::remove_file(folder.join("traefik-dynamic.toml")).expect("it can go");
    assert_eq!(run(&arguments, &[]).status, 0);
    assert!(fs::read_to_string(folder.join("traefik-dynamic.toml")).expect("it is made").contains("compress"));
}
