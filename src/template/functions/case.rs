//! Letters' case, and words: as sprig's libraries change them, quirks included.

use super::arguments::{bytes, integer};
use crate::golang::unicode::{
    decode, encode, is_digit, is_letter, is_lower, is_number, is_punctuation, is_space, is_title, is_upper, map, runes,
    to_lower, to_title, to_upper,
};
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const TEXT: &[Param] = &[Param::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("upper", TEXT, |a, _| Ok(Value::bytes(map(bytes(a, 0), to_upper))), &[("{{ upper \"é\" }}", "É")]),
    Function::new("lower", TEXT, |a, _| Ok(Value::bytes(map(bytes(a, 0), to_lower))), &[("{{ lower \"É\" }}", "é")]),
    Function::new("title", TEXT, |a, _| Ok(title(bytes(a, 0))), &[("{{ title \"a bc-d_e\" }}", "A Bc-D_e")]),
    Function::new("untitle", TEXT, |a, _| Ok(untitle(bytes(a, 0))), &[("{{ untitle \"A Bc\" }}", "a bc")]),
    Function::new("swapcase", TEXT, |a, _| Ok(swap(bytes(a, 0))), &[("{{ swapcase \"aB\" }}", "Ab")]),
    Function::new(
        "camelcase",
        TEXT,
        |a, _| Ok(camel(bytes(a, 0))),
        &[("{{ camelcase \"http_server\" }}", "httpServer")],
    ),
    Function::new(
        "snakecase",
        TEXT,
        |a, _| Ok(lowered(bytes(a, 0), '_')),
        &[("{{ snakecase \"HTTPServer\" }}", "http_server")],
    ),
    Function::new(
        "kebabcase",
        TEXT,
        |a, _| Ok(lowered(bytes(a, 0), '-')),
        &[("{{ kebabcase \"MyService\" }}", "my-service")],
    ),
    Function::new("initials", TEXT, |a, _| Ok(initials(bytes(a, 0))), &[("{{ initials \"ab cd\" }}", "ac")]),
    Function::new("nospace", TEXT, |a, _| Ok(without_space(bytes(a, 0))), &[("{{ nospace \" a b \" }}", "ab")]),
    Function::new(
        "abbrev",
        &[Param::Int, Param::String],
        |a, _| Ok(Value::bytes(abbreviated(bytes(a, 1), 0, integer(a, 0)))),
        &[("{{ abbrev 5 \"hello world\" }}", "he...")],
    ),
    Function::new(
        "abbrevboth",
        &[Param::Int, Param::Int, Param::String],
        |a, _| Ok(abbreviated_both(a)),
        &[("{{ abbrevboth 5 10 \"1234 5678 9123\" }}", "...5678...")],
    ),
    Function::new(
        "wrap",
        &[Param::Int, Param::String],
        |a, r| wrap(bytes(a, 1), integer(a, 0), b"\n", false, r),
        &[("{{ wrap 5 \"hello big\" }}", "hello\nbig")],
    ),
    Function::new(
        "wrapWith",
        &[Param::Int, Param::String, Param::String],
        wrap_with,
        &[("{{ wrapWith 3 \"-\" \"abcdef\" }}", "abc-def")],
    ),
];

/// `strings.Title`: every letter that follows no letter, digit or underscore.
fn title(text: &[u8]) -> Value {
    let mut before = ' ';
    Value::bytes(map_with(text, |character| {
        let titled = if separates(before) { to_title(character) } else { character };
        before = character;
        titled
    }))
}

fn separates(character: char) -> bool {
    if character.is_ascii() {
        return !(character.is_ascii_alphanumeric() || character == '_');
    }
    !is_letter(character) && !is_digit(character) && is_space(character)
}

fn map_with(text: &[u8], mut mapping: impl FnMut(char) -> char) -> Vec<u8> {
    encode(runes(text).map(|(_, character)| mapping(character)))
}

/// The first letter of every word in lower case.
fn untitle(text: &[u8]) -> Value {
    let mut next = true;
    Value::bytes(map_with(text, |character| {
        if is_space(character) {
            next = true;
            return character;
        }
        if std::mem::take(&mut next) { to_lower(character) } else { character }
    }))
}

/// Upper to lower and back; a letter at the start of a word goes to title case.
fn swap(text: &[u8]) -> Value {
    let mut word_starts = true;
    Value::bytes(map_with(text, |character| {
        if is_upper(character) || is_title(character) {
            word_starts = false;
            to_lower(character)
        } else if is_lower(character) {
            if std::mem::take(&mut word_starts) { to_title(character) } else { to_upper(character) }
        } else {
            word_starts = is_space(character);
            character
        }
    }))
}

