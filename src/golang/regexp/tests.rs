use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};

use super::{Free, Problem, Regexp, quote_meta};

fn compiled(pattern: &str) -> Regexp {
    Regexp::compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

fn refusal(pattern: &str) -> String {
    match Regexp::compile(pattern) {
        Ok(_) => panic!("{pattern} is refused"),
        Err(error) => error.to_string().replace("error parsing regexp: ", ""),
    }
}

#[test]
fn what_go_refuses_is_refused_in_its_words() {
    for (pattern, message) in [
        ("a**", "invalid nested repetition operator: `**`"),
        ("a{2}{3}", "invalid nested repetition operator: `{2}{3}`"),
        ("a++", "invalid nested repetition operator: `++`"),
        ("*a", "missing argument to repetition operator: `*`"),
        ("(|+?)", "missing argument to repetition operator: `+?`"),
        ("a{1001}", "invalid repeat count: `{1001}`"),
        ("a{2,1}", "invalid repeat count: `{2,1}`"),
        ("(a{500}){3}", "invalid repeat count: `{3}`"),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(?<=a)", "invalid named capture: `(?<=a)`"),
        ("(?x)a", "invalid or unsupported Perl syntax: `(?x`"),
        ("(?P<é>a)", "invalid named capture: `(?P<é>`"),
        (r"\Z", r"invalid escape sequence: `\Z`"),
        (r"\C", r"invalid escape sequence: `\C`"),
        (r"(a)\1", r"invalid escape sequence: `\1`"),
        (r"\u0041", r"invalid escape sequence: `\u`"),
        (r"\x{110000}", r"invalid escape sequence: `\x{110000`"),
        (r"\p{Script=Greek}", r"invalid character class range: `\p{Script=Greek}`"),
        (r"\p{Alphabetic}", r"invalid character class range: `\p{Alphabetic}`"),
        ("[b-a]", "invalid character class range: `b-a`"),
        ("[[:foo:]]", "invalid character class range: `[:foo:]`"),
        ("[a", "missing closing ]: `[a`"),
        ("(a", "missing closing ): `(a`"),
        ("a)", "unexpected ): `a)`"),
        ("\\", "trailing backslash at end of expression: ``"),
    ] {
        assert_eq!(refusal(pattern), message, "{pattern}");
    }
    assert_eq!(Regexp::compile_bytes(b"a\xffb").map(|_| ()).unwrap_err().problem, Problem::Utf8);
}

#[test]
fn classes_are_of_ascii_and_brackets_know_no_set_operations() {
    let whole = |pattern: &str, text: &str| compiled(&format!("^(?:{pattern})$")).is_match(text.as_bytes());
    for (pattern, yes, no) in [
        (r"\d", "7", "٣"),
        (r"\w", "_", "é"),
        (r"\W", "é", "a"),
        (r"\s", "\x0c", "\x0b"),
        ("[[:word:]]", "a", "é"),
        ("[a&&b]", "&", "c"),
        ("[a-c--b]", "-", "d"),
        ("[a~~b]", "~", "c"),
        ("[[a]b]", "[b]", "b"),
        ("[]a]", "]", "["),
        (r"[\d-z]", "-", "y"),
        ("a{,2}", "a{,2}", "aa"),
        ("a{", "a{", "a"),
        (r"\Qa.b*\E+", "a.b**", "axb"),
        (r"(?i)k", "\u{212a}", "l"),
        (r"\pN", "٣", "a"),
        (r"\p{^greek}", "a", "α"),
        (r"\101", "A", "B"),
        (r"[^\n]", "a", "\n"),
        (".", "a", "\n"),
        ("(?s).", "\n", ""),
    ] {
        assert!(whole(pattern, yes), "{pattern} takes {yes:?}");
        assert!(!whole(pattern, no), "{pattern} doesn't take {no:?}");
    }
    assert!(compiled(r"\bb").is_match("éb".as_bytes()), "only ASCII makes words");
}

#[test]
fn matches_are_leftmost_and_the_first_alternative_wins() {
    let captures = compiled("(?P<x>a|ab)(c|bcd)?(d*){0}").captures(b"xabcd").expect("it matches");
    assert_eq!(captures.range(0), Some(1..5));
    assert_eq!([captures.get(1), captures.get(2), captures.get(3)], [Some(&b"a"[..]), Some(b"bcd"), None]);
    assert_eq!(compiled("(?U)a+").find(b"aaa"), Some(0..1));
    assert_eq!(compiled("x*").find_all(b"axb", usize::MAX, &mut Free), Ok(vec![0..0, 1..2, 3..3]));
}

#[test]
fn bytes_of_no_character_count_as_one_replacement_character_each() {
    assert_eq!(compiled("^.{3}$").find(b"\xff\xe2\x82"), Some(0..3));
    assert_eq!(compiled("a.").find(b"\xff\xffa\xfe"), Some(2..4));
    assert_eq!(compiled("[^a]").replace_all(b"a\xffa", b"-"), b"a-a");
}

#[test]
fn replacements_name_groups_as_go_does() {
    let replaced = |replacement: &str| {
        let result = compiled("(a+)(?P<name>b)(c)?").replace_all(b"-aab-", replacement.as_bytes());
        String::from_utf8(result).expect("it is text")
    };
    assert_eq!(replaced("<$1>"), "-<aa>-");
    assert_eq!(replaced("$1W"), "--", "the group named 1W, which there is none of");
    assert_eq!(replaced("${1}W"), "-aaW-");
    assert_eq!(replaced("$name$$$3$9"), "-b$-");
    assert_eq!(replaced("$01${name"), "-${name-");
    assert_eq!(compiled("a").replace_all_literal(b"ab", b"$0", &mut Free), Ok(b"$0b".to_vec()));
}

#[test]
fn splitting_keeps_what_is_between() {
    let split = |pattern: &str, text: &'static str, limit| {
        let parts = compiled(pattern).split(text.as_bytes(), limit, &mut Free);
        let Ok(parts) = parts;
        parts.into_iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(split("a*", "baac", None), ["b", "c"]);
    assert_eq!(split(",", "a,b,", None), ["a", "b", ""]);
    assert_eq!(split(",", "a,b,c", Some(2)), ["a", "b,c"]);
    assert_eq!(split(",", "", None), [""]);
    assert_eq!(split(",", "a", Some(0)), Vec::<String>::new());
}

#[test]
fn nesting_costs_no_stack() {
    let deep = |open: &str, close: &str, levels: usize| format!("{}a{}", open.repeat(levels), close.repeat(levels));
    assert!(compiled(&deep("(?:", ")", 100_000)).is_match(b"a"));
    assert!(compiled(&deep("(?:", ")*", 100_000)).is_match(b"a"));
    assert!(compiled(&deep("(", ")", 999)).is_match(b"a"));
    assert!(refusal(&deep("(", ")", 1000)).starts_with("expression nests too deeply"));
    assert!(refusal(&deep("(?:b|cc", ")", 100_000)).starts_with("expression nests too deeply"));
    assert!(refusal(&deep("(?:bb|", ")", 100_000)).starts_with("expression nests too deeply"));
    assert!(refusal(&".{1000}".repeat(4000)).starts_with("expression too large"));
}

#[test]
fn what_costs_too_much_is_not_known_unless_go_refuses_it() {
    assert!(refusal(&r"\pL".repeat(26_000)).starts_with("expression too large"), "that is Go's own limit");
    for pattern in [r"\pL".repeat(25_000), "(a|b)".repeat(100_000), r"\pL{1000}".repeat(40)] {
        assert_eq!(Regexp::compile(&pattern).map(|_| ()).map_err(|error| error.is_unknown()), Err(true));
        assert_eq!(refusal(&format!("{pattern}(")), format!("missing closing ): `{pattern}(`"));
    }
}

/// Pieces of expressions, those that Go and the crate read differently among them.
fn pattern() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "a",
        "é",
        "k",
        "1",
        "-",
        "&&",
        "~~",
        "[",
        "]",
        "[^",
        "(",
        "(?:",
        ")",
        "|",
        "*",
        "+?",
        "?",
        "{2}",
        "{,2}",
        "{",
        "}",
        r"\d",
        r"\W",
        r"\s",
        r"\b",
        r"\Q",
        r"\E",
        r"\pL",
        r"\p{",
        r"\x41",
        r"\1",
        r"\.",
        r"\Z",
        "(?i)",
        "(?x)",
        "^",
        "$",
        ".",
        "[[:word:]]",
        "[a-z]",
    ]);
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_quoted_text_matches_itself_alone(text in "\\PC{0,20}", other in "\\PC{0,20}") {
        let exact = compiled(&format!("^{}$", quote_meta(&text)));
        prop_assert!(exact.is_match(text.as_bytes()));
        prop_assert_eq!(exact.is_match(other.as_bytes()), text == other);
        if !text.contains('\\') {
            let verbatim = compiled(&format!("^\\Q{text}\\E$"));
            prop_assert!(verbatim.is_match(text.as_bytes()));
        }
    }

    #[test]
    fn what_is_taken_compiles_and_what_is_refused_says_where(pattern in pattern(), text in "[aék1_ \\-\\n]{0,8}") {
        match Regexp::compile(&pattern) {
            Ok(regexp) => {
                let Ok(all) = regexp.find_all(text.as_bytes(), usize::MAX, &mut Free);
                prop_assert_eq!(regexp.is_match(text.as_bytes()), !all.is_empty());
                let unmade = compiled(&pattern).is_match(text.as_bytes());
                prop_assert_eq!(unmade, !all.is_empty(), "what a text plainly lacks is seen before");
                prop_assert!(all.iter().all(|part| text.get(part.clone()).is_some()), "matches are of whole characters");
                prop_assert_eq!(regexp.replace_all(text.as_bytes(), b"$0"), text.as_bytes());
            }
            Err(error) => prop_assert!(pattern.contains(&error.excerpt)),
        }
    }

    #[test]
    fn letters_beyond_ascii_are_in_no_perl_class(character in "[^\\x00-\\x7f]") {
        for class in [r"\d", r"\w", r"\s", "[[:alpha:]]", "[[:print:]]"] {
            prop_assert!(!compiled(class).is_match(character.as_bytes()), "{} {}", class, character);
        }
    }
}

#[test]
fn examples_match() {
    for (pattern, example) in [
        (r"^/api/v[0-9]+$", Some("/api/v0")),
        ("a|b", Some("a")),
        ("(x{2}y?)+", Some("xx")),
        ("", Some("")),
        (r"\bz", Some("z")),
        ("a\\B", None),
    ] {
        assert_eq!(Regexp::compile(pattern).expect("valid").example().as_deref(), example, "{pattern}");
    }
}
