//! Cuts a text into Go's tokens: comments, automatic semicolons, literals with their escapes, a byte order mark.
//!
//! The first problem ends the run: nothing is skipped to go on.

use super::token::{LexicalError, LexicalProblem, Token};
use super::tree::Operator;
use crate::golang::literal::{self, Quote};

/// Reads tokens with the bytes they span.
pub(crate) struct Lexer<'s> {
    text: &'s str,
    at: usize,
    /// Whether a line break here would end a statement.
    may_end: bool,
}

/// A token and the bytes it spans, as the parser takes them.
type Spanned<'s> = Result<(usize, Token<'s>, usize), LexicalError>;

const KEYWORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// Keywords after which a line break ends a statement.
const ENDING_KEYWORDS: &[&str] = &["break", "continue", "fallthrough", "return"];

/// Every sign that Go knows, longer ones before those they begin with.
const SIGNS: &[(&str, Token<'static>)] = &[
    ("<<=", Token::Foreign("<<=")),
    (">>=", Token::Foreign(">>=")),
    ("&^=", Token::Foreign("&^=")),
    ("...", Token::Ellipsis),
    ("&&", Token::And),
    ("||", Token::Or),
    ("==", Token::Comparison(Operator::Equal)),
    ("!=", Token::Comparison(Operator::NotEqual)),
    ("<=", Token::Comparison(Operator::LessOrEqual)),
    (">=", Token::Comparison(Operator::GreaterOrEqual)),
    ("<-", Token::Prefix(Operator::Receive)),
    ("<<", Token::Product(Operator::ShiftLeft)),
    (">>", Token::Product(Operator::ShiftRight)),
    ("&^", Token::Product(Operator::AndNot)),
    ("++", Token::Foreign("++")),
    ("--", Token::Foreign("--")),
    (":=", Token::Foreign(":=")),
    ("+=", Token::Foreign("+=")),
    ("-=", Token::Foreign("-=")),
    ("*=", Token::Foreign("*=")),
    ("/=", Token::Foreign("/=")),
    ("%=", Token::Foreign("%=")),
    ("&=", Token::Foreign("&=")),
    ("|=", Token::Foreign("|=")),
    ("^=", Token::Foreign("^=")),
    ("<", Token::Comparison(Operator::Less)),
    (">", Token::Comparison(Operator::Greater)),
    ("|", Token::Sum(Operator::Union)),
    ("+", Token::Sign(Operator::Add)),
    ("-", Token::Sign(Operator::Subtract)),
    ("^", Token::Sign(Operator::ExclusiveOr)),
    ("/", Token::Product(Operator::Divide)),
    ("%", Token::Product(Operator::Remainder)),
    ("*", Token::Pointer(Operator::Multiply)),
    ("&", Token::Pointer(Operator::Intersection)),
    ("!", Token::Prefix(Operator::Not)),
    ("~", Token::Prefix(Operator::Tilde)),
    ("(", Token::Open),
    (")", Token::Close),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
    (",", Token::Comma),
    (".", Token::Dot),
    ("=", Token::Foreign("=")),
    (":", Token::Foreign(":")),
    (";", Token::Foreign(";")),
    ("{", Token::Foreign("{")),
    ("}", Token::Foreign("}")),
];

impl<'s> Lexer<'s> {
    pub(crate) fn new(text: &'s str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, may_end: false }
    }

    fn rest(&self) -> &'s str {
        &self.text[self.at..]
    }

    /// The next token; nothing at the end.
    fn token(&mut self) -> Option<Spanned<'s>> {
        match self.skip_blanks() {
            Ok(None) => {}
            Ok(Some(line_end)) => return Some(Ok((line_end, Token::LineEnd, line_end))),
            Err(error) => return Some(Err(error)),
        }
        let first = self.rest().chars().next()?;
        let start = self.at;
        let read = match first {
            '"' | '\'' | '`' => self.literal(),
            '0'..='9' => self.number(),
            '.' if self.rest()[1..].starts_with(|next: char| next.is_ascii_digit()) => self.number(),
            _ if is_letter(first) => Ok(self.name()),
            _ => self.sign(first),
        };
        Some(read.map(|token| {
            self.may_end = may_end_statement(&token);
            (start, token, self.at)
        }))
    }

    /// Skips what separates tokens. Where that ends a statement, the place where it does is given.
    fn skip_blanks(&mut self) -> Result<Option<usize>, LexicalError> {
        loop {
            let rest = self.rest();
            let start = self.at;
            if rest.is_empty() || rest.starts_with('\n') {
                self.at += usize::from(!rest.is_empty());
                if std::mem::take(&mut self.may_end) {
                    return Ok(Some(start));
                }
                if rest.is_empty() {
                    return Ok(None);
                }
            } else if rest.starts_with([' ', '\t', '\r']) {
                self.at += 1;
            } else if rest.starts_with("//") || rest.starts_with("/*") {
                let breaks_line = self.skip_comment()?;
                if breaks_line && std::mem::take(&mut self.may_end) {
                    return Ok(Some(start));
                }
            } else {
                return Ok(None);
            }
        }
    }

    /// Skips a comment; whether it holds a line break. The one that ends a `//` comment is left.
    fn skip_comment(&mut self) -> Result<bool, LexicalError> {
        let (start, rest) = (self.at, self.rest());
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else {
            let Some(end) = rest[2..].find("*/") else {
                self.refuse_characters(start, rest)?;
                return Err(LexicalError { at: start, problem: LexicalProblem::Comment });
            };
            end + 4
        };
        let comment = &rest[..length];
        self.refuse_characters(start, comment)?;
        self.check_line_directive(start, comment)?;
        self.at += length;
        Ok(comment.contains('\n'))
    }

    /// Go refuses NUL and the byte order mark wherever they stand, literals and comments included.
    fn refuse_characters(&self, start: usize, part: &str) -> Result<(), LexicalError> {
        let Some((offset, found)) = part.char_indices().find(|(_, found)| matches!(found, '\0' | '\u{feff}')) else {
            return Ok(());
        };
        debug_assert!(self.text[start..].starts_with(part), "a part of the text at its place");
        let problem = if found == '\0' { LexicalProblem::Character(found) } else { LexicalProblem::ByteOrderMark };
        Err(LexicalError { at: start + offset, problem })
    }

    /// A comment `//line FILE:LINE:COLUMN` at the start of a line, or `/*line …*/` anywhere, sets the position in
    /// Go; numbers in it that are none, or zero, are errors.
    fn check_line_directive(&self, start: usize, comment: &str) -> Result<(), LexicalError> {
        let first_in_line = start == 0 || self.text[..start].ends_with('\n');
        let body = match comment.strip_prefix("//line ") {
            Some(body) if first_in_line => body.trim_end_matches('\r'),
            Some(_) => return Ok(()),
            None => match comment.strip_prefix("/*line ") {
                Some(body) => &body[..body.len() - 2],
                None => return Ok(()),
            },
        };
        check_line_numbers(body)
            .map_err(|(offset, problem)| LexicalError { at: start + "//line ".len() + offset, problem })
    }

    fn literal(&mut self) -> Result<Token<'s>, LexicalError> {
        let (start, rest) = (self.at, self.rest());
        let literal = literal::scan(rest)
            .map_err(|error| LexicalError { at: start + error.at, problem: LexicalProblem::Literal(error.problem) })?;
        let written = &rest[..literal.length];
        self.refuse_characters(start, written)?;
        self.at += literal.length;
        Ok(if literal.quote == Quote::Single { Token::Rune(written) } else { Token::Text(literal.value) })
    }

    fn name(&mut self) -> Token<'s> {
        let rest = self.rest();
        let length = rest.find(|found| !is_letter(found) && !found.is_numeric()).unwrap_or(rest.len());
        self.at += length;
        let name = &rest[..length];
        if KEYWORDS.contains(&name) { Token::Foreign(name) } else { Token::Name(name) }
    }

    fn number(&mut self) -> Result<Token<'s>, LexicalError> {
        let (start, rest) = (self.at, self.rest());
        let mut previous = '0';
        let length = rest
            .find(|found: char| {
                let exponent = matches!(previous, 'e' | 'E' | 'p' | 'P') && !is_hexadecimal_mantissa(rest, previous);
                let belongs = found.is_ascii_alphanumeric()
                    || matches!(found, '_' | '.')
                    || (exponent && matches!(found, '+' | '-'));
                previous = found;
                !belongs
            })
            .unwrap_or(rest.len());
        self.at += length;
        let number = &rest[..length];
        if is_number(number) {
            Ok(Token::Number(number))
        } else {
            Err(LexicalError { at: start, problem: LexicalProblem::Number })
        }
    }

    fn sign(&mut self, first: char) -> Result<Token<'s>, LexicalError> {
        let rest = self.rest();
        if let Some((sign, token)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            self.at += sign.len();
            return Ok(token.clone());
        }
        let problem =
            if first == '\u{feff}' { LexicalProblem::ByteOrderMark } else { LexicalProblem::Character(first) };
        Err(LexicalError { at: self.at, problem })
    }
}

