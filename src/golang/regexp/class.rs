//! Sets of characters: `[…]`, `\d`, `\pL`, `[:alpha:]`, and a letter that stands for both cases.

use std::collections::{BTreeMap, BTreeSet};

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::error::{Problem, RegexpError};
use super::escape::{Code, escape};
use super::unicode;

/// Ranges and characters that making sets may go through, in tens; some tenth of a second.
const MAX_WORK: usize = 2_000_000;

/// Perl's and POSIX's named sets, all of ASCII; of the ranges each pair is first and last.
const NAMED: &[(&str, &[(char, char)])] = &[
    (r"\d", &[('0', '9')]),
    (r"\s", &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')]),
    (r"\w", &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
    ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
    ("alpha", &[('A', 'Z'), ('a', 'z')]),
    ("ascii", &[('\0', '\x7f')]),
    ("blank", &[('\t', '\t'), (' ', ' ')]),
    ("cntrl", &[('\0', '\x1f'), ('\x7f', '\x7f')]),
    ("digit", &[('0', '9')]),
    ("graph", &[('!', '~')]),
    ("lower", &[('a', 'z')]),
    ("print", &[(' ', '~')]),
    ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ("space", &[('\t', '\r'), (' ', ' ')]),
    ("upper", &[('A', 'Z')]),
    ("word", &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
    ("xdigit", &[('0', '9'), ('A', 'F'), ('a', 'f')]),
];

/// Whether letters stand for both cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    /// They stand for themselves.
    Sensitive,
    /// `(?i)`
    Folded,
}

impl Case {
    /// The class with all that differs from it in case only, where case doesn't count.
    pub(super) fn close(self, mut class: ClassUnicode) -> ClassUnicode {
        if self == Self::Folded {
            class.case_fold_simple();
        }
        class
    }
}

/// The sets of one expression: each group of Unicode is made once, and no more sets than are affordable.
#[derive(Debug, Default)]
pub(super) struct Sets {
    groups: BTreeMap<(String, Case, bool), Option<ClassUnicode>>,
    /// What making them took so far.
    work: usize,
}

impl Sets {
    /// Whether what was made took more than an expression may take here.
    pub(super) fn exhausted(&self) -> bool {
        self.work > MAX_WORK
    }

    /// A group of Unicode by its name, or all but it.
    fn group(&mut self, name: &str, case: Case, excluded: bool) -> Option<&ClassUnicode> {
        let made = self.groups.entry((unicode::folded(name), case, excluded));
        made.or_insert_with(|| unicode::group(name).map(|class| negated(case.close(class), excluded))).as_ref()
    }

    /// A set of all these, or of all but these. Past the bound it is empty: nobody will look at it.
    fn union(&mut self, ranges: Vec<ClassUnicodeRange>, negative: bool) -> ClassUnicode {
        self.work += ranges.len();
        if self.exhausted() {
            return ClassUnicode::empty();
        }
        negated(ClassUnicode::new(ranges), negative)
    }

    /// The characters between two, closed where case doesn't count.
    fn between(&mut self, low: Code, high: Code, case: Case) -> ClassUnicode {
        if case == Case::Folded {
            self.work += usize::try_from(high - low).unwrap_or(usize::MAX) / 10;
        }
        if self.exhausted() { ClassUnicode::empty() } else { case.close(between(low, high)) }
    }
}

/// A set, and what is left of the text after it.
type Read<'p> = Result<Option<(ClassUnicode, &'p str)>, RegexpError>;

/// `\d`, `\s`, `\w` and what they exclude.
fn perl(text: &str, case: Case) -> Option<(ClassUnicode, &str)> {
    let letter = text.strip_prefix('\\')?.chars().next()?;
    let (_, ranges) = NAMED.iter().find(|(name, _)| {
        name.strip_prefix('\\').is_some_and(|known| known.starts_with(letter.to_ascii_lowercase()))
    })?;
    let class = case.close(of_ranges(ranges));
    Some((negated(class, letter.is_ascii_uppercase()), &text[2..]))
}

/// `\pL`, `\p{Greek}`, `\P{^Greek}`.
fn property<'p>(text: &'p str, case: Case, sets: &mut Sets) -> Read<'p> {
    let (excluded, after) = match (text.strip_prefix(r"\p"), text.strip_prefix(r"\P")) {
        (Some(after), _) => (false, after),
        (_, Some(after)) => (true, after),
        _ => return Ok(None),
    };
    let bad = |excerpt: &str| RegexpError::new(Problem::CharacterRange, excerpt);
    let (name, rest) = match after.strip_prefix('{') {
        Some(inner) => inner.split_once('}').ok_or_else(|| bad(text))?,
        None => after.split_at(after.chars().next().map_or(0, char::len_utf8)),
    };
    let (negative, bare) = name.strip_prefix('^').map_or((false, name), |bare| (true, bare));
    let (negative, bare) = if after.starts_with('{') { (negative, bare) } else { (false, name) };
    let class = sets.group(bare, case, excluded != negative);
    let class = class.ok_or_else(|| bad(&text[..text.len() - rest.len()]))?;
    Ok(Some((class.clone(), rest)))
}

