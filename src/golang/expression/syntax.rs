//! From a text to its syntax tree, and the parser's complaints put into words.

use lalrpop_util::ParseError;

use super::error::{Expected, ExpressionError, Found, Problem};
use super::lexer::Lexer;
use super::token::{LexicalError, Token};
use super::tree::{NodeId, Span, Tree};

#[expect(clippy::all, clippy::pedantic, clippy::unwrap_used, reason = "generated from grammar/expression.lalrpop")]
mod grammar {
    include!(concat!(env!("OUT_DIR"), "/expression.rs"));
}

/// Reads a text as a Go expression; the tree and its root.
pub(crate) fn parse(text: &str) -> Result<(Tree, NodeId), ExpressionError> {
    let mut tree = Tree::default();
    let root =
        grammar::ExpressionParser::new().parse(&mut tree, Lexer::new(text)).map_err(|error| explain(text, error))?;
    Ok((tree, root))
}

fn explain(text: &str, error: ParseError<usize, Token<'_>, LexicalError>) -> ExpressionError {
    match error {
        ParseError::User { error } => error.into(),
        ParseError::InvalidToken { location } => unexpected(Span::new(location, location), Found::End, &[]),
        ParseError::UnrecognizedEof { location, expected } => {
            // At the end of the text nothing is left to underline but the place after it.
            let place = location.max(text.len());
            unexpected(Span::new(place, place), Found::End, &expected)
        }
        ParseError::UnrecognizedToken { token: (start, token, end), expected } => {
            unexpected(Span::new(start, end), Found::token(&token, &text[start..end]), &expected)
        }
        ParseError::ExtraToken { token: (start, token, end) } => {
            unexpected(Span::new(start, end), Found::token(&token, &text[start..end]), &[])
        }
    }
}

fn unexpected(span: Span, found: Found, expected: &[String]) -> ExpressionError {
    let may = |terminal: &str| expected.iter().any(|found| found.trim_matches('"') == terminal);
    let expected = if may("(") && may("text") {
        // Go looks for the parenthesis once the arguments have begun, and finds the text ended.
        if may(")") && found == Found::End { Expected::CloseOnly } else { Expected::Operand }
    } else if may("name") {
        Expected::Selector
    } else if may(",") {
        if may("...") || !may(")") || may("(") { Expected::CommaOrClose } else { Expected::CloseOnly }
    } else if may("]") {
        Expected::CloseBracket
    } else if may(")") {
        if may("&&") { Expected::Close } else { Expected::CloseOnly }
    } else {
        Expected::End
    };
    ExpressionError { span, problem: Problem::Unexpected { found, expected } }
}
