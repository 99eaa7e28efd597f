//! Characters as Go's packages `unicode` and `utf8` see them: bytes that are no UTF-8 count as U+FFFD one by one, and
//! case is mapped character by character, never to several.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, ClassUnicode, HirKind};

/// One character of a Go string: U+FFFD where the bytes are no UTF-8, and how many bytes it takes.
pub fn decode(bytes: &[u8]) -> (char, usize) {
    let Some(first) = bytes.first() else { return (char::REPLACEMENT_CHARACTER, 0) };
    let length = match first {
        0..=0x7f => return (char::from(*first), 1),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return (char::REPLACEMENT_CHARACTER, 1),
    };
    let text = bytes.get(..length).and_then(|sequence| std::str::from_utf8(sequence).ok());
    text.and_then(|text| text.chars().next()).map_or((char::REPLACEMENT_CHARACTER, 1), |found| (found, length))
}

/// The characters of a Go string, each with where it begins.
pub fn runes(bytes: &[u8]) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (found, length) = decode(&bytes[at..]);
        let begins = at;
        at += length;
        (length > 0).then_some((begins, found))
    })
}

/// How many characters a Go string has.
pub fn rune_count(bytes: &[u8]) -> usize {
    if bytes.is_ascii() { bytes.len() } else { runes(bytes).count() }
}

/// A string of characters.
pub fn encode(characters: impl IntoIterator<Item = char>) -> Vec<u8> {
    characters.into_iter().collect::<String>().into_bytes()
}

/// A set of characters, as sorted ranges.
struct Set(Vec<(char, char)>);

impl Set {
    fn of(class: &str) -> Self {
        let parsed = regex_syntax::parse(class);
        match parsed.map(regex_syntax::hir::Hir::into_kind) {
            Ok(HirKind::Class(Class::Unicode(class))) => Self(ranges(&class)),
            _ => Self(Vec::new()),
        }
    }

    fn contains(&self, character: char) -> bool {
        let after = self.0.partition_point(|(start, _)| *start <= character);
        after > 0 && character <= self.0[after - 1].1
    }
}

fn ranges(class: &ClassUnicode) -> Vec<(char, char)> {
    class.ranges().iter().map(|range| (range.start(), range.end())).collect()
}

static LETTERS: LazyLock<Set> = LazyLock::new(|| Set::of(r"\pL"));
static DIGITS: LazyLock<Set> = LazyLock::new(|| Set::of(r"\p{Nd}"));
static NUMBERS: LazyLock<Set> = LazyLock::new(|| Set::of(r"\pN"));
static UPPER: LazyLock<Set> = LazyLock::new(|| Set::of(r"\p{Lu}"));
static LOWER: LazyLock<Set> = LazyLock::new(|| Set::of(r"\p{Ll}"));
static TITLE: LazyLock<Set> = LazyLock::new(|| Set::of(r"\p{Lt}"));
static PUNCTUATION: LazyLock<Set> = LazyLock::new(|| Set::of(r"\pP"));
static PRINTED: LazyLock<Set> = LazyLock::new(|| Set::of(r"[\pL\pM\pN\pP\pS]"));

/// `unicode.IsLetter`.
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphabetic() } else { LETTERS.contains(character) }
}

/// `unicode.IsDigit`.
pub fn is_digit(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_digit() } else { DIGITS.contains(character) }
}

/// `unicode.IsNumber`.
pub fn is_number(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_digit() } else { NUMBERS.contains(character) }
}

/// `unicode.IsPunct`.
pub fn is_punctuation(character: char) -> bool {
    PUNCTUATION.contains(character)
}

/// `unicode.IsUpper`.
pub fn is_upper(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_uppercase() } else { UPPER.contains(character) }
}

/// `unicode.IsLower`.
pub fn is_lower(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_lowercase() } else { LOWER.contains(character) }
}

/// `unicode.IsTitle`.
pub fn is_title(character: char) -> bool {
    !character.is_ascii() && TITLE.contains(character)
}

