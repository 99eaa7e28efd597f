//! What an expression means: calls joined by `&&`, `||` and `!`, or the first thing in it that isn't accepted.
//!
//! Parentheses are gone from the result; the shape of the tree says what they said. Like the syntax tree it is an
//! arena with children before parents, so evaluation is one loop.

use super::error::{ExpressionError, Problem, Shape};
use super::evaluate::{Jump, jumps};
use super::tree::{Node, NodeId, Operator, Span, Tree};
use super::{depth, syntax};

/// How many arguments a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arity {
    /// That many, else the expression is refused.
    Exactly(usize),
    /// Any number: a later check counts them.
    Any,
}

/// A call in an expression: a function that the language knows, and texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The function as written.
    pub name: String,
    /// Where its name stands.
    pub name_span: Span,
    /// What is in the parentheses.
    pub arguments: Vec<Argument>,
}

/// A text in the parentheses of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Where the literal stands, quotes included.
    pub span: Span,
    /// What it stands for; escapes can make it something that is no UTF-8.
    pub value: Vec<u8>,
}

/// One part of a condition. `L` is what the calls have become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<L> {
    /// Both hold.
    And(NodeId, NodeId),
    /// At least one holds.
    Or(NodeId, NodeId),
    /// It doesn't hold.
    Not(NodeId),
    /// A call.
    Leaf(L),
}

/// A condition: its parts with their spans, children before parents, the last one the root.
#[derive(Debug, Clone)]
pub struct Condition<L> {
    parts: Vec<(Part<L>, Span)>,
    jumps: Vec<Option<Jump>>,
}

impl<L: PartialEq> PartialEq for Condition<L> {
    /// Conditions are equal where their shape and their leaves are; how they were written doesn't count.
    fn eq(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(|((mine, _), (theirs, _))| mine == theirs)
    }
}

impl<L> Condition<L> {
    fn new(parts: Vec<(Part<L>, Span)>) -> Self {
        let jumps = jumps(&parts);
        Self { parts, jumps }
    }

    /// Where evaluation goes on, for each part, once it came to what makes the next parts superfluous.
    pub(super) fn jumps(&self) -> &[Option<Jump>] {
        &self.jumps
    }

    /// The parts with their spans, children before parents.
    pub fn parts(&self) -> &[(Part<L>, Span)] {
        &self.parts
    }

    /// The part that is the whole condition.
    pub fn root(&self) -> NodeId {
        NodeId::at(self.parts.len() - 1)
    }

    /// The part with an id of this condition.
    pub fn part(&self, id: NodeId) -> &Part<L> {
        &self.parts[id.index()].0
    }

    /// The leaves from left to right, with their spans.
    pub fn leaves(&self) -> impl Iterator<Item = (&L, Span)> {
        self.parts.iter().filter_map(|(part, span)| match part {
            Part::Leaf(leaf) => Some((leaf, *span)),
            _ => None,
        })
    }

    /// The same condition with other leaves.
    ///
    /// # Errors
    /// The first that `change` gives, from left to right.
    pub fn try_map<M, E>(self, mut change: impl FnMut(L, Span) -> Result<M, E>) -> Result<Condition<M>, E> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for (part, span) in self.parts {
            let part = match part {
                Part::And(left, right) => Part::And(left, right),
                Part::Or(left, right) => Part::Or(left, right),
                Part::Not(inner) => Part::Not(inner),
                Part::Leaf(leaf) => Part::Leaf(change(leaf, span)?),
            };
            parts.push((part, span));
        }
        Ok(Condition { parts, jumps: self.jumps })
    }
}

impl Condition<Call> {
    /// Reads an expression. `arity` knows the functions of the language.
    ///
    /// # Errors
    /// The first problem, in the order in which Traefik finds them: syntax, then left operands before right ones,
    /// operands before a binary operator that isn't accepted, a function's name before its arguments.
    pub fn parse(text: &str, arity: &dyn Fn(&str) -> Option<Arity>) -> Result<Self, ExpressionError> {
        let (tree, root) = syntax::parse(text)?;
        if let Some(node) = depth::too_deep(&tree, root) {
            return Err(ExpressionError { span: tree.span(node), problem: Problem::TooDeep });
        }
        Check { tree, arity, parts: Vec::new(), values: Vec::new() }.run(root)
    }
}

