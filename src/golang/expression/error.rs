//! What is wrong with an expression: where, what was expected there, and what Traefik logs about it.

use std::fmt;

use super::token::{LexicalError, LexicalProblem, Token};
use super::tree::{Operator, Span};

/// An expression that Traefik refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct ExpressionError {
    /// The part of the text that it is about; empty at a place where something is missing.
    pub span: Span,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The text can't be cut into tokens.
    Lexical(LexicalProblem),
    /// A token that can't stand where it does.
    Unexpected {
        /// What stands there.
        found: Found,
        /// What could.
        expected: Expected,
    },
    /// Nesting beyond Go's limit.
    TooDeep,
    /// It would take more than is spent on one expression here; Traefik takes it, so its answer isn't known.
    BeyondBounds,
    /// An operator other than `!`, `&&` and `||`.
    Operator(Operator),
    /// A function that the language doesn't have.
    UnknownFunction(String),
    /// What is called is no name.
    NoFunction(Shape),
    /// A name where a call or a string literal is wanted.
    UndefinedName(String),
    /// A whole number that can't be read as a decimal one.
    BadInteger(String),
    /// A rune literal.
    Rune(String),
    /// Anything else that is no condition and no string literal: `Host("a" + "b")`, `a[0]`.
    Unsupported(Shape),
    /// A value where a condition is wanted: `!"x"`, a text alone.
    NoCondition {
        /// The value.
        value: Shape,
        /// Whether an operator takes it; else it is the whole expression.
        operand: bool,
    },
    /// A value of the wrong kind as an argument.
    ArgumentKind {
        /// The function that is called.
        function: String,
        /// The value.
        value: Shape,
    },
    /// Too few or too many arguments.
    ArgumentCount {
        /// The function that is called.
        function: String,
        /// How many it takes.
        wanted: usize,
        /// How many there are.
        given: usize,
    },
}

/// What stands where something else is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The end of the text.
    End,
    /// A line break (or the end of the text) that ends the expression.
    LineEnd,
    /// A sign or a keyword.
    Sign(String),
    /// A name or a literal, as written.
    Word(String),
}

/// What may stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The beginning of a condition or of an argument.
    Operand,
    /// A name after a dot.
    Selector,
    /// A comma or the parenthesis that ends the arguments.
    CommaOrClose,
    /// An operator or a closing parenthesis.
    Close,
    /// The parenthesis alone, after `...`.
    CloseOnly,
    /// An operator or a closing bracket.
    CloseBracket,
    /// An operator or the end.
    End,
}

/// What a value that doesn't fit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Shape {
    Text,
    Integer,
    Float,
    Imaginary,
    Call,
    Parentheses,
    Unary,
    Pointer,
    Binary,
    Selector,
    Index,
    Literal,
}

impl Shape {
    /// With an article: `a number`.
    fn described(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Integer | Self::Float | Self::Imaginary => "a number",
            Self::Call => "a call",
            Self::Parentheses => "something in parentheses",
            Self::Unary | Self::Pointer | Self::Binary => "an operation",
            Self::Selector => "a selection with a dot",
            Self::Index => "an index",
            Self::Literal => "a literal",
        }
    }

    /// Go's name of the kind of value.
    fn go_type(self) -> &'static str {
        match self {
            Self::Integer => "int",
            Self::Float => "float64",
            _ => "string",
        }
    }

    /// Go's name of the syntax node.
    fn go_node(self) -> &'static str {
        match self {
            Self::Parentheses => "*ast.ParenExpr",
            Self::Unary => "*ast.UnaryExpr",
            Self::Pointer => "*ast.StarExpr",
            Self::Binary => "*ast.BinaryExpr",
            Self::Selector => "*ast.SelectorExpr",
            Self::Index => "*ast.IndexExpr",
            Self::Call => "*ast.CallExpr",
            Self::Text | Self::Integer | Self::Float | Self::Imaginary | Self::Literal => "*ast.BasicLit",
        }
    }
}

impl From<LexicalError> for ExpressionError {
    fn from(error: LexicalError) -> Self {
        Self { span: Span::new(error.at, error.at), problem: Problem::Lexical(error.problem) }
    }
}

