//! A strict JSON reader that knows where everything stands.
//!
//! An ordinary parser keeps the last of two equal keys and forgets where things were. A policy in which `Effect` stands
//! twice must be told, and a verdict names the line it comes from. Comments, trailing commas and single quotes are
//! refused, as IAM refuses them; nesting is bounded, so that no input overflows the stack. U+0000, which no policy may
//! hold, is refused too: within the program it marks [what isn't known yet](computed).

use std::ops::Range;

/// Where something stands in its text, in bytes.
pub type Span = Range<usize>;

/// The deepest nesting that is read. Policies nest five deep, plans and templates some thirty.
const DEEPEST: usize = 128;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Json {
    /// From its first byte to the one after its last.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What stands in a JSON text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as it is written.
    Number(String),
    /// A string, its escapes resolved.
    Text(String),
    /// A list.
    Array(Vec<Json>),
    /// An object: every member, equal keys included, in the order of the text.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its key, escapes resolved.
    pub key: String,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// Its value.
    pub value: Json,
}

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct JsonError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: usize,
}

impl Json {
    /// Reads a text that is one JSON value and nothing else.
    ///
    /// # Errors
    /// At the first byte that JSON has no place for; at the value that nests too deep.
    pub fn read(text: &str) -> Result<Self, JsonError> {
        let mut reader = Reader { text, at: 0 };
        reader.skip_space();
        if reader.peek().is_none() {
            return Err(reader.error("there is nothing in it"));
        }
        let value = reader.value(0)?;
        reader.skip_space();
        match reader.peek() {
            None => Ok(value),
            Some(_) => Err(reader.error("something follows the end of the document")),
        }
    }

    /// The member of this key; the last where it stands more than once.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The members of an object, none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of a list, none of anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value it is, for a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Boolean(_) => "a Boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn error(&self, message: impl Into<String>) -> JsonError {
        JsonError { message: message.into(), at: self.at }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// What to say of a byte that no value begins with.
    fn unexpected(&self) -> JsonError {
        let rest = &self.text[self.at..];
        self.error(match rest.chars().next() {
            None => "the text ends too early".to_owned(),
            Some('/' | '#') => "JSON has no comments".to_owned(),
            Some('\'') => "strings stand in double quotes".to_owned(),
            Some('\u{feff}') => "a byte order mark is no JSON".to_owned(),
            Some(other) => format!("a value was expected, not {other:?}"),
        })
    }

    fn value(&mut self, depth: usize) -> Result<Json, JsonError> {
        if depth > DEEPEST {
            return Err(self.error(format!("it nests more than {DEEPEST} deep")));
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Boolean(true))?,
            Some(b'f') => self.word("false", Value::Boolean(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.unexpected()),
        };
        Ok(Json { span: start..self.at, value })
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonError> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.error(format!("a value was expected; did you mean {word}?")));
        }
        self.at += word.len();
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        let mut members = Vec::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            members.push(self.member(depth)?);
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Object(members));
                }
                None => return Err(self.error("the text ends within an object")),
                Some(_) => return Err(self.error("a comma or `}` was expected")),
            }
        }
    }

    fn member(&mut self, depth: usize) -> Result<Member, JsonError> {
        self.skip_space();
        let start = self.at;
        let key = match self.peek() {
            Some(b'"') => self.string()?,
            Some(b'}') => return Err(self.error("a comma stands after the last member")),
            None => return Err(self.error("the text ends within an object")),
            Some(b'/' | b'#' | b'\'') => return Err(self.unexpected()),
            Some(_) => return Err(self.error("a key in double quotes was expected")),
        };
        let key_span = start..self.at;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.error("a colon was expected after the key"));
        }
        self.at += 1;
        self.skip_space();
        Ok(Member { key, key_span, value: self.value(depth + 1)? })
    }

    fn array(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            self.skip_space();
            if self.peek() == Some(b']') {
                return Err(self.error("a comma stands after the last item"));
            }
            items.push(self.value(depth + 1)?);
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::Array(items));
                }
                None => return Err(self.error("the text ends within a list")),
                Some(_) => return Err(self.error("a comma or `]` was expected")),
            }
        }
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits()?;
        if leading_zero && whole > 1 {
            return Err(self.error("a number has no leading zero"));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Result<usize, JsonError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.error("a digit was expected")) } else { Ok(self.at - start) }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        let opened = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(stop) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                return Err(JsonError { message: "the text ends within this string".to_owned(), at: opened });
            };
            text.push_str(&rest[..stop]);
            self.at += stop;
            match rest.as_bytes()[stop] {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => text.push(self.escape()?),
                b'\n' | b'\r' => return Err(self.error("a line break within a string is written \\n")),
                _ => return Err(self.error("a control character within a string is written \\u00…")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let named = self.text.as_bytes().get(self.at + 1).copied();
        let character = match named {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.error("no such escape; a backslash itself is written \\\\")),
        };
        self.at += 2;
        Ok(character)
    }

    /// `\u` with four digits, or two of them for a character beyond the first plane. Half a pair reads as U+FFFD.
    fn unicode(&mut self) -> Result<char, JsonError> {
        let first = self.hexadecimal(self.at)?;
        self.at += 6;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let second = self.hexadecimal(self.at)?;
        if !(0xdc00..0xe000).contains(&second) {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        self.at += 6;
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hexadecimal(&self, escape: usize) -> Result<u32, JsonError> {
        let digits = self
            .text
            .get(escape + 2..escape + 6)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or_else(|| self.error("\\u takes four hexadecimal digits"))?;
        if digits == 0 { Err(self.error("the character U+0000 has no place in a text")) } else { Ok(digits) }
    }
}

/// A text that is only known once something else has run, with what it is computed from.
pub(crate) fn computed(what: &str) -> String {
    format!("\0{}\0", what.replace('\0', ""))
}

#[cfg(test)]
mod tests {
    use super::{Json, Value};

    fn fails(text: &str) -> (usize, String) {
        let error = Json::read(text).expect_err("it is no JSON");
        (error.at, error.message)
    }

    #[test]
    fn what_json_has_no_place_for_is_told_where_it_stands() {
        assert_eq!(fails("{\"a\":1,}").0, 7);
        assert_eq!(fails("[1,]").1, "a comma stands after the last item");
        assert_eq!(fails("{'a':1}").1, "strings stand in double quotes");
        assert_eq!(fails("// x\n{}").1, "JSON has no comments");
        assert_eq!(fails("{} {}").0, 3);
        assert_eq!(fails("[01]").1, "a number has no leading zero");
        assert_eq!(fails("\"\\x\"").0, 1);
        assert_eq!(fails(&"[".repeat(10_000)).1, "it nests more than 128 deep");
    }

    #[test]
    fn escapes_are_resolved_and_both_of_two_equal_keys_are_kept() {
        let read = Json::read("{\"\\u0041\":\"\\ud83d\\ude00\\ud83d\",\"A\":2}").expect("it is JSON");
        assert_eq!(read.members().len(), 2);
        assert_eq!(read.members()[0].key, "A");
        assert_eq!(read.members()[0].value.text(), Some("\u{1f600}\u{fffd}"));
        assert_eq!(read.get("A").map(|value| &value.value), Some(&Value::Number("2".to_owned())));
    }
}