/// What a subexpression came to.
enum Value {
    /// A condition: its part.
    Condition(NodeId),
    /// A string literal.
    Text(Vec<u8>),
    /// A number.
    Other(Shape),
}

/// What is left to do: look at a node, or put it together from the values of its children.
enum Step {
    Enter(NodeId),
    Leave(NodeId),
    /// Look at an argument, which is less free than an operand.
    Argument(NodeId),
}

struct Check<'a> {
    tree: Tree,
    arity: &'a dyn Fn(&str) -> Option<Arity>,
    parts: Vec<(Part<Call>, Span)>,
    values: Vec<(Value, Span)>,
}

impl Check<'_> {
    fn run(mut self, root: NodeId) -> Result<Condition<Call>, ExpressionError> {
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(id) => self.enter(id, &mut steps)?,
                Step::Leave(id) => self.leave(id)?,
                Step::Argument(id) => self.argument(id, &mut steps)?,
            }
        }
        self.condition(false)?;
        Ok(Condition::new(self.parts))
    }

    fn enter(&mut self, id: NodeId, steps: &mut Vec<Step>) -> Result<(), ExpressionError> {
        let span = self.tree.span(id);
        match self.tree.node(id) {
            Node::Parenthesised(inner) => steps.push(Step::Enter(*inner)),
            Node::Unary { operator: Operator::Not, operand } => {
                steps.extend([Step::Leave(id), Step::Enter(*operand)]);
            }
            Node::Unary { operator: Operator::Multiply, .. } => {
                return Err(ExpressionError { span, problem: Problem::Unsupported(Shape::Pointer) });
            }
            Node::Unary { operator, .. } => {
                let sign = Span::new(span.start, span.start + operator.sign().len());
                return Err(ExpressionError { span: sign, problem: Problem::Operator(*operator) });
            }
            Node::Binary { left, right, .. } => {
                steps.extend([Step::Leave(id), Step::Enter(*right), Step::Enter(*left)]);
            }
            Node::Call { function, arguments } => {
                self.function(*function)?;
                steps.push(Step::Leave(id));
                steps.extend(arguments.iter().rev().map(|argument| Step::Argument(*argument)));
            }
            _ => self.operand(id)?,
        }
        Ok(())
    }

    /// A literal or a name: numbers and texts are values, though never conditions.
    fn operand(&mut self, id: NodeId) -> Result<(), ExpressionError> {
        let span = self.tree.span(id);
        let refused = |problem| Err(ExpressionError { span, problem });
        if let Some(text) = self.tree.take_text(id) {
            self.values.push((Value::Text(text), span));
            return Ok(());
        }
        match self.tree.node(id) {
            Node::Name(name) => refused(Problem::UndefinedName(name.clone())),
            Node::Rune(text) => refused(Problem::Rune(text.clone())),
            Node::Number(text) => match shape_of_number(text) {
                Ok(shape) => {
                    self.values.push((Value::Other(shape), span));
                    Ok(())
                }
                Err(problem) => refused(problem),
            },
            Node::Select { operand, name } => match self.tree.node(*operand) {
                Node::Name(first) => refused(Problem::UndefinedName(format!("{first}.{name}"))),
                _ => refused(Problem::Unsupported(Shape::Selector)),
            },
            node => refused(Problem::Unsupported(shape_of(node))),
        }
    }

    /// Arguments are literals or calls: no parentheses, no operators.
    fn argument(&mut self, id: NodeId, steps: &mut Vec<Step>) -> Result<(), ExpressionError> {
        let span = self.tree.span(id);
        match self.tree.node(id) {
            Node::Parenthesised(_) | Node::Binary { .. } => {
                let problem = Problem::Unsupported(shape_of(self.tree.node(id)));
                Err(ExpressionError { span, problem })
            }
            Node::Unary { operator, .. } => {
                let shape = if *operator == Operator::Multiply { Shape::Pointer } else { Shape::Unary };
                Err(ExpressionError { span, problem: Problem::Unsupported(shape) })
            }
            Node::Call { .. } => {
                steps.push(Step::Enter(id));
                Ok(())
            }
            _ => self.operand(id),
        }
    }

    /// What is called must be a name that the language knows.
    fn function(&self, id: NodeId) -> Result<Arity, ExpressionError> {
        let problem = match self.tree.node(id) {
            Node::Name(name) => match (self.arity)(name) {
                Some(arity) => return Ok(arity),
                None => Problem::UnknownFunction(name.clone()),
            },
            Node::Select { operand, name } => match self.tree.node(*operand) {
                Node::Name(first) => Problem::UnknownFunction(format!("{first}.{name}")),
                node => Problem::NoFunction(shape_of(node)),
            },
            node => Problem::NoFunction(shape_of(node)),
        };
        Err(ExpressionError { span: self.tree.span(id), problem })
    }

    fn leave(&mut self, id: NodeId) -> Result<(), ExpressionError> {
        let span = self.tree.span(id);
        match self.tree.node(id) {
            Node::Unary { .. } => {
                let inner = self.condition(true)?;
                self.push(Part::Not(inner), span);
            }
            Node::Binary { operator, sign, .. } => {
                let (operator, sign) = (*operator, *sign);
                if !matches!(operator, Operator::And | Operator::Or) {
                    return Err(ExpressionError { span: sign, problem: Problem::Operator(operator) });
                }
                self.join(operator, span)?;
            }
            _ => self.call(id, span)?,
        }
        Ok(())
    }

    fn join(&mut self, operator: Operator, span: Span) -> Result<(), ExpressionError> {
        let right = self.values.pop();
        let left = self.condition(true)?;
        self.values.extend(right);
        let right = self.condition(true)?;
        let part = if operator == Operator::And { Part::And(left, right) } else { Part::Or(left, right) };
        self.push(part, span);
        Ok(())
    }

    fn call(&mut self, id: NodeId, span: Span) -> Result<(), ExpressionError> {
        let Node::Call { function, arguments } = self.tree.node(id) else {
            return Ok(());
        };
        let (function, given) = (*function, arguments.len());
        let arity = self.function(function)?;
        let name = match self.tree.node(function) {
            Node::Name(name) => name.clone(),
            _ => String::new(),
        };
        if let Arity::Exactly(wanted) = arity
            && wanted != given
        {
            return Err(ExpressionError { span, problem: Problem::ArgumentCount { function: name, wanted, given } });
        }
        let values = self.values.split_off(self.values.len() - given);
        let mut arguments = Vec::with_capacity(given);
        for (value, span) in values {
            let shape = match value {
                Value::Text(value) => {
                    arguments.push(Argument { span, value });
                    continue;
                }
                Value::Condition(_) => Shape::Call,
                Value::Other(shape) => shape,
            };
            return Err(ExpressionError { span, problem: Problem::ArgumentKind { function: name, value: shape } });
        }
        self.push(Part::Leaf(Call { name, name_span: self.tree.span(function), arguments }), span);
        Ok(())
    }

    fn push(&mut self, part: Part<Call>, span: Span) {
        let id = NodeId::at(self.parts.len());
        self.parts.push((part, span));
        self.values.push((Value::Condition(id), span));
    }

    /// Takes the last value, which must be a condition.
    fn condition(&mut self, operand: bool) -> Result<NodeId, ExpressionError> {
        let (value, span) = self.values.pop().unwrap_or((Value::Other(Shape::Literal), Span::default()));
        let value = match value {
            Value::Condition(id) => return Ok(id),
            Value::Text(_) => Shape::Text,
            Value::Other(shape) => shape,
        };
        Err(ExpressionError { span, problem: Problem::NoCondition { value, operand } })
    }
}

fn shape_of_number(text: &str) -> Result<Shape, Problem> {
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let exponent = if hexadecimal { ['p', 'P'] } else { ['e', 'E'] };
    if text.ends_with('i') {
        Err(Problem::Unsupported(Shape::Imaginary))
    } else if text.contains('.') || text.contains(exponent) {
        Ok(Shape::Float)
    } else if text.parse::<i64>().is_ok() {
        Ok(Shape::Integer)
    } else {
        Err(Problem::BadInteger(text.to_owned()))
    }
}

fn shape_of(node: &Node) -> Shape {
    match node {
        Node::Parenthesised(_) => Shape::Parentheses,
        Node::Unary { .. } => Shape::Unary,
        Node::Binary { .. } => Shape::Binary,
        Node::Call { .. } => Shape::Call,
        Node::Select { .. } => Shape::Selector,
        Node::Index { .. } => Shape::Index,
        Node::Name(_) | Node::Text(_) | Node::Number(_) | Node::Rune(_) => Shape::Literal,
    }
}
