//! The proof of an answer: what every part of a condition came to, on what evidence.

use super::condition::Part;
use super::tree::Span;

/// One part with what it came to. `E` is the evidence of a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven<E> {
    /// The part.
    pub part: Part<E>,
    /// Where it stands in the text.
    pub span: Span,
    /// What it came to.
    pub holds: bool,
}

/// What every part of a condition came to, children before parents; its root is the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof<E> {
    parts: Vec<Proven<E>>,
}

/// A part as a reader comes to it, from the top down.
#[derive(Debug)]
pub struct Step<'a, E> {
    /// The part.
    pub proven: &'a Proven<E>,
    /// How many parts it is in.
    pub depth: usize,
    /// Whether the answer rests on it: of an `&&` that doesn't hold, on the operand that doesn't; of two such on the
    /// left one.
    pub decides: bool,
}

impl<E> Proof<E> {
    pub(super) fn new(parts: Vec<Proven<E>>) -> Self {
        Self { parts }
    }

    /// The proof of an empty condition, which holds.
    pub fn of_nothing() -> Self {
        Self { parts: Vec::new() }
    }

    /// The answer.
    pub fn holds(&self) -> bool {
        self.parts.last().is_none_or(|root| root.holds)
    }

    /// The parts, children before parents.
    pub fn parts(&self) -> &[Proven<E>] {
        &self.parts
    }

    /// The evidence of the leaves from left to right, with what each came to.
    pub fn leaves(&self) -> impl Iterator<Item = (&E, &Proven<E>)> {
        self.parts.iter().filter_map(|proven| match &proven.part {
            Part::Leaf(evidence) => Some((evidence, proven)),
            _ => None,
        })
    }

    /// The parts from the top down, left before right.
    pub fn steps(&self) -> Vec<Step<'_, E>> {
        let mut steps = Vec::with_capacity(self.parts.len());
        let mut open: Vec<_> = self.parts.last().map(|root| (root, 0, true)).into_iter().collect();
        while let Some((proven, depth, decides)) = open.pop() {
            steps.push(Step { proven, depth, decides });
            let part = |id: super::tree::NodeId| &self.parts[id.index()];
            match &proven.part {
                Part::Leaf(_) => {}
                Part::Not(inner) => open.push((part(*inner), depth + 1, decides)),
                Part::And(left, right) | Part::Or(left, right) => {
                    let settles = matches!(proven.part, Part::Or(..)) == proven.holds;
                    let (left, right) = (part(*left), part(*right));
                    let left_decides = !settles || left.holds == proven.holds;
                    let right_decides = !settles || !left_decides;
                    open.push((right, depth + 1, decides && right_decides));
                    open.push((left, depth + 1, decides && left_decides));
                }
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use crate::golang::expression::{Arity, Condition};

    #[test]
    fn the_answer_rests_on_what_settles_it() {
        let condition = Condition::parse("(yes() || no()) && !yes() && no()", &|_| Some(Arity::Exactly(0)));
        let proof = condition.expect("valid").prove(|call| (call.name.clone(), call.name == "yes"));
        assert!(!proof.holds());
        let steps: Vec<_> =
            proof.steps().iter().map(|step| (step.proven.span.start, step.depth, step.decides)).collect();
        // The whole, its left `&&` with the `||` and the `!` inside, and the last call.
        assert_eq!(
            steps,
            [
                (0, 0, true),
                (0, 1, true),
                (1, 2, false),
                (1, 3, false),
                (10, 3, false),
                (19, 2, true),
                (20, 3, true),
                (29, 1, false)
            ]
        );
    }
}
