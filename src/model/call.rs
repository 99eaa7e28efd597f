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

/// Our own codes, for failures that have none of AWS's: there was no answer, or none that could be read.
pub mod codes {
    /// No answer in time.
    pub const TIMED_OUT: &str = "TimedOut";
    /// No connection, or it broke.
    pub const UNREACHABLE: &str = "Unreachable";
    /// An answer that can't be understood.
    pub const GARBLED: &str = "Garbled";
    /// A page named as the next one a page that was there before.
    pub const REPEATED_PAGE: &str = "RepeatedPageToken";
    /// The snapshot does not hold it.
    pub const NOT_RECORDED: &str = "NotRecorded";
    /// No source gave credentials.
    pub const NO_CREDENTIALS: &str = "NoCredentials";
    /// Nobody named a region.
    pub const NO_REGION: &str = "MissingRegion";
}

/// AWS's words, and ours, for what sort of failure it is.
const KINDS: &[(CallErrorKind, &[&str])] = &[
    (
        CallErrorKind::Denied,
        &["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized", "Forbidden"],
    ),
    (
        CallErrorKind::Credentials,
        &[
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
            codes::NO_CREDENTIALS,
            codes::NO_REGION,
        ],
    ),
    (
        CallErrorKind::Throttled,
        &[
            "BandwidthLimitExceeded",
            "EC2ThrottledException",
            "LimitExceededException",
            "PriorRequestNotComplete",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
            "TransactionInProgressException",
        ],
    ),
    (CallErrorKind::NotFound, &["ClusterNotFoundException", "InvalidInstanceID.NotFound"]),
    (
        CallErrorKind::Server,
        &[
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "ServerException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "Unavailable",
        ],
    ),
    (CallErrorKind::TimedOut, &[codes::TIMED_OUT]),
    (CallErrorKind::Unreachable, &[codes::UNREACHABLE]),
    (CallErrorKind::Garbled, &[codes::GARBLED, codes::REPEATED_PAGE]),
    (CallErrorKind::NotRecorded, &[codes::NOT_RECORDED]),
];

impl CallErrorKind {
    /// What sort of failure a code stands for; [`CallErrorKind::Refused`] for one that says nothing more.
    pub fn of_code(code: &str) -> Self {
        KINDS.iter().find(|(_, codes)| codes.contains(&code)).map_or(Self::Refused, |(kind, _)| *kind)
    }
}

impl CallError {
    /// A failure with this code, whose kind follows from it.
    pub fn new(action: Action, code: impl Into<Text>, message: impl Into<Text>) -> Self {
        let code = code.into();
        let kind = CallErrorKind::of_code(&code);
        Self { action, cluster: None, subjects: Vec::new(), code, message: message.into(), kind }
    }

    /// The same, of a call for a cluster.
    #[must_use]
    pub fn in_cluster(mut self, cluster: &Text) -> Self {
        self.cluster = Some(cluster.clone());
        self
    }

    /// The same, of a call about these ARNs or ids.
    #[must_use]
    pub fn about(mut self, subjects: &[Text]) -> Self {
        self.subjects = subjects.to_vec();
        self
    }
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
