//! What was written to break the languages: a million bytes, or thousands of levels. Each is answered, or refused, in
//! time and on the stack that a test has.

use std::time::Duration;

use ecsroute::constraint::Constraint;
use ecsroute::golang::regexp::{Meter, Regexp};
use ecsroute::model::Text;
use ecsroute::template::{Ambient, Data, Template};

use super::busy::Busy;

/// What a test allows for a hostile input: a second or so where code is optimised, which that of hashes and of ours is not here.
const PATIENCE: Duration = Duration::from_secs(40);

#[test]
fn a_million_bytes_are_compiled_or_refused_in_time() {
    let words = (0..140_000).map(|number| format!("w{number}")).collect::<Vec<_>>().join("|");
    let letters: String = (0..40_000).filter_map(|number| char::from_u32(0x100 + number * 2)).collect();
    let hostile = [
        "(a|b)".repeat(200_000),
        "(?:a|b)".repeat(140_000),
        "a?".repeat(500_000),
        "x*".repeat(500_000),
        "()".repeat(500_000),
        ".".repeat(1_000_000),
        "a".repeat(1_000_000),
        "a|".repeat(500_000),
        r"\b".repeat(500_000),
        "[^a]".repeat(250_000),
        r"[^\pL]".repeat(160_000),
        format!("(?i){}", "k".repeat(1_000_000)),
        format!("(?i){}", r"\w".repeat(500_000)),
        format!("(?i){}", "[a-z]".repeat(200_000)),
        format!("(?i){}", r"[\x{0}-\x{10FFFF}]".repeat(50_000)),
        format!("[{}]", r"\pL".repeat(300_000)),
        format!("(?i)[{}]", r"\pL".repeat(300_000)),
        format!("[{letters}]"),
        ('a'..='z').map(|letter| format!(r"[\pL\PL{letter}]")).collect::<Vec<_>>().concat().repeat(4800),
        "x{1000}".repeat(140_000),
        r"\pL{1000}".repeat(40),
        format!("{}a{}", "(?:".repeat(200_000), ")*".repeat(200_000)),
        words,
    ];
    for pattern in hostile {
        let started = Busy::begin();
        let shown = &pattern[..pattern.floor_char_boundary(24)];
        if let Ok(regexp) = Regexp::compile(&pattern) {
            let text = b"host.example.com";
            assert_eq!(regexp.is_match(text), regexp.captures(text).is_some(), "{shown}");
        }
        assert!(started.elapsed() < PATIENCE, "{shown}: {:?}", started.elapsed());
    }
}

/// A meter with half a second on it.
struct HalfASecond(u64);

impl Meter for HalfASecond {
    type Exhausted = ();

    fn spend(&mut self, nanoseconds: u64) -> Result<(), ()> {
        self.0 = self.0.checked_sub(nanoseconds).ok_or(())?;
        Ok(())
    }
}

#[test]
fn searching_all_of_a_long_text_ends_in_time() {
    let long = "ab".repeat(500_000);
    let mut answered = Vec::new();
    for pattern in ["[a-z]", "a.*c|a", "(?:a|b)*a(?:a|b){20}c|a", "(a*)*c", "a?", "(?:a|b){900}", "(x+x+)+y", "z"] {
        let started = Busy::begin();
        let found = Regexp::compile(pattern).expect("valid").find_all(
            long.as_bytes(),
            usize::MAX,
            &mut HalfASecond(500_000_000),
        );
        assert!(started.elapsed() < PATIENCE, "{pattern}: {:?}", started.elapsed());
        answered.push(found.is_ok());
    }
    assert_eq!(answered, [true, false, false, true, true, false, true, true]);
}

#[test]
fn constraints_of_a_million_bytes_are_judged_in_time() {
    let nested = |open: &str, close: &str, levels: usize| {
        format!("{}Label(`a`, `b`){}", open.repeat(levels), close.repeat(levels))
    };
    let labels = [(Text::from("a"), Text::from("b"))].into();
    for (expression, holds) in [
        (nested("(", ")", 10_000), Some(true)),
        (nested("(", ")", 400_000), None),
        (nested("!", "", 10_000), Some(true)),
        (nested("!(", ")", 10_000), Some(true)),
        (nested("Label(", ")", 10_000), None),
        (nested("a.", "", 300_000), None),
        (vec!["Label(`a`, `b`)"; 50_000].join(" && "), Some(true)),
        (vec!["LabelRegex(`a`, `^x`)"; 40_000].join(" || "), Some(false)),
        (format!("Label(`a`, `{}`)", "x".repeat(1_000_000)), Some(false)),
        (format!("Label(`a`, {})", "9".repeat(1_000_000)), None),
        ("/*".repeat(500_000), None),
        ("\n".repeat(1_000_000), None),
        ("`".repeat(999_999), None),
        ("{".repeat(1_000_000), None),
        ("[".repeat(1_000_000), None),
        ("func(".repeat(200_000), None),
    ] {
        let started = Busy::begin();
        let answer = Constraint::parse(&expression).ok().map(|constraint| constraint.holds(&labels));
        let shown = &expression[..24];
        assert_eq!(answer, holds.map(Ok), "{shown}");
        assert!(started.elapsed() < PATIENCE, "{shown}: {:?}", started.elapsed());
    }
}

#[test]
fn templates_of_a_million_bytes_are_rendered_or_stopped_in_time() {
    let nested = |open: &str, inner: &str, close: &str, levels: usize| {
        format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
    };
    let data = Data { name: "n", labels: None };
    for template in [
        nested("{{with .}}", "x", "{{end}}", 60_000),
        nested("{{if true}}", "x", "{{end}}", 55_000),
        nested("{{range .Labels}}", "x", "{{end}}", 40_000),
        format!("{{{{{}}}}}", nested("(", "1", ")", 400_000)),
        format!("{{{{{}}}}}", nested("(print ", "1", ")", 120_000)),
        format!("{{{{.Name{}}}}}", ".a".repeat(400_000)),
        format!("{{{{1{}}}}}", " | print".repeat(120_000)),
        format!("{{{{{}}}}}", "9".repeat(1_000_000)),
        "{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}".to_owned(),
        "{{".repeat(500_000),
        "{{/*".repeat(250_000),
        "{{$x := 1}}".repeat(90_000),
        "{{.Name}}".repeat(110_000),
        "{{else}}".repeat(120_000),
        "{{range $i := until 100000000}}{{$i}}{{end}}".to_owned(),
        "{{range until 3000}}{{range until 3000}}x{{end}}{{end}}".to_owned(),
        "{{repeat 1000000000 \"a\"}}".to_owned(),
        "{{printf \"%1000000d %.1000000f %1000000s\" 1 2.0 \"a\"}}".to_owned(),
        "{{regexReplaceAll \"a.*c|a\" (repeat 1000000 \"ab\") \"$0$0$0$0\"}}".to_owned(),
        format!("{{{{regexMatch `{}` `b`}}}}", "(a|b)".repeat(190_000)),
        "{{derivePassword 1 \"long\" \"a\" \"b\" \"c\"}}".repeat(20_000),
        "{{bcrypt \"a\"}}".repeat(60_000),
    ] {
        let started = Busy::begin();
        let rendered = Template::parse(&template).ok().map(|template| template.render(&data, &Ambient::default()));
        let shown = &template[..template.len().min(40)];
        assert!(started.elapsed() < PATIENCE, "{shown}: {:?}", started.elapsed());
        if let Some(Ok(rendered)) = rendered {
            assert!(rendered.len() <= 256 << 20, "{shown}");
        }
    }
}
