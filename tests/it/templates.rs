//! What holds for every default rule: it is read and rendered, or refused with a place, in a time that is bounded.

use std::collections::BTreeMap;
use std::time::Duration;

use ecsroute::model::Text;
use ecsroute::template::functions::default_rule;
use ecsroute::template::{Ambient, Data, Template, TemplateError, gaps};
use proptest::prelude::*;

use super::busy::Busy;
use super::wild::wild;

/// A second on one core; tests run without optimization.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 1 });

/// Texts that templates are made of, beside the names of functions.
const WORDS: [&str; 74] = [
    "{{",
    "}}",
    "{{-",
    "-}}",
    "{{/*",
    "*/}}",
    "(",
    ")",
    "|",
    ":=",
    "=",
    ",",
    ".",
    "$",
    "$x",
    "$y := ",
    "$x = ",
    ".Name",
    ".Labels",
    ".Labels.a",
    ".x",
    "if",
    "else",
    "else if",
    "end",
    "range",
    "with",
    "define \"a\"",
    "template \"a\" .",
    "block \"a\" .",
    "break",
    "continue",
    "nil",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "7",
    "0x1F",
    "1e3",
    "1.5",
    "2i",
    "'a'",
    "9223372036854775807",
    "-9223372036854775808",
    "1e300",
    "\"\"",
    "\"a\"",
    "\"é\\x80\"",
    "\"%v %d %s %q %x\"",
    "\"%[3]*.[2]*[1]f\"",
    "\"%1000000d\"",
    "`(a|b)*?c`",
    "`[`",
    "\"2006-01-02T15:04:05Z07:00\"",
    "\"2024-02-29\"",
    "\"1h30m\"",
    "\"1.2.3-a+b\"",
    "\">=1.2, <3 || ~5\"",
    "\"{\\\"a\\\":[1,null]}\"",
    "\"http://a:1/b?c#d\"",
    "\"YQ==\"",
    "\"\\n\"",
    " ",
    "\n",
    "a",
    "é",
    "\u{feff}",
    "\0",
    "((((",
    "))))",
    "| len |",
    "| list |",
];

/// A template of words that stand in no order.
fn jumble() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = default_rule().functions().map(|function| function.name).collect();
    let word = prop_oneof![2 => prop::sample::select(names), 5 => prop::sample::select(&WORDS[..])];
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

/// A call of a function, with arguments that may be calls.
fn call() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = default_rule().functions().map(|function| function.name).collect();
    let value = prop::sample::select(WORDS[32..64].to_vec()).prop_map(str::to_owned);
    let data = prop::sample::select(vec![".", ".Name", ".Labels", ".Labels.a", "(dict \"a\" 1)", "(list 1 \"b\" nil)"]);
    let leaf = prop_oneof![3 => value, 1 => data.prop_map(str::to_owned)];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        (prop::sample::select(names.clone()), prop::collection::vec(inner, 0..5))
            .prop_map(|(name, arguments)| format!("({name} {})", arguments.join(" ")))
    })
}

fn render(template: &str) -> Result<Vec<u8>, TemplateError> {
    let labels: BTreeMap<Text, Text> = [("a".into(), "x,y".into()), ("é".into(), "\u{1b}".into())].into();
    let data = Data { name: "service-web", labels: Some(&labels) };
    Template::parse(template)?.render(&data, &Ambient::default())
}

/// Renders in bounded time; an error has a place in the text.
fn settles(template: &str) -> Result<Vec<u8>, TemplateError> {
    let start = Busy::begin();
    let rendered = render(template);
    let taken = start.elapsed();
    let shown: String = template.chars().take(200).collect();
    assert!(taken < LIMIT, "{taken:?} for {shown}");
    match &rendered {
        Ok(output) => drop(gaps(&String::from_utf8_lossy(output))),
        Err(error) => assert!(error.span.end <= template.len() && !error.message.is_empty(), "{error:?} for {shown}"),
    }
    rendered
}

proptest! {
    #[test]
    fn any_text_settles(template in wild()) {
        let _ = settles(&template);
    }

    #[test]
    fn any_jumble_settles(template in jumble()) {
        let _ = settles(&template);
    }

    #[test]
    fn any_call_settles(call in call()) {
        let _ = settles(&format!("{{{{ {call} }}}}"));
        let _ = settles(&format!("{{{{ range $i, $v := {call} }}}}{{{{ $v }}}}{{{{ end }}}}"));
    }

    #[test]
    fn rendering_twice_gives_the_same(call in call()) {
        let template = format!("{{{{ {call} }}}}");
        prop_assert_eq!(render(&template), render(&template));
    }

    #[test]
    fn text_without_braces_stays(text in "[^{]{0,80}") {
        prop_assert_eq!(render(&text), Ok(text.into_bytes()));
    }
}

