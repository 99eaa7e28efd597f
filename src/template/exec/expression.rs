//! Pipelines, commands, calls and their arguments.

use super::{Call, Final, Machine, Task};
use crate::golang::value::{Bytes, Value};
use crate::template::ast::{NodeId, NodeKind, Number};
use crate::template::error::TemplateError;
use crate::template::function::{Calling, Function, Param};

impl Machine<'_> {
    pub(super) fn start_pipe(&mut self, pipe: NodeId) {
        self.at = Some(pipe);
        self.tasks.push(Task::Pipe { pipe, next: 0, value: None });
    }

    /// Goes on with a pipeline: each command's value is the last argument of the next.
    pub(super) fn pipe(&mut self, pipe: NodeId, next: usize, value: Final) -> Result<(), TemplateError> {
        let value = self.delivered.take().map(Value::out_of_interface).or(value);
        let program = self.program;
        let NodeKind::Pipe { variables, assigns, commands } = program.tree.kind(pipe) else { return Ok(()) };
        if let Some(command) = commands.get(next) {
            self.tasks.push(Task::Pipe { pipe, next: next + 1, value: None });
            return self.command(*command, value);
        }
        let value = value.unwrap_or_default();
        for name in variables {
            if *assigns {
                self.assign(name, value.clone())?;
            } else {
                self.variables.push((name.clone(), value.clone()));
            }
        }
        self.deliver(value);
        Ok(())
    }

    /// Gives a variable that is there another value.
    pub(super) fn assign(&mut self, name: &Bytes, value: Value) -> Result<(), TemplateError> {
        let known = self.variables[self.base..].iter_mut().rev().find(|(known, _)| known == name);
        let Some((_, held)) = known else {
            let name = String::from_utf8_lossy(name).into_owned();
            return Err(self.error(&format!("undefined variable: {name}")));
        };
        *held = value;
        Ok(())
    }

    fn command(&mut self, command: NodeId, last: Final) -> Result<(), TemplateError> {
        let program = self.program;
        let NodeKind::Command(words) = program.tree.kind(command) else { return Ok(()) };
        let Some(first) = words.first().copied() else { return Ok(()) };
        match program.tree.kind(first) {
            NodeKind::Field(names) => {
                self.at = Some(first);
                self.chain(self.dot.clone(), names, first, Some(command), last)
            }
            NodeKind::Chain { base, .. } => {
                self.at = Some(first);
                self.tasks.push(Task::Fields { chain: first, command: Some(command), last });
                self.argument(*base, None)
            }
            NodeKind::Identifier(function) => {
                self.at = Some(first);
                self.start_call(function, None, command, Some(command), last)
            }
            NodeKind::Pipe { .. } => {
                self.refuse_arguments(words, last.as_ref())?;
                self.start_pipe(first);
                Ok(())
            }
            NodeKind::Variable(names) => {
                self.at = Some(first);
                let value = self.variable(&names[0])?;
                if names.len() > 1 {
                    return self.chain(value, &names[1..], first, Some(command), last);
                }
                self.refuse_arguments(words, last.as_ref())?;
                self.deliver(value);
                Ok(())
            }
            literal => {
                self.at = Some(first);
                self.refuse_arguments(words, last.as_ref())?;
                let value = self.literal(literal)?;
                self.deliver(value);
                Ok(())
            }
        }
    }

    /// A word that is no function takes no arguments.
    fn refuse_arguments(&self, words: &[NodeId], last: Option<&Value>) -> Result<(), TemplateError> {
        if words.len() == 1 && last.is_none() {
            return Ok(());
        }
        let word = String::from_utf8_lossy(&self.program.tree.print(words[0])).into_owned();
        Err(self.error(&format!("can't give argument to non-function {word}")))
    }

    fn variable(&self, name: &Bytes) -> Result<Value, TemplateError> {
        let known = self.variables[self.base..].iter().rev().find(|(known, _)| known == name);
        known.map(|(_, value)| value.clone()).ok_or_else(|| {
            let name = String::from_utf8_lossy(name).into_owned();
            self.error(&format!("undefined variable: {name}"))
        })
    }

    /// The value of a literal that stands for itself.
    fn literal(&self, literal: &NodeKind) -> Result<Value, TemplateError> {
        match literal {
            NodeKind::Dot => Ok(self.dot.clone()),
            NodeKind::Nil => Err(self.error("nil is not a command")),
            NodeKind::Bool(bool) => Ok(Value::Bool(*bool)),
            NodeKind::Number(number) => self.ideal(number),
            NodeKind::Quoted { value, .. } => Ok(Value::String(value.clone())),
            _ => Err(self.error("can't evaluate command")),
        }
    }

    /// A number in the type that its text suggests.
    fn ideal(&self, number: &Number) -> Result<Value, TemplateError> {
        if let Some((real, imaginary)) = number.complex {
            return Ok(Value::Complex(real, imaginary));
        }
        let text = number.written.as_str();
        let is_hexadecimal = text.len() > 2 && text.starts_with(['0']) && text[1..].starts_with(['x', 'X']);
        let is_integer = (is_hexadecimal && !text.contains(['p', 'P'])) || text.starts_with('\'');
        match number.float {
            Some(float) if !is_integer && text.contains(['.', 'e', 'E', 'p', 'P']) => Ok(Value::Float(float)),
            _ => number.signed.map(Value::Int).ok_or_else(|| self.error(&format!("{text} overflows int"))),
        }
    }

    pub(super) fn start_call(
        &mut self,
        function: &'static Function,
        receiver: Option<Value>,
        node: NodeId,
        command: Option<NodeId>,
        last: Final,
    ) -> Result<(), TemplateError> {
        let given = self.arguments_of(command).len();
        let total = given + usize::from(last.is_some());
        if function.variadic && total < function.fixed() {
            let (name, least) = (function.name, function.fixed());
            return Err(self.error(&format!("wrong number of args for {name}: want at least {least} got {given}")));
        }
        if !function.variadic && total != function.params.len() {
            let (name, wanted) = (function.name, function.params.len());
            return Err(self.error(&format!("wrong number of args for {name}: want {wanted} got {total}")));
        }
        if let Calling::Refused(reason) = function.calling {
            return Err(self.error(reason));
        }
        let call = Call { function, receiver, node, command, arguments: Vec::with_capacity(total), last };
        self.tasks.push(Task::Call(Box::new(call)));
        Ok(())
    }

    /// The arguments behind a command's first word.
    fn arguments_of(&self, command: Option<NodeId>) -> &[NodeId] {
        match command.map(|command| self.program.tree.kind(command)) {
            Some(NodeKind::Command(words)) => words.get(1..).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Goes on with a call: the next argument, or the call itself.
    pub(super) fn call(&mut self, mut call: Box<Call>) -> Result<(), TemplateError> {
        if let Some(value) = self.delivered.take() {
            let index = call.arguments.len();
            let value = self.validated(value, Some(call.function.param(index)))?;
            if decides(call.function.calling, &value) {
                self.deliver(value);
                return Ok(());
            }
            call.arguments.push(value);
        }
        let next = self.arguments_of(call.command).get(call.arguments.len()).copied();
        if let Some(argument) = next {
            let param = call.function.param(call.arguments.len());
            self.tasks.push(Task::Call(call));
            return self.argument(argument, Some(param));
        }
        if let Some(last) = call.last.take() {
            let index = call.arguments.len();
            let value = self.validated(last, Some(call.function.param(index)))?;
            call.arguments.push(value);
        }
        let value = self.invoke(*call)?;
        self.deliver(value);
        Ok(())
    }

    /// Calls a function whose arguments are all there.
    pub(super) fn invoke(&mut self, call: Call) -> Result<Value, TemplateError> {
        let Call { function, receiver, node, command, mut arguments, .. } = call;
        match function.calling {
            Calling::And | Calling::Or => return Ok(arguments.pop().unwrap_or_default()),
            Calling::Named => {
                let name = match self.arguments_of(command).first() {
                    Some(first) => Value::bytes(self.program.tree.print(*first)),
                    None => arguments.first().map_or(Value::Invalid, described),
                };
                arguments.insert(0, name);
            }
            Calling::Plain | Calling::Refused(_) => {
                if let Some(receiver) = receiver {
                    arguments.insert(0, receiver);
                }
            }
        }
        let result = self.run.budget.read_all(&arguments).map_err(String::from);
        let result = result.and_then(|()| (function.run)(&arguments, &mut self.run));
        let result = result.and_then(|value| {
            self.run.budget.reserve(value.weight())?;
            Ok(value)
        });
        result.map_err(|reason| {
            self.at = Some(node);
            self.error(&format!("error calling {}: {reason}", function.name))
        })
    }

    /// Evaluates an argument of a parameter; without one, what fields are taken of.
    pub(super) fn argument(&mut self, node: NodeId, param: Option<Param>) -> Result<(), TemplateError> {
        self.at = Some(node);
        let program = self.program;
        let kind = program.tree.kind(node);
        match kind {
            NodeKind::Dot => self.deliver(self.dot.clone()),
            NodeKind::Nil => {
                let name = param.map_or("interface {}", Param::type_name);
                let nil = param.map_or(Some(Value::Invalid), Param::nil);
                let nil = nil.ok_or_else(|| self.error(&format!("cannot assign nil to {name}")))?;
                self.deliver(nil);
            }
            NodeKind::Field(names) => return self.chain(self.dot.clone(), names, node, None, None),
            NodeKind::Variable(names) => {
                let value = self.variable(&names[0])?;
                if names.len() > 1 {
                    return self.chain(value, &names[1..], node, None, None);
                }
                self.deliver(value);
            }
            NodeKind::Pipe { .. } => self.start_pipe(node),
            NodeKind::Identifier(function) => return self.start_call(function, None, node, None, None),
            NodeKind::Chain { base, .. } => {
                self.tasks.push(Task::Fields { chain: node, command: None, last: None });
                return self.argument(*base, None);
            }
            literal => {
                let value = self.constant(literal, param.unwrap_or(Param::Any), node)?;
                self.deliver(value);
            }
        }
        Ok(())
    }

    /// A literal as a parameter's type wants it.
    fn constant(&self, literal: &NodeKind, param: Param, node: NodeId) -> Result<Value, TemplateError> {
        let number = match literal {
            NodeKind::Number(number) => Some(number),
            _ => None,
        };
        let (found, wanted) = match param {
            Param::Any | Param::Reflected => return self.literal(literal),
            Param::String => match literal {
                NodeKind::Quoted { value, .. } => (Some(Value::String(value.clone())), "string"),
                _ => (None, "string"),
            },
            Param::Bool => match literal {
                NodeKind::Bool(bool) => (Some(Value::Bool(*bool)), "bool"),
                _ => (None, "bool"),
            },
            Param::Int => (number.and_then(|number| number.signed).map(Value::Int), "integer"),
            Param::Int64(name) => (number.and_then(|number| number.signed).map(|n| named(name, n)), "integer"),
            Param::Uint32 => (number.and_then(|number| number.unsigned).map(truncated), "unsigned integer"),
            Param::Float => (number.and_then(|number| number.float).map(Value::Float), "float"),
            Param::Dict | Param::Anys | Param::Opaque(_) => {
                let text = self.printed(node);
                return Err(self.error(&format!("can't handle {text} for arg of type {}", param.type_name())));
            }
        };
        found.ok_or_else(|| self.error(&format!("expected {wanted}; found {}", self.printed(node))))
    }

    fn printed(&self, node: NodeId) -> String {
        String::from_utf8_lossy(&self.program.tree.print(node)).into_owned()
    }

    /// A value as a parameter takes it.
    fn validated(&self, value: Value, param: Option<Param>) -> Result<Value, TemplateError> {
        let Some(param) = param else { return Ok(value) };
        match (&value, param) {
            (_, Param::Reflected) => return Ok(value),
            (_, Param::Any) => return Ok(value.out_of_interface()),
            (Value::Invalid, _) => {
                return param
                    .nil()
                    .ok_or_else(|| self.error(&format!("invalid value; expected {}", param.type_name())));
            }
            _ => {}
        }
        let value = match value {
            Value::Interface(Some(inner)) => *inner,
            other => other,
        };
        if param.takes(&value) {
            return Ok(value);
        }
        let (wanted, found) = (param.type_name(), value.type_name());
        Err(self.error(&format!("wrong type for value; expected {wanted}; got {found}")))
    }
}

/// Whether a value decides an `and` or `or`.
fn decides(calling: Calling, value: &Value) -> bool {
    match calling {
        Calling::Or => value.is_true(),
        Calling::And => !value.is_true(),
        Calling::Plain | Calling::Named | Calling::Refused(_) => false,
    }
}

/// A number in a type named after `int64`.
fn named(name: &'static str, number: i64) -> Value {
    if name == "int64" { Value::Int64(number) } else { crate::template::functions::named_integer(name, number) }
}

/// The lower 32 bits, as Go sets them.
fn truncated(number: u64) -> Value {
    Value::Uint32(u32::try_from(number & u64::from(u32::MAX)).unwrap_or(0))
}

/// What reflection's `String` says of a value.
fn described(value: &Value) -> Value {
    match value.plain() {
        Value::String(_) => value.plain().clone(),
        other => Value::bytes(format!("<{} Value>", other.type_name()).into_bytes()),
    }
}
