//! Go's regular expressions on the `regex` crate: Go's syntax is read here, refused in Go's words where Go refuses
//! it, and given to the crate in a form that means the same there.
//!
//! The two differ in what they take (`\Q…\E`, `a{,2}`, `\z`, one group name twice against lookaround-free extras
//! such as `(?x)` and `\p{sc=Greek}`), in what letters and digits are (ASCII in Go) and in set operations inside
//! brackets, which Go doesn't have. What they share is the meaning of a match: the leftmost, and of several there
//! the one that a backtracking search would find first.

mod class;
mod error;
mod escape;
mod example;
mod expand;
mod node;
mod parse;
mod subject;
mod unicode;

use std::ops::Range;

pub use error::{Problem, RegexpError};
use subject::Subject;

/// Memory for a compiled expression. Go takes some that need more than the crate's own limit of 10 MB.
const SIZE_LIMIT: usize = 512 << 20;

/// The crate's own limit to nesting, above what Go takes.
const NEST_LIMIT: u32 = 10_000;

/// A compiled expression.
#[derive(Debug, Clone)]
pub struct Regexp {
    source: String,
    regex: regex::Regex,
    names: Vec<Option<String>>,
    /// The crate's number of each group; nothing for one that it forgot because it never takes part.
    groups: Vec<Option<usize>>,
}

/// What the groups of one match took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captures<'t> {
    text: &'t [u8],
    groups: Vec<Option<Range<usize>>>,
}

impl<'t> Captures<'t> {
    /// What a group took, the whole match for 0; nothing where it took no part or doesn't exist.
    pub fn get(&self, group: usize) -> Option<&'t [u8]> {
        self.range(group).map(|range| &self.text[range])
    }

    /// Where that is in the text.
    pub fn range(&self, group: usize) -> Option<Range<usize>> {
        self.groups.get(group).cloned().flatten()
    }

    /// The number of groups, the whole match included.
    #[expect(clippy::len_without_is_empty, reason = "there is always the whole match")]
    pub fn len(&self) -> usize {
        self.groups.len()
    }
}

impl Regexp {
    /// Compiles an expression as Go's `regexp.Compile` takes it.
    ///
    /// # Errors
    /// Where Go refuses it, in Go's words. One that would need more than half a gigabyte is refused as too large.
    pub fn compile(pattern: &str) -> Result<Self, RegexpError> {
        let parsed = parse::parse(pattern)?;
        let regex = regex::RegexBuilder::new(&parsed.hir.to_string())
            .size_limit(SIZE_LIMIT)
            .nest_limit(NEST_LIMIT)
            .build()
            .map_err(|_| RegexpError::new(Problem::TooLarge, pattern))?;
        let groups = numbers(&regex, parsed.names.len());
        Ok(Self { source: pattern.to_owned(), regex, names: parsed.names, groups })
    }

    /// The same for an expression that need not be UTF-8, which Go refuses.
    ///
    /// # Errors
    /// As for [`Self::compile`].
    pub fn compile_bytes(pattern: &[u8]) -> Result<Self, RegexpError> {
        match std::str::from_utf8(pattern) {
            Ok(text) => Self::compile(text),
            Err(error) => {
                let from = String::from_utf8_lossy(&pattern[error.valid_up_to()..]);
                Err(RegexpError::new(Problem::Utf8, &from))
            }
        }
    }

    /// The expression as it was given.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// A text that matches, where one is easily found.
    pub fn example(&self) -> Option<String> {
        let parsed = parse::parse(&self.source).ok()?;
        example::example(&parsed.hir).filter(|text| self.is_match(text.as_bytes()))
    }

    /// The names of the groups, the whole match first; a group without a name has none.
    pub fn names(&self) -> &[Option<String>] {
        &self.names
    }