impl Found {
    pub(super) fn token(token: &Token<'_>, written: &str) -> Self {
        match token {
            Token::LineEnd => Self::LineEnd,
            Token::Name(_) | Token::Text(_) | Token::Number(_) | Token::Rune(_) => Self::Word(written.to_owned()),
            _ => Self::Sign(written.to_owned()),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("the end"),
            Self::LineEnd => f.write_str("the end of the line"),
            Self::Sign(text) | Self::Word(text) => write!(f, "`{text}`"),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operand => "a matcher, `!`, `(` or, as an argument, a quoted text",
            Self::Selector => "a name",
            Self::CommaOrClose => "`,` or `)`",
            Self::Close => "`&&`, `||` or `)`",
            Self::CloseOnly => "`)`",
            Self::CloseBracket => "`]`",
            Self::End => "`&&`, `||` or the end",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lexical(problem) => problem.fmt(f),
            Self::Unexpected { found, expected } => write!(f, "expected {expected}, found {found}"),
            Self::TooDeep => f.write_str("nested deeper than the 100,000 levels that Go takes"),
            Self::BeyondBounds => f.write_str("too large to run here, though Traefik takes it"),
            Self::Operator(operator) => {
                write!(f, "expected `&&`, `||` or `!`; the operator `{operator}` is not part of the language")
            }
            Self::UnknownFunction(name) => write!(f, "there is no matcher `{name}`"),
            Self::NoFunction(shape) => {
                write!(f, "expected the name of a matcher before `(`, found {}", shape.described())
            }
            Self::UndefinedName(name) => {
                write!(f, "expected a quoted text or a matcher with arguments, found the name `{name}`")
            }
            Self::BadInteger(text) => write!(f, "expected a quoted text, found the number `{text}`"),
            Self::Rune(text) => write!(f, "expected a text in double quotes or backquotes, found {text}"),
            Self::Unsupported(shape) => write!(f, "expected a matcher or a quoted text, found {}", shape.described()),
            Self::NoCondition { value, .. } => write!(f, "expected a matcher, found {}", value.described()),
            Self::ArgumentKind { function, value } => {
                write!(f, "`{function}` takes quoted texts, found {}", value.described())
            }
            Self::ArgumentCount { function, wanted, given } => {
                write!(f, "`{function}` takes {wanted} arguments, found {given}")
            }
        }
    }
}

impl ExpressionError {
    /// The line and the column, both from 1 and the column in bytes, as Go counts them: a line break at the very end
    /// begins no line.
    pub fn position(&self, text: &str) -> (usize, usize) {
        let at = self.span.start.min(text.len());
        let bytes = text.as_bytes();
        let lines = (1..=at).filter(|start| bytes[start - 1] == b'\n' && *start < bytes.len());
        let line_start = lines.clone().next_back().unwrap_or_default();
        (lines.count() + 1, at - line_start + 1)
    }

    /// What Go's parser or the check after it says, which is what Traefik logs. `condition_type` is the name that
    /// Traefik's source gives to a condition, such as `constraints.constraintLabelFunc`; `variadic` whether its
    /// functions take any number of arguments.
    ///
    /// Of several syntax errors Go names the first and counts the rest; the count is left out.
    pub(crate) fn go_message(&self, text: &str, condition_type: &str, variadic: bool) -> String {
        let positioned = |message: &str| {
            let (line, column) = self.position(text);
            format!("{line}:{column}: {message}")
        };
        match &self.problem {
            Problem::Lexical(problem) => positioned(&problem.to_string()),
            Problem::Unexpected { found, expected } => positioned(&go_unexpected(found, *expected)),
            Problem::TooDeep => positioned("exceeded max nesting depth"),
            Problem::BeyondBounds => positioned(&self.problem.to_string()),
            Problem::Operator(operator) => format!("{operator} is not supported"),
            Problem::UnknownFunction(name) => format!("unsupported function: {name}"),
            Problem::NoFunction(shape) => format!("expected identifier, got: {}", shape.go_node()),
            Problem::UndefinedName(name) => format!("{name} is not defined"),
            Problem::BadInteger(text) => go_bad_integer(text),
            Problem::Rune(_) => "unsupported function argument type: 'CHAR'".to_owned(),
            Problem::Unsupported(Shape::Index) => "properties are not supported".to_owned(),
            Problem::Unsupported(Shape::Imaginary) => "unsupported function argument type: 'IMAG'".to_owned(),
            Problem::Unsupported(shape) => format!("{} is not supported", shape.go_node()),
            Problem::NoCondition { operand: false, .. } => {
                format!("not a {}", condition_type.rsplit('.').next().unwrap_or(condition_type))
            }
            Problem::NoCondition { value, .. } => {
                format!("reflect: Call using {} as type {condition_type}", value.go_type())
            }
            Problem::ArgumentKind { value, .. } => {
                let value = if *value == Shape::Call { condition_type } else { value.go_type() };
                if variadic {
                    format!("reflect: cannot use {value} as type string in Call")
                } else {
                    format!("reflect: Call using {value} as type string")
                }
            }
            Problem::ArgumentCount { wanted, given, .. } => {
                format!("reflect: Call with too {} input arguments", if given < wanted { "few" } else { "many" })
            }
        }
    }
}

fn go_unexpected(found: &Found, expected: Expected) -> String {
    let found_text = match found {
        Found::End => "'EOF'".to_owned(),
        Found::LineEnd => "newline".to_owned(),
        Found::Sign(text) => format!("'{text}'"),
        Found::Word(text) => text.clone(),
    };
    let wanted = match expected {
        Expected::Operand => "operand",
        Expected::Selector => "selector or type assertion",
        _ if *found == Found::Sign("=".to_owned()) => "'=='",
        Expected::CommaOrClose if *found == Found::LineEnd => {
            return "missing ',' before newline in argument list".to_owned();
        }
        Expected::CommaOrClose => return "missing ',' in argument list".to_owned(),
        Expected::Close | Expected::CloseOnly => "')'",
        Expected::CloseBracket => "']'",
        Expected::End => "'EOF'",
    };
    format!("expected {wanted}, found {found_text}")
}

fn go_bad_integer(text: &str) -> String {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let reason = if digits { "value out of range" } else { "invalid syntax" };
    format!("failed to parse argument: {text}, error: strconv.Atoi: parsing \"{text}\": {reason}")
}
