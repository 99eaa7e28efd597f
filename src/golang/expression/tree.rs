//! The syntax tree of an expression: nodes in an arena, each with its span, children before their parents.
//!
//! The order lets every pass be a loop: no depth of nesting overflows a stack, in building, walking or dropping.

use std::fmt;
use std::ops::Range;

/// A part of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last; equal to `start` where the part is a place between characters.
    pub end: usize,
}

impl Span {
    /// The span from one byte up to another.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The bytes as a range, to cut the text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a node is in its arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The id of the node at a place of the arena.
    ///
    /// # Panics
    /// Beyond four billion nodes, which no text that fits into memory here has.
    pub(crate) fn at(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer nodes than bytes of a text, of which there are under 4 GiB"))
    }

    /// The place in the arena.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// An operator of Go's expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its sign, which `sign` tells")]
pub enum Operator {
    Or,
    And,
    Not,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Union,
    ExclusiveOr,
    Multiply,
    Divide,
    Remainder,
    ShiftLeft,
    ShiftRight,
    Intersection,
    AndNot,
    Tilde,
    Receive,
}

impl Operator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Not => "!",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Union => "|",
            Self::ExclusiveOr => "^",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::ShiftLeft => "<<",
            Self::ShiftRight => ">>",
            Self::Intersection => "&",
            Self::AndNot => "&^",
            Self::Tilde => "~",
            Self::Receive => "<-",
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())
    }
}

/// One node of the tree, as written: nothing is known yet of what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Name(String),
    /// A string literal: the bytes it stands for.
    Text(Vec<u8>),
    /// A number, as written.
    Number(String),
    /// A rune literal, as written.
    Rune(String),
    Parenthesised(NodeId),
    Unary {
        operator: Operator,
        operand: NodeId,
    },
    /// `sign` is where the operator stands.
    Binary {
        operator: Operator,
        sign: Span,
        left: NodeId,
        right: NodeId,
    },
    Call {
        function: NodeId,
        arguments: Vec<NodeId>,
    },
    Select {
        operand: NodeId,
        name: String,
    },
    Index {
        operand: NodeId,
        index: NodeId,
    },
}

/// An arena of nodes; the last one is the root.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<(Node, Span)>,
}

impl Tree {
    /// Adds a node whose children are there already.
    pub(crate) fn add(&mut self, node: Node, start: usize, end: usize) -> NodeId {
        let id = NodeId::at(self.nodes.len());
        self.nodes.push((node, Span::new(start, end)));
        id
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()].0
    }

    pub(crate) fn span(&self, id: NodeId) -> Span {
        self.nodes[id.index()].1
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Moves a string literal's bytes out; nothing for any other node.
    pub(crate) fn take_text(&mut self, id: NodeId) -> Option<Vec<u8>> {
        match &mut self.nodes[id.index()].0 {
            Node::Text(value) => Some(std::mem::take(value)),
            _ => None,
        }
    }
}
