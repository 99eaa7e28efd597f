//! Texts that nobody prepared: any characters, any bytes, levels upon levels, and numbers without end. Every language
//! is given them beside what looks like it.

use proptest::prelude::*;
use proptest::sample::select;

/// What opens a level in some language, with what closes it.
const LEVELS: [(&str, &str); 14] = [
    ("(", ")"),
    ("!", ""),
    ("!(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("{a: ", "}"),
    ("{\"a\":", "}"),
    ("{{", "}}"),
    ("{{if 1}}", "{{end}}"),
    ("{{(print ", ")}}"),
    ("- ", ""),
    ("${", "}"),
    ("a.", ""),
    ("Label(", ")"),
];

/// A text that means nothing.
pub fn wild() -> impl Strategy<Value = String> {
    let bytes =
        prop::collection::vec(any::<u8>(), 0..60).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let levels = (select(&LEVELS[..]), 1..300_usize, "[a-z0-9`\"]{0,3}", any::<bool>()).prop_map(
        |((open, close), depth, inner, closes)| {
            let close = if closes { close.repeat(depth) } else { String::new() };
            format!("{}{inner}{close}", open.repeat(depth))
        },
    );
    let number = ("-?(0x|0b|0)?", "[0-9]{1,200}", "([.eE_][-+]?[0-9]{0,30})?")
        .prop_map(|(sign, digits, rest)| format!("{sign}{digits}{rest}"));
    prop_oneof![6 => "(?s).{0,60}", 3 => bytes, 1 => levels, 1 => number]
}
