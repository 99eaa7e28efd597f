//! What is wrong with a document, or worth a look: a code, a sentence, a place.

use crate::document::json::Span;

/// One thing to say of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name; where there is one, that of AWS's policy validation.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do.
    pub hint: Option<String>,
    /// Another place that belongs to it, with what it is.
    pub also: Option<(Span, &'static str)>,
    /// What to put in the place of the text, where that alone mends it.
    pub mend: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// The document is accepted, and does not do what it seems to.
    Warning,
    /// IAM refuses the document; nothing is evaluated from it.
    Refused,
}

impl Finding {
    /// IAM refuses the document.
    pub(super) fn refused(code: &'static str, message: impl Into<String>, span: &Span) -> Self {
        Self::of(code, Severity::Refused, message.into(), span)
    }

    /// The document is accepted, and this is probably not meant.
    pub(super) fn warning(code: &'static str, message: impl Into<String>, span: &Span) -> Self {
        Self::of(code, Severity::Warning, message.into(), span)
    }

    /// Good to know.
    pub(super) fn note(code: &'static str, message: impl Into<String>, span: &Span) -> Self {
        Self::of(code, Severity::Note, message.into(), span)
    }

    fn of(code: &'static str, severity: Severity, message: String, span: &Span) -> Self {
        Self { code, severity, message, span: span.clone(), hint: None, also: None, mend: None }
    }

    /// Adds what to do.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the text that mends it, in the place of what stands there.
    #[must_use]
    pub(super) fn mended_by(mut self, text: impl Into<String>) -> Self {
        self.mend = Some(text.into());
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub(super) fn also(mut self, span: &Span, what: &'static str) -> Self {
        self.also = Some((span.clone(), what));
        self
    }
}
