//! A proof as it is shown: a tree for reading, a list with depths for programs (no nesting is too deep for a list).

use std::fmt::{Display, Write as _};

use serde_json::{Value, json};

use crate::golang::expression::{Part, Proof, Span};
use crate::render::{Mark, Styles, printable};

/// The deepest indentation; parts further down stand below each other.
const MAX_INDENT: usize = 40;

/// One part of a proof.
#[derive(Debug, Clone)]
pub struct ProofPart {
    /// How many parts it is in.
    pub depth: usize,
    /// Where it stands in the text.
    pub span: Span,
    /// An operator, or the matcher as it is written.
    pub what: String,
    /// What the matcher looked at.
    pub evidence: Option<String>,
    /// What it came to.
    pub holds: bool,
    /// Whether the answer rests on it.
    pub decides: bool,
}

/// The parts of a proof about `text`, from the top down.
pub fn parts<E: Display>(proof: &Proof<E>, text: &str) -> Vec<ProofPart> {
    let part = |step: &crate::golang::expression::Step<'_, E>| {
        let span = step.proven.span;
        let (what, evidence) = match &step.proven.part {
            Part::And(..) => ("&&", None),
            Part::Or(..) => ("||", None),
            Part::Not(_) => ("!", None),
            Part::Leaf(evidence) => (text.get(span.range()).unwrap_or_default(), Some(evidence.to_string())),
        };
        let (holds, decides) = (step.proven.holds, step.decides);
        ProofPart { depth: step.depth, span, what: what.to_owned(), evidence, holds, decides }
    };
    proof.steps().iter().map(part).collect()
}

/// The tree, one part a line; what doesn't matter to the answer is dimmed.
pub fn tree(parts: &[ProofPart], styles: Styles) -> String {
    let mut text = String::new();
    for part in parts {
        let mark = styles.mark(if part.holds { Mark::Good } else { Mark::Bad });
        let what = printable(&part.what);
        let what = if part.decides { what.into_owned() } else { styles.paint(Mark::Aside, &what) };
        let indent = 2 * part.depth.min(MAX_INDENT);
        let _ = write!(text, "{:indent$}{mark} {what}", "");
        if let Some(evidence) = &part.evidence {
            let _ = write!(text, "  {}", styles.paint(Mark::Aside, &format!("({})", printable(evidence))));
        }
        text.push('\n');
    }
    text
}

/// The parts for programs.
pub fn json(parts: &[ProofPart]) -> Value {
    let part = |part: &ProofPart| {
        json!({
            "depth": part.depth, "start": part.span.start, "end": part.span.end, "what": part.what,
            "holds": part.holds, "decides": part.decides, "evidence": part.evidence,
        })
    };
    Value::Array(parts.iter().map(part).collect())
}
