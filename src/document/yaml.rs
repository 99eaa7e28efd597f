//! YAML as the tree that JSON makes, with the short forms of CloudFormation's functions written out.
//!
//! `!Sub x` is `{"Fn::Sub": "x"}` and `!Ref x` is `{"Ref": "x"}`, as CloudFormation itself takes them. Aliases are
//! followed, and bounded: no document grows beyond what it is worth.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use super::json::{Json, Member, Span, Value};
use super::{DocumentError, Form};

/// The deepest nesting that is read.
const DEEPEST: usize = 128;

/// The most values that aliases may add.
const MOST_BY_ALIAS: usize = 100_000;

/// Reads the first document of a text; nothing at all reads as null.
///
/// # Errors
/// Where the text is no YAML, nests too deep, or multiplies itself.
pub fn read(text: &str) -> Result<Json, DocumentError> {
    let mut reader = Reader { text, open: Vec::new(), root: None, anchors: HashMap::new(), by_alias: 0 };
    let mut options = granit_parser::options! {
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event
            .map_err(|error| wrong(error.info(), error.marker().byte_offset().unwrap_or(text.len()).min(text.len())))?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        let tag = span.tag_start().and_then(|tag| tag.byte_offset());
        reader.take(event, span.byte_range().unwrap_or(text.len()..text.len()), tag)?;
    }
    Ok(reader.root.unwrap_or(Json { span: 0..0, value: Value::Null }))
}

fn wrong(message: impl Into<String>, at: usize) -> DocumentError {
    DocumentError { message: message.into(), at, form: Form::Yaml }
}

/// A list or mapping that isn't closed yet.
struct Open {
    start: usize,
    anchor: usize,
    function: Option<Function>,
    inside: Inside,
}

enum Inside {
    List(Vec<Json>),
    Map { members: Vec<Member>, key: Option<(String, Span)> },
}

/// A short form: the function's long name, and where the tag stands.
struct Function {
    name: String,
    span: Span,
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<Open>,
    root: Option<Json>,
    anchors: HashMap<usize, Json>,
    by_alias: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span, tag_at: Option<usize>) -> Result<(), DocumentError> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let function = function(tag.as_deref(), tag_at, &span);
                let typed = style == ScalarStyle::Plain && function.is_none() && tag.is_none();
                let span = self.block_header(span, style);
                let value = if typed { resolved(&value) } else { Value::Text(value.into_owned()) };
                self.close(Json { span, value }, anchor, function)
            }
            Event::SequenceStart(_, anchor, tag) => {
                let function = function(tag.as_deref(), tag_at, &span);
                self.push(Open { start: span.start, anchor, function, inside: Inside::List(Vec::new()) })
            }
            Event::MappingStart(_, anchor, tag) => {
                let function = function(tag.as_deref(), tag_at, &span);
                let inside = Inside::Map { members: Vec::new(), key: None };
                self.push(Open { start: span.start, anchor, function, inside })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let value = match open.inside {
                    Inside::List(items) => Value::Array(items),
                    Inside::Map { members, .. } => Value::Object(members),
                };
                let whole = Json { span: open.start..span.end.max(open.start), value };
                self.close(whole, open.anchor, open.function)
            }
            Event::Alias(anchor) => {
                let Some(target) = self.anchors.get(&anchor).cloned() else {
                    return Err(wrong("this alias names nothing that is complete before it", span.start));
                };
                self.by_alias += count(&target);
                if self.by_alias > MOST_BY_ALIAS {
                    return Err(wrong("aliases multiply the document beyond all measure", span.start));
                }
                self.close(Json { span, value: target.value }, 0, None)
            }
            _ => Ok(()),
        }
    }

    fn push(&mut self, open: Open) -> Result<(), DocumentError> {
        if self.open.len() >= DEEPEST {
            return Err(wrong(format!("it nests more than {DEEPEST} deep"), open.start));
        }
        self.open.push(open);
        Ok(())
    }

    /// A block's span begins at its first line; the sign before it tells how its text is written.
    fn block_header(&self, span: Span, style: ScalarStyle) -> Span {
        let sign = match style {
            ScalarStyle::Literal => '|',
            ScalarStyle::Folded => '>',
            _ => return span,
        };
        if self.text[span.start..].starts_with(sign) {
            return span;
        }
        self.text[..span.start].rfind(sign).map_or(span.clone(), |at| at..span.end)
    }

    fn close(&mut self, value: Json, anchor: usize, function: Option<Function>) -> Result<(), DocumentError> {
        let value = match function {
            None => value,
            Some(function) => written_out(function, value),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = self.root.take().or(Some(value)),
            Some(Inside::List(items)) => items.push(value),
            Some(Inside::Map { members, key }) => match key.take() {
                None => *key = Some((key_text(&value)?, value.span)),
                Some((name, key_span)) => members.push(Member { key: name, key_span, value }),
            },
        }
        Ok(())
    }
}