/// `unicode.IsSpace`.
pub fn is_space(character: char) -> bool {
    matches!(character,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols, and the plain space.
pub fn is_print(character: char) -> bool {
    if character.is_ascii() { (' '..='~').contains(&character) } else { PRINTED.contains(character) }
}

/// `unicode.ToUpper`.
pub fn to_upper(character: char) -> char {
    match character {
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => shifted(character, 8),
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => shifted(character, 9),
        _ => single(character, character.to_uppercase()),
    }
}

/// `unicode.ToLower`.
pub fn to_lower(character: char) -> char {
    if character == '\u{130}' { 'i' } else { single(character, character.to_lowercase()) }
}

/// `unicode.ToTitle`: as upper case, save for letters that are a pair, and for Georgian.
pub fn to_title(character: char) -> char {
    match character {
        '\u{1c4}'..='\u{1c6}' => '\u{1c5}',
        '\u{1c7}'..='\u{1c9}' => '\u{1c8}',
        '\u{1ca}'..='\u{1cc}' => '\u{1cb}',
        '\u{1f1}'..='\u{1f3}' => '\u{1f2}',
        '\u{10d0}'..='\u{10ff}' => character,
        _ => to_upper(character),
    }
}

fn shifted(character: char, by: u32) -> char {
    char::from_u32(u32::from(character) + by).unwrap_or(character)
}

/// The mapping where it is one character, else the character itself.
fn single(character: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}

/// A string with every character mapped.
pub fn map(bytes: &[u8], mapping: impl Fn(char) -> char) -> Vec<u8> {
    encode(runes(bytes).map(|(_, character)| mapping(character)))
}

/// `strings.TrimSpace`.
pub fn trim_space(bytes: &[u8]) -> &[u8] {
    trim(bytes, is_space)
}

/// A string without the characters at both ends that are meant.
pub fn trim(bytes: &[u8], is_meant: impl Fn(char) -> bool) -> &[u8] {
    let Some((start, _)) = runes(bytes).find(|(_, character)| !is_meant(*character)) else { return &[] };
    let mut end = bytes.len();
    while end > start {
        let begins = last_rune(&bytes[..end]);
        if !is_meant(decode(&bytes[begins..end]).0) {
            break;
        }
        end = begins;
    }
    &bytes[start..end]
}

/// Where the last character of a string begins.
fn last_rune(bytes: &[u8]) -> usize {
    let end = bytes.len();
    let candidates = (1..=4).rev().filter(|length| *length <= end);
    candidates.map(|length| end - length).find(|begins| decode(&bytes[*begins..]).1 == end - begins).unwrap_or(end - 1)
}

#[cfg(test)]
mod tests {
    use super::{decode, is_print, runes, to_lower, to_title, to_upper, trim_space};

    #[test]
    fn wrong_bytes_count_one_by_one() {
        let found: Vec<_> = runes(b"a\xe6\x97b\xf0").collect();
        assert_eq!(found, [(0, 'a'), (1, '\u{fffd}'), (2, '\u{fffd}'), (3, 'b'), (4, '\u{fffd}')]);
        assert_eq!(decode("\u{65e5}".as_bytes()), ('\u{65e5}', 3));
    }

    #[test]
    fn case_is_mapped_to_one_character() {
        assert_eq!((to_upper('\u{df}'), to_upper('\u{1fb3}'), to_lower('\u{130}')), ('\u{df}', '\u{1fbc}', 'i'));
        assert_eq!((to_title('\u{1c4}'), to_upper('\u{1c5}'), to_title('a')), ('\u{1c5}', '\u{1c4}', 'A'));
    }

    #[test]
    fn printing_characters_include_marks_and_only_the_plain_space() {
        assert!(is_print('\u{301}') && is_print(' ') && is_print('\u{1f600}'));
        assert!(!is_print('\u{a0}') && !is_print('\u{200b}') && !is_print('\u{feff}') && !is_print('\u{ad}'));
    }

    #[test]
    fn spaces_of_every_kind_are_trimmed() {
        assert_eq!(trim_space(" \u{a0}a\u{2003}b\u{3000}\n".as_bytes()), "a\u{2003}b".as_bytes());
        assert_eq!(trim_space(b" \t"), b"");
    }
}
