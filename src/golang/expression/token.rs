//! The tokens of a Go expression, and the characters that make none.

use std::fmt;

use super::tree::Operator;
use crate::golang::literal::{Codepoint, Problem};

/// One token. Go's automatic semicolon is [`Token::LineEnd`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'s> {
    /// A name that is no keyword.
    Name(&'s str),
    /// A string literal, raw or not; the bytes it stands for.
    Text(Vec<u8>),
    /// A number of some kind, as written.
    Number(&'s str),
    /// A rune literal, as written.
    Rune(&'s str),
    /// `||`
    Or,
    /// `&&`
    And,
    /// A comparison: `==`, `!=`, `<`, `<=`, `>`, `>=`.
    Comparison(Operator),
    /// `|`, which is no sign.
    Sum(Operator),
    /// An operator of both one and two operands, of the precedence of a sum: `+`, `-`, `^`.
    Sign(Operator),
    /// `/`, `%`, `<<`, `>>`, `&^`.
    Product(Operator),
    /// An operator of both one and two operands, of the precedence of a product: `*`, `&`.
    Pointer(Operator),
    /// An operator of one operand alone: `!`, `~`, `<-`.
    Prefix(Operator),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `...`
    Ellipsis,
    /// A line break, or the end of the text, after something that may end a statement.
    LineEnd,
    /// A keyword or a sign of Go that has no place in these expressions.
    Foreign(&'s str),
}

/// Where and why no token could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct LexicalError {
    /// The byte of the text that it is about.
    pub at: usize,
    /// What is wrong there.
    pub problem: LexicalProblem,
}

/// What keeps a text from being read as tokens; displayed in Go's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexicalProblem {
    /// A character that Go doesn't know outside literals.
    Character(char),
    /// A byte order mark anywhere but at the start.
    ByteOrderMark,
    /// A comment that isn't closed.
    Comment,
    /// A literal that isn't one.
    Literal(Problem),
    /// A number that Go can't read.
    Number,
    /// A `//line` comment with a number that is none.
    Line(String),
    /// The same with the column.
    Column(String),
}

impl fmt::Display for LexicalProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character('\0') => f.write_str("illegal character NUL"),
            Self::Character(character) => write!(f, "illegal character {}", Codepoint(*character)),
            Self::ByteOrderMark => f.write_str("illegal byte order mark"),
            Self::Comment => f.write_str("comment not terminated"),
            Self::Literal(problem) => problem.fmt(f),
            Self::Number => f.write_str("malformed number"),
            Self::Line(text) => write!(f, "invalid line number: {text}"),
            Self::Column(text) => write!(f, "invalid column number: {text}"),
        }
    }
}