/// The name that a key is; keys are text in every document that is read here.
fn key_text(key: &Json) -> Result<String, DocumentError> {
    match &key.value {
        Value::Text(text) | Value::Number(text) => Ok(text.clone()),
        Value::Boolean(value) => Ok(value.to_string()),
        Value::Null => Ok("null".to_owned()),
        Value::Array(_) | Value::Object(_) => Err(wrong("a key is a text here", key.span.start)),
    }
}

fn count(value: &Json) -> usize {
    match &value.value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.iter().map(|member| count(&member.value)).sum::<usize>(),
        _ => 1,
    }
}

/// The function that a tag of CloudFormation's stands for; other tags say nothing here.
fn function(tag: Option<&Tag>, tag_at: Option<usize>, span: &Span) -> Option<Function> {
    let name = tag.filter(|tag| tag.handle() == "!").map(Tag::suffix)?;
    let start = tag_at.unwrap_or(span.start);
    let long = match name {
        "Ref" | "Condition" => name.to_owned(),
        other => format!("Fn::{other}"),
    };
    Some(Function { name: long, span: start..start + 1 + name.len() })
}

fn written_out(function: Function, argument: Json) -> Json {
    let span = function.span.start.min(argument.span.start)..argument.span.end;
    let member = Member { key: function.name, key_span: function.span, value: argument };
    Json { span, value: Value::Object(vec![member]) }
}

/// A plain scalar as YAML 1.2 resolves it.
fn resolved(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

/// Whether a text is a number as JSON writes one; other spellings stay text, so that nothing is lost.
fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && matches!(Json::read(text), Ok(Json { value: Value::Number(_), .. }))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::document::{Json, Value};

    #[test]
    fn short_forms_are_written_out() {
        let text = "A: !Sub 'x-${B}'\nC: !Ref D\nE: !Join ['', [a, !GetAtt F.Arn]]\n";
        let tree = read(text).expect("it is YAML");
        let sub = tree.get("A").expect("it is there");
        assert_eq!(sub.get("Fn::Sub").and_then(Json::text), Some("x-${B}"));
        assert_eq!(&text[sub.members()[0].key_span.clone()], "!Sub");
        assert_eq!(tree.get("C").and_then(|c| c.get("Ref")).and_then(Json::text), Some("D"));
        let join = tree.get("E").and_then(|e| e.get("Fn::Join")).expect("it is there");
        assert_eq!(join.items()[1].items()[1].get("Fn::GetAtt").and_then(Json::text), Some("F.Arn"));
    }

    #[test]
    fn every_value_knows_its_place() {
        let text = "a:\n  - b: 'it'\n  - 12\n";
        let tree = read(text).expect("it is YAML");
        let items = tree.get("a").expect("it is there").items();
        assert_eq!(&text[items[0].get("b").expect("it is there").span.clone()], "'it'");
        assert_eq!(items[1].value, Value::Number("12".to_owned()));
        assert_eq!(&text[items[1].span.clone()], "12");
    }

    #[test]
    fn aliases_are_followed_and_bounded() {
        let tree = read("a: &x {k: v}\nb: *x\n").expect("it is YAML");
        assert_eq!(tree.get("b").and_then(|b| b.get("k")).and_then(Json::text), Some("v"));
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..9 {
            let items = vec![format!("*a{}", level - 1); 10].join(",");
            bomb += &["a", &level.to_string(), ": &a", &level.to_string(), " [", &items, "]\n"].concat();
        }
        assert!(read(&bomb).expect_err("it multiplies itself").message.contains("aliases"));
        assert!(read(&"[".repeat(10_000)).is_err());
    }
}
