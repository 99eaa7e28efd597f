//! Whether a text is JSON, and if not, what Go says about the first byte that can't stand where it does.

/// How deep Go lets values nest.
const DEEPEST: usize = 10_000;

/// What stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Key,
    Value,
    Array,
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    BeginValue,
    BeginValueOrEmpty,
    BeginKey,
    BeginKeyOrEmpty,
    EndValue,
    EndTop,
    InString,
    InEscape,
    InHexadecimal(u8),
    Minus,
    /// Behind digits before the point; after a zero no others may come.
    Integer {
        zero: bool,
    },
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
    /// A word, and how much of it there is.
    Word(&'static str, usize),
}

struct Scanner {
    state: State,
    open: Vec<Open>,
}

/// Whether a text is one JSON value.
///
/// # Errors
/// In Go's words, where it isn't.
pub(super) fn check(text: &[u8]) -> Result<(), String> {
    let mut scanner = Scanner { state: State::BeginValue, open: Vec::new() };
    for byte in text {
        scanner.step(*byte)?;
    }
    if scanner.state == State::EndTop {
        return Ok(());
    }
    // Go feeds a space at the end, which may end a number, or be refused itself.
    scanner.step(b' ')?;
    if scanner.state == State::EndTop { Ok(()) } else { Err("unexpected end of JSON input".to_owned()) }
}

fn refused(byte: u8, context: &str) -> String {
    let shown = match byte {
        b'\'' => r"'\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        _ => {
            let quoted = super::super::quote::quote(char::from(byte).to_string().as_bytes());
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    };
    format!("invalid character {shown} {context}")
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

impl Scanner {
    fn step(&mut self, byte: u8) -> Result<(), String> {
        let next = match self.state {
            State::BeginValue | State::BeginValueOrEmpty | State::BeginKey | State::BeginKeyOrEmpty | State::EndTop
                if is_space(byte) =>
            {
                return Ok(());
            }
            State::BeginValueOrEmpty if byte == b']' => return self.end_value(byte),
            State::BeginValue | State::BeginValueOrEmpty => return self.begin_value(byte),
            State::BeginKeyOrEmpty if byte == b'}' => {
                if let Some(open) = self.open.last_mut() {
                    *open = Open::Value;
                }
                return self.end_value(byte);
            }
            State::BeginKey | State::BeginKeyOrEmpty if byte == b'"' => State::InString,
            State::BeginKey | State::BeginKeyOrEmpty => {
                return Err(refused(byte, "looking for beginning of object key string"));
            }
            State::EndTop => return Err(refused(byte, "after top-level value")),
            State::EndValue => return self.end_value(byte),
            State::InString | State::InEscape | State::InHexadecimal(_) => return self.string(byte),
            State::Word(word, at) => match word.as_bytes().get(at) {
                Some(expected) if *expected == byte && at + 1 == word.len() => State::EndValue,
                Some(expected) if *expected == byte => State::Word(word, at + 1),
                expected => {
                    let expected = char::from(expected.copied().unwrap_or(b' '));
                    return Err(refused(byte, &format!("in literal {word} (expecting '{expected}')")));
                }
            },
            _ => return self.number(byte),
        };
        self.become_state(next);
        Ok(())
    }

    /// A value that ended at the top is the whole text.
    fn become_state(&mut self, state: State) {
        self.state = if state == State::EndValue && self.open.is_empty() { State::EndTop } else { state };
    }

    fn begin_value(&mut self, byte: u8) -> Result<(), String> {
        self.state = match byte {
            b'{' => {
                self.push(Open::Key)?;
                State::BeginKeyOrEmpty
            }
            b'[' => {
                self.push(Open::Array)?;
                State::BeginValueOrEmpty
            }
            b'"' => State::InString,
            b'-' => State::Minus,
            b'0' => State::Integer { zero: true },
            b'1'..=b'9' => State::Integer { zero: false },
            b't' => State::Word("true", 1),
            b'f' => State::Word("false", 1),
            b'n' => State::Word("null", 1),
            _ => return Err(refused(byte, "looking for beginning of value")),
        };
        Ok(())
    }

    fn push(&mut self, open: Open) -> Result<(), String> {
        self.open.push(open);
        if self.open.len() > DEEPEST { Err("exceeded max depth".to_owned()) } else { Ok(()) }
    }

    fn end_value(&mut self, byte: u8) -> Result<(), String> {
        if is_space(byte) && !matches!(self.state, State::BeginValueOrEmpty | State::BeginKeyOrEmpty) {
            self.become_state(State::EndValue);
            return Ok(());
        }
        let Some(open) = self.open.last_mut() else {
            return Err(refused(byte, "after top-level value"));
        };
        let next = match (*open, byte) {
            (Open::Key, b':') => {
                *open = Open::Value;
                State::BeginValue
            }
            (Open::Key, _) => return Err(refused(byte, "after object key")),
            (Open::Value, b',') => {
                *open = Open::Key;
                State::BeginKey
            }
            (Open::Value, b'}') | (Open::Array, b']') => {
                self.open.pop();
                State::EndValue
            }
            (Open::Value, _) => return Err(refused(byte, "after object key:value pair")),
            (Open::Array, b',') => State::BeginValue,
            (Open::Array, _) => return Err(refused(byte, "after array element")),
        };
        self.become_state(next);
        Ok(())
    }

    fn string(&mut self, byte: u8) -> Result<(), String> {
        let next = match self.state {
            State::InEscape => match byte {
                b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => State::InString,
                b'u' => State::InHexadecimal(0),
                _ => return Err(refused(byte, "in string escape code")),
            },
            State::InHexadecimal(digits) if byte.is_ascii_hexdigit() => {
                if digits == 3 {
                    State::InString
                } else {
                    State::InHexadecimal(digits + 1)
                }
            }
            State::InHexadecimal(_) => return Err(refused(byte, "in \\u hexadecimal character escape")),
            _ => match byte {
                b'"' => State::EndValue,
                b'\\' => State::InEscape,
                0..=0x1f => return Err(refused(byte, "in string literal")),
                _ => State::InString,
            },
        };
        self.become_state(next);
        Ok(())
    }

    fn number(&mut self, byte: u8) -> Result<(), String> {
        let next = match (self.state, byte) {
            (State::Minus, b'0') => State::Integer { zero: true },
            (State::Minus, b'1'..=b'9') | (State::Integer { zero: false }, b'0'..=b'9') => {
                State::Integer { zero: false }
            }
            (State::Minus, _) => return Err(refused(byte, "in numeric literal")),
            (State::Integer { .. }, b'.') => State::Point,
            (State::Integer { .. } | State::Fraction, b'e' | b'E') => State::Exponent,
            (State::Point | State::Fraction, b'0'..=b'9') => State::Fraction,
            (State::Point, _) => return Err(refused(byte, "after decimal point in numeric literal")),
            (State::Exponent, b'+' | b'-') => State::ExponentSign,
            (State::Exponent | State::ExponentSign | State::ExponentDigits, b'0'..=b'9') => State::ExponentDigits,
            (State::Exponent | State::ExponentSign, _) => {
                return Err(refused(byte, "in exponent of numeric literal"));
            }
            _ => {
                self.become_state(State::EndValue);
                if self.state == State::EndTop {
                    return if is_space(byte) { Ok(()) } else { Err(refused(byte, "after top-level value")) };
                }
                return self.end_value(byte);
            }
        };
        self.state = next;
        Ok(())
    }
}
