//! No text breaks a language: constraints, rules of three generations, static configurations. What is taken holds
//! or doesn't, and what is printed reads back as the same.

use std::collections::BTreeMap;

use ecsroute::constraint::{Constraint, traefik_message};
use ecsroute::golang::expression::{Arity, Call, Condition};
use ecsroute::model::{Release, Text};
use ecsroute::rule::{self, Connection, HttpRequest, Kind, Language, Request, RequestHead};
use ecsroute::settings::{self, FileChoice, FileError, FileSystem, Outcome, Source};
use ecsroute::v1;
use proptest::prelude::*;

use super::wild::wild;

/// What expressions are made of, and what has no place in them.
const WORDS: [&str; 70] = [
    "Label(",
    "LabelRegex(",
    "Host(",
    "HostRegexp(",
    "HostSNI(",
    "Path(",
    "PathPrefix(",
    "PathRegexp(",
    "Header(",
    "Headers(",
    "Query(",
    "ClientIP(",
    "ALPN(",
    "Method(",
    "host(",
    "Tag(",
    "(",
    ")",
    "&&",
    "||",
    "!",
    ",",
    ".",
    "...",
    ";",
    ":",
    "=",
    "==",
    "+",
    "-",
    "*",
    "<-",
    "[",
    "]",
    "{",
    "}",
    "`",
    "\"",
    "'",
    "\\",
    "\n",
    "\r",
    " ",
    "/*",
    "*/",
    "//",
    "//line :",
    "`env`",
    "`prod`",
    "\"a.b\"",
    "`{x:[a-z]+}`",
    "`/{id}`",
    "`(`",
    "`\\d+`",
    "`10.0.0.0/8`",
    "`*.a.b`",
    "\"\\xff\"",
    "'a'",
    "08",
    "0x1p-2",
    "1i",
    "99999999999999999999",
    "func",
    "true",
    "nil",
    "a",
    "\u{e9}",
    "\u{feff}",
    "\0",
    "Host:a.b;Path:/x,",
];

fn jumble() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::collection::vec(prop::sample::select(&WORDS[..]), 0..16).prop_map(|words| words.concat()),
        2 => valid(),
        1 => (valid(), any::<prop::sample::Index>(), prop::sample::select(&WORDS[..])).prop_map(|(mut text, at, word)| {
            text.insert_str(text.floor_char_boundary(at.index(text.len() + 1)), word);
            text
        }),
        1 => wild(),
    ]
}

/// Expressions whose calls have two texts, in one of a few languages.
fn valid() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["Label", "LabelRegex", "Host", "Header", "Headers", "Query", "HostSNI"]);
    let text = prop::sample::select(vec!["`env`", "`prod`", "\"a\\tb\"", "``", "`^a.*$`", "`{x}`", "`[`"]);
    let leaf = (name, text.clone(), prop::option::of(text)).prop_map(|(name, one, two)| match two {
        Some(two) => format!("{name}({one}, {two})"),
        None => format!("{name}({one})"),
    });
    leaf.prop_recursive(5, 24, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| format!("!{inner}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} && {right}")),
            (inner.clone(), inner).prop_map(|(left, right)| format!("{left} || {right}")),
        ]
    })
}

fn requests() -> [Request; 2] {
    let head = RequestHead {
        method: "GET",
        host: "a.b",
        path: "/x/1",
        query: "env=prod",
        headers: &[],
        remote_address: "10.0.0.1:1",
    };
    [
        Request::Http(HttpRequest::new(&head, Release::V3_7)),
        Request::Tcp(Connection::new("a.b", &["h2".to_owned()], "10.0.0.1:1")),
    ]
}

/// A disk with one file.
struct One<'a>(&'a str, &'a [u8]);

impl FileSystem for One<'_> {
    fn exists(&self, path: &str) -> Result<bool, FileError> {
        Ok(path == self.0)
    }

    fn read(&self, _: &str) -> Result<Vec<u8>, FileError> {
        Ok(self.1.to_vec())
    }

    fn directory(&self) -> String {
        "/".to_owned()
    }
}

