//! JSON for people and programs alike: indented by two, one line break at the end.

use serde_json::Value;

/// A document as indented JSON.
pub fn json(document: &Value) -> Vec<u8> {
    format!("{document:#}\n").into_bytes()
}