impl<'s> Iterator for Lexer<'s> {
    type Item = Spanned<'s>;

    fn next(&mut self) -> Option<Spanned<'s>> {
        self.token()
    }
}

fn is_letter(character: char) -> bool {
    character == '_' || character.is_alphabetic()
}

fn may_end_statement(token: &Token<'_>) -> bool {
    match token {
        Token::Name(_) | Token::Text(_) | Token::Number(_) | Token::Rune(_) | Token::Close | Token::CloseBracket => {
            true
        }
        Token::Foreign(text) => matches!(*text, "++" | "--" | "}") || ENDING_KEYWORDS.contains(text),
        _ => false,
    }
}

/// Whether an `e` before a sign is a digit of a hexadecimal number rather than an exponent.
fn is_hexadecimal_mantissa(number: &str, previous: char) -> bool {
    let hexadecimal = number.starts_with("0x") || number.starts_with("0X");
    hexadecimal && matches!(previous, 'e' | 'E')
}

/// Whether Go reads it as a number of any kind: integers of four bases, floats, imaginary ones.
fn is_number(text: &str) -> bool {
    let real = text.strip_suffix('i').unwrap_or(text);
    let lower = real.to_ascii_lowercase();
    let grouped = |digits: &str| !digits.starts_with('_') && !digits.ends_with('_') && !digits.contains("__");
    let in_base = |digits: &str, base: u32| {
        let digits = digits.strip_prefix('_').unwrap_or(digits);
        !digits.is_empty() && grouped(digits) && digits.chars().all(|digit| digit == '_' || digit.is_digit(base))
    };
    if let Some(digits) = lower.strip_prefix("0b") {
        in_base(digits, 2)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        in_base(digits, 8)
    } else if let Some(digits) = lower.strip_prefix("0x") {
        in_base(digits, 16) || is_float(digits.strip_prefix('_').unwrap_or(digits), 16, 'p')
    } else if lower.len() > 1
        && lower.starts_with('0')
        && lower.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
    {
        grouped(&lower) && (text.ends_with('i') || lower.chars().all(|digit| digit == '_' || digit.is_digit(8)))
    } else {
        (in_base(&lower, 10) && grouped(&lower)) || is_float(&lower, 10, 'e')
    }
}