/// Each byte counts as a character, so that others than ASCII come out garbled, as in sprig.
fn initials(text: &[u8]) -> Value {
    let mut after_gap = true;
    let kept = text.iter().map(|byte| char::from(*byte)).filter(|character| {
        let is_gap = is_space(*character);
        let first = after_gap && !is_gap;
        after_gap = is_gap;
        first
    });
    Value::bytes(encode(kept))
}

/// As with [`initials`], each byte counts as a character, unless there is no space at all.
fn without_space(text: &[u8]) -> Value {
    let is_gap = |byte: &u8| is_space(char::from(*byte));
    if !text.iter().any(is_gap) {
        return Value::text(text);
    }
    Value::bytes(encode(text.iter().filter(|byte| !is_gap(byte)).map(|byte| char::from(*byte))))
}

fn abbreviated_both(arguments: &[Value]) -> Value {
    let (left, right, text) = (integer(arguments, 0), integer(arguments, 1), bytes(arguments, 2));
    if right < 4 || (left > 0 && right < 7) {
        return Value::text(text);
    }
    Value::bytes(abbreviated(text, left, right))
}

/// Text cut to a width, with dots where something is missing.
fn abbreviated(text: &[u8], offset: i64, width: i64) -> Vec<u8> {
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if width < 4 || length <= width {
        return text.to_vec();
    }
    let part = |from: i64, to: i64| {
        let bound = |at: i64| usize::try_from(at.clamp(0, length)).unwrap_or(0);
        &text[bound(from)..bound(to)]
    };
    let kept = width - 3;
    let mut offset = offset.min(length);
    // Go wraps where an offset is so far below zero that the distance doesn't fit.
    if length.wrapping_sub(offset) < kept {
        offset = length - kept;
    }
    if offset <= 4 {
        return [part(0, kept), b"..."].concat();
    }
    if width < 7 {
        return Vec::new();
    }
    if offset + kept < length {
        return [b"...", &abbreviated(part(offset, length), 0, kept)[..]].concat();
    }
    [b"...", part(length - kept, length)].concat()
}

fn wrap_with(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let separator = bytes(arguments, 1);
    let separator = if separator.is_empty() { b"\n" } else { separator };
    wrap(bytes(arguments, 2), integer(arguments, 0), separator, true, run)
}

/// Breaks text at spaces into lines of a width in bytes.
fn wrap(text: &[u8], width: i64, separator: &[u8], breaks_words: bool, run: &mut Run<'_>) -> Outcome {
    let width = usize::try_from(width).unwrap_or(1).max(1);
    run.budget.reserve(text.len() + (text.len() / width + 1).saturating_mul(separator.len()))?;
    let mut wrapped = Vec::with_capacity(text.len());
    let mut from = 0;
    while text.len() - from > width {
        if text[from] == b' ' {
            from += 1;
            continue;
        }
        let line = &text[from..=from + width];
        let end = match line.iter().rposition(|byte| *byte == b' ') {
            Some(space) => Some((from + space, from + space + 1)),
            None if breaks_words => Some((from + width, from + width)),
            None => {
                let space = text[from + width..].iter().position(|byte| *byte == b' ');
                space.map(|space| (from + width + space, from + width + space + 1))
            }
        };
        let Some((end, next)) = end else { break };
        wrapped.extend_from_slice(&text[from..end]);
        wrapped.extend_from_slice(separator);
        from = next;
    }
    wrapped.extend_from_slice(&text[from..]);
    Ok(Value::bytes(wrapped))
}

fn is_connector(character: char) -> bool {
    matches!(character, '-' | '_') || is_space(character)
}

/// Words joined, each but the first with a capital. Runs of capitals become lower case but for the first.
fn camel(text: &[u8]) -> Value {
    let characters: Vec<char> = runes(text).map(|(_, character)| character).collect();
    let lead = characters.iter().take_while(|character| is_connector(**character)).count();
    let mut out: Vec<char> = characters[..lead].to_vec();
    let Some(first) = characters.get(lead).copied() else {
        // Of nothing but connectors the last one is written twice.
        out.extend(characters.last());
        return Value::bytes(encode(out));
    };
    let mut capitals = is_upper(first);
    let mut held = to_lower(first);
    for character in characters[lead + 1..].iter().copied() {
        let before = std::mem::replace(&mut held, character);
        match (is_connector(before), is_connector(character)) {
            (true, true) => out.push(before),
            (true, false) => {
                capitals = is_upper(character);
                held = to_upper(character);
            }
            (false, _) => {
                if capitals {
                    capitals = is_upper(character);
                    held = if capitals { to_lower(character) } else { character };
                }
                out.push(before);
            }
        }
    }
    if capitals && characters.len() > lead + 1 {
        held = to_lower(held);
    }
    out.push(held);
    Value::bytes(encode(out))
}

/// What a run of characters is, for taking names apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Invalid,
    Number,
    Upper,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

