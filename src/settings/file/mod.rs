//! A static configuration file: its text becomes a [tree](crate::decode::Tree) as Traefik's file loader makes it.

mod document;
mod flat;
mod place;
mod toml;
mod tree;
mod yaml;
mod yaml_refusals;
mod yaml_scalar;
mod yaml_values;

pub use document::SyntaxError;
pub(super) use document::{Item, Raw};
pub(super) use flat::{Unreadable, labels};
pub(super) use place::{exact_place_of, place_of};
pub(super) use tree::tree;

/// The languages that a file may be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// YAML, and JSON as a part of it.
    Yaml,
    /// TOML.
    Toml,
}

impl Language {
    /// The language that the ending of a file's name tells, whatever its case.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.')?.1.to_lowercase().as_str() {
            "yaml" | "yml" | "json" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }
}

/// The text of a file. YAML may be UTF-16 with a byte order mark; a byte order mark of UTF-8 is dropped.
///
/// # Errors
/// Where the bytes are no text.
pub(super) fn text_of(bytes: &[u8], language: Language) -> Result<String, SyntaxError> {
    if language == Language::Yaml && matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        let unit = |pair: &[u8]| match bytes[0] {
            0xff => u16::from_le_bytes([pair[0], pair[1]]),
            _ => u16::from_be_bytes([pair[0], pair[1]]),
        };
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(unit).collect();
        return String::from_utf16(&units).map_err(|_| SyntaxError::new("the file is not UTF-16 text", 0..0));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let at = error.valid_up_to();
        SyntaxError::new(format!("the file is not UTF-8 text: byte {at} begins no character"), at..at)
    })
}

/// What a text holds.
///
/// # Errors
/// Where it is not of its language.
pub(super) fn read(text: &str, language: Language) -> Result<Item, SyntaxError> {
    let item = match language {
        Language::Yaml => yaml::read(text)?,
        Language::Toml => toml::read(text)?,
    };
    match item.value {
        Raw::Map(_) | Raw::Null => Ok(item),
        _ => Err(SyntaxError::new("the file holds no map of options", item.span)),
    }
}
