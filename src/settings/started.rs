//! What Traefik's own task starts it with: the command, entry point and environment of its container.
//!
//! A definition doesn't show everything: the image may bring a file, ECS secrets have no value here, and a shell may
//! look things up. What can't be seen is named, so that nobody takes the result for more than it is.

use std::collections::BTreeMap;

use super::flags::{self, Known};
use super::search::{FileError, FileSystem};
use super::shell;
use crate::model::{ContainerDefinition, TaskDefinition, Text};

/// What Traefik is started with by a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Which container of which definition: ``container `traefik` of edge:3``.
    pub by: String,
    /// The arguments after the program's name.
    pub arguments: Vec<String>,
    /// Its environment, as far as it can be seen.
    pub environment: Vec<(String, String)>,
    /// The names of the variables that are secrets of ECS.
    pub secrets: Vec<String>,
    /// What can't be seen, a sentence each.
    pub assumed: Vec<String>,
    /// The role that its calls are made with.
    pub task_role: Option<Text>,
    /// Where it runs.
    pub launch: Launch,
}

/// Where a task runs, as far as its definition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Launch {
    /// On Fargate alone, which sets `AWS_REGION` and has no instance's metadata.
    Fargate,
    /// On instances alone.
    Instances,
    /// It is not said, or both.
    Either,
}

impl Launch {
    fn of(definition: &TaskDefinition) -> Self {
        let all = &definition.requires_compatibilities;
        let fargate = all.iter().any(|one| **one == *"FARGATE");
        match (fargate, all.len()) {
            (true, 1) => Self::Fargate,
            (false, 1..) => Self::Instances,
            _ => Self::Either,
        }
    }
}

/// Why a task definition doesn't say how Traefik is started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotStarted {
    /// No container of it is Traefik.
    #[error("no container of {of} is Traefik; there are {}", containers.join(", "))]
    NoContainer {
        /// The definition.
        of: String,
        /// Its containers, with their images.
        containers: Vec<String>,
    },
    /// Several are.
    #[error("several containers of {of} are Traefik: {}", containers.join(", "))]
    Several {
        /// The definition.
        of: String,
        /// Which.
        containers: Vec<String>,
    },
    /// The script that starts it is none.
    #[error("the script of {by} can't be read: {why}")]
    Script {
        /// Which container.
        by: String,
        /// What is wrong.
        why: &'static str,
    },
}

/// Shells, by the names of their programs.
const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];

/// The program, and the script that starts it in Traefik's own image.
const PROGRAMS: [&str; 2] = ["traefik", "entrypoint.sh"];

impl Started {
    /// How a task definition starts Traefik.
    ///
    /// # Errors
    /// When it isn't clear which container that is, or its shell's script is broken.
    pub fn by(definition: &TaskDefinition) -> Result<Self, NotStarted> {
        let container = traefik_of(definition)?;
        let name = container.name.as_deref().unwrap_or("without a name");
        let by = format!("container `{name}` of {}", title(definition));
        let mut started = Self {
            by,
            arguments: Vec::new(),
            environment: environment(container),
            secrets: container.secrets.iter().filter_map(|secret| secret.name.as_deref()).map(str::to_owned).collect(),
            assumed: Vec::new(),
            task_role: definition.task_role_arn.clone(),
            launch: Launch::of(definition),
        };
        started.name_secrets(container);
        started.read_command(container)?;
        started.name_files(container);
        Ok(started)
    }

    fn name_secrets(&mut self, container: &ContainerDefinition) {
        let says_something = |name: &str| name.to_ascii_uppercase().starts_with("TRAEFIK_") || name.starts_with("AWS_");
        for name in self.secrets.iter().filter(|name| says_something(name)) {
            self.assumed.push(format!("the variable {name} is a secret of ECS, whose value can't be seen: left out"));
        }
        for file in container.environment_files.iter().filter_map(|file| file.value.as_deref()) {
            self.assumed.push(format!("the variables in {file} can't be seen: left out"));
        }
    }

    /// Whether it is given AWS keys of its own, be it as secrets.
    pub fn has_keys(&self) -> bool {
        self.sets("AWS_ACCESS_KEY_ID")
    }

    /// The region that its environment names.
    pub fn region(&self) -> Option<&str> {
        let named = self.environment.iter().rev().find(|(name, _)| name == "AWS_REGION");
        named.map(|(_, region)| region.as_str()).filter(|region| !region.is_empty())
    }

    fn sets(&self, variable: &str) -> bool {
        self.secrets.iter().any(|secret| secret == variable)
            || self.environment.iter().any(|(name, value)| name == variable && !value.is_empty())
    }

