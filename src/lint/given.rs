//! What is judged: task definitions and services, as files or AWS have them, each word with its place.

use super::place::{Site, Word};

/// A task definition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definition {
    /// Where it begins; nothing for one that AWS gave.
    pub site: Option<Site>,
    /// What it is called in its file: a resource, a module's address. Empty where the file holds but one.
    pub within: String,
    /// The family.
    pub family: Option<Word>,
    /// The revision, where it has been registered.
    pub revision: Option<i64>,
    /// `awsvpc`, `bridge`, `host`, `none`; absent means `bridge`.
    pub network_mode: Option<Word>,
    /// `EC2`, `FARGATE`, `EXTERNAL`.
    pub compatibilities: Vec<Word>,
    /// Its containers, in order.
    pub containers: Vec<Container>,
    /// What can't be known yet of the definition itself, and where.
    pub later: Vec<Later>,
}

/// Something that only turns out when the template is deployed or the plan applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// What: `dockerLabels`.
    pub what: String,
    /// Where.
    pub site: Option<Site>,
}

/// A container of a task definition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Container {
    /// Where it begins.
    pub site: Option<Site>,
    /// Its name.
    pub name: Option<Word>,
    /// Its image.
    pub image: Option<Word>,
    /// The labels that Traefik reads: `dockerLabels`.
    pub labels: Vec<Label>,
    /// Labels under `labels`, which ECS doesn't know in a container.
    pub misplaced: Vec<Label>,
    /// The key `labels`, where it stands.
    pub misplaced_at: Option<Site>,
    /// Its port mappings, in order.
    pub ports: Vec<Mapping>,
    /// Whether it has a health check.
    pub has_health_check: bool,
    /// What the image is started with.
    pub command: Vec<Word>,
    /// Its environment in plain text.
    pub environment: Vec<Label>,
    /// What can't be known yet, and where.
    pub later: Vec<Later>,
}

/// A key with its value: a label, a variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The key.
    pub key: Word,
    /// The value.
    pub value: Word,
}

impl Label {
    /// Whether nothing of it is left to know; the value of another program's label never counts.
    pub fn is_known(&self) -> bool {
        self.key.known().is_some_and(|key| self.value.known().is_some() || !is_traefik(key))
    }
}

/// A port mapping.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    /// Where it stands.
    pub site: Option<Site>,
    /// The port inside the container; absent for a range.
    pub container: Option<i32>,
    /// The port outside; absent or 0 for a dynamic one.
    pub host: Option<i32>,
    /// `tcp` or `udp`.
    pub protocol: Option<String>,
    /// `FIRST-LAST`, where it is a range.
    pub range: Option<String>,
}

/// An ECS service.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Service {
    /// Where it begins.
    pub site: Option<Site>,
    /// What it is called in its file.
    pub within: String,
    /// Its name.
    pub name: Option<Word>,
    /// The cluster it runs in, by name or ARN.
    pub cluster: Option<Word>,
    /// The definition it runs: what that is called in the same file, or its family.
    pub definition: Option<String>,
    /// `EC2`, `FARGATE`, `EXTERNAL`.
    pub launch_type: Option<Word>,
}

impl Definition {
    /// What the definition is called, for people.
    pub fn title(&self) -> String {
        let family = self.family.as_ref().map(Word::shown).filter(|family| !family.is_empty());
        match (family, self.revision) {
            (Some(family), Some(revision)) => format!("{family}:{revision}"),
            (Some(family), None) => family,
            (None, _) if !self.within.is_empty() => self.within.clone(),
            (None, _) => "task definition".to_owned(),
        }
    }

    /// Whether everything that Traefik's decision hangs on is known.
    pub fn is_known(&self) -> bool {
        let known = |word: &Option<Word>| word.as_ref().is_none_or(|word| word.known().is_some());
        self.later.is_empty() && known(&self.network_mode) && self.containers.iter().all(Container::is_known)
    }
}

impl Container {
    /// Its name for people.
    pub fn title(&self) -> String {
        self.name.as_ref().map_or_else(|| "container".to_owned(), Word::shown)
    }

    /// Whether everything that Traefik's decision hangs on is known: labels of other programs don't count.
    pub fn is_known(&self) -> bool {
        let name = self.name.as_ref().is_none_or(|name| name.known().is_some());
        self.later.is_empty() && name && self.labels.iter().all(Label::is_known)
    }

    /// The label of this key, exactly as it is spelled.
    pub fn label(&self, key: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.key.known() == Some(key))
    }
}

/// Whether a label is Traefik's, however it is spelled.
pub fn is_traefik(key: &str) -> bool {
    key.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("traefik."))
}
