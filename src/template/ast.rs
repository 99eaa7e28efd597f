//! Parsed templates: nodes in one arena, so that no depth of nesting costs stack, and printing a node back as Go does.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::function::Function;
use crate::golang::quote::quote;
use crate::golang::value::Bytes;

/// A node's place in the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(u32);

/// A node, and which bytes of the template it is.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(super) enum NodeKind {
    /// Text outside of actions.
    Text(Bytes),
    /// `{{pipeline}}`.
    Action(NodeId),
    /// `{{if}}`, `{{with}}`, `{{range}}`.
    Control { control: Control, pipe: NodeId, list: NodeId, otherwise: Option<NodeId> },
    /// `{{template "name" pipeline}}`.
    Template { name: Bytes, pipe: Option<NodeId> },
    /// `{{break}}`.
    Break,
    /// `{{continue}}`.
    Continue,
    /// What stands between two actions.
    List(Vec<NodeId>),
    /// Commands, each the last argument of the next.
    Pipe { variables: Vec<Bytes>, assigns: bool, commands: Vec<NodeId> },
    /// A function or value, with arguments.
    Command(Vec<NodeId>),
    /// `.A.B`.
    Field(Vec<Bytes>),
    /// `$x.A.B`.
    Variable(Vec<Bytes>),
    /// `(pipeline).A.B`.
    Chain { base: NodeId, fields: Vec<Bytes> },
    /// A function's name.
    Identifier(&'static Function),
    /// `.`.
    Dot,
    /// `nil`.
    Nil,
    /// `true` or `false`.
    Bool(bool),
    /// A number or a character.
    Number(Arc<Number>),
    /// A string, as written and as meant.
    Quoted { written: Bytes, value: Bytes },
}

/// The actions that hold others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    If,
    With,
    Range,
}

/// A numeric constant: whatever types it can be taken for.
#[derive(Debug, Clone, Default)]
pub(super) struct Number {
    pub(super) written: String,
    pub(super) signed: Option<i64>,
    pub(super) unsigned: Option<u64>,
    pub(super) float: Option<f64>,
    pub(super) complex: Option<(f64, f64)>,
}

/// Every node of a template, and where each named one begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Named templates to their lists; the whole text has a name too.
    pub(super) templates: BTreeMap<Bytes, NodeId>,
}

impl Tree {
    pub(super) fn add(&mut self, span: Range<usize>, kind: NodeKind) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node { span, kind });
        id
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn kind(&self, id: NodeId) -> &NodeKind {
        &self.node(id).kind
    }

    /// Whether a list is nothing but space and definitions, so that another of its name takes its place.
    pub(super) fn is_blank(&self, list: NodeId) -> bool {
        let NodeKind::List(nodes) = self.kind(list) else { return false };
        nodes.iter().all(|node| match self.kind(*node) {
            NodeKind::Text(text) => crate::golang::unicode::trim_space(text).is_empty(),
            _ => false,
        })
    }

    /// A node as Go's parser prints it back.
    pub(super) fn print(&self, id: NodeId) -> Vec<u8> {
        let mut out = Vec::new();
        // Parentheses may nest deeper than the stack allows: what is left to print waits here, last first.
        let mut open = vec![Piece::Node(id)];
        while let Some(piece) = open.pop() {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
                Piece::Fields(chain) => self.print_fields(chain, &mut out),
                Piece::Node(id) => {
                    let pieces = self.pieces(id, &mut out);
                    open.extend(pieces.into_iter().rev());
                }
            }
        }
        out
    }

    /// Prints how a node begins; what has to follow is given.
    fn pieces(&self, id: NodeId, out: &mut Vec<u8>) -> Vec<Piece> {
        match self.kind(id) {
            NodeKind::Action(pipe) => vec![Piece::Text("{{"), Piece::Node(*pipe), Piece::Text("}}")],
            NodeKind::Template { name, pipe } => {
                out.extend_from_slice(format!("{{{{template {}", quote(name)).as_bytes());
                let argument = pipe.iter().flat_map(|pipe| [Piece::Text(" "), Piece::Node(*pipe)]);
                argument.chain([Piece::Text("}}")]).collect()
            }
            NodeKind::Pipe { variables, assigns, commands } => {
                if !variables.is_empty() {
                    let names: Vec<&[u8]> = variables.iter().map(AsRef::as_ref).collect();
                    out.extend_from_slice(&names.join(&b", "[..]));
                    out.extend_from_slice(if *assigns { b" = " } else { b" := " });
                }
                separated(commands.iter().map(|command| vec![Piece::Node(*command)]), " | ")
            }
            NodeKind::Command(arguments) => {
                separated(arguments.iter().map(|argument| self.in_parentheses(*argument)), " ")
            }
            NodeKind::Chain { base, .. } => {
                let mut pieces = self.in_parentheses(*base);
                pieces.push(Piece::Fields(id));
                pieces
            }
            operand => {
                print_operand(operand, out);
                Vec::new()
            }
        }
    }

    fn print_fields(&self, chain: NodeId, out: &mut Vec<u8>) {
        if let NodeKind::Chain { fields, .. } = self.kind(chain) {
            for field in fields {
                out.push(b'.');
                out.extend_from_slice(field);
            }
        }
    }

    /// An argument; a pipeline stands in parentheses.
    fn in_parentheses(&self, id: NodeId) -> Vec<Piece> {
        match self.kind(id) {
            NodeKind::Pipe { .. } => vec![Piece::Text("("), Piece::Node(id), Piece::Text(")")],
            _ => vec![Piece::Node(id)],
        }
    }
}

/// What is still to be printed.
enum Piece {
    Text(&'static str),
    Node(NodeId),
    /// The fields of a chain.
    Fields(NodeId),
}

fn separated(groups: impl Iterator<Item = Vec<Piece>>, separator: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, group) in groups.enumerate() {
        if index > 0 {
            pieces.push(Piece::Text(separator));
        }
        pieces.extend(group);
    }
    pieces
}

/// Prints what holds no other node.
fn print_operand(kind: &NodeKind, out: &mut Vec<u8>) {
    match kind {
        NodeKind::Field(fields) => {
            for field in fields {
                out.push(b'.');
                out.extend_from_slice(field);
            }
        }
        NodeKind::Variable(names) => {
            let names: Vec<&[u8]> = names.iter().map(AsRef::as_ref).collect();
            out.extend_from_slice(&names.join(&b'.'));
        }
        NodeKind::Identifier(function) => out.extend_from_slice(function.name.as_bytes()),
        NodeKind::Quoted { written, .. } => out.extend_from_slice(written),
        NodeKind::Dot => out.push(b'.'),
        NodeKind::Nil => out.extend_from_slice(b"nil"),
        NodeKind::Bool(bool) => out.extend_from_slice(if *bool { b"true" } else { b"false" }),
        NodeKind::Number(number) => out.extend_from_slice(number.written.as_bytes()),
        NodeKind::Break => out.extend_from_slice(b"{{break}}"),
        NodeKind::Continue => out.extend_from_slice(b"{{continue}}"),
        // Texts, lists and controls are never told of.
        _ => {}
    }
}
