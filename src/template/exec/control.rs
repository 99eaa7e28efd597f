//! Conditions, loops, and templates that call each other.

use super::{Frame, Machine, Task};
use crate::golang::quote::quote;
use crate::golang::value::{Bytes, Element, Slice, Value};
use crate::template::ast::{Control, NodeId, NodeKind};
use crate::template::error::TemplateError;

/// How deep templates may call each other, in Go as here.
const DEEPEST_CALL: usize = 100_000;

/// A loop under way.
pub(super) struct Loop {
    control: NodeId,
    items: Items,
    next: usize,
    /// Dot around the loop.
    dot: Value,
    /// How many variables there were before the loop's own, and with them.
    outer: usize,
    inner: usize,
}

/// What a loop goes over.
enum Items {
    Slice(Slice),
    Map(Vec<(Bytes, Value)>, Element),
    /// The numbers below one, in its type.
    Count(Value, u64),
}

impl Items {
    /// Key and value of one iteration.
    fn get(&self, index: usize) -> Option<(Value, Value)> {
        match self {
            Self::Slice(slice) => {
                let key = Value::Int(i64::try_from(index).unwrap_or(i64::MAX));
                slice.get(index).map(|item| (key, item))
            }
            Self::Map(entries, element) => {
                let (key, value) = entries.get(index)?;
                let value = if *element == Element::Any { value.clone().into_interface() } else { value.clone() };
                Some((Value::String(key.clone()), value))
            }
            Self::Count(like, count) => ((index as u64) < *count).then(|| (Value::Invalid, number_like(like, index))),
        }
    }
}

/// A number in the type of another.
fn number_like(like: &Value, number: usize) -> Value {
    let signed = i64::try_from(number).unwrap_or(i64::MAX);
    match like {
        Value::Int64(_) => Value::Int64(signed),
        Value::Named(named, _) => Value::Named(named, signed),
        Value::Uint8(_) => Value::Uint8(u8::try_from(number).unwrap_or(u8::MAX)),
        Value::Uint32(_) => Value::Uint32(u32::try_from(number).unwrap_or(u32::MAX)),
        Value::Uint64(_) => Value::Uint64(number as u64),
        _ => Value::Int(signed),
    }
}