    /// The arguments: entry point and command one after the other, through a shell where one is started.
    fn read_command(&mut self, container: &ContainerDefinition) -> Result<(), NotStarted> {
        let words: Vec<String> =
            container.entry_point.iter().chain(&container.command).map(ToString::to_string).collect();
        let Some((script, positional)) = script(&words) else {
            self.take_arguments(&words, container.entry_point.len());
            return Ok(());
        };
        let variables: BTreeMap<String, String> = self.environment.iter().cloned().collect();
        let commands = shell::commands(script, &variables, positional)
            .map_err(|why| NotStarted::Script { by: self.by.clone(), why })?;
        let started = commands.iter().find_map(|command| {
            let at = command.words.iter().position(|word| is_program(word))?;
            Some((command, at))
        });
        let Some((command, at)) = started else {
            self.assumed.push(format!("no command of the script starts Traefik: {script}"));
            return Ok(());
        };
        self.arguments = command.words[at + 1..].to_vec();
        for word in &command.words[..at] {
            if let Some((name, value)) = word.split_once('=') {
                self.environment.push((name.to_owned(), value.to_owned()));
            }
        }
        for unknown in &command.unknown {
            self.assumed.push(format!("what {unknown} comes to is known to the shell alone: taken as empty"));
        }
        Ok(())
    }

    /// The arguments of a program that is started without a shell. An entry point of one's own is named, and taken to
    /// hand on what the command says.
    fn take_arguments(&mut self, words: &[String], entry_point: usize) {
        let arguments = arguments(words);
        let unknown = arguments.len() == words.len() && arguments.first().is_some_and(|word| !word.starts_with('-'));
        if unknown && entry_point > 0 {
            let program = words[..entry_point].join(" ");
            self.assumed.push(format!(
                "what {program} does can't be seen: it is taken to start Traefik with the command's arguments"
            ));
            self.arguments = words[entry_point..].to_vec();
            return;
        }
        self.arguments = arguments.to_vec();
    }

    /// Names the file that the flags name, or that an image of one's own may bring.
    fn name_files(&mut self, container: &ContainerDefinition) {
        let named =
            flags::parse(&self.arguments, Known::Nothing).ok().and_then(|flags| super::load::config_file(&flags));
        let image = container.image.as_deref().unwrap_or_default();
        if let Some(path) = named {
            self.assumed.push(format!(
                "the file {path} lies in the image or a volume and can't be seen: Traefik takes it in place of all flags \
                 and variables"
            ));
        } else if !is_official(image) {
            self.assumed.push(format!("the image {image} may bring a static file of its own, which would win"));
        }
    }
}

