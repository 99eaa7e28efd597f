//! SARIF 2.1.0, which code scanning reads: results with rules and places.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// A kind of result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SarifRule {
    /// A stable id.
    pub id: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// A page about it, as Markdown.
    pub help: Option<String>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SarifResult {
    /// The id of its rule.
    pub rule: String,
    /// How bad it is.
    pub level: SarifLevel,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub region: SarifRegion,
}

/// How bad a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SarifLevel {
    /// Good to know.
    Note,
    /// Worth a look.
    Warning,
    /// Wrong.
    Error,
}

/// A place in a file: lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SarifRegion {
    /// The file's path, as it was given.
    pub path: String,
    /// The first line and column.
    pub start: (usize, usize),
    /// The line and column after the last character.
    pub end: (usize, usize),
}

/// The log of one run of this program.
pub fn sarif(rules: &[SarifRule], results: &[SarifResult]) -> Value {
    let listed: Vec<Value> = rules.iter().map(kind).collect();
    let results: Vec<Value> = results.iter().map(|result| one(result, rules)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": listed,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn kind(rule: &SarifRule) -> Value {
    let mut value = json!({ "id": rule.id, "shortDescription": { "text": rule.description } });
    if let Some(help) = &rule.help {
        value["help"] = json!({ "text": help, "markdown": help });
    }
    value
}

fn one(result: &SarifResult, rules: &[SarifRule]) -> Value {
    let level = match result.level {
        SarifLevel::Note => "note",
        SarifLevel::Warning => "warning",
        SarifLevel::Error => "error",
    };
    let region = &result.region;
    let mut value = json!({
        "ruleId": result.rule,
        "level": level,
        "message": { "text": result.message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&region.path) },
            "region": {
                "startLine": region.start.0, "startColumn": region.start.1,
                "endLine": region.end.0, "endColumn": region.end.1,
            },
        } }],
    });
    if let Some(index) = rules.iter().position(|rule| rule.id == result.rule) {
        value["ruleIndex"] = index.into();
    }
    value
}

/// A path as a URI reference: what has a meaning of its own there is encoded, and backslashes are slashes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("a b/ü.json"), "a%20b/%C3%BC.json");
        assert_eq!(uri("/tmp/x.json"), "file:///tmp/x.json");
    }
}
