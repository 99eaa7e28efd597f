//! What a file holds, recognised by its content, never by its name alone.

mod cloudformation;
mod definition;
mod node;
mod terraform;

use std::sync::Arc;

use super::given::{Definition, Service};
use super::place::SourceFile;
use crate::document::cloudformation::is_template;
use crate::document::{self, Form, Json, Value};
use crate::model::TaskDefinition;
use crate::settings::{is_static_option, masked};
use node::Node;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A task definition, as it is registered or described; or several.
    TaskDefinition,
    /// A CloudFormation template.
    CloudFormation,
    /// A Terraform plan.
    TerraformPlan,
    /// Traefik's static configuration.
    StaticConfiguration,
    /// A snapshot of a fleet.
    Snapshot,
    /// None of these.
    Other,
}

/// Whether somebody named a file, or it lay below a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Come {
    /// It was named, so it must be something.
    Named,
    /// It was found, so it may be anything.
    Found,
}

/// A file that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub file: usize,
    /// Where, in bytes of its text.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

/// What was read of the files.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The files, in the order in which they were given.
    pub files: Vec<SourceFile>,
    /// The task definitions in them.
    pub definitions: Vec<Definition>,
    /// The services in them.
    pub services: Vec<Service>,
    /// Files that can't be read although they were named, or hold words of ECS's or Traefik's.
    pub broken: Vec<Broken>,
    /// Which of the files are static configurations of Traefik.
    pub static_files: Vec<usize>,
}

impl Inputs {
    /// Adds a file, and says what kind it is. A text of no known kind leaves nothing behind.
    pub fn add(&mut self, name: &str, text: Arc<str>, come: Come) -> Kind {
        let file = self.files.len();
        let looks_like_toml = !text.trim_start().starts_with(['{', '[']) && is_toml(&text);
        let tree = match document::read(&text) {
            Ok((_, tree)) => tree,
            Err(_) if looks_like_toml => return self.add_static(name, &text),
            Err(error) => {
                if error.form == Form::Json || come == Come::Named || mentions_known(&text) {
                    let form = if error.form == Form::Json { "JSON" } else { "YAML" };
                    let message = format!("this is no valid {form}: {}", error.message);
                    self.add_broken(name, text, error.at, message);
                }
                return Kind::Other;
            }
        };
        let kind = kind(&tree);
        let root = Node::root(&tree, file);
        let mut is_guarded = false;
        match kind {
            Kind::CloudFormation => cloudformation::read(&root, &mut self.definitions, &mut self.services),
            Kind::TerraformPlan => {
                is_guarded = terraform::read(&root, &mut self.definitions, &mut self.services);
            }
            Kind::TaskDefinition => self.definitions.extend(registered(&root)),
            Kind::StaticConfiguration => return self.add_static(name, &text),
            Kind::Other if is_toml(&text) => return self.add_static(name, &text),
            Kind::Snapshot | Kind::Other => return kind,
        }
        self.files.push(SourceFile::new(name, text).guarded(is_guarded));
        kind
    }

    /// Adds a file whose bytes are no UTF-8, where it was named or holds words of ECS's: what can't be read is told.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8], come: Come) {
        let valid = std::str::from_utf8(bytes).err().map_or(bytes.len(), |error| error.valid_up_to());
        let text = String::from_utf8_lossy(bytes).into_owned();
        let narrow: String = text.chars().filter(|c| *c != '\0').collect();
        if come == Come::Found && !mentions_known(&narrow) {
            return;
        }
        let message = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                "this is UTF-16, and UTF-8 is read: PowerShell writes it with `Out-File -Encoding utf8`".to_owned()
            }
            _ => format!("this is no UTF-8 text: byte {valid} begins no character"),
        };
        self.add_broken(name, text.into(), valid, message);
    }

    /// Adds Traefik's static configuration, to show places in it; credentials are masked.
    pub fn add_static(&mut self, name: &str, text: &str) -> Kind {
        let file = self.add_text(name, masked(text).into());
        self.static_files.push(file);
        Kind::StaticConfiguration
    }

    /// Adds a text to show places in it, and gives its number.
    pub fn add_text(&mut self, name: &str, text: Arc<str>) -> usize {
        self.files.push(SourceFile::new(name, text));
        self.files.len() - 1
    }

    fn add_broken(&mut self, name: &str, text: Arc<str>, at: usize, message: String) {
        let file = self.add_text(name, text);
        self.broken.push(Broken { file, at, message });
    }

    /// Which of the files is Traefik's static configuration, where there is exactly one.
    pub fn static_file(&self) -> Option<usize> {
        match self.static_files.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// What kind of document it is.
fn kind(tree: &Json) -> Kind {
    match () {
        () if is_template(tree) => Kind::CloudFormation,
        () if terraform::is_plan(tree) => Kind::TerraformPlan,
        () if tree.get("containerDefinitions").is_some() || tree.get("taskDefinition").is_some() => {
            Kind::TaskDefinition
        }
        () if tree.get("taskDefinitions").is_some()
            || (tree.get("tasks").is_some() && tree.get("clusters").is_some()) =>
        {
            Kind::Snapshot
        }
        () if tree.items().iter().any(|item| item.get("containerDefinitions").is_some()) => Kind::TaskDefinition,
        () if is_static(tree) => Kind::StaticConfiguration,
        () => Kind::Other,
    }
}

/// Whether a mapping is Traefik's static configuration: it has the provider's section, or every name at its root is an
/// option and one of them says that it is meant.
fn is_static(tree: &Json) -> bool {
    let inside = |tree: &Json, name: &str| {
        let found = tree.members().iter().find(|member| member.key.eq_ignore_ascii_case(name));
        found.map(|member| member.value.clone())
    };
    if inside(tree, "providers").is_some_and(|providers| inside(&providers, "ecs").is_some()) {
        return true;
    }
    let mut keys = tree.members().iter().map(|member| member.key.as_str()).peekable();
    keys.peek().is_some()
        && keys.clone().all(is_static_option)
        && keys.any(|key| ["providers", "entrypoints"].contains(&key.to_ascii_lowercase().as_str()))
}

/// Whether a text has tables of Traefik's static configuration in TOML.
fn is_toml(text: &str) -> bool {
    let mut tables = text.lines().filter_map(|line| line.trim().strip_prefix('[')?.split([']', '.']).next());
    tables.any(|name| ["providers", "entrypoints", "ecs"].contains(&name.trim().to_ascii_lowercase().as_str()))
}

/// Whether a text that can't be read was meant to be read: it holds words of ECS's, or of Traefik's settings.
fn mentions_known(text: &str) -> bool {
    const WORDS: [&str; 6] = [
        "ontainerDefinitions",
        "container_definitions",
        "ockerLabels",
        "AWS::ECS::",
        "exposedByDefault",
        "entryPoints:",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Definitions as they are registered or described: alone, in an answer, or in a list.
fn registered(root: &Node<'_>) -> Vec<Definition> {
    if let Value::Array(_) = root.json.value {
        return root
            .items()
            .filter(|item| item.get("containerDefinitions").is_some())
            .map(|item| definition::definition(&item, ""))
            .collect();
    }
    let inner = root.get("taskDefinition").filter(|inner| inner.get("containerDefinitions").is_some());
    vec![definition::definition(inner.as_ref().unwrap_or(root), "")]
}

/// A task definition that AWS gave.
pub fn recorded(definition: &TaskDefinition) -> Definition {
    super::recorded::definition(definition)
}