fn title(definition: &TaskDefinition) -> String {
    match (definition.family.as_deref(), definition.revision) {
        (Some(family), Some(revision)) => format!("{family}:{revision}"),
        (Some(family), None) => family.to_owned(),
        _ if definition.task_definition_arn.is_empty() => "the task definition".to_owned(),
        _ => definition.task_definition_arn.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

/// The container that is Traefik: by its image, else by what it starts, else the only one.
fn traefik_of(definition: &TaskDefinition) -> Result<&ContainerDefinition, NotStarted> {
    let all = &definition.container_definitions;
    let by_image: Vec<_> = all.iter().filter(|container| is_traefik(container)).collect();
    let by_command = || all.iter().filter(|container| starts_traefik(container)).collect::<Vec<_>>();
    let found = if by_image.is_empty() { by_command() } else { by_image };
    let described = |containers: &mut dyn Iterator<Item = &ContainerDefinition>| {
        let one = |container: &ContainerDefinition| {
            let image = container.image.as_deref().unwrap_or("no image");
            format!("`{}` ({image})", container.name.as_deref().unwrap_or_default())
        };
        containers.map(one).collect()
    };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(NotStarted::NoContainer { of: title(definition), containers: described(&mut all.iter()) }),
        several => {
            Err(NotStarted::Several { of: title(definition), containers: described(&mut several.iter().copied()) })
        }
    }
}

/// The repository's name of an image, without registry, tag and digest.
fn repository(image: &str) -> &str {
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split(['@', ':']).next().unwrap_or(last)
}

fn is_traefik(container: &ContainerDefinition) -> bool {
    container.image.as_deref().is_some_and(|image| repository(image).contains("traefik"))
}

/// Whether it is Traefik's own image, be it by way of a registry's cache: it brings no file.
fn is_official(image: &str) -> bool {
    repository(image) == "traefik"
}

fn starts_traefik(container: &ContainerDefinition) -> bool {
    let mut words = container.entry_point.iter().chain(&container.command);
    words.any(|word| {
        let is_flag = word.starts_with("--providers.ecs") || word.starts_with("--entryPoints");
        is_flag || word.split_whitespace().any(is_program)
    })
}

fn environment(container: &ContainerDefinition) -> Vec<(String, String)> {
    let pair = |variable: &crate::model::KeyValue| {
        Some((variable.name.as_deref()?.to_owned(), variable.value.as_deref().unwrap_or_default().to_owned()))
    };
    container.environment.iter().filter_map(pair).collect()
}

fn base(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

fn is_program(word: &str) -> bool {
    PROGRAMS.contains(&base(word))
}

/// The script of `sh -c SCRIPT`, behind whatever starts it, and the words behind it: `$0`, `$1` and so on.
fn script(words: &[String]) -> Option<(&str, &[String])> {
    let at = before_flags(words).iter().position(|word| SHELLS.contains(&base(word)))?;
    let options = words[at + 1..].iter().take_while(|word| word.starts_with('-')).count();
    let takes_script =
        words[at + 1..=at + options].iter().any(|option| !option.starts_with("--") && option.contains('c'));
    let script = takes_script.then(|| words.get(at + options + 1)).flatten()?;
    Some((script, &words[at + options + 2..]))
}

/// The words before the first long flag, which alone can be programs. An init's own `-g` and `--` may stand among them.
fn before_flags(words: &[String]) -> &[String] {
    let flag = words.iter().position(|word| word.starts_with("--") && word != "--");
    &words[..flag.unwrap_or(words.len())]
}

/// The arguments behind the program, where it is named; all of them where the image starts it.
fn arguments(words: &[String]) -> &[String] {
    let Some(at) = before_flags(words).iter().position(|word| is_program(word)) else { return words };
    let rest = &words[at + 1..];
    // `/entrypoint.sh traefik --flag`
    if rest.first().is_some_and(|word| is_program(word)) { &rest[1..] } else { rest }
}

/// The files of a container, of which none can be seen.
#[derive(Debug, Clone, Copy)]
pub struct Unseen;

impl FileSystem for Unseen {
    fn exists(&self, _: &str) -> Result<bool, FileError> {
        Ok(false)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        Err(FileError::Other { path: path.to_owned(), message: "it can't be seen from here".to_owned() })
    }

    fn directory(&self) -> String {
        "/".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{NotStarted, Started};

    fn started(container: &Value) -> Started {
        let definition = json!({ "family": "edge", "revision": 3, "containerDefinitions": [container] });
        Started::by(&serde_json::from_value(definition).expect("it is a definition")).expect("it starts Traefik")
    }

    #[test]
    fn arguments_are_what_follows_the_program() {
        let cases = [
            json!({ "image": "traefik:v3.7", "command": ["--ping", "--api"] }),
            json!({ "image": "traefik:v3.7", "command": ["traefik", "--ping", "--api"] }),
            json!({ "image": "traefik", "entryPoint": ["/usr/local/bin/traefik"], "command": ["--ping", "--api"] }),
            json!({ "image": "traefik", "entryPoint": ["/entrypoint.sh", "traefik"], "command": ["--ping", "--api"] }),
            json!({ "image": "own/edge", "entryPoint": ["sh", "-c"], "command": ["exec traefik --ping '--api'"] }),
            json!({ "image": "traefik", "command": ["/bin/bash", "-e", "-c", "sleep 1 && traefik --ping --api"] }),
            json!({ "image": "traefik", "entryPoint": ["/bin/sh", "-ec"], "command": ["traefik --ping \\\n --api"] }),
            json!({ "image": "traefik", "entryPoint": ["tini", "-g", "--", "traefik"], "command": ["--ping", "--api"] }),
            json!({ "image": "traefik", "entryPoint": ["/start.sh"], "command": ["--ping", "--api"] }),
            json!({ "image": "traefik", "entryPoint": ["sh", "-c", "traefik \"$@\"", "-"], "command": ["--ping", "--api"] }),
        ];
        for case in cases {
            assert_eq!(started(&case).arguments, ["--ping", "--api"], "{case}");
        }
    }

    #[test]
    fn variables_come_from_the_definition_and_before_the_command() {
        let found = started(&json!({
            "image": "traefik", "environment": [{ "name": "REGION", "value": "eu-west-1" }],
            "command": ["sh", "-c", "TRAEFIK_PING=true traefik --providers.ecs.region=$REGION"],
        }));
        assert_eq!(found.arguments, ["--providers.ecs.region=eu-west-1"]);
        assert!(found.environment.contains(&("TRAEFIK_PING".to_owned(), "true".to_owned())));
        assert_eq!(found.assumed, [""; 0]);
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        let found = started(&json!({
            "image": "registry.example/traefik-edge:1", "secrets": [{ "name": "TRAEFIK_PILOT_TOKEN", "valueFrom": "x" }],
            "command": ["sh", "-c", "traefik --providers.ecs.clusters=$(cat /cluster)"],
        }));
        let all = found.assumed.join("\n");
        assert!(
            ["TRAEFIK_PILOT_TOKEN", "$(cat /cluster)", "traefik-edge:1"].iter().all(|name| all.contains(name)),
            "{all}"
        );
        let found = started(&json!({ "image": "traefik", "command": ["--configFile=/etc/t.yml"] }));
        assert!(found.assumed[0].contains("/etc/t.yml"));
    }

    #[test]
    fn a_definition_without_traefik_or_with_two_is_none() {
        let read = |containers: Value| {
            let definition = json!({ "family": "edge", "containerDefinitions": containers });
            Started::by(&serde_json::from_value(definition).expect("it is a definition"))
        };
        let traefik = json!({ "name": "a", "image": "traefik" });
        assert!(matches!(read(json!([{ "name": "web", "image": "nginx" }])), Err(NotStarted::NoContainer { .. })));
        assert!(matches!(read(json!([traefik, traefik])), Err(NotStarted::Several { .. })));
        assert!(read(json!([traefik, { "name": "web", "image": "nginx" }])).is_ok());
    }
}
