//! Patterns with `*` and `?`, ready to be compared: variables are already filled in.
//!
//! One form serves strings and ARNs. Within an ARN's first five fields a wildcard stops at a colon, so that each field
//! is compared by itself; in the last it runs across colons and slashes.

/// A pattern without variables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Glob {
    tokens: Vec<Token>,
    /// Whether letters compare without regard to case; the tokens are in lower case then.
    folded: bool,
}

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token {
    /// This character.
    Exactly(char),
    /// Any one character.
    One(Reach),
    /// Any run of characters, none included.
    Many(Reach),
    /// A hexadecimal digit in lower case, as the ids of tasks and container instances have them.
    Digit,
}

/// Which characters a wildcard stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// All but a colon.
    Field,
    /// All.
    Anything,
}

impl Reach {
    fn takes(self, character: char) -> bool {
        self == Self::Anything || character != ':'
    }
}

impl Token {
    pub(super) fn takes(self, character: char) -> bool {
        match self {
            Self::Exactly(wanted) => wanted == character,
            Self::One(reach) | Self::Many(reach) => reach.takes(character),
            Self::Digit => character.is_ascii_digit() || ('a'..='f').contains(&character),
        }
    }
}

impl Token {
    /// Whether some character fits both.
    fn shares(self, other: Self) -> bool {
        match (self, other) {
            (Self::Exactly(character), step) | (step, Self::Exactly(character)) => step.takes(character),
            _ => true,
        }
    }
}

impl Glob {
    /// A pattern of these steps.
    pub(super) fn new(tokens: Vec<Token>, folded: bool) -> Self {
        let tokens = if folded { tokens.into_iter().flat_map(lower).collect() } else { tokens };
        Self { tokens, folded }
    }

    /// A pattern that only this text matches.
    pub(super) fn exactly(text: &str) -> Self {
        Self::new(text.chars().map(Token::Exactly).collect(), false)
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(super) fn is_folded(&self) -> bool {
        self.folded
    }

    /// Whether the whole text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        if self.folded { self.matches_as_is(&text.to_lowercase()) } else { self.matches_as_is(text) }
    }

    /// Whether every text that begins so matches, whatever follows.
    pub(super) fn matches_all_after(&self, start: &str) -> bool {
        let Some((Token::Many(Reach::Anything), before)) = self.tokens.split_last() else { return false };
        let before = Self { tokens: before.to_vec(), folded: self.folded };
        let ends = start.char_indices().map(|(at, _)| at).chain([start.len()]);
        ends.into_iter().any(|end| before.matches(&start[..end]))
    }

    /// Whether some text matches both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.tokens.len(), other.tokens.len());
        let mut reached = vec![false; (ours + 1) * (theirs + 1)];
        reached[0] = true;
        for at in 0..reached.len() {
            if !reached[at] {
                continue;
            }
            let (our, their) = (at / (theirs + 1), at % (theirs + 1));
            let (a, b) = (self.tokens.get(our).copied(), other.tokens.get(their).copied());
            let (skip_ours, skip_theirs) = (at + theirs + 1, at + 1);
            if matches!(a, Some(Token::Many(_))) {
                reached[skip_ours] = true;
            }
            if matches!(b, Some(Token::Many(_))) {
                reached[skip_theirs] = true;
            }
            let (Some(a), Some(b)) = (a, b) else { continue };
            if a.shares(b) {
                let keep_ours = matches!(a, Token::Many(_));
                let keep_theirs = matches!(b, Token::Many(_));
                match (keep_ours, keep_theirs) {
                    (true, true) => {}
                    (true, false) => reached[skip_theirs] = true,
                    (false, true) => reached[skip_ours] = true,
                    (false, false) => reached[skip_ours + 1] = true,
                }
            }
        }
        reached[reached.len() - 1]
    }

    /// Tries the shortest run for each `*`, and a longer one for the last when the rest does not fit. A `*` that may
    /// not cross a colon ends the search there: what stands before the colon has only one way to fit.
    fn matches_as_is(&self, text: &str) -> bool {
        let mut at = text.chars();
        let mut token = 0;
        let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let mut next = at.clone();
            let character = next.next();
            match (self.tokens.get(token).copied(), character) {
                (None, None) => return true,
                (Some(Token::Many(_)), _) => {
                    retry = Some((token, at.clone()));
                    token += 1;
                }
                (Some(step), Some(character)) if step.takes(character) => {
                    token += 1;
                    at = next;
                }
                _ => {
                    let Some((star, mut from)) = retry.take() else { return false };
                    match from.next() {
                        Some(skipped) if self.tokens[star].takes(skipped) => {
                            at = from.clone();
                            token = star + 1;
                            retry = Some((star, from));
                        }
                        _ => return false,
                    }
                }
            }
        }
    }
}

fn lower(token: Token) -> Vec<Token> {
    match token {
        Token::Exactly(character) => character.to_lowercase().map(Token::Exactly).collect(),
        other => vec![other],
    }
}

#[cfg(test)]
mod tests {
    use super::{Glob, Reach, Token};

    fn glob(pattern: &str, reach: Reach) -> Glob {
        let token = |character| match character {
            '*' => Token::Many(reach),
            '?' => Token::One(reach),
            other => Token::Exactly(other),
        };
        Glob::new(pattern.chars().map(token).collect(), false)
    }

    #[test]
    fn wildcards_match_as_iam_has_them() {
        let cases = [
            ("", "", true),
            ("*", "", true),
            ("a*b*c", "abbc", true),
            ("a*b*c", "abb", false),
            ("*ab", "aab", true),
            ("?", "", false),
            ("w?b", "web", true),
            ("**", "x", true),
            ("a*", "ba", false),
        ];
        for (pattern, text, wanted) in cases {
            assert_eq!(glob(pattern, Reach::Anything).matches(text), wanted, "{pattern} on {text}");
        }
    }

    #[test]
    fn patterns_meet_where_some_text_fits_both() {
        let any = |pattern| glob(pattern, Reach::Anything);
        assert!(any("a*").meets(&any("*b")));
        assert!(any("*").meets(&any("")));
        assert!(any("task/web/*").meets(&any("task/?*")));
        assert!(!any("task/*").meets(&any("cluster/*")));
        assert!(!any("a?").meets(&any("a")));
    }

    #[test]
    fn a_field_ends_at_its_colon() {
        assert!(glob("a*:b", Reach::Field).matches("axx:b"));
        assert!(!glob("a*b", Reach::Field).matches("ax:b"));
        assert!(glob("a*b", Reach::Anything).matches("ax:b"));
    }
}
