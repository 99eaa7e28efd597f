//! The expression that containers' labels must satisfy: read once, judged for each container, with a proof.
//!
//! It knows `Label(key, value)` and `LabelRegex(key, expression)`; the language around them is Go's. It never looks
//! at anything but labels.

mod matcher;

use std::collections::BTreeMap;

use crate::golang::expression::{Arity, Condition, ExpressionError, Part};
use crate::model::Text;

use matcher::Matcher;
pub use matcher::{Evidence, Wanted};

/// The proof of a judgement: each part with its span, what it came to and the label it was about.
pub type Proof = crate::golang::expression::Proof<Evidence>;

/// Traefik's name of the type of a condition, which some of its errors tell.
const CONDITION_TYPE: &str = "constraints.constraintLabelFunc";

/// What one judgement may cost, in nanoseconds or so.
const MAX_EFFORT: u64 = 1_000_000_000;

/// Values up to this length are what constraints that are never too costly are told by.
const LONG_VALUE: usize = 1 << 20;

/// A constraint that is valid.
#[derive(Debug, Clone)]
pub struct Constraint {
    /// Nothing for the empty expression, which keeps everything.
    condition: Option<Condition<Matcher>>,
    /// Whether there may be labels about which it costs too much.
    costly: bool,
}

/// A constraint of large regular expressions is asked about so long a value that the search isn't made: the answer,
/// which Traefik would find in time, isn't known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a regular expression of the constraint is too large to run here on a value this long")]
pub struct Unanswered;

impl Constraint {
    /// Reads an expression. The empty one keeps everything.
    ///
    /// # Errors
    /// Where Traefik refuses it, and so drops every container. An expression of `LabelRegex` that doesn't compile is
    /// no error, as in Traefik: it matches nothing, and the proof tells why.
    pub fn parse(expression: &str) -> Result<Self, ExpressionError> {
        if expression.is_empty() {
            return Ok(Self { condition: None, costly: false });
        }
        let condition = Condition::parse(expression, &|name| {
            matches!(name, matcher::LABEL | matcher::LABEL_REGEX).then_some(Arity::Exactly(2))
        })?;
        let condition = condition.try_map(|call, _| Matcher::new(&call))?;
        let most = matchers(&condition).map(|matcher| matcher.effort(LONG_VALUE)).fold(0, u64::saturating_add);
        Ok(Self { condition: Some(condition), costly: most > MAX_EFFORT })
    }

    /// # Errors
    /// When asking about these labels may cost too much.
    fn affords(&self, labels: &BTreeMap<Text, Text>) -> Result<(), Unanswered> {
        if !self.costly {
            return Ok(());
        }
        let all = self.condition.iter().flat_map(matchers);
        let effort = all.map(|matcher| matcher.effort_on(labels)).fold(0, u64::saturating_add);
        if effort > MAX_EFFORT { Err(Unanswered) } else { Ok(()) }
    }

    /// Whether a container with these labels is kept.
    ///
    /// # Errors
    /// When finding out would take too long.
    pub fn holds(&self, labels: &BTreeMap<Text, Text>) -> Result<bool, Unanswered> {
        self.affords(labels)?;
        Ok(self.condition.as_ref().is_none_or(|condition| condition.holds(|matcher| matcher.holds(labels))))
    }

    /// The same with the proof: what each part came to, and the label's value.
    ///
    /// # Errors
    /// When finding out would take too long.
    pub fn judge(&self, labels: &BTreeMap<Text, Text>) -> Result<Proof, Unanswered> {
        self.affords(labels)?;
        Ok(match &self.condition {
            Some(condition) => condition.prove(|matcher| (matcher.evidence(labels), matcher.holds(labels))),
            None => Proof::of_nothing(),
        })
    }
}

fn matchers(condition: &Condition<Matcher>) -> impl Iterator<Item = &Matcher> {
    condition.parts().iter().filter_map(|(part, _)| match part {
        Part::Leaf(matcher) => Some(matcher),
        Part::Not(_) | Part::And(..) | Part::Or(..) => None,
    })
}

/// What Traefik logs of an expression that it refuses.
pub fn traefik_message(error: &ExpressionError, expression: &str) -> String {
    error.go_message(expression, CONDITION_TYPE, false)
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Constraint, Text, Unanswered, Wanted, traefik_message};

    fn labels(pairs: &[(&str, &str)]) -> BTreeMap<Text, Text> {
        pairs.iter().map(|(key, value)| (Text::from(*key), Text::from(*value))).collect()
    }

    #[test]
    fn a_missing_label_counts_as_empty_and_says_so() {
        let constraint = Constraint::parse("Label(`tier`, ``) && !LabelRegex(`env`, `^p`)").expect("valid");
        let labels = labels(&[("env", "test")]);
        assert_eq!(constraint.holds(&labels), Ok(true));
        let proof = constraint.judge(&labels).expect("answered");
        let found: Vec<_> = proof.leaves().map(|(evidence, _)| evidence.found.as_deref()).collect();
        assert_eq!(found, [None, Some("test")]);
    }

    #[test]
    fn an_expression_that_does_not_compile_matches_nothing_and_says_why() {
        let constraint = Constraint::parse("LabelRegex(`a`, `(`)").expect("Traefik takes it");
        let proof = constraint.judge(&labels(&[("a", "(")])).expect("answered");
        assert!(!proof.holds());
        let (evidence, _) = proof.leaves().next().expect("one leaf");
        let Wanted::Uncompilable(error) = &evidence.wanted else { panic!("{evidence:?}") };
        assert_eq!(error.to_string(), "error parsing regexp: missing closing ): `(`");
        assert_eq!(Constraint::parse("!LabelRegex(`a`, `(`)").expect("valid").holds(&labels(&[])), Ok(true));
    }

    #[test]
    fn errors_have_a_place_and_traefiks_words() {
        let text = "Label(`a`, `b`) &&\n Tag(`c`)";
        let error = Constraint::parse(text).expect_err("there is no Tag");
        assert_eq!((error.position(text), error.to_string().as_str()), ((2, 2), "there is no matcher `Tag`"));
        assert_eq!(traefik_message(&error, text), "unsupported function: Tag");
    }

    #[test]
    fn a_large_expression_takes_no_stack() {
        let nested = format!("{}Label(`a`, `1`){}", "!(".repeat(20_000), ")".repeat(20_000));
        assert_eq!(Constraint::parse(&nested).expect("valid").holds(&labels(&[("a", "1")])), Ok(true));
        let long = vec!["Label(`a`, `2`)"; 50_000].join(" || ");
        assert_eq!(Constraint::parse(&long).expect("valid").holds(&labels(&[("a", "1")])), Ok(false));
    }

    #[test]
    fn what_is_too_large_to_run_is_no_answer() {
        let large = format!("Label(`a`, `b`) || LabelRegex(`a`, `{}`)", r"\pL".repeat(5000));
        let error = Constraint::parse(&large).expect_err("it is too large");
        assert_eq!(error.to_string(), "too large to run here, though Traefik takes it");
        assert_eq!(error.span.start, 35);
        let costly = Constraint::parse(&format!("LabelRegex(`a`, `(?:a|b)*a(?:a|b){{{}}}c`)", 900)).expect("valid");
        assert_eq!(costly.holds(&labels(&[("a", "short")])), Ok(false));
        assert_eq!(costly.holds(&labels(&[("a", &"ab".repeat(500_000))])), Err(Unanswered));
    }
}