    /// Whether there is a match anywhere.
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.regex.is_match(&Subject::new(text).text)
    }

    /// Where the first match is.
    pub fn find(&self, text: &[u8]) -> Option<Range<usize>> {
        let subject = Subject::new(text);
        self.regex.find(&subject.text).map(|found| subject.origins(found.range()))
    }

    /// Where the matches are, up to `limit` of them; an empty one right after another doesn't count.
    pub fn find_all(&self, text: &[u8], limit: usize) -> Vec<Range<usize>> {
        let subject = Subject::new(text);
        self.regex.find_iter(&subject.text).take(limit).map(|found| subject.origins(found.range())).collect()
    }

    /// The first match with its groups.
    pub fn captures<'t>(&self, text: &'t [u8]) -> Option<Captures<'t>> {
        let subject = Subject::new(text);
        self.regex.captures(&subject.text).map(|found| self.taken(&found, &subject, text))
    }

    /// All matches with their groups.
    pub fn captures_all<'t>(&self, text: &'t [u8]) -> Vec<Captures<'t>> {
        let subject = Subject::new(text);
        self.regex.captures_iter(&subject.text).map(|found| self.taken(&found, &subject, text)).collect()
    }

    fn taken<'t>(&self, found: &regex::Captures<'_>, subject: &Subject<'_>, text: &'t [u8]) -> Captures<'t> {
        let group = |number: &Option<usize>| number.and_then(|number| found.get(number));
        let range = |part: regex::Match<'_>| subject.origins(part.range());
        Captures { text, groups: self.groups.iter().map(|number| group(number).map(range)).collect() }
    }

    /// The parts between matches, at most `limit` of them, the last one with all that is left.
    pub fn split<'t>(&self, text: &'t [u8], limit: Option<usize>) -> Vec<&'t [u8]> {
        if limit == Some(0) {
            return Vec::new();
        }
        if text.is_empty() && !self.source.is_empty() {
            return vec![text];
        }
        let mut parts = Vec::new();
        let (mut from, mut last) = (0, 0);
        for found in self.find_all(text, limit.unwrap_or(usize::MAX)) {
            if limit.is_some_and(|limit| parts.len() + 1 == limit) {
                break;
            }
            last = found.start;
            if found.end != 0 {
                parts.push(&text[from..last]);
            }
            from = found.end;
        }
        if last != text.len() {
            parts.push(&text[from..]);
        }
        parts
    }

    /// The text with every match replaced; `$1`, `$name`, `${name}` in the replacement stand for groups, `$$` for a
    /// dollar. `$1x` is the group named `1x`.
    pub fn replace_all(&self, text: &[u8], replacement: &[u8]) -> Vec<u8> {
        let mut result = Vec::with_capacity(text.len());
        let mut from = 0;
        for captures in self.captures_all(text) {
            let whole = captures.range(0).unwrap_or_default();
            result.extend_from_slice(&text[from..whole.start]);
            expand::expand(replacement, &captures, &self.names, &mut result);
            from = whole.end;
        }
        result.extend_from_slice(&text[from..]);
        result
    }

    /// The text with every match replaced by a text that is taken as it stands.
    pub fn replace_all_literal(&self, text: &[u8], replacement: &[u8]) -> Vec<u8> {
        let mut result = Vec::with_capacity(text.len());
        let mut from = 0;
        for found in self.find_all(text, usize::MAX) {
            result.extend_from_slice(&text[from..found.start]);
            result.extend_from_slice(replacement);
            from = found.end;
        }
        result.extend_from_slice(&text[from..]);
        result
    }
}

/// An expression that matches this text alone, as Go's `regexp.QuoteMeta` writes it.
pub fn quote_meta(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\.+*?()|[]{}^$".contains(character) {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted
}

/// The crate's number of each of Go's groups, the whole match first.
fn numbers(regex: &regex::Regex, count: usize) -> Vec<Option<usize>> {
    let mut groups = vec![None; count];
    for (number, name) in regex.capture_names().enumerate() {
        let group = name.map_or(Some(0), node::group_of);
        if let Some(slot) = group.and_then(|group| groups.get_mut(group)) {
            *slot = Some(number);
        }
    }
    groups
}

#[cfg(test)]
mod tests;
