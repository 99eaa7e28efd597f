//! What a file holds, recognised by its content, never by its name alone.

mod cloudformation;
mod definition;
mod node;
mod terraform;

use std::sync::Arc;

use super::given::{Definition, Service};
use super::place::SourceFile;
use crate::document::cloudformation::is_template;
use crate::document::{self, DocumentError, Form, Json, Value};
use crate::model::TaskDefinition;
use crate::settings::is_static_option;
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

/// What was read of the files.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The files, in the order in which they were given.
    pub files: Vec<SourceFile>,
    /// The task definitions in them.
    pub definitions: Vec<Definition>,
    /// The services in them.
    pub services: Vec<Service>,
    /// Files that are no document although they hold words of ECS's.
    pub broken: Vec<(usize, DocumentError)>,
}

impl Inputs {
    /// Adds a file, and says what kind it is. A text of no known kind leaves nothing behind.
    pub fn add(&mut self, name: &str, text: Arc<str>) -> Kind {
        let file = self.files.len();
        let looks_like_toml = !text.trim_start().starts_with(['{', '[']) && is_toml(&text);
        let tree = match document::read(&text) {
            Ok((_, tree)) => tree,
            Err(_) if looks_like_toml => return Kind::StaticConfiguration,
            Err(error) => {
                if error.form == Form::Json || mentions_ecs(&text) {
                    self.files.push(SourceFile::new(name, text));
                    self.broken.push((file, error));
                }
                return Kind::Other;
            }
        };
        let kind = kind(&tree);
        let root = Node::root(&tree, file);
        match kind {
            Kind::CloudFormation => cloudformation::read(&root, &mut self.definitions, &mut self.services),
            Kind::TerraformPlan => terraform::read(&root, &mut self.definitions, &mut self.services),
            Kind::TaskDefinition => self.definitions.extend(registered(&root)),
            Kind::StaticConfiguration | Kind::Snapshot => return kind,
            Kind::Other => return if is_toml(&text) { Kind::StaticConfiguration } else { kind },
        }
        self.files.push(SourceFile::new(name, text));
        kind
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

/// Whether a mapping is Traefik's static configuration: every name at its root is an option of it, and one of them says
/// that it is meant.
fn is_static(tree: &Json) -> bool {
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

fn mentions_ecs(text: &str) -> bool {
    ["ontainerDefinitions", "container_definitions", "ockerLabels", "AWS::ECS::"].iter().any(|word| text.contains(word))
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