impl Machine<'_> {
    /// Goes on with the branch that the value delivered asks for.
    pub(super) fn decide(&mut self, node: NodeId, mark: usize) {
        let value = self.delivered.take().unwrap_or_default();
        let program = self.program;
        let NodeKind::Control { control, list, otherwise, .. } = program.tree.kind(node) else { return };
        self.tasks.push(Task::Leave { dot: self.dot.clone(), mark });
        if value.is_true() {
            if *control == Control::With {
                self.dot = value;
            }
            self.tasks.push(Task::List { list: *list, next: 0 });
        } else if let Some(list) = otherwise {
            self.tasks.push(Task::List { list: *list, next: 0 });
        }
    }

    /// Begins a loop over the value delivered.
    pub(super) fn iterate(&mut self, node: NodeId, mark: usize) -> Result<(), TemplateError> {
        let value = self.delivered.take().unwrap_or_default().out_of_interface();
        let program = self.program;
        let NodeKind::Control { pipe, otherwise, .. } = program.tree.kind(node) else { return Ok(()) };
        let NodeKind::Pipe { variables, .. } = program.tree.kind(*pipe) else { return Ok(()) };
        let items = match &value {
            Value::Slice(slice) => Items::Slice(slice.clone()),
            Value::Map(map) => Items::Map(map.sorted(), map.element),
            Value::Invalid => Items::Slice(Slice::nil(Element::Any)),
            number => {
                let count = number.unsigned().or_else(|| number.signed().map(|n| u64::try_from(n).unwrap_or(0)));
                let Some(count) = count else {
                    let shown = self.shown(&value)?;
                    return Err(self.error(&format!("range can't iterate over {shown}")));
                };
                if variables.len() > 1 {
                    let shown = self.shown(&value)?;
                    return Err(self.error(&format!("can't use {shown} to iterate over more than one variable")));
                }
                Items::Count(value.clone(), count)
            }
        };
        if items.get(0).is_some() {
            let state =
                Loop { control: node, items, next: 0, dot: self.dot.clone(), outer: mark, inner: self.variables.len() };
            self.tasks.push(Task::Loop(Box::new(state)));
        } else {
            self.tasks.push(Task::Leave { dot: self.dot.clone(), mark });
            if let Some(list) = otherwise {
                self.tasks.push(Task::List { list: *list, next: 0 });
            }
        }
        Ok(())
    }

    /// Begins the next iteration, or ends the loop.
    pub(super) fn next_iteration(&mut self, mut state: Box<Loop>) -> Result<(), TemplateError> {
        self.variables.truncate(state.inner);
        let Some((key, value)) = state.items.get(state.next) else {
            self.dot = state.dot;
            self.variables.truncate(state.outer);
            return Ok(());
        };
        state.next += 1;
        let program = self.program;
        let NodeKind::Control { pipe, list, .. } = program.tree.kind(state.control) else { return Ok(()) };
        let NodeKind::Pipe { variables, assigns, .. } = program.tree.kind(*pipe) else { return Ok(()) };
        self.dot = value.clone();
        match (variables.as_slice(), assigns) {
            ([], _) => {}
            ([item], true) => self.assign(item, value)?,
            ([index, item, ..], true) => {
                self.assign(index, key)?;
                self.assign(item, value)?;
            }
            ([_], false) => self.set_top(1, value),
            ([..], false) => {
                self.set_top(1, value);
                self.set_top(2, key);
            }
        }
        self.tasks.push(Task::Loop(state));
        self.tasks.push(Task::List { list: *list, next: 0 });
        Ok(())
    }

    fn set_top(&mut self, from_end: usize, value: Value) {
        let index = self.variables.len().checked_sub(from_end);
        if let Some((_, held)) = index.and_then(|index| self.variables.get_mut(index)) {
            *held = value;
        }
    }

    /// Ends the innermost loop, or its iteration.
    pub(super) fn jump(&mut self, breaks: bool) {
        while let Some(task) = self.tasks.pop() {
            let Task::Loop(state) = task else { continue };
            if breaks {
                self.dot = state.dot;
                self.variables.truncate(state.outer);
            } else {
                self.tasks.push(Task::Loop(state));
            }
            return;
        }
    }

    /// Calls a template, once its argument is there.
    pub(super) fn start_template(
        &mut self,
        node: NodeId,
        name: &[u8],
        pipe: Option<NodeId>,
    ) -> Result<(), TemplateError> {
        if !self.program.tree.templates.contains_key(name) {
            return Err(self.error(&format!("template {} not defined", quote(name))));
        }
        if self.depth >= DEEPEST_CALL {
            return Err(self.error(&format!("exceeded maximum template depth ({DEEPEST_CALL})")));
        }
        self.tasks.push(Task::CallTemplate(node));
        match pipe {
            Some(pipe) => self.start_pipe(pipe),
            None => self.deliver(Value::Invalid),
        }
        Ok(())
    }

    /// Enters a template with the value delivered.
    pub(super) fn enter(&mut self, node: NodeId) {
        let argument = self.delivered.take().unwrap_or_default();
        let program = self.program;
        let NodeKind::Template { name, .. } = program.tree.kind(node) else { return };
        let Some(list) = program.tree.templates.get(name) else { return };
        let frame = Frame {
            at: self.at,
            template: std::mem::replace(&mut self.template, name.clone()),
            dot: std::mem::replace(&mut self.dot, argument.clone()),
            base: self.base,
            mark: self.variables.len(),
        };
        self.base = self.variables.len();
        self.variables.push((Bytes::from(&b"$"[..]), argument));
        self.depth += 1;
        self.tasks.push(Task::Return(Box::new(frame)));
        self.tasks.push(Task::List { list: *list, next: 0 });
    }

    /// Goes back to where a template was called.
    pub(super) fn leave(&mut self, frame: Frame) {
        self.variables.truncate(frame.mark);
        self.at = frame.at;
        self.template = frame.template;
        self.dot = frame.dot;
        self.base = frame.base;
        self.depth -= 1;
    }

    /// A value as an error shows it.
    pub(super) fn shown(&self, value: &Value) -> Result<String, TemplateError> {
        let text = crate::golang::format::text(value).map_err(|error| self.error(&error.to_string()))?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}
