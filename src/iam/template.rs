//! Text of a policy that may hold wildcards and variables: `arn:aws:ecs:*:*:task/${aws:PrincipalTag/team}/*`.

use super::glob::{Glob, Reach, Token};
use super::key::Key;
use super::request::Context;

/// Which language a document is written in: variables came with 2012-10-17, and are plain text before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// `2008-10-17`, or no version at all.
    Old,
    /// `2012-10-17`.
    Current,
}

/// What `*` and `?` mean in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// Any run, any one character.
    Match,
    /// Themselves.
    Literal,
}

/// A text of a policy, in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Plain text.
    Text(String),
    /// `*`.
    Many,
    /// `?`.
    One,
    /// `${key}` or `${key, 'default'}`.
    Variable(Key, Option<String>),
}

impl Template {
    /// Parts a text. What looks like a variable and is none stays plain text.
    pub(super) fn parse(text: &str, wildcards: Wildcards, version: Version) -> Self {
        let mut parts = Parts::default();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if let Some((piece, length)) = special(rest, wildcards, version) {
                parts.push(piece);
                rest = &rest[length..];
            } else {
                parts.text(character);
                rest = &rest[character.len_utf8()..];
            }
        }
        parts.finish()
    }

    /// A text of which nothing is known but what computes it; wildcards of what surrounds it are kept.
    ///
    /// `text` holds `\u{0}NAME\u{0}` where a computed part stands.
    pub(super) fn computed(text: &str, wildcards: Wildcards, version: Version) -> Self {
        let mut pieces = Vec::new();
        for (index, part) in text.split('\0').enumerate() {
            if index % 2 == 1 {
                pieces.push(Piece::Variable(Key::computed(part), None));
            } else {
                pieces.extend(Self::parse(part, wildcards, version).pieces);
            }
        }
        Self { pieces }
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The keys of its variables.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(key, _) => Some(key),
            _ => None,
        })
    }

    /// The text with `*` in the place of every variable.
    pub(super) fn without_variables(&self) -> Self {
        let loose = |piece: &Piece| match piece {
            Piece::Variable(..) => Piece::Many,
            other => other.clone(),
        };
        Self { pieces: self.pieces.iter().map(loose).collect() }
    }

    /// Whether it is one `*` or several, so that everything matches.
    pub(super) fn is_anything(&self) -> bool {
        !self.pieces.is_empty() && self.pieces.iter().all(|piece| *piece == Piece::Many)
    }

    /// The text with its variables filled in; `None` where one has neither a value nor a default. A list is no value.
    pub(super) fn expand(&self, context: &Context, folded: bool) -> Option<Glob> {
        let mut tokens = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => tokens.extend(text.chars().map(Token::Exactly)),
                Piece::Many => tokens.push(Token::Many(Reach::Anything)),
                Piece::One => tokens.push(Token::One(Reach::Anything)),
                Piece::Variable(key, default) => {
                    let value = context.single(key).or(default.as_deref())?;
                    tokens.extend(value.chars().map(Token::Exactly));
                }
            }
        }
        Some(Glob::new(tokens, folded))
    }

    /// The text in fields, as an ARN's are compared: the first five end at a colon. Missing fields are absent.
    pub(super) fn fields(&self) -> Vec<Self> {
        let mut fields = vec![Parts::default()];
        for piece in &self.pieces {
            let Piece::Text(text) = piece else {
                last(&mut fields).push(piece.clone());
                continue;
            };
            for character in text.chars() {
                if character == ':' && fields.len() < 6 {
                    fields.push(Parts::default());
                } else {
                    last(&mut fields).text(character);
                }
            }
        }
        fields.into_iter().map(Parts::finish).collect()
    }
}

fn last(fields: &mut [Parts]) -> &mut Parts {
    let index = fields.len() - 1;
    &mut fields[index]
}

/// Pieces in the making; neighbouring text is one piece.
#[derive(Default)]
struct Parts {
    pieces: Vec<Piece>,
    text: String,
}

impl Parts {
    fn text(&mut self, character: char) {
        self.text.push(character);
    }

    fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => self.text.push_str(&text),
            other => {
                self.flush();
                self.pieces.push(other);
            }
        }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.text)));
        }
    }

    fn finish(mut self) -> Template {
        self.flush();
        Template { pieces: self.pieces }
    }
}

/// A wildcard or a variable at the start of `rest`, with its length.
fn special(rest: &str, wildcards: Wildcards, version: Version) -> Option<(Piece, usize)> {
    match rest.as_bytes()[0] {
        b'*' if wildcards == Wildcards::Match => Some((Piece::Many, 1)),
        b'?' if wildcards == Wildcards::Match => Some((Piece::One, 1)),
        b'$' if version == Version::Current && rest.starts_with("${") => {
            let end = rest.find('}')?;
            Some((variable(&rest[2..end])?, end + 1))
        }
        _ => None,
    }
}

/// What stands between `${` and `}`. The literals are `*`, `?` and `$`; a default follows a comma and a space, in
/// single quotes.
fn variable(inner: &str) -> Option<Piece> {
    if matches!(inner, "*" | "?" | "$") {
        return Some(Piece::Text(inner.to_owned()));
    }
    let (name, default) = match inner.split_once(',') {
        None => (inner, None),
        Some((name, rest)) => {
            let quoted = rest.trim_start();
            let default = quoted.trim_end().strip_prefix('\'')?.strip_suffix('\'')?;
            if quoted.len() == rest.len() {
                return None;
            }
            (name, Some(default.to_owned()))
        }
    };
    let name = name.trim();
    let plain = !name.is_empty() && name.contains(':') && !name.contains(['$', '{', '*', '?', '\'']);
    plain.then(|| Piece::Variable(Key::new(name), default))
}

/// Every `${…}` of a text that is no variable, with its place in bytes: it can never match what was meant.
pub(super) fn broken_variables(text: &str) -> Vec<std::ops::Range<usize>> {
    let opened = text.match_indices("${");
    opened
        .filter_map(|(at, _)| match text[at..].find('}') {
            None => Some(at..text.len()),
            Some(length) if variable(&text[at + 2..at + length]).is_none() => Some(at..at + length + 1),
            Some(_) => None,
        })
        .collect()
}
