//! Fields, entries and methods of values.

use super::{Call, Final, Machine, TemplateError};
use crate::golang::value::{Bytes, Kind, Value};
use crate::template::ast::{NodeId, NodeKind};
use crate::template::function::Function;

/// What a name stands for.
enum Found {
    Value(Value),
    Method(&'static Function, Value),
}

impl Machine<'_> {
    /// Takes the fields of the value delivered.
    pub(super) fn fields(&mut self, chain: NodeId, command: Option<NodeId>, last: Final) -> Result<(), TemplateError> {
        let base = self.delivered.take().unwrap_or_default();
        let program = self.program;
        let NodeKind::Chain { fields, .. } = program.tree.kind(chain) else { return Ok(()) };
        self.chain(base, fields, chain, command, last)
    }

    /// Follows names from a value; the last one may be a method that takes the command's arguments.
    pub(super) fn chain(
        &mut self,
        mut value: Value,
        names: &[Bytes],
        node: NodeId,
        command: Option<NodeId>,
        last: Final,
    ) -> Result<(), TemplateError> {
        let Some((final_name, names)) = names.split_last() else {
            self.deliver(value);
            return Ok(());
        };
        for name in names {
            value = match self.field(&value, name, false)? {
                Found::Value(value) => value,
                Found::Method(method, receiver) => self.call_method(method, receiver, node)?,
            };
        }
        let has_arguments = last.is_some() || self.has_arguments(command);
        match self.field(&value, final_name, has_arguments)? {
            Found::Value(value) => {
                self.deliver(value);
                Ok(())
            }
            Found::Method(method, receiver) => self.start_call(method, Some(receiver), node, command, last),
        }
    }

    fn has_arguments(&self, command: Option<NodeId>) -> bool {
        match command.map(|command| self.program.tree.kind(command)) {
            Some(NodeKind::Command(words)) => words.len() > 1,
            _ => false,
        }
    }

    /// Calls a method in the middle of a chain, where it gets no arguments.
    fn call_method(
        &mut self,
        method: &'static Function,
        receiver: Value,
        node: NodeId,
    ) -> Result<Value, TemplateError> {
        let wanted = method.fixed();
        if wanted > 0 {
            let least = if method.variadic { "at least " } else { "" };
            let name = method.name;
            return Err(self.error(&format!("wrong number of args for {name}: want {least}{wanted} got 0")));
        }
        let call =
            Call { function: method, receiver: Some(receiver), node, command: None, arguments: Vec::new(), last: None };
        self.invoke(call)
    }

    /// Finds a method, field or entry.
    fn field(&self, value: &Value, name: &Bytes, has_arguments: bool) -> Result<Found, TemplateError> {
        let shown = || String::from_utf8_lossy(name).into_owned();
        let receiver = match value {
            Value::Invalid => return Ok(Found::Value(Value::Invalid)),
            Value::Interface(None) => {
                return Err(self.error(&format!("nil pointer evaluating interface {{}}.{}", shown())));
            }
            other => other.plain(),
        };
        if let Some(method) = self.program.language.method(receiver, name) {
            return Ok(Found::Method(method, receiver.clone()));
        }
        if let Some(field) = public_field(receiver, name) {
            if has_arguments {
                return Err(self.error(&format!("{} has arguments but cannot be invoked as function", shown())));
            }
            return Ok(Found::Value(field));
        }
        match receiver {
            Value::Map(map) => {
                if has_arguments {
                    return Err(self.error(&format!("{} is not a method but has arguments", shown())));
                }
                return Ok(Found::Value(map.get(name).unwrap_or_default()));
            }
            Value::Object(object) if object.hidden_fields().iter().any(|field| field.as_bytes() == &name[..]) => {
                let type_name = value.type_name();
                return Err(self.error(&format!("{} is an unexported field of struct type {type_name}", shown())));
            }
            _ => {}
        }
        debug_assert!(receiver.kind() != Kind::Interface, "it was taken out");
        Err(self.error(&format!("can't evaluate field {} in type {}", shown(), value.type_name())))
    }
}

/// A public field of a structure.
fn public_field(value: &Value, name: &[u8]) -> Option<Value> {
    match value {
        Value::Struct(structure) => structure.field(name).cloned(),
        Value::Object(object) => object.field(name),
        _ => None,
    }
}
