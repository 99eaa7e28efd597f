//! `explain` for people: the reason first, then the steps as a tree.

use std::fmt::Write as _;

use super::{Branch, Explained, Explanation, Step, StepOutcome};
use crate::render::{Mark, Styles, json, printable};

/// Room for the name of a step.
const STAGE: usize = 13;

impl Explained {
    /// For people.
    pub fn text(&self, styles: Styles) -> Vec<u8> {
        let mut text = String::new();
        if self.traefik.outcome != "published" {
            let line = format!("Traefik {} {}", self.traefik.version, self.traefik.message);
            let _ = writeln!(text, "{}\n", styles.paint(Mark::Bad, &printable(&line)));
        }
        for (index, one) in self.containers.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { "\n" });
            one.push(&mut text, styles);
        }
        text.into_bytes()
    }

    /// For programs.
    pub fn json(&self) -> Vec<u8> {
        json(&serde_json::to_value(self).unwrap_or_default())
    }
}

impl Explanation {
    fn push(&self, text: &mut String, styles: Styles) {
        let container = &self.container;
        let (mark, outcome) = match container.reason {
            None => (Mark::Good, "routed".to_owned()),
            Some(reason) => (Mark::Bad, format!("not routed: {reason}")),
        };
        let title = format!("{}/{}", container.cluster, container.title());
        let _ = writeln!(
            text,
            "{} {} {}",
            styles.mark(mark),
            styles.heading(&printable(&title)),
            styles.paint(mark, &outcome)
        );
        if let Some(message) = &container.message {
            let _ = writeln!(text, "  {}", printable(message));
        }
        if let Some(line) = &container.traefik_log {
            let _ = writeln!(text, "  Traefik logs: {}", printable(line));
        }
        for shadow in &self.shadows {
            let line = styles.paint(Mark::Look, &printable(&shadow.to_string()));
            let _ = writeln!(text, "  {} {line}", styles.mark(Mark::Look));
        }
        let facts = container.facts().collect::<Vec<_>>().join(" · ");
        let _ = writeln!(text, "  {}", styles.paint(Mark::Aside, &printable(&facts)));
        for step in self.steps.iter().filter(|step| step.outcome != StepOutcome::NotReached) {
            step.push(text, styles);
        }
        let rest = self.steps.iter().filter(|step| step.outcome == StepOutcome::NotReached);
        let rest: Vec<_> = rest.map(|step| step.stage).collect();
        if !rest.is_empty() {
            let line = format!("  {} not reached: {}", styles.mark(Mark::Aside), rest.join(", "));
            let _ = writeln!(text, "{}", styles.paint(Mark::Aside, &line));
        }
    }
}

impl Step {
    fn push(&self, text: &mut String, styles: Styles) {
        let passed = self.outcome == StepOutcome::Passed;
        let mark = if passed { Mark::Good } else { Mark::Bad };
        let line = format!("{:STAGE$} {}", self.stage, printable(&self.text));
        let line = if passed { line } else { styles.paint(mark, &line) };
        let _ = writeln!(text, "  {} {line}", styles.mark(mark));
        push_branches(text, &self.details, "    ", styles);
    }
}

/// The lines of a tree, drawn with branches.
fn push_branches(text: &mut String, branches: &[Branch], indent: &str, styles: Styles) {
    for (index, branch) in branches.iter().enumerate() {
        let (joint, below) = if index + 1 == branches.len() { ("└ ", "  ") } else { ("├ ", "│ ") };
        let mark = match branch.holds {
            None => String::new(),
            Some(true) => styles.mark(Mark::Good) + " ",
            Some(false) => styles.mark(Mark::Bad) + " ",
        };
        let _ = writeln!(text, "{indent}{joint}{mark}{}", printable(&branch.text));
        push_branches(text, &branch.details, &format!("{indent}{below}"), styles);
    }
}