/// A mantissa with a point or an exponent or both; a hexadecimal one must have an exponent.
fn is_float(text: &str, base: u32, mark: char) -> bool {
    let (mantissa, exponent) = match text.split_once(mark) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let grouped = |digits: &str| !digits.starts_with('_') && !digits.ends_with('_') && !digits.contains("__");
    let digits = |digits: &str| grouped(digits) && digits.chars().all(|digit| digit == '_' || digit.is_digit(base));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty()
            && grouped(exponent)
            && exponent.chars().all(|digit| digit == '_' || digit.is_ascii_digit())
    });
    let has_form = exponent.is_some() || (base == 10 && mantissa.contains('.'));
    has_form && exponent_fits && !(whole.is_empty() && fraction.is_empty()) && digits(whole) && digits(fraction)
}

/// Checks the numbers at the end of a line directive; what is wrong, and at which byte.
fn check_line_numbers(body: &str) -> Result<(), (usize, LexicalProblem)> {
    let Some((start, last)) = trailing_number(body) else {
        return Ok(());
    };
    let Some(last) = last else {
        return Err((start, LexicalProblem::Line(body[start..].to_owned())));
    };
    if let Some((line_start, Some(line))) = trailing_number(&body[..start - 1]) {
        if !(1..MAX_LINE).contains(&last) {
            return Err((start, LexicalProblem::Column(body[start..].to_owned())));
        }
        return if (1..MAX_LINE).contains(&line) {
            Ok(())
        } else {
            Err((line_start, LexicalProblem::Line(body[line_start..].to_owned())))
        };
    }
    if (1..MAX_LINE).contains(&last) { Ok(()) } else { Err((start, LexicalProblem::Line(body[start..].to_owned()))) }
}

/// The largest line or column that Go takes in a directive is below this.
const MAX_LINE: u64 = 1 << 30;

/// What follows the last colon: where it begins, and its number if it is one. Nothing where there is no colon.
fn trailing_number(text: &str) -> Option<(usize, Option<u64>)> {
    let start = text.rfind(':')? + 1;
    let digits = &text[start..];
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((start, if plain { digits.parse().ok() } else { None }))
}
