//! From the SDK's errors to honest failures: whose word it is, and what sort of failure.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ecs::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use crate::model::{Action, CallError, CallErrorKind, codes};

/// What a failed call came to.
pub(super) fn read<E>(action: Action, error: &SdkError<E, HttpResponse>) -> CallError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ServiceError(service) => refused(action, service.err(), service.raw().status().as_u16()),
        SdkError::TimeoutError(_) => CallError::new(action, codes::TIMED_OUT, "AWS gave no answer in time"),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => {
            CallError::new(action, codes::TIMED_OUT, format!("AWS gave no answer in time: {}", innermost(error)))
        }
        SdkError::DispatchFailure(_) => dispatch(action, error),
        SdkError::ResponseError(response) => {
            let status = response.raw().status().as_u16();
            if matches!(status, 403 | 429 | 500..) {
                return without_words(action, status, &innermost(error));
            }
            CallError::new(action, codes::GARBLED, format!("the answer can't be understood: {}", innermost(error)))
        }
        other => CallError::new(action, codes::UNREACHABLE, innermost(other)),
    }
}

/// AWS answered with an error of its own.
fn refused(action: Action, error: &impl ProvideErrorMetadata, status: u16) -> CallError {
    let Some(code) = error.code().filter(|code| !code.is_empty()) else {
        return without_words(action, status, error.message().unwrap_or_default());
    };
    let mut failure = CallError::new(action, code, error.message().unwrap_or_default());
    if failure.kind == CallErrorKind::Refused {
        failure.kind = kind_of_status(status);
    }
    if action == Action::DescribeTaskDefinition && code == "ClientException" {
        failure.kind = CallErrorKind::NotFound;
    }
    failure
}

/// An answer of which nothing is known but its status: something between here and AWS gave it.
fn without_words(action: Action, status: u16, detail: &str) -> CallError {
    if status < 300 {
        return CallError::new(action, codes::GARBLED, "the answer can't be understood");
    }
    let detail = if detail.is_empty() { "the answer says no more" } else { detail };
    let mut failure = CallError::new(action, format!("HTTP {status}"), detail);
    failure.kind = kind_of_status(status);
    failure
}

fn kind_of_status(status: u16) -> CallErrorKind {
    match status {
        401 | 403 => CallErrorKind::Denied,
        429 => CallErrorKind::Throttled,
        500.. => CallErrorKind::Server,
        _ => CallErrorKind::Refused,
    }
}

/// No answer: there was no connection, it broke, or there was nothing to sign the request with.
fn dispatch<E: Error + 'static>(action: Action, error: &SdkError<E, HttpResponse>) -> CallError {
    let reason = innermost(error);
    let broke = chain(error).any(|cause| {
        let said = cause.to_string();
        ["IncompleteMessage", "incomplete", "before message completed", "end of file", "Parse", "invalid HTTP"]
            .iter()
            .any(|word| said.contains(word))
    });
    if broke {
        return CallError::new(action, codes::GARBLED, format!("the answer was cut off: {reason}"));
    }
    if chain(error).any(<dyn Error>::is::<CredentialsError>) {
        return CallError::new(action, codes::NO_CREDENTIALS, reason);
    }
    CallError::new(action, codes::UNREACHABLE, reason)
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |cause| {
        let cause: &'a (dyn Error + 'static) = *cause;
        cause.source()
    })
}

/// The last cause, which is the one that says something.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().unwrap_or(error).to_string()
}
