//! The lines that Traefik itself would log: what people have in front of them when they come asking.

use std::fmt;

use serde_json::{Map, Value};

/// How loud a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Seen with `log.level` DEBUG alone, which is why most of these lines are never seen.
    Debug,
    /// Information.
    Info,
    /// An error.
    Error,
}

impl Level {
    /// As Traefik's JSON log spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Error => "error",
        }
    }
}

/// One line of Traefik's log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// How loud.
    pub level: Level,
    /// The message; empty where Traefik logs an error alone.
    pub message: String,
    /// The fields beside it, `providerName` included where Traefik adds it.
    pub fields: Vec<(&'static str, Field)>,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// Something that Traefik prints as an empty object: a crash.
    Object,
}

impl LogLine {
    /// A line of the provider.
    pub(super) fn new(level: Level, message: impl Into<String>) -> Self {
        Self { level, message: message.into(), fields: vec![("providerName", Field::Text("ecs".to_owned()))] }
    }

    /// The same with one more field.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, Field::Text(value.into())));
        self
    }

    /// The line as Traefik's JSON log has it, without the time.
    pub fn json(&self) -> Value {
        let fields: Map<String, Value> =
            self.fields.iter().map(|(name, value)| ((*name).to_owned(), value.json())).collect();
        serde_json::json!({ "level": self.level.name(), "message": self.message, "fields": fields })
    }
}

impl Field {
    fn json(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => Value::from(items.clone()),
            Self::Object => Value::Object(Map::new()),
        }
    }
}

impl fmt::Display for LogLine {
    /// As Traefik's text log words it: the message, the error behind it, then the other fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.fields.iter().find(|(name, _)| *name == "error");
        let rest = self.fields.iter().filter(|(name, _)| *name != "error");
        f.write_str(self.level.name().to_uppercase().get(..3).unwrap_or_default())?;
        if !self.message.is_empty() {
            write!(f, " {}", self.message)?;
        }
        for (name, value) in error.into_iter().chain(rest) {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if text.contains([' ', '"', '=']) => write!(f, "{text:?}"),
            Self::Text(text) => f.write_str(text),
            Self::List(items) => write!(f, "{}", serde_json::json!(items)),
            Self::Object => f.write_str("{}"),
        }
    }
}