/// Takes a name apart at changes of case, and joins the parts in lower case.
fn lowered(text: &[u8], connector: char) -> Value {
    let mut out = Lowered { out: Vec::new(), connector };
    let mut rest = text;
    let (mut kind, mut word) = next_word(&mut rest);
    while !rest.is_empty() {
        if kind != Word::Connector {
            out.write(kind, word);
        }
        let (before, last) = (kind, word);
        (kind, word) = next_word(&mut rest);
        match before {
            Word::Number => out.through_letters(&mut kind, &mut word, &mut rest),
            Word::Connector => out.write(before, last),
            Word::Punctuation => {}
            _ if kind == Word::Number => out.after_number(&mut kind, &mut word, &mut rest),
            _ => out.join(kind),
        }
    }
    out.write(kind, word);
    Value::bytes(out.out)
}

struct Lowered {
    out: Vec<u8>,
    connector: char,
}

impl Lowered {
    /// Writes a word in lower case; connectors become the one that is wanted.
    fn write(&mut self, kind: Word, word: &[u8]) {
        match kind {
            Word::Upper => {
                self.out.extend(map(word, to_lower));
            }
            Word::Connector => {
                let count = runes(word).count();
                self.out.extend(encode(std::iter::repeat_n(self.connector, count)));
            }
            _ => self.out.extend_from_slice(word),
        }
    }

    /// Separates from the next word, unless that separates by itself.
    fn join(&mut self, next: Word) {
        if !matches!(next, Word::Connector | Word::Punctuation) {
            self.out.extend(encode([self.connector]));
        }
    }

    /// Letters and digits behind a number belong to it.
    fn through_letters<'t>(&mut self, kind: &mut Word, word: &mut &'t [u8], rest: &mut &'t [u8]) {
        while matches!(*kind, Word::Alphabet | Word::Number) {
            self.write(*kind, word);
            (*kind, *word) = next_word(rest);
        }
        if *kind != Word::Invalid {
            self.join(*kind);
        }
    }

    /// A number behind a word belongs to the word, unless small letters follow it.
    fn after_number<'t>(&mut self, kind: &mut Word, word: &mut &'t [u8], rest: &mut &'t [u8]) {
        if rest.is_empty() {
            return;
        }
        let number = *word;
        (*kind, *word) = next_word(rest);
        if *kind != Word::Alphabet {
            self.write(Word::Number, number);
            self.join(*kind);
            return;
        }
        self.out.extend(encode([self.connector]));
        self.write(Word::Number, number);
        self.through_letters(kind, word, rest);
    }
}

/// The next run of characters of one kind.
fn next_word<'t>(rest: &mut &'t [u8]) -> (Word, &'t [u8]) {
    let text = *rest;
    let (first, length) = decode_valid(text);
    let Some(first) = first else {
        *rest = &text[length..];
        return (Word::Invalid, &text[..length]);
    };
    let run = |belongs: &dyn Fn(char) -> bool, from: usize| {
        let others = runes(&text[from..])
            .find(|(_, character)| *character != char::REPLACEMENT_CHARACTER && !belongs(*character));
        others.map_or(text.len(), |(at, _)| from + at)
    };
    let is_small = |character| is_letter(character) && !is_upper(character);
    let (kind, end) = if is_connector(first) {
        (Word::Connector, run(&is_connector, length))
    } else if is_punctuation(first) {
        (Word::Punctuation, run(&is_punctuation, length))
    } else if is_upper(first) {
        (Word::Upper, upper_word(text, length))
    } else if is_letter(first) {
        (Word::Alphabet, run(&is_small, length))
    } else if is_number(first) {
        (Word::Number, run(&is_number, length))
    } else {
        let other = |character| {
            !is_connector(character) && !is_letter(character) && !is_number(character) && !is_punctuation(character)
        };
        (Word::Other, run(&other, length))
    };
    *rest = &text[end..];
    (kind, &text[..end])
}

/// Where a word that begins with a capital ends: behind its small letters, or before the last of several capitals
/// where a small letter follows.
fn upper_word(text: &[u8], first: usize) -> usize {
    let mut last = 0;
    let mut after = None;
    for (at, character) in runes(&text[first..]) {
        if !is_upper(character) && character != char::REPLACEMENT_CHARACTER {
            after = Some((first + at, character));
            break;
        }
        last = first + at;
    }
    let Some((end, next)) = after else { return text.len() };
    if !is_letter(next) {
        return end;
    }
    if last > 0 {
        return last;
    }
    let others = runes(&text[end..]).find(|(_, character)| !is_letter(*character) || is_upper(*character));
    others.map_or(text.len(), |(at, _)| end + at)
}

/// The first character, unless it is no UTF-8.
fn decode_valid(text: &[u8]) -> (Option<char>, usize) {
    let (character, length) = decode(text);
    ((character != char::REPLACEMENT_CHARACTER).then_some(character), length.max(usize::from(!text.is_empty())))
}