/// `[:alpha:]`, `[:^alpha:]`.
fn posix(text: &str, case: Case) -> Read<'_> {
    let Some((name, rest)) = text.strip_prefix("[:").and_then(|after| after.split_once(":]")) else {
        return Ok(None);
    };
    let (negative, bare) = name.strip_prefix('^').map_or((false, name), |bare| (true, bare));
    match NAMED.iter().find(|(known, _)| *known == bare && !known.starts_with('\\')) {
        Some((_, ranges)) => Ok(Some((negated(case.close(of_ranges(ranges)), negative), rest))),
        None => Err(RegexpError::new(Problem::CharacterRange, &text[..text.len() - rest.len()])),
    }
}

/// A set that begins with a backslash: `\d`, `\pL`; nothing where the text begins otherwise.
pub(super) fn escaped<'p>(text: &'p str, case: Case, sets: &mut Sets) -> Read<'p> {
    match perl(text, case) {
        Some(found) => Ok(Some(found)),
        None => property(text, case, sets),
    }
}

/// A set in brackets, with which the text begins.
pub(super) fn bracketed<'p>(
    text: &'p str,
    case: Case,
    sets: &mut Sets,
) -> Result<(ClassUnicode, &'p str), RegexpError> {
    let missing = || RegexpError::new(Problem::MissingBracket, text);
    let mut rest = &text[1..];
    let negative = rest.starts_with('^');
    if negative {
        rest = &rest[1..];
    }
    // Joined at the end: set by set, a long list would be sorted as often as it has members.
    let mut ranges = Vec::new();
    // A named set that is there again, which is no news.
    let mut named = BTreeSet::new();
    let mut first = true;
    while first || !rest.starts_with(']') {
        if rest.is_empty() {
            return Err(missing());
        }
        first = false;
        let set = match posix(rest, case)? {
            Some(found) => Some(found),
            None => escaped(rest, case, sets)?,
        };
        let (set, after) = match set {
            Some((_, after)) if !named.insert(&rest[..rest.len() - after.len()]) => (ClassUnicode::empty(), after),
            Some(found) => found,
            None => range(rest, case, sets, &missing)?,
        };
        ranges.extend_from_slice(set.ranges());
        rest = after;
    }
    Ok((sets.union(ranges, negative), &rest[1..]))
}

/// A character, or two with a `-` between them.
fn range<'p>(
    text: &'p str,
    case: Case,
    sets: &mut Sets,
    missing: &dyn Fn() -> RegexpError,
) -> Result<(ClassUnicode, &'p str), RegexpError> {
    let (low, after) = member(text, missing)?;
    let (high, rest) = match after.strip_prefix('-') {
        Some(beyond) if !beyond.starts_with(']') && !beyond.is_empty() => member(beyond, missing)?,
        _ => (low, after),
    };
    if high < low {
        return Err(RegexpError::new(Problem::CharacterRange, &text[..text.len() - rest.len()]));
    }
    Ok((sets.between(low, high, case), rest))
}

/// One character of a set.
fn member<'p>(text: &'p str, missing: &dyn Fn() -> RegexpError) -> Result<(Code, &'p str), RegexpError> {
    match text.chars().next() {
        None => Err(missing()),
        Some('\\') => escape(text),
        Some(plain) => Ok((u32::from(plain), &text[plain.len_utf8()..])),
    }
}

/// The characters between two code points; surrogates are none.
pub(super) fn between(low: Code, high: Code) -> ClassUnicode {
    let first = char::from_u32(low).unwrap_or('\u{e000}');
    let last = char::from_u32(high).unwrap_or('\u{d7ff}');
    if first > last { ClassUnicode::empty() } else { ClassUnicode::new([ClassUnicodeRange::new(first, last)]) }
}

fn of_ranges(ranges: &[(char, char)]) -> ClassUnicode {
    ClassUnicode::new(ranges.iter().map(|(first, last)| ClassUnicodeRange::new(*first, *last)))
}

fn negated(mut class: ClassUnicode, negative: bool) -> ClassUnicode {
    if negative {
        class.negate();
    }
    class
}
