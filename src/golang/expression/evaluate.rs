//! Evaluation: the bare answer, as fast as can be, and the proof of it.
//!
//! Parts come left operand, right operand, operator. So the answer needs one register: where a left operand decides,
//! the right one is jumped over, and what an operator finds in the register is its answer.

use super::condition::{Condition, Part};
use super::proof::{Proof, Proven};
use super::tree::{NodeId, Span};

/// Where to go from a left operand that decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Jump {
    /// What the operand must have come to.
    on: bool,
    /// The operator, which comes to the same.
    to: NodeId,
}

/// The jump of each part, if it has one.
pub(super) fn jumps<L>(parts: &[(Part<L>, Span)]) -> Vec<Option<Jump>> {
    let mut jumps = vec![None; parts.len()];
    for (index, (part, _)) in parts.iter().enumerate() {
        let to = NodeId::at(index);
        match part {
            Part::And(left, _) => jumps[left.index()] = Some(Jump { on: false, to }),
            Part::Or(left, _) => jumps[left.index()] = Some(Jump { on: true, to }),
            Part::Not(_) | Part::Leaf(_) => {}
        }
    }
    jumps
}

impl<L> Condition<L> {
    /// Whether the condition holds. Leaves are asked from left to right, those that don't matter not at all.
    pub fn holds(&self, mut leaf: impl FnMut(&L) -> bool) -> bool {
        let (parts, jumps) = (self.parts(), self.jumps());
        let mut holds = true;
        let mut at = 0;
        while let Some((part, _)) = parts.get(at) {
            match part {
                Part::Leaf(call) => holds = leaf(call),
                Part::Not(_) => holds = !holds,
                Part::And(..) | Part::Or(..) => {}
            }
            while let Some(Jump { on, to }) = jumps[at].filter(|jump| jump.on == holds) {
                debug_assert_eq!(on, holds, "the operator comes to what the operand came to");
                at = to.index();
            }
            at += 1;
        }
        holds
    }

    /// What every part comes to, those that don't matter too. A leaf gives its evidence and its answer.
    pub fn prove<E>(&self, mut leaf: impl FnMut(&L) -> (E, bool)) -> Proof<E> {
        let mut proven: Vec<Proven<E>> = Vec::with_capacity(self.parts().len());
        for (part, span) in self.parts() {
            let (part, holds) = match part {
                Part::Leaf(call) => {
                    let (evidence, holds) = leaf(call);
                    (Part::Leaf(evidence), holds)
                }
                Part::Not(inner) => (Part::Not(*inner), !proven[inner.index()].holds),
                Part::And(left, right) => {
                    (Part::And(*left, *right), proven[left.index()].holds && proven[right.index()].holds)
                }
                Part::Or(left, right) => {
                    (Part::Or(*left, *right), proven[left.index()].holds || proven[right.index()].holds)
                }
            };
            proven.push(Proven { part, span: *span, holds });
        }
        Proof::new(proven)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::{prop_assert_eq, proptest};

    use crate::golang::expression::{Arity, Condition};

    /// Leaves are named by a number; the bits of `truth` say which hold.
    fn answers(text: &str, truth: u32) -> (bool, bool) {
        let condition = Condition::parse(text, &|_| Some(Arity::Exactly(0))).expect("it is written right");
        let condition = condition.try_map(|call, _| call.name[1..].parse::<u32>()).expect("names are numbers");
        let proof = condition.prove(|number| ((), truth & (1 << number) != 0));
        (condition.holds(|number| truth & (1 << number) != 0), proof.holds())
    }

    #[test]
    fn what_decides_ends_the_search() {
        let condition = Condition::parse("a() && b() || !(c() || a())", &|_| Some(Arity::Exactly(0))).expect("valid");
        let mut asked = Vec::new();
        let holds = condition.holds(|call| {
            asked.push(call.name.clone());
            call.name == "c"
        });
        assert!(!holds);
        assert_eq!(asked, ["a", "c"]);
    }

    proptest! {
        #[test]
        fn the_fast_answer_is_the_proven_one(shape in "[&|!(]{0,12}", truth in 0_u32..256) {
            // Every text of signs becomes a valid expression: an operand goes wherever one is missing.
            let (mut text, mut open, mut operand) = (String::new(), 0, 0);
            for sign in shape.chars() {
                match sign {
                    '!' => text.push('!'),
                    '(' => { text.push('('); open += 1; }
                    _ => {
                        let _ = write!(text, "a{}(){sign}{sign}", operand % 8);
                        operand += 1;
                    }
                }
            }
            let _ = write!(text, "a{}(){}", operand % 8, ")".repeat(open));
            let (fast, proven) = answers(&text, truth);
            prop_assert_eq!(fast, proven, "{}", text);
        }
    }
}
