//! JSON as values: objects as maps of anything, numbers as `float64`.

use std::collections::BTreeMap;

use super::super::number::parse_float;
use super::super::value::{Bytes, Value};
use super::scan::check;

/// What a text decodes to. Where a number doesn't fit, the rest is there all the same.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The value; no value for null, and for a number that doesn't fit.
    pub value: Value,
    /// The first number that doesn't fit, in Go's words.
    pub error: Option<String>,
}

/// Decodes a text.
///
/// # Errors
/// In Go's words, where it is no JSON.
pub fn decode(text: &[u8]) -> Result<Decoded, String> {
    check(text)?;
    let mut reader = Reader { text, at: 0, error: None, open: Vec::new() };
    let value = reader.run();
    Ok(Decoded { value, error: reader.error })
}

/// What stands open; nesting costs no stack.
enum Open {
    List(Vec<Value>),
    Map(BTreeMap<Bytes, Value>, Bytes),
}

/// Reads a text that is known to be JSON.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    error: Option<String>,
    open: Vec<Open>,
}

impl Reader<'_> {
    fn run(&mut self) -> Value {
        loop {
            self.space();
            let Some(mut value) = self.begin() else { continue };
            loop {
                match self.close(value) {
                    Ok(whole) if self.open.is_empty() => return whole,
                    Ok(whole) => value = whole,
                    Err(()) => break,
                }
            }
        }
    }

    fn space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Reads a value, or opens a list or map that has something in it.
    fn begin(&mut self) -> Option<Value> {
        match self.text.get(self.at) {
            Some(b'[') => {
                self.at += 1;
                self.space();
                if self.text.get(self.at) == Some(&b']') {
                    self.at += 1;
                    return Some(Value::list(Vec::new()));
                }
                self.open.push(Open::List(Vec::new()));
                None
            }
            Some(b'{') => {
                self.at += 1;
                self.space();
                if self.text.get(self.at) == Some(&b'}') {
                    self.at += 1;
                    return Some(Value::dict(BTreeMap::new()));
                }
                let key = self.key();
                self.open.push(Open::Map(BTreeMap::new(), key));
                None
            }
            Some(b'"') => Some(Value::bytes(self.string())),
            Some(b't') => Some(self.word(4, Value::Bool(true))),
            Some(b'f') => Some(self.word(5, Value::Bool(false))),
            Some(b'n') => Some(self.word(4, Value::Invalid)),
            _ => Some(self.number()),
        }
    }

    /// Puts a value where it belongs: gives what is complete with it, or nothing where more follows.
    fn close(&mut self, value: Value) -> Result<Value, ()> {
        self.space();
        let follows = self.text.get(self.at) == Some(&b',');
        match self.open.pop() {
            None => Ok(value),
            Some(Open::List(mut items)) => {
                items.push(value);
                self.at += 1;
                if follows {
                    self.open.push(Open::List(items));
                    return Err(());
                }
                Ok(Value::list(items))
            }
            Some(Open::Map(mut entries, key)) => {
                entries.insert(key, value);
                self.at += 1;
                if follows {
                    let key = self.key();
                    self.open.push(Open::Map(entries, key));
                    return Err(());
                }
                Ok(Value::dict(entries))
            }
        }
    }

    /// A key and its colon.
    fn key(&mut self) -> Bytes {
        self.space();
        let key = self.string();
        self.space();
        self.at += 1;
        Bytes::from(key)
    }

    fn word(&mut self, length: usize, value: Value) -> Value {
        self.at += length;
        value
    }

    fn number(&mut self) -> Value {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len()).max(1);
        self.at += length;
        let text = String::from_utf8_lossy(&rest[..length.min(rest.len())]).into_owned();
        if let Ok(number) = parse_float(&text) {
            return Value::Float(number);
        }
        let message = format!("json: cannot unmarshal number {text} into Go value of type float64");
        self.error.get_or_insert(message);
        Value::Invalid
    }

    /// A string; what is no UTF-8 or no code point becomes U+FFFD.
    fn string(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.at += 1;
        while let Some(byte) = self.text.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'"' => break,
                b'\\' => self.escape(&mut out),
                _ => out.push(byte),
            }
        }
        match String::from_utf8(out) {
            Ok(text) => text.into_bytes(),
            Err(error) => {
                let bytes = error.into_bytes();
                super::super::unicode::map(&bytes, |character| character)
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let escaped = self.text.get(self.at).copied().unwrap_or(b'\\');
        self.at += 1;
        let plain = match escaped {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let character = self.code_point();
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                return;
            }
            other => other,
        };
        out.push(plain);
    }

    /// The four digits at a place.
    fn unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    }

    /// A character from one escape, or from two that are a pair.
    fn code_point(&mut self) -> char {
        let first = self.unit(self.at).unwrap_or(0xfffd);
        self.at += 4;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        let second = if self.text[self.at..].starts_with(b"\\u") { self.unit(self.at + 2) } else { None };
        match second {
            Some(second @ 0xdc00..=0xdfff) => {
                self.at += 6;
                let point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => char::REPLACEMENT_CHARACTER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Escape, encode, indent};
    use super::decode;

    fn rewritten(text: &str) -> Result<String, String> {
        let decoded = decode(text.as_bytes())?;
        let encoded = encode(&decoded.value, Escape::Nothing)?;
        Ok(String::from_utf8(encoded).unwrap())
    }

    #[test]
    fn values_are_written_back() {
        let text = r#"{"a":[1,2.5,{"b":null}],"c":"\u00e9\ud83d\ude00\n","d":{},"e":[]}"#;
        assert_eq!(
            rewritten(text).unwrap(),
            "{\"a\":[1,2.5,{\"b\":null}],\"c\":\"\u{e9}\u{1f600}\\n\",\"d\":{},\"e\":[]}"
        );
        assert_eq!(rewritten(" [ 1 , [ ] ] ").unwrap(), "[1,[]]");
        assert_eq!(rewritten("\"\\ud800x\"").unwrap(), "\"\u{fffd}x\"");
    }

    #[test]
    fn what_is_wrong_is_told_in_go_s_words() {
        let cases = [
            ("", "unexpected end of JSON input"),
            ("nul", "invalid character ' ' in literal null (expecting 'l')"),
            ("01", "invalid character '1' after top-level value"),
            ("[1 2]", "invalid character '2' after array element"),
            ("{\"a\" 1}", "invalid character '1' after object key"),
            ("{\"a\":1 2}", "invalid character '2' after object key:value pair"),
            ("1e", "invalid character ' ' in exponent of numeric literal"),
            ("-", "invalid character ' ' in numeric literal"),
            ("{\"a\":1,}", "invalid character '}' looking for beginning of object key string"),
            ("\"\n\"", "invalid character '\\n' in string literal"),
        ];
        for (text, message) in cases {
            assert_eq!(rewritten(text), Err(message.to_owned()), "{text}");
        }
        assert_eq!(decode("[".repeat(10_001).as_bytes()).unwrap_err(), "exceeded max depth");
    }

    #[test]
    fn deep_values_cost_no_stack() {
        let text = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(decode(text.as_bytes()).unwrap().error.is_none());
    }

    #[test]
    fn lines_are_indented() {
        assert_eq!(indent(br#"{"a":[1,{}],"b":"[,]"}"#), b"{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"[,]\"\n}");
    }
}
