//! The text under the parser: where it is, what comes next, what is wrong here.

use super::TomlError;

/// A place in the text.
#[derive(Debug, Clone)]
pub(super) struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next character. A NUL counts as the end.
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().filter(|character| *character != '\0')
    }

    /// Takes the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    /// Takes a text where it comes next.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Takes what satisfies, as far as it goes.
    pub(super) fn take_while(&mut self, mut wanted: impl FnMut(char) -> bool) -> &'t str {
        let from = self.at;
        while self.peek().is_some_and(&mut wanted) {
            self.next();
        }
        &self.text[from..self.at]
    }

    /// Passes blanks.
    pub(super) fn blanks(&mut self) {
        self.take_while(is_blank);
    }

    /// Passes blanks, line breaks and comments.
    pub(super) fn emptiness(&mut self) {
        loop {
            self.take_while(|character| is_blank(character) || is_break(character));
            if !self.comment() {
                return;
            }
        }
    }

    /// Passes a comment, up to its line's end.
    pub(super) fn comment(&mut self) -> bool {
        let found = self.peek() == Some('#');
        if found {
            self.take_while(|character| !is_break(character));
        }
        found
    }

    /// Where it is, to come back to.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The text since a place.
    pub(super) fn since(&self, from: usize) -> &'t str {
        &self.text[from..self.at]
    }

    /// Whether all of the text was read; a NUL in it is an end, but not this one.
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// An error at this place.
    pub(super) fn error(&self, problem: impl Into<String>) -> TomlError {
        let line = 1 + self.text[..self.at].bytes().filter(|byte| *byte == b'\n').count();
        TomlError { problem: problem.into(), line, at: self.at }
    }

    /// An error about the character that comes next.
    pub(super) fn unexpected(&self, wanted: &str) -> TomlError {
        match self.peek() {
            Some(found) => self.error(format!("{wanted}, not {found:?}")),
            None => self.error(format!("{wanted}, not the end")),
        }
    }
}

pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r')
}