/// A mebibyte of a text, again and again.
fn mebibyte(piece: &str) -> String {
    piece.repeat((1 << 20) / piece.len())
}

#[test]
fn a_mebibyte_of_anything_settles() {
    let pieces = [
        "a",
        "{",
        "{{",
        "{{ .Name }}",
        "{{ . ",
        "{{ ( ",
        "{{ (((((( ",
        "{{ if true }}",
        "{{ end }}",
        "{{ range .Labels }}",
        "{{ with . }}",
        "{{/* */}}",
        "{{- -}}",
        "{{ $x := 1 }}",
        "{{ define \"a\" }}",
        "{{ template \"a\" }}",
        "\n",
        "é",
        "{{ \"a\" | len | print }}",
        "{{ 1 }}{{",
        "}}",
    ];
    for piece in pieces {
        let _ = settles(&mebibyte(piece));
    }
    for piece in
        ["(", " (len", " | len", ".a", "\"a\"", "`a`", "1", " 1", " .", " $", " $x", "$x :=", "\\", "'", "-", "0x"]
    {
        let _ = settles(&format!("{{{{ print{} }}}}", mebibyte(piece)));
    }
}

#[test]
fn ten_thousand_levels_settle() {
    for depth in [400, 10_000, 100_000] {
        let nested = |open: &str, middle: &str, close: &str| open.repeat(depth) + middle + &close.repeat(depth);
        for template in [
            format!("{{{{ {} }}}}", nested("(", "1", ")")),
            format!("{{{{ {} }}}}", nested("(print ", "1", ")")),
            format!("{{{{ {} | len }}}}", nested("(list ", "1", ")")),
            format!("{{{{ {} | toJson }}}}", nested("(dict \"a\" ", "1", ")")),
            format!("{{{{ {} }}}}", nested("(list ", "1", ")")),
            format!("{{{{ {0} | eq {0} }}}}", nested("(list ", "1", ")")),
            format!("{{{{ deepEqual {0} {0} }}}}", nested("(list ", "1", ")")),
            format!("{{{{ deepCopy {} | len }}}}", nested("(list ", "1", ")")),
            format!("{{{{ fromJson \"{}\" | toJson }}}}", nested("[", "1", "]")),
            format!("{{{{ regexMatch \"{}\" \"a\" }}}}", nested("(", "a", ")")),
            nested("{{ if true }}", "x", "{{ end }}"),
            nested("{{ with 1 }}", "{{ . }}", "{{ end }}"),
            nested("{{ if false }}{{ else }}", "x", "{{ end }}"),
            nested("{{ range .Labels }}", "x", "{{ end }}"),
            format!("{{{{ if false }}}}{}{{{{ end }}}}", "{{ else if false }}x".repeat(depth)),
        ] {
            let _ = settles(&template);
        }
    }
}

#[test]
fn what_runs_away_is_stopped() {
    let stopped = [
        "{{ range until 100000 }}{{ range until 100000 }}x{{ end }}{{ end }}",
        "{{ define \"a\" }}{{ template \"a\" . }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}",
        "{{ $x := \"aa\" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}",
        "{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}",
        "{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ $x }}",
        "{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ mustToJson $x }}",
        "{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ deepCopy $x | len }}",
        "{{ $d := dict }}{{ $d = set $d \"a\" $d }}{{ $d }}",
        "{{ $d := dict }}{{ $d = set $d \"a\" $d }}{{ toJson $d | len }}{{ deepCopy $d }}",
        "{{ repeat 1000000000 \"abc\" }}",
        "{{ printf \"%1000000000d\" 1 | len }}{{ until 1000000000000 }}",
        "{{ indent 1000000000 \"a\" }}",
        "{{ randAlpha 1000000000 }}",
        "{{ seq 1 1000000000 }}",
        "{{ range 1000000000 }}{{ end }}",
        "{{ range until 1000 }}{{ bcrypt \"a\" }}{{ end }}",
    ];
    for template in stopped {
        assert!(settles(template).is_err(), "{template}");
    }
}
