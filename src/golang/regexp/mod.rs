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
mod many;
mod node;
mod parse;
mod program;
mod subject;
mod unicode;

use std::ops::Range;

pub use error::{Problem, RegexpError};
pub use many::{Free, Meter};
use program::Program;
use subject::Subject;

/// Instructions up to which every state of a search is kept, so that it costs the same for every byte.
const FEW: u64 = 12;

/// What an instruction beyond those may cost for each byte, in nanoseconds.
const PER_INSTRUCTION: u64 = 3;

/// A compiled expression.
#[derive(Debug, Clone)]
pub struct Regexp {
    source: String,
    program: Program,
    /// Instructions of Go's program.
    size: u64,
    /// The length of the longest match, in bytes; nothing where there is no longest.
    longest: Option<usize>,
    names: Vec<Option<String>>,
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
    /// Where Go refuses it, in Go's words, and where it would take more than half a second or so to compile:
    /// [`RegexpError::is_unknown`].
    pub fn compile(pattern: &str) -> Result<Self, RegexpError> {
        let parsed = parse::parse(pattern)?;
        let longest = parsed.hir.properties().maximum_len();
        let (names, size) = (parsed.names.clone(), parsed.size);
        let program = Program::new(parsed).map_err(|problem| RegexpError::new(problem, pattern))?;
        Ok(Self { source: pattern.to_owned(), program, size, longest, names })
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

    /// What a search through so many bytes may cost at most, in nanoseconds or so.
    pub fn effort(&self, bytes: usize) -> u64 {
        let each = if self.size <= FEW { 1 } else { self.size.saturating_mul(PER_INSTRUCTION) };
        (bytes as u64).saturating_mul(each)
    }

    /// Whether there is a match anywhere. Takes up to [`Self::effort`] of the text's length.
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.program.is_match(&Subject::new(text).text)
    }

    /// Where the first match is.
    pub fn find(&self, text: &[u8]) -> Option<Range<usize>> {
        let subject = Subject::new(text);
        self.program.automaton().regex.find(&subject.text).map(|found| subject.origins(found.range()))
    }

    /// The first match with its groups.
    pub fn captures<'t>(&self, text: &'t [u8]) -> Option<Captures<'t>> {
        let subject = Subject::new(text);
        self.program.automaton().regex.captures(&subject.text).map(|found| self.taken(&found, &subject, text))
    }

    fn taken<'t>(&self, found: &regex::Captures<'_>, subject: &Subject<'_>, text: &'t [u8]) -> Captures<'t> {
        let group = |number: &Option<usize>| number.and_then(|number| found.get(number));
        let range = |part: regex::Match<'_>| subject.origins(part.range());
        Captures {
            text,
            groups: self.program.automaton().groups.iter().map(|number| group(number).map(range)).collect(),
        }
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

#[cfg(test)]
mod tests;
