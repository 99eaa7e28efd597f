//! Documents that remember where everything in them stands: JSON and YAML, as one kind of tree.
//!
//! Findings point into what people wrote: a template in YAML, a plan in JSON, a JSON string within either. An ordinary
//! parser forgets the places, keeps one of two equal keys, and knows no CloudFormation. What a document means is not
//! decided here.

pub mod cloudformation;
pub mod json;
mod place;
pub mod yaml;

pub use json::{Json, Member, Span, Value};
pub use place::{Lines, line_and_column, place_in};

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DocumentError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: usize,
    /// What it was read as.
    pub form: Form,
}

/// Reads a text as what it begins like: JSON where that is a brace or a bracket, YAML otherwise. A byte order mark is
/// passed over; spans count it.
///
/// # Errors
/// At the first place that makes no sense in that form.
pub fn read(text: &str) -> Result<(Form, Json), DocumentError> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - bare.len();
    if bare.trim_start().starts_with(['{', '[']) {
        // Spaces keep the places as they are.
        let padded = format!("{}{bare}", " ".repeat(mark));
        return match Json::read(&padded) {
            Ok(tree) => Ok((Form::Json, tree)),
            Err(error) => match yaml::read(text) {
                // `{a: 1}` is YAML's flow style; what is neither is told as the JSON that it looks like.
                Ok(tree) => Ok((Form::Yaml, tree)),
                Err(_) => Err(DocumentError { message: error.message, at: error.at, form: Form::Json }),
            },
        };
    }
    yaml::read(text).map(|tree| (Form::Yaml, tree))
}
