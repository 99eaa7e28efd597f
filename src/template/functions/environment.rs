//! Environment variables: those that Traefik would see, as they were given; never this process's own.

use super::arguments::{bytes, text};
use crate::golang::value::Value;
use crate::template::function::{Function, Param, Run};

const TEXT: &[Param] = &[Param::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("env", TEXT, |a, r| Ok(Value::text(variable(&text(a, 0), r))), &[("{{ env \"NOT_GIVEN\" }}", "")]),
    Function::new(
        "expandenv",
        TEXT,
        |a, r| Ok(Value::bytes(expand(bytes(a, 0), r))),
        &[("{{ expandenv \"a$NOT_GIVEN\" }}", "a")],
    ),
];

/// A variable's value, none where it wasn't given; that is remembered.
fn variable<'a>(name: &str, run: &mut Run<'a>) -> &'a str {
    let given = run.ambient.environment.get(name);
    if given.is_none() {
        run.unset.insert(name.to_owned());
    }
    given.map_or("", String::as_str)
}

/// `os.ExpandEnv`: `$NAME` and `${NAME}` with their values.
fn expand(text: &[u8], run: &mut Run<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'$' || at + 1 == text.len() {
            out.push(text[at]);
            at += 1;
            continue;
        }
        let (name, length) = name(&text[at + 1..]);
        if name.is_empty() && length == 0 {
            // A dollar before what can't be a name stays.
            out.push(b'$');
        } else {
            out.extend_from_slice(variable(&String::from_utf8_lossy(name), run).as_bytes());
        }
        at += 1 + length;
    }
    out
}

/// The shell's own variables, of one character.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9')
}

/// The name behind a dollar, and how many bytes it takes; a name that isn't closed is none, and taken.
fn name(text: &[u8]) -> (&[u8], usize) {
    if text.first() == Some(&b'{') {
        if text.len() > 2 && is_special(text[1]) && text[2] == b'}' {
            return (&text[1..2], 3);
        }
        return match text.iter().position(|byte| *byte == b'}') {
            None => (b"", 1),
            Some(1) => (b"", 2),
            Some(close) => (&text[1..close], close + 1),
        };
    }
    if text.first().copied().is_some_and(is_special) {
        return (&text[..1], 1);
    }
    let length = text.iter().take_while(|byte| **byte == b'_' || byte.is_ascii_alphanumeric()).count();
    (&text[..length], length)
}
