//! The parser's way with tokens: taking them, giving them back, and saying which one may not stand where it stands.

use std::ops::Range;

use super::Parser;
use crate::golang::quote::quote;
use crate::template::error::TemplateError;
use crate::template::token::{Token, TokenKind};

impl Parser<'_> {
    /// The next token.
    pub(in crate::template) fn next(&mut self) -> Token {
        if let Some(token) = self.pending.pop() {
            return token;
        }
        let token = self.lexer.next();
        self.line = token.line;
        self.last = token.span.clone();
        token
    }

    /// The next token that is no space.
    pub(in crate::template) fn next_visible(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != TokenKind::Space {
                return token;
            }
        }
    }

    /// Gives a token back.
    pub(in crate::template) fn back(&mut self, token: Token) {
        self.pending.push(token);
    }

    /// Which bytes the next token is.
    pub(in crate::template) fn peek(&mut self) -> Range<usize> {
        let token = self.next();
        let span = token.span.clone();
        self.back(token);
        span
    }

    /// The kind of the next token that is no space; spaces before it are gone.
    pub(in crate::template) fn peek_visible(&mut self) -> TokenKind {
        let token = self.next_visible();
        let kind = token.kind;
        self.back(token);
        kind
    }

    /// A token as it is written.
    pub(in crate::template) fn written(&self, token: &Token) -> &str {
        &self.text[token.span.clone()]
    }

    /// An error at the last token that was read.
    pub(in crate::template) fn error(&self, message: &str) -> TemplateError {
        TemplateError::parse(self.name, self.line, message, self.last.clone())
    }

    /// The error for a token that may not stand here.
    pub(in crate::template) fn unexpected(&self, token: &Token, context: &str) -> TemplateError {
        if token.kind != TokenKind::Error {
            return self.error(&format!("unexpected {} in {context}", self.shown(token)));
        }
        let started = self.scope.action_line.filter(|line| *line != token.line);
        let message = match started {
            None => token.message.clone(),
            Some(line) if token.message.ends_with(" action") => {
                format!("{} started at {}:{line}", token.message, self.name)
            }
            Some(line) => format!("{} in action started at {}:{line}", token.message, self.name),
        };
        self.error(&message)
    }

    /// A token as Go's errors show it.
    fn shown(&self, token: &Token) -> String {
        let written = self.written(token);
        match token.kind {
            TokenKind::End => "EOF".to_owned(),
            TokenKind::Keyword(_) | TokenKind::Dot | TokenKind::Nil => format!("<{written}>"),
            // More than ten bytes are cut to ten characters.
            _ if written.len() > 10 => {
                let end = written.char_indices().nth(10).map_or(written.len(), |(end, _)| end);
                format!("{}...", quote(&written.as_bytes()[..end]))
            }
            _ => quote(written.as_bytes()),
        }
    }
}
