//! One way to look at a document's tree, whoever wrote it: ECS's own names, CloudFormation's, Terraform's.

use std::sync::Arc;

use crate::document::cloudformation::{call, dereferenced, is_transformed, substituted};
use crate::document::json::computed;
use crate::document::{Json, Member, Value};
use crate::lint::given::{Label, Later};
use crate::lint::place::{Site, Word};

/// A part of a document.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) json: &'a Json,
    pub(super) file: usize,
    outer: Option<Arc<Json>>,
}

impl<'a> Node<'a> {
    /// The root of a file.
    pub(super) fn root(json: &'a Json, file: usize) -> Self {
        Self { json, file, outer: None }
    }

    fn with(&self, json: &'a Json) -> Self {
        Self { json, file: self.file, outer: self.outer.clone() }
    }

    /// The root of a document that is written in a string of this one.
    pub(super) fn inner(&self, json: &'a Json) -> Self {
        Self { json, file: self.file, outer: Some(Arc::new(self.json.clone())) }
    }

    pub(super) fn site(&self) -> Site {
        Site::of(self.file, self.outer.clone(), self.json.span.clone())
    }

    /// Where the key of a member stands.
    pub(super) fn key_site(&self, member: &Member) -> Site {
        Site::of(self.file, self.outer.clone(), member.key_span.clone())
    }

    /// A member by ECS's name for it; CloudFormation begins it with a capital, Terraform puts `_` between words.
    pub(super) fn get(&self, name: &str) -> Option<Self> {
        let member = self.json.members().iter().rev().find(|member| same(&member.key, name))?;
        (member.value.value != Value::Null).then(|| self.with(&member.value))
    }

    /// The member itself, for its key.
    pub(super) fn member(&self, name: &str) -> Option<&'a Member> {
        self.json.members().iter().rev().find(|member| same(&member.key, name))
    }

    pub(super) fn items(&self) -> impl Iterator<Item = Self> + use<'a, '_> {
        self.json.items().iter().map(|item| self.with(item))
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&'a Member, Self)> + use<'a, '_> {
        self.json.members().iter().map(|member| (member, self.with(&member.value)))
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.json.text()
    }

    /// The value as a text, as CloudFormation makes one of numbers and truth values too.
    pub(super) fn word(&self) -> Word {
        Word::written(resolved(self.json), self.file, self.outer.clone(), Arc::new(self.json.clone()))
    }

    /// The key of a member as a text.
    pub(super) fn key(&self, member: &Member) -> Word {
        let node = Json { span: member.key_span.clone(), value: Value::Text(member.key.clone()) };
        Word::written(member.key.clone(), self.file, self.outer.clone(), Arc::new(node))
    }

    /// A member as a number; CloudFormation and Terraform take one in quotes too.
    pub(super) fn number(&self, name: &str) -> Option<i32> {
        match &self.get(name)?.json.value {
            Value::Number(text) | Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether the value is a call of CloudFormation's, whose result is not known, or holds what a macro adds.
    pub(super) fn is_call(&self) -> bool {
        call(self.json).is_some() || is_transformed(self.json)
    }

    /// A map of texts: labels. A call in its place is told as not known yet.
    pub(super) fn labels(&self, name: &str, later: &mut Vec<Later>) -> Vec<Label> {
        let Some(map) = self.get(name) else { return Vec::new() };
        if map.is_call() {
            later.push(Later { what: name.to_owned(), site: Some(map.site()) });
            return Vec::new();
        }
        map.members().map(|(member, value)| Label { key: map.key(member), value: value.word() }).collect()
    }

    /// A list of texts.
    pub(super) fn words(&self, name: &str) -> Vec<Word> {
        self.get(name).map(|list| list.items().map(|item| item.word()).collect()).unwrap_or_default()
    }
}

/// Whether two spellings are of one name.
fn same(spelled: &str, name: &str) -> bool {
    let mut one = spelled.bytes().filter(|byte| *byte != b'_');
    let mut other = name.bytes().filter(|byte| *byte != b'_');
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.eq_ignore_ascii_case(&b) => {}
            _ => return false,
        }
    }
}

/// The value as a text; what is only computed later is marked.
fn resolved(json: &Json) -> String {
    match &json.value {
        Value::Text(text) => dereferenced(text, computed),
        Value::Number(text) => text.clone(),
        Value::Boolean(value) => value.to_string(),
        Value::Null => String::new(),
        Value::Array(_) => computed("a list"),
        Value::Object(_) => match call(json) {
            None => computed("an object"),
            Some(only) if only.key == "Fn::Sub" => {
                let text = only.value.items().first().unwrap_or(&only.value).text();
                text.map_or_else(|| computed(&only.key), |text| dereferenced(&substituted(text, computed), computed))
            }
            Some(only) if only.key == "Fn::Join" => joined(&only.value),
            Some(only) => computed(only.value.text().unwrap_or(&only.key)),
        },
    }
}

/// `Fn::Join` of a list.
fn joined(argument: &Json) -> String {
    match argument.items() {
        [between, list] if matches!(list.value, Value::Array(_)) => {
            let parts: Vec<_> = list.items().iter().map(resolved).collect();
            parts.join(&resolved(between))
        }
        _ => computed("Fn::Join"),
    }
}

#[cfg(test)]
mod tests {
    use super::Node;
    use crate::document::yaml;

    #[test]
    fn what_is_known_of_a_call_is_kept() {
        let text = "a: !Sub 'Host(`${Name}.x`)'\nb: !Sub 'x ${!Literal}'\nc: !Join ['.', [a, !Ref B, c]]\nd: true\ne: !GetAtt X.Y\n";
        let tree = yaml::read(text).expect("it is YAML");
        let root = Node::root(&tree, 0);
        let shown = |name| root.get(name).map(|node| node.word().shown()).unwrap_or_default();
        assert_eq!(["a", "b", "c", "d"].map(shown), ["Host(`{Name}.x`)", "x ${Literal}", "a.{B}.c", "true"]);
        assert!(root.get("e").is_some_and(|node| node.word().known().is_none()));
    }

    #[test]
    fn names_are_found_in_each_spelling() {
        let tree = yaml::read("ContainerDefinitions: 1\nnetwork_mode: 2\ndockerLabels: 3\n").expect("it is YAML");
        let root = Node::root(&tree, 0);
        for name in ["containerDefinitions", "networkMode", "dockerLabels"] {
            assert!(root.get(name).is_some(), "{name}");
        }
        for name in ["ContainerDefinitions", "network_mode", "docker_labels"] {
            assert!(root.get(name).is_some(), "{name}");
        }
    }
}
