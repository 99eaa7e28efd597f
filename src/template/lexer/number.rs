//! What may be a number in a template; whether it is one is found out later.

use super::{Lexer, is_alphanumeric};
use crate::golang::quote::quote;
use crate::template::token::{Token, TokenKind};

impl Lexer<'_> {
    /// A number, a complex one included.
    pub(super) fn number(&mut self) -> Option<Token> {
        if !self.scan_number() {
            return self.bad_number();
        }
        if !matches!(self.peek(), Some('+' | '-')) {
            return Some(self.token(TokenKind::Number));
        }
        if !self.scan_number() || !self.text[..self.at].ends_with('i') {
            return self.bad_number();
        }
        Some(self.token(TokenKind::Complex))
    }

    fn bad_number(&mut self) -> Option<Token> {
        let quoted = quote(&self.text.as_bytes()[self.start..self.at]);
        self.error(format!("bad number syntax: {quoted}"))
    }

    /// What may be a number; false where a letter follows it.
    fn scan_number(&mut self) -> bool {
        self.accept("+-");
        let mut digits = "0123456789_";
        if self.accept("0") {
            if self.accept("xX") {
                digits = "0123456789abcdefABCDEF_";
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        self.accept_all(digits);
        if self.accept(".") {
            self.accept_all(digits);
        }
        let exponent = match digits.len() {
            11 => "eE",
            23 => "pP",
            _ => "",
        };
        if self.accept(exponent) {
            self.accept("+-");
            self.accept_all("0123456789_");
        }
        self.accept("i");
        if self.peek().is_some_and(is_alphanumeric) {
            self.advance();
            return false;
        }
        true
    }
}
