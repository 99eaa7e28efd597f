//! What is wrong with a template, in Go's words, and where.

use std::ops::Range;

/// When it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the template: Traefik doesn't start with it.
    Parse,
    /// Rendering it for a service: that service's router is dropped.
    Exec,
}

impl Stage {
    /// The stage's name in tables of cases and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Exec => "exec",
        }
    }
}

/// A template that can't be read or rendered. Prints as Go's whole message, with Go's position in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// When it was found.
    pub stage: Stage,
    /// Go's whole message: the template's name, line and column, the node, what is wrong.
    pub message: String,
    /// The last part of the message: what is wrong.
    pub reason: String,
    /// Which bytes of the template it is about.
    pub span: Range<usize>,
}

impl TemplateError {
    pub(super) fn parse(name: &str, line: usize, reason: &str, span: Range<usize>) -> Self {
        let message = format!("template: {name}:{line}: {reason}");
        Self { stage: Stage::Parse, message, reason: reason.to_owned(), span }
    }

    pub(super) fn exec(place: &Executing<'_>, reason: &str, span: Range<usize>) -> Self {
        let Executing { name, line, column, template, node } = place;
        let message = format!("template: {name}:{line}:{column}: executing {template} at <{node}>: {reason}");
        Self { stage: Stage::Exec, message, reason: reason.to_owned(), span }
    }
}

/// Where an execution stands.
pub(super) struct Executing<'a> {
    /// The name of the text.
    pub(super) name: &'a str,
    /// From 1.
    pub(super) line: usize,
    /// In bytes, from 0.
    pub(super) column: usize,
    /// The template that is being executed, quoted.
    pub(super) template: String,
    /// The node, as the parser prints it back.
    pub(super) node: String,
}
