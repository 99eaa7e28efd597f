//! What AWS's answer to a harmless call says of the permission for it.
//!
//! Authorisation comes before existence: an answer that a cluster isn't there is a yes. A failure that says nothing of
//! permissions is neither yes nor no.

use crate::model::{Action, CallError, CallErrorKind};

/// What a call shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probed {
    /// The caller may.
    Allowed,
    /// The caller may not.
    Denied(Refusal),
    /// It shows nothing.
    Inconclusive,
}

/// How AWS says no.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of policy that AWS names: `service control policy`.
    pub layer: Option<&'static str>,
    /// Whether a statement of it denies; if not, none of it allows.
    pub is_explicit: bool,
    /// The resource that a policy must match, where AWS names it.
    pub resource: Option<String>,
    /// The message that only `sts:DecodeAuthorizationMessage` can read.
    pub encoded: Option<String>,
}

/// Kinds of policies, in AWS's words.
const LAYERS: [&str; 8] = [
    "identity-based policy",
    "permissions boundary",
    "session policy",
    "service control policy",
    "resource control policy",
    "resource-based policy",
    "VPC endpoint policy",
    "role trust policy",
];

/// What ECS says of a task definition that isn't there, to someone who may ask for it.
const NO_DEFINITION: &str = "Unable to describe task definition";

impl Probed {
    /// Reads the outcome of a call: its failure, where there is one.
    pub fn read(failure: Option<&CallError>) -> Self {
        let Some(error) = failure else { return Self::Allowed };
        match error.kind {
            CallErrorKind::Denied => Self::Denied(Refusal::read(&error.message)),
            CallErrorKind::NotFound if error.action != Action::DescribeTaskDefinition => Self::Allowed,
            CallErrorKind::NotFound if error.message.contains(NO_DEFINITION) => Self::Allowed,
            _ => Self::Inconclusive,
        }
    }
}

impl Refusal {
    /// Reads AWS's message.
    pub fn read(message: &str) -> Self {
        let after = |words: &str| message.find(words).map(|at| &message[at + words.len()..]);
        let layer = |rest: &str| LAYERS.into_iter().find(|layer| rest.starts_with(layer));
        let denies = after("with an explicit deny in a ").or_else(|| after("with an explicit deny in an "));
        let lacks = after("because no ").and_then(layer);
        let word = |rest: &str| rest.split_whitespace().next().map(|word| word.trim_end_matches(',').to_owned());
        Self {
            layer: denies.and_then(layer).or(lacks),
            is_explicit: message.contains("explicit deny"),
            resource: after(" on resource: ").and_then(word),
            encoded: after("Encoded authorization failure message: ").and_then(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Probed, Refusal};
    use crate::model::{Action, CallError, CallErrorKind};

    fn probed(action: Action, code: &str, message: &str) -> Probed {
        Probed::read(Some(&CallError::new(action, code, message)))
    }

    #[test]
    fn the_message_names_the_layer_and_the_resource() {
        let said = Refusal::read(
            "User: arn:aws:sts::123456789012:assumed-role/r/s is not authorized to perform: ecs:ListTasks on resource: * \
             because no identity-based policy allows the ecs:ListTasks action",
        );
        assert_eq!((said.layer, said.is_explicit), (Some("identity-based policy"), false));
        assert_eq!(said.resource.as_deref(), Some("*"));
        let said = Refusal::read(
            "User: arn:aws:iam::123456789012:user/u is not authorized to perform: ecs:DescribeTasks on resource: \
             arn:aws:ecs:eu-west-1:123456789012:task/web/0 with an explicit deny in a service control policy: \
             arn:aws:organizations::1:policy/o-1/service_control_policy/p-1",
        );
        assert_eq!((said.layer, said.is_explicit), (Some("service control policy"), true));
        assert_eq!(Refusal::read(""), Refusal::default());
        let said = Refusal::read(
            "You are not authorized to perform this operation. Encoded authorization failure message: 4w_Zf0",
        );
        assert_eq!(said.encoded.as_deref(), Some("4w_Zf0"));
    }

    #[test]
    fn what_is_not_there_may_be_asked_for_and_a_failure_shows_nothing() {
        assert_eq!(probed(Action::ListTasks, "ClusterNotFoundException", "Cluster not found."), Probed::Allowed);
        let mut lost =
            CallError::new(Action::DescribeTaskDefinition, "ClientException", "Unable to describe task definition.");
        lost.kind = CallErrorKind::NotFound;
        assert_eq!(Probed::read(Some(&lost)), Probed::Allowed);
        lost.message = "Too many attributes.".into();
        assert_eq!(Probed::read(Some(&lost)), Probed::Inconclusive);
        for code in ["ThrottlingException", "RequestLimitExceeded", "InvalidParameterException", "HTTP 500", "TimedOut"]
        {
            assert_eq!(probed(Action::ListTasks, code, ""), Probed::Inconclusive, "{code}");
        }
        let silent = probed(Action::DescribeInstances, "UnauthorizedOperation", "");
        assert_eq!(silent, Probed::Denied(Refusal::default()));
    }
}