/// Lines of static configurations, and what breaks them.
fn configuration() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "providers:\n",
        "  ecs:\n",
        "    clusters: [a, b]\n",
        "    refreshSeconds: 15\n",
        "    constraints: |\n",
        "      Label(`a`, `b`)\n",
        "entryPoints:\n",
        "  web: {address: ':80'}\n",
        "    - x\n",
        "? a\n",
        "&a b: *a\n",
        "<<: *a\n",
        "--- \n",
        "!!binary x\n",
        "\t\n",
        "[providers]\n",
        "[providers.ecs]\n",
        "[[providers]]\n",
        "clusters = [\"a\", 'b']\n",
        "refreshSeconds = \"15s\"\n",
        "constraints = \"\"\"\n",
        "\"\"\"\n",
        "a.b.c = {d = 1, e = [[]]}\n",
        "x = 1979-05-27T07:32:00Z\n",
        "x = 0x1p\n",
        "[entryPoints.web]\n",
        "address = \":80\"\n",
        "{",
        "}",
        "[",
        "]",
        ":",
        "'",
        "\"",
        "#",
        "\u{feff}",
        "\0",
        "\u{2028}",
        "1e999",
        "~",
    ]);
    prop_oneof![
        4 => prop::collection::vec(line, 0..14).prop_map(|lines| lines.concat()),
        1 => wild(),
    ]
}

proptest! {
    #[test]
    fn no_text_breaks_a_constraint(text in jumble(), value in "(prod)?.{0,6}") {
        let labels: BTreeMap<Text, Text> = [("env".into(), value.as_str().into())].into();
        match Constraint::parse(&text) {
            Ok(constraint) => {
                let proven = constraint.judge(&labels).map(|proof| proof.holds());
                prop_assert_eq!(constraint.holds(&labels), proven);
            }
            Err(error) => {
                prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
                prop_assert!(!error.to_string().is_empty() && !traefik_message(&error, &text).is_empty());
            }
        }
    }

    #[test]
    fn what_is_taken_is_printed_and_reads_back_as_the_same(text in jumble()) {
        let read = |text: &str| Condition::<Call>::parse(text, &|_| Some(Arity::Any));
        // Places differ, so calls are compared as they are printed.
        let shape = |condition: Condition<Call>| condition.try_map(|call, _| Ok::<_, ()>(call.to_string()));
        if let Ok(condition) = read(&text) {
            let printed = condition.to_string();
            let again = read(&printed);
            prop_assert!(again.is_ok(), "{}", printed);
            prop_assert_eq!(again.ok().map(shape), Some(shape(condition)));
        }
    }

    #[test]
    fn no_text_breaks_a_rule(text in jumble()) {
        for (release, syntax) in [(Release::V3_7, "v3"), (Release::V3_7, "v2"), (Release::V3_0, "v3"), (Release::V2_11, "")] {
            for kind in [Kind::Http, Kind::Tcp] {
                match rule::Rule::parse(&text, Language::new(release, syntax, kind)) {
                    Ok(read) => for request in requests() {
                        prop_assert_eq!(read.matches(&request), read.prove(&request).holds());
                    },
                    Err(error) => prop_assert!(error.span.end <= text.len() && !error.traefik_message(&text, kind).is_empty()),
                }
                let _ = (rule::domains(&text, kind), rule::default_priority(&text, kind));
            }
        }
    }

    #[test]
    fn no_text_breaks_a_rule_of_v1(text in prop_oneof![jumble(), "((Host|Path|PathPrefixStrip|Headers|Query|ReplacePathRegex):[a-z./{}:;, =$0-9]{0,12};?){0,3}"]) {
        let request = v1::rule::Request::new("GET", "a.b", "/x/1", "a=b").expect("a path");
        if let Ok(read) = v1::rule::Rule::parse(&text) {
            let _ = read.try_match(&request).holds();
        }
        let _ = v1::rule::domains(&text);
    }

    #[test]
    fn no_static_file_breaks_its_reader(text in configuration(), name in prop::sample::select(vec!["/t.yml", "/t.toml"])) {
        let files = One(name, text.as_bytes());
        let input = settings::Input { arguments: &[], environment: &[], files: &files, file: FileChoice::Named(name) };
        match settings::load(&input).outcome {
            Ok(Outcome::Loaded(loaded)) => {
                let _ = (loaded.configuration.ecs(), loaded.configuration.entry_points());
                prop_assert!(matches!(loaded.source, Source::File(path) if path == name));
            }
            Ok(Outcome::Help) => prop_assert!(false, "a file asks for no help"),
            Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
        }
    }
}
