//! Go's limit to nesting: past 100,000 levels its parser refuses an expression.
//!
//! A level is counted for every operand begun, for every operator of a chain such as `a && b && c`, and for every
//! call, selection or index that follows an operand; the look for a further one counts too. So a flat chain of
//! 99,998 `&&` is refused although nothing in it is nested.

use super::tree::{Node, NodeId, Tree};

/// The deepest nesting that Go takes.
const MAX_LEVEL: u32 = 100_000;

/// The first node, in the order of the text, at which the limit is passed.
pub(crate) fn too_deep(tree: &Tree, root: NodeId) -> Option<NodeId> {
    let chain = chain_lengths(tree);
    // The level at which each node is begun: parents come after their children, so this runs backwards.
    let mut begun = vec![0_u32; tree.len()];
    begun[root.index()] = 0;
    let mut deepest = None;
    for index in (0..tree.len()).rev() {
        let (id, level) = (NodeId::at(index), begun[index]);
        let length = chain[index];
        let mut begin = |child: NodeId, level: u32| begun[child.index()] = level;
        let reached = match tree.node(id) {
            Node::Binary { left, right, .. } => {
                begin(*left, level);
                begin(*right, level + length);
                level + length + 1
            }
            Node::Unary { operand, .. } => {
                begin(*operand, level + 1);
                level + 1
            }
            Node::Parenthesised(inner) => {
                begin(*inner, level + 1);
                level + 2
            }
            Node::Call { function, arguments } => {
                begin(*function, level);
                for argument in arguments {
                    begin(*argument, level + 1 + length);
                }
                level + length + 2
            }
            Node::Select { operand, .. } => {
                begin(*operand, level);
                level + length + 2
            }
            Node::Index { operand, index } => {
                begin(*operand, level);
                begin(*index, level + 1 + length);
                level + length + 2
            }
            Node::Name(_) | Node::Text(_) | Node::Number(_) | Node::Rune(_) => level + 2,
        };
        if reached > MAX_LEVEL {
            deepest = Some(id);
        }
    }
    deepest
}

/// How many operators of one chain, or calls and selections of one operand, a node stands at the end of.
fn chain_lengths(tree: &Tree) -> Vec<u32> {
    let mut lengths = vec![0_u32; tree.len()];
    for index in 0..tree.len() {
        lengths[index] = match tree.node(NodeId::at(index)) {
            Node::Binary { left, .. } if matches!(tree.node(*left), Node::Binary { .. }) => lengths[left.index()] + 1,
            Node::Call { function: inner, .. }
            | Node::Select { operand: inner, .. }
            | Node::Index { operand: inner, .. }
                if is_suffixed(tree.node(*inner)) =>
            {
                lengths[inner.index()] + 1
            }
            Node::Binary { .. } | Node::Call { .. } | Node::Select { .. } | Node::Index { .. } => 1,
            _ => 0,
        };
    }
    lengths
}

fn is_suffixed(node: &Node) -> bool {
    matches!(node, Node::Call { .. } | Node::Select { .. } | Node::Index { .. })
}
