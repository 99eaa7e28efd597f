//! Splits a template into tokens: text outside the braces, words and signs inside.
//!
//! Tokens are made one at a time as the parser asks for them, so that of two errors the one that Go meets first is
//! told.

mod number;

use super::token::{KEYWORDS, Token, TokenKind};
use crate::golang::unicode::{is_digit, is_letter, is_print};

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Where the token being read begins.
    start: usize,
    line: usize,
    /// Up to where line breaks are counted.
    counted: usize,
    inside: bool,
    parentheses: usize,
    /// After an error nothing more comes.
    over: bool,
}

/// What is found where an action might end.
struct Closing {
    trims: bool,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, start: 0, line: 1, counted: 0, inside: false, parentheses: 0, over: false }
    }

    /// The next token; after the last one, and after an error, the end for ever.
    pub(super) fn next(&mut self) -> Token {
        loop {
            let token = if self.over {
                Some(self.token(TokenKind::End))
            } else if self.inside {
                self.inside()
            } else {
                self.outside()
            };
            if let Some(token) = token {
                return token;
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The line of the token that begins at `start`.
    fn current_line(&mut self) -> usize {
        let breaks = self.text[self.counted..self.start].matches('\n').count();
        self.line += breaks;
        self.counted = self.start;
        self.line
    }

    fn token(&mut self, kind: TokenKind) -> Token {
        let line = self.current_line();
        let span = self.start..self.at;
        self.start = self.at;
        Token { kind, span, line, message: String::new() }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is what the state that found the error returns")]
    fn error(&mut self, message: impl Into<String>) -> Option<Token> {
        self.over = true;
        let mut token = self.token(TokenKind::Error);
        token.message = message.into();
        Some(token)
    }

    /// Text up to the next action, or what follows it directly.
    fn outside(&mut self) -> Option<Token> {
        let rest = self.rest();
        let Some(length) = rest.find("{{") else {
            self.at = self.text.len();
            let kind = if self.at > self.start { TokenKind::Text } else { TokenKind::End };
            return Some(self.token(kind));
        };
        let end = self.at + length;
        if length > 0 {
            let trims = begins_trimming(&self.text[end + 2..]);
            let kept = if trims { rest[..length].trim_end_matches(is_space).len() } else { length };
            self.at += kept;
            let text = (kept > 0).then(|| self.token(TokenKind::Text));
            self.at = end;
            self.start = end;
            if text.is_some() {
                return text;
            }
        }
        self.open()
    }

    /// `{{`, or a comment.
    fn open(&mut self) -> Option<Token> {
        let after = self.at + 2;
        let marker = if begins_trimming(&self.text[after..]) { 2 } else { 0 };
        if self.text[after + marker..].starts_with("/*") {
            self.at = after + marker;
            self.start = self.at;
            return self.comment();
        }
        self.at = after;
        let token = self.token(TokenKind::LeftDelimiter);
        self.at += marker;
        self.start = self.at;
        self.inside = true;
        self.parentheses = 0;
        Some(token)
    }

    fn comment(&mut self) -> Option<Token> {
        let Some(length) = self.text[self.at + 2..].find("*/") else {
            return self.error("unclosed comment");
        };
        self.at += length + 4;
        let Some(closing) = self.closing() else {
            return self.error("comment ends before closing delimiter");
        };
        self.close(&closing);
        None
    }

    /// Whether the action ends here.
    fn closing(&self) -> Option<Closing> {
        let rest = self.rest();
        if ends_trimming(rest) && rest[2..].starts_with("}}") {
            return Some(Closing { trims: true });
        }
        rest.starts_with("}}").then_some(Closing { trims: false })
    }

    /// Goes past the end of an action, and past the space that it trims.
    fn close(&mut self, closing: &Closing) {
        self.at += if closing.trims { 4 } else { 2 };
        if closing.trims {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_space).len();
        }
        self.start = self.at;
    }

    fn right_delimiter(&mut self, closing: &Closing) -> Token {
        if closing.trims {
            self.at += 2;
            self.start = self.at;
        }
        self.at += 2;
        let token = self.token(TokenKind::RightDelimiter);
        if closing.trims {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_space).len();
            self.start = self.at;
        }
        self.inside = false;
        token
    }

    fn inside(&mut self) -> Option<Token> {
        if let Some(closing) = self.closing() {
            if self.parentheses > 0 {
                return self.error("unclosed left paren");
            }
            return Some(self.right_delimiter(&closing));
        }
        let Some(next) = self.peek() else { return self.error("unclosed action") };
        match next {
            _ if is_space(next) => Some(self.space()),
            '0'..='9' | '+' | '-' => self.number(),
            '.' if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) || self.rest().len() == 1 => {
                self.number()
            }
            _ if is_alphanumeric(next) => self.identifier(),
            _ => {
                self.advance();
                self.sign(next)
            }
        }
    }

    /// What begins with a sign, which is already read.
    fn sign(&mut self, sign: char) -> Option<Token> {
        let kind = match sign {
            '=' => TokenKind::Assign,
            '|' => TokenKind::Pipe,
            '"' => return self.quoted('"', TokenKind::Quoted, "unterminated quoted string"),
            '\'' => return self.quoted('\'', TokenKind::Character, "unterminated character constant"),
            '`' => return self.raw(),
            '$' => return self.name(TokenKind::Variable, TokenKind::Variable),
            '.' => return self.name(TokenKind::Field, TokenKind::Dot),
            ':' => {
                if self.advance() != Some('=') {
                    return self.error("expected :=");
                }
                TokenKind::Declare
            }
            '(' => {
                self.parentheses += 1;
                TokenKind::LeftParenthesis
            }
            ')' if self.parentheses == 0 => return self.error("unexpected right paren"),
            ')' => {
                self.parentheses -= 1;
                TokenKind::RightParenthesis
            }
            printable if printable.is_ascii() && is_print(printable) => TokenKind::Sign,
            other => return self.error(format!("unrecognized character in action: {}", CodePoint(other))),
        };
        Some(self.token(kind))
    }

    /// A run of spaces; the last one may belong to a trimming end.
    fn space(&mut self) -> Token {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(is_space).len();
        let last = self.at + length - 1;
        if ends_trimming(&self.text[last..]) && self.text[last + 2..].starts_with("}}") {
            if length == 1 {
                return self.right_delimiter(&Closing { trims: true });
            }
            self.at = last;
        } else {
            self.at += length;
        }
        self.token(TokenKind::Space)
    }

    fn quoted(&mut self, mark: char, kind: TokenKind, message: &str) -> Option<Token> {
        loop {
            match self.advance() {
                Some('\\') => {
                    if matches!(self.advance(), None | Some('\n')) {
                        return self.error(message);
                    }
                }
                None | Some('\n') => return self.error(message),
                Some(found) if found == mark => return Some(self.token(kind)),
                Some(_) => {}
            }
        }
    }

    fn raw(&mut self) -> Option<Token> {
        let Some(length) = self.rest().find('`') else {
            self.at = self.text.len();
            return self.error("unterminated raw quoted string");
        };
        self.at += length + 1;
        Some(self.token(TokenKind::Raw))
    }

    /// `.Name` or `$name`, or the sign alone.
    fn name(&mut self, kind: TokenKind, alone: TokenKind) -> Option<Token> {
        if self.is_at_terminator() {
            return Some(self.token(alone));
        }
        self.skip_alphanumeric();
        if self.is_at_terminator() {
            return Some(self.token(kind));
        }
        self.bad_character()
    }

    fn identifier(&mut self) -> Option<Token> {
        self.skip_alphanumeric();
        if !self.is_at_terminator() {
            return self.bad_character();
        }
        let word = &self.text[self.start..self.at];
        let keyword = KEYWORDS.iter().find(|(known, _)| *known == word);
        let kind = match (word, keyword) {
            (_, Some((_, keyword))) => TokenKind::Keyword(*keyword),
            ("true" | "false", _) => TokenKind::Bool,
            ("nil", _) => TokenKind::Nil,
            _ => TokenKind::Identifier,
        };
        Some(self.token(kind))
    }

    fn bad_character(&mut self) -> Option<Token> {
        let found = self.peek().map_or_else(|| "U+FFFFFFFFFFFFFFFF".to_owned(), |c| CodePoint(c).to_string());
        self.error(format!("bad character {found}"))
    }

    fn skip_alphanumeric(&mut self) {
        while self.peek().is_some_and(is_alphanumeric) {
            self.advance();
        }
    }

    /// Whether a name may end here.
    fn is_at_terminator(&self) -> bool {
        match self.peek() {
            None | Some('.' | ',' | '|' | ':' | ')' | '(') => true,
            Some(next) => is_space(next) || self.rest().starts_with("}}"),
        }
    }

    fn accept(&mut self, valid: &str) -> bool {
        let accepted = self.peek().is_some_and(|next| valid.contains(next));
        if accepted {
            self.advance();
        }
        accepted
    }

    fn accept_all(&mut self, valid: &str) {
        while self.accept(valid) {}
    }
}

/// A character as `%#U` prints it.
struct CodePoint(char);

impl std::fmt::Display for CodePoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.0))?;
        if is_print(self.0) { write!(f, " '{}'", self.0) } else { Ok(()) }
    }
}

/// Space inside an action, and what trimming takes.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn is_alphanumeric(character: char) -> bool {
    character == '_' || is_letter(character) || is_digit(character)
}

/// `- ` after the left braces.
fn begins_trimming(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|after| after.starts_with(is_space))
}

/// ` -` before the right braces.
fn ends_trimming(rest: &str) -> bool {
    rest.starts_with(is_space) && rest[1..].starts_with('-')
}
