//! Executes a tree on a value.
//!
//! What is under way waits in a list of tasks instead of on the stack, so that neither templates that call each other
//! 100,000 deep nor parentheses overflow it. A task that needs a value starts what gives it and finds the value
//! delivered when its turn comes again.

mod control;
mod expression;
mod field;

use super::Rendering;
use super::ast::{Control, NodeId, NodeKind, Tree};
use super::error::{Executing, TemplateError};
use super::function::{Function, Language, Run};
use crate::golang::quote::quote;
use crate::golang::value::{Bytes, Value};

use control::Loop;

/// Bytes of output, at most.
const LARGEST_OUTPUT: usize = 64 << 20;

/// What is executed.
pub(super) struct Program<'p> {
    pub(super) name: &'p str,
    pub(super) text: &'p str,
    pub(super) tree: &'p Tree,
    pub(super) language: &'p Language,
}

/// Executes a program on a value; the output may be anything, not only UTF-8.
pub(super) fn execute(program: &Program<'_>, data: Value, run: Run<'_>) -> Rendering {
    let name = Bytes::from(program.name.as_bytes());
    let mut machine = Machine {
        program,
        run,
        out: Vec::new(),
        at: None,
        template: name.clone(),
        variables: vec![(Bytes::from(&b"$"[..]), data.clone())],
        base: 0,
        dot: data,
        tasks: Vec::new(),
        delivered: None,
        depth: 0,
    };
    if let Some(list) = program.tree.templates.get(&name) {
        machine.tasks.push(Task::List { list: *list, next: 0 });
    }
    let output = machine.run().map(|()| std::mem::take(&mut machine.out));
    let stopped = machine.run.stopped || machine.run.budget.is_exhausted();
    Rendering { output, stopped, unset: machine.run.unset }
}

/// A value from the command before, if there is one.
type Final = Option<Value>;

/// Something under way.
enum Task {
    /// The nodes of a list, one after the other.
    List { list: NodeId, next: usize },
    /// Prints the value delivered.
    Print(NodeId),
    /// Drops the value delivered.
    Drop,
    /// Goes on with what an `if` or `with` decides.
    Decide { control: NodeId, mark: usize },
    /// Begins a loop over the value delivered.
    Iterate { control: NodeId, mark: usize },
    /// Goes on with a loop.
    Loop(Box<Loop>),
    /// Calls a template with the value delivered.
    CallTemplate(NodeId),
    /// Goes back to where a template was called.
    Return(Box<Frame>),
    /// Takes dot and variables back to what they were.
    Leave { dot: Value, mark: usize },
    /// The commands of a pipeline.
    Pipe { pipe: NodeId, next: usize, value: Final },
    /// A call whose arguments are being evaluated.
    Call(Box<Call>),
    /// Takes the fields of the value delivered.
    Fields { chain: NodeId, command: Option<NodeId>, last: Final },
}

/// The state of a template that called another.
struct Frame {
    at: Option<NodeId>,
    template: Bytes,
    dot: Value,
    base: usize,
    mark: usize,
}

/// A call under way.
struct Call {
    function: &'static Function,
    /// A method's receiver.
    receiver: Option<Value>,
    /// What errors of the call are told at.
    node: NodeId,
    /// The command that holds the arguments behind its first word.
    command: Option<NodeId>,
    arguments: Vec<Value>,
    last: Final,
}

struct Machine<'m> {
    program: &'m Program<'m>,
    run: Run<'m>,
    out: Vec<u8>,
    /// The node that errors are told at.
    at: Option<NodeId>,
    /// The name of the template being executed.
    template: Bytes,
    /// Variables of all templates under way, the innermost last.
    variables: Vec<(Bytes, Value)>,
    /// Where those of this template begin.
    base: usize,
    dot: Value,
    tasks: Vec<Task>,
    delivered: Option<Value>,
    /// How many templates called each other.
    depth: usize,
}

