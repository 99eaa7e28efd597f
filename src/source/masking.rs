//! What of a task definition may be written down: never a secret.
//!
//! Environment variables hold passwords more often than not, so they are left out, save Traefik's own settings, which
//! are what a snapshot is about. Of these, and of commands, the values of secret options are masked.

use std::sync::Arc;

use crate::model::{ContainerDefinition, KeyValue, TaskDefinition, Text};

/// What stands where a secret stood.
const MASK: &str = "***";

/// What is in the name of an option or variable whose value is a secret, in lower case without separators.
const SECRET_WORDS: [&str; 11] = [
    "secret",
    "password",
    "passwd",
    "token",
    "accesskey",
    "apikey",
    "privatekey",
    "credential",
    "hmac",
    "auth",
    "headers",
];

/// What becomes of the environment of container definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Left out, save Traefik's own settings, with secrets masked.
    LeftOut,
    /// Kept as it is.
    Kept,
}

/// The definition as it may be written down.
pub(super) fn masked(definition: &Arc<TaskDefinition>, environment: Environment) -> Arc<TaskDefinition> {
    if environment == Environment::Kept {
        return definition.clone();
    }
    let mut masked = TaskDefinition::clone(definition);
    masked.container_definitions.iter_mut().for_each(mask_container);
    Arc::new(masked)
}

fn mask_container(container: &mut ContainerDefinition) {
    container.environment.retain(|variable| variable.name.as_deref().is_some_and(is_traefiks));
    for variable in &mut container.environment {
        mask_variable(variable);
    }
    container.secrets.retain(|secret| secret.name.as_deref().is_some_and(is_traefiks));
    for secret in &mut container.secrets {
        secret.value = None;
    }
    mask_arguments(&mut container.command);
    mask_arguments(&mut container.entry_point);
}

/// Whether Traefik reads its settings from it.
fn is_traefiks(name: &str) -> bool {
    name.starts_with("TRAEFIK_") || name == "AWS_REGION"
}

fn mask_variable(variable: &mut KeyValue) {
    let secret = variable.name.as_deref().is_some_and(is_secret);
    if let Some(value) = &mut variable.value {
        *value = if secret { MASK.into() } else { mask_words(value) };
    }
}

/// Masks `--name=secret`, `--name secret` and `NAME=secret`, also within one argument that is a shell's command line.
fn mask_arguments(arguments: &mut [Text]) {
    let mut next_is_secret = false;
    for argument in arguments {
        let is_option = argument.starts_with('-');
        if next_is_secret && !is_option {
            *argument = MASK.into();
            next_is_secret = false;
            continue;
        }
        next_is_secret = is_option && !argument.contains('=') && is_secret(argument);
        *argument = mask_words(argument);
    }
}

/// Masks the secrets within a text: what follows `NAME=` or `--name`, and the password of an address.
fn mask_words(text: &str) -> Text {
    let mut masked = String::with_capacity(text.len());
    let mut next_is_secret = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let end = word.trim_end().len();
        let (word, space) = word.split_at(end);
        match word.split_once('=') {
            _ if next_is_secret && !word.starts_with('-') && !word.is_empty() => masked.push_str(MASK),
            Some((name, value)) if !value.is_empty() && is_secret(name) => {
                masked.push_str(name);
                masked.push('=');
                masked.push_str(MASK);
            }
            _ => masked.push_str(&mask_address(word)),
        }
        if !word.is_empty() {
            next_is_secret = word.starts_with('-') && !word.contains('=') && is_secret(word) && !space.is_empty();
        }
        masked.push_str(space);
    }
    masked.into()
}

/// Masks the password of `scheme://user:password@host`.
fn mask_address(word: &str) -> String {
    let masked = (|| {
        let (scheme, rest) = word.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let (user, host) = authority.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:{MASK}@{host}{}", &rest[authority.len()..]))
    })();
    masked.unwrap_or_else(|| word.to_owned())
}

/// Whether the value of an option or variable of this name is a secret.
fn is_secret(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    SECRET_WORDS.iter().any(|word| plain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_commands_are_masked_wherever_they_stand() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["--providers.ecs.secretAccessKey=s3"], &["--providers.ecs.secretAccessKey=***"]),
            (
                &["--providers.ecs.secretaccesskey", "s3", "--ping"],
                &["--providers.ecs.secretaccesskey", "***", "--ping"],
            ),
            (&["--providers.ecs.accessKeyID=AKIA"], &["--providers.ecs.accessKeyID=***"]),
            (
                &["sh", "-c", "DB_PASSWORD=s3 app --token s3 --x=1"],
                &["sh", "-c", "DB_PASSWORD=*** app --token *** --x=1"],
            ),
            (
                &["--providers.redis.endpoints=redis://u:s3@h:6379/0"],
                &["--providers.redis.endpoints=redis://u:***@h:6379/0"],
            ),
            (&["--providers.ecs.clusters=prod", "--ping"], &["--providers.ecs.clusters=prod", "--ping"]),
        ];
        for (given, expected) in cases {
            let mut arguments: Vec<Text> = given.iter().map(|argument| Text::from(*argument)).collect();
            mask_arguments(&mut arguments);
            assert_eq!(arguments.iter().map(|argument| &**argument).collect::<Vec<_>>(), *expected);
        }
    }

    #[test]
    fn of_the_environment_traefiks_settings_alone_stay() {
        let variable = |name: &str, value: &str| KeyValue { name: Some(name.into()), value: Some(value.into()) };
        let mut container = ContainerDefinition {
            environment: vec![
                variable("DATABASE", "s3"),
                variable("TRAEFIK_PROVIDERS_ECS_CLUSTERS", "prod"),
                variable("TRAEFIK_PROVIDERS_ECS_SECRETACCESSKEY", "s3"),
                variable("AWS_REGION", "eu-west-1"),
                variable("AWS_SECRET_ACCESS_KEY", "s3"),
            ],
            secrets: vec![variable("TRAEFIK_HUB_TOKEN", "arn:s3"), variable("OTHER", "arn:s3")],
            ..ContainerDefinition::default()
        };
        mask_container(&mut container);
        let written = serde_json::to_string(&container).expect("it can be written");
        assert!(!written.contains("s3"), "{written}");
        assert!(written.contains("prod") && written.contains("eu-west-1"), "{written}");
        assert!(!written.contains("OTHER") && written.contains("TRAEFIK_HUB_TOKEN"), "{written}");
    }
}
