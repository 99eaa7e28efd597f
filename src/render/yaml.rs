//! YAML as Traefik's file provider reads it: one line a value, nothing folded.
//!
//! The file provider runs files through Go's templates before it reads them, so no text may hold two opening braces as
//! they are: such a text is quoted, and the second brace written as an escape.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value};
use serde_saphyr::DoubleQuoted;

/// What begins a Go template.
const TEMPLATE: &str = "{{";

/// A tree as YAML.
///
/// # Errors
/// When the tree is nested too deeply to be written.
pub fn yaml(tree: &Map<String, Value>) -> Result<String, serde_saphyr::ser::Error> {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    let text = serde_saphyr::to_string_with_options(&Fields(tree), options)?;
    // All that holds two braces is in double quotes, see `Quoted`; flow collections are written with one each.
    Ok(text.replace(TEMPLATE, "{\\x7B"))
}

/// A text, in double quotes where it would begin a template.
struct Quoted<'a>(&'a str);

impl Serialize for Quoted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.contains(TEMPLATE) {
            DoubleQuoted(self.0).serialize(serializer)
        } else {
            self.0.serialize(serializer)
        }
    }
}

struct Fields<'a>(&'a Map<String, Value>);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(&Quoted(name), &Tree(value))?;
        }
        map.end()
    }
}

struct Tree<'a>(&'a Value);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => Quoted(text).serialize(serializer),
            Value::Object(fields) => Fields(fields).serialize(serializer),
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Tree(item))?;
                }
                list.end()
            }
            other => other.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::yaml;

    fn written(tree: &Value) -> String {
        yaml(tree.as_object().expect("an object")).expect("it can be written")
    }

    #[test]
    fn lists_and_texts_stand_on_lines_of_their_own() {
        let tree =
            json!({ "http": { "routers": { "a": { "entryPoints": ["web"], "rule": "Host(`a`)", "tls": {} } } } });
        let expected =
            "http:\n  routers:\n    a:\n      entryPoints:\n      - web\n      rule: Host(`a`)\n      tls: {}\n";
        assert_eq!(written(&tree), expected);
    }

    #[test]
    fn no_text_begins_a_template() {
        let tree = json!({ "a{{b": "{{{{ x }}", "c": ["\\{{"] });
        let text = written(&tree);
        assert!(!text.contains("{{"), "{text}");
        assert_eq!(serde_saphyr::from_str::<Value>(&text).expect("it is YAML"), tree);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(map in prop::collection::btree_map(".{0,6}", ".{0,12}", 0..5)) {
            let tree = json!({ "tree": map });
            let text = written(&tree);
            prop_assert_eq!(serde_saphyr::from_str::<Value>(&text).expect("it is YAML"), tree, "{}", text);
        }
    }
}