impl Machine<'_> {
    fn run(&mut self) -> Result<(), TemplateError> {
        while let Some(task) = self.tasks.pop() {
            if let Err(exhausted) = self.run.budget.step(1) {
                return Err(self.error(&exhausted.to_string()));
            }
            self.step(task)?;
        }
        Ok(())
    }

    fn step(&mut self, task: Task) -> Result<(), TemplateError> {
        match task {
            Task::List { list, next } => self.list(list, next),
            Task::Print(node) => self.print(node),
            Task::Drop => {
                self.delivered = None;
                Ok(())
            }
            Task::Decide { control, mark } => {
                self.decide(control, mark);
                Ok(())
            }
            Task::Iterate { control, mark } => self.iterate(control, mark),
            Task::Loop(state) => self.next_iteration(state),
            Task::CallTemplate(node) => {
                self.enter(node);
                Ok(())
            }
            Task::Return(frame) => {
                self.leave(*frame);
                Ok(())
            }
            Task::Leave { dot, mark } => {
                self.dot = dot;
                self.variables.truncate(mark);
                Ok(())
            }
            Task::Pipe { pipe, next, value } => self.pipe(pipe, next, value),
            Task::Call(call) => self.call(call),
            Task::Fields { chain, command, last } => self.fields(chain, command, last),
        }
    }

    /// Executes the next node of a list.
    fn list(&mut self, list: NodeId, next: usize) -> Result<(), TemplateError> {
        let program = self.program;
        let NodeKind::List(nodes) = program.tree.kind(list) else { return Ok(()) };
        let Some(node) = nodes.get(next).copied() else { return Ok(()) };
        if next + 1 < nodes.len() {
            self.tasks.push(Task::List { list, next: next + 1 });
        }
        self.at = Some(node);
        match program.tree.kind(node) {
            NodeKind::Text(text) => return self.write(text),
            NodeKind::Action(pipe) => {
                let prints =
                    matches!(program.tree.kind(*pipe), NodeKind::Pipe { variables, .. } if variables.is_empty());
                self.tasks.push(if prints { Task::Print(node) } else { Task::Drop });
                self.start_pipe(*pipe);
            }
            NodeKind::Control { control, pipe, .. } => {
                let mark = self.variables.len();
                self.tasks.push(match control {
                    Control::Range => Task::Iterate { control: node, mark },
                    _ => Task::Decide { control: node, mark },
                });
                self.start_pipe(*pipe);
            }
            NodeKind::Template { name, pipe } => return self.start_template(node, name, *pipe),
            NodeKind::Break => self.jump(true),
            NodeKind::Continue => self.jump(false),
            _ => {}
        }
        Ok(())
    }

    /// Prints a value as an action does.
    fn print(&mut self, node: NodeId) -> Result<(), TemplateError> {
        let value = self.delivered.take().unwrap_or_default();
        self.at = Some(node);
        let text = match value.plain() {
            Value::Invalid => b"<no value>".to_vec(),
            Value::String(text) => return self.write(text),
            other => crate::golang::format::text(other).map_err(|error| self.error(&error.to_string()))?,
        };
        self.write(&text)
    }

    fn write(&mut self, text: &[u8]) -> Result<(), TemplateError> {
        if self.out.len() + text.len() > LARGEST_OUTPUT {
            self.run.stopped = true;
            let message = format!("the template gives more than {} MiB of text", LARGEST_OUTPUT >> 20);
            return Err(self.error(&message));
        }
        if let Err(exhausted) = self.run.budget.read(text.len()) {
            return Err(self.error(&exhausted.to_string()));
        }
        self.out.extend_from_slice(text);
        Ok(())
    }

    fn deliver(&mut self, value: Value) {
        self.delivered = Some(value);
    }

    /// An error at the node that is being evaluated.
    fn error(&self, reason: &str) -> TemplateError {
        let (node, span) = match self.at {
            Some(at) => (self.program.tree.print(at), self.program.tree.node(at).span.clone()),
            None => (Vec::new(), 0..0),
        };
        let before = &self.program.text.as_bytes()[..span.start];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let place = Executing {
            name: self.program.name,
            line: before.split(|byte| *byte == b'\n').count(),
            column: span.start - line_start,
            template: quote(&self.template),
            node: String::from_utf8_lossy(&node).into_owned(),
        };
        TemplateError::exec(&place, reason, span)
    }
}
