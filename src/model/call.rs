//! A call that failed, and a record that AWS says it does not have.

use std::fmt;

use super::action::Action;
use super::text::Text;

/// A call that failed for good: every attempt was used up, or repeating could not help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{action}{}: {code}{}", within(cluster.as_deref()), said(message))]
pub struct CallError {
    /// Which call.
    pub action: Action,
    /// The cluster it was for, as it was asked for.
    pub cluster: Option<Text>,
    /// What it was about: the ARNs or ids that the call named.
    pub subjects: Vec<Text>,
    /// AWS's error code, such as `AccessDeniedException`; for a failure before an answer, our own word for it.
    pub code: Text,
    /// AWS's message, verbatim; empty where there is none.
    pub message: Text,
    /// What sort of failure it is.
    pub kind: CallErrorKind,
}

/// What sort of failure a call met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallErrorKind {
    /// The caller may not do this.
    Denied,
    /// The credentials are missing, expired or wrong.
    Credentials,
    /// Too many calls, after every retry.
    Throttled,
    /// AWS knows no such cluster, definition or instance.
    NotFound,
    /// No connection, or it broke.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// An answer that can't be understood, or that repeats itself for ever.
    Garbled,
    /// AWS failed (5xx).
    Server,
    /// The recorded snapshot does not hold what this pass asks for.
    NotRecorded,
    /// Anything else that AWS refused.
    Refused,
}

/// A record that was asked for and that AWS reported under `failures`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRecord {
    /// Which call.
    pub action: Action,
    /// The cluster it was for.
    pub cluster: Option<Text>,
    /// The ARN that was asked for.
    pub arn: Text,
    /// AWS's reason: `MISSING`, …
    pub reason: Text,
}

fn within(cluster: Option<&str>) -> String {
    cluster.map(|cluster| format!(" in {cluster}")).unwrap_or_default()
}

fn said(message: &str) -> impl fmt::Display + '_ {
    fmt::from_fn(move |f| if message.is_empty() { Ok(()) } else { write!(f, ": {message}") })
}
