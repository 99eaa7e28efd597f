//! Why Go refuses a regular expression, in the words of its `regexp` package.

use std::fmt;

/// A regular expression that Go refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("error parsing regexp: {problem}: `{excerpt}`")]
pub struct RegexpError {
    /// What is wrong.
    pub problem: Problem,
    /// The part of the expression that Go names.
    pub excerpt: String,
}

impl RegexpError {
    pub(super) fn new(problem: Problem, excerpt: &str) -> Self {
        Self { problem, excerpt: excerpt.to_owned() }
    }
}

/// What is wrong with a regular expression; displayed in Go's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what its text says")]
pub enum Problem {
    CharacterRange,
    Escape,
    NamedCapture,
    PerlSyntax,
    NestedRepetition,
    RepeatCount,
    Utf8,
    MissingBracket,
    MissingParenthesis,
    MissingArgument,
    TrailingBackslash,
    UnexpectedParenthesis,
    TooDeep,
    TooLarge,
    /// Go takes it; it would cost more than is spent on one expression here.
    BeyondBounds,
}

impl RegexpError {
    /// Whether the bound is this program's own: Go takes the expression, and what it matches isn't known.
    pub fn is_unknown(&self) -> bool {
        self.problem == Problem::BeyondBounds
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CharacterRange => "invalid character class range",
            Self::Escape => "invalid escape sequence",
            Self::NamedCapture => "invalid named capture",
            Self::PerlSyntax => "invalid or unsupported Perl syntax",
            Self::NestedRepetition => "invalid nested repetition operator",
            Self::RepeatCount => "invalid repeat count",
            Self::Utf8 => "invalid UTF-8",
            Self::MissingBracket => "missing closing ]",
            Self::MissingParenthesis => "missing closing )",
            Self::MissingArgument => "missing argument to repetition operator",
            Self::TrailingBackslash => "trailing backslash at end of expression",
            Self::UnexpectedParenthesis => "unexpected )",
            Self::TooDeep => "expression nests too deeply",
            Self::TooLarge => "expression too large",
            Self::BeyondBounds => "too large to run here, though Go takes it",
        })
    }
}
