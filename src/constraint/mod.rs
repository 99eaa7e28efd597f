//! The expression that containers' labels must satisfy: read once, judged for each container, with a proof.
//!
//! It knows `Label(key, value)` and `LabelRegex(key, expression)`; the language around them is Go's. It never looks
//! at anything but labels.

mod matcher;

use std::collections::BTreeMap;

use crate::golang::expression::{Arity, Condition, ExpressionError};
use crate::model::Text;

use matcher::Matcher;
pub use matcher::{Evidence, Wanted};

/// The proof of a judgement: each part with its span, what it came to and the label it was about.
pub type Proof = crate::golang::expression::Proof<Evidence>;

/// Traefik's name of the type of a condition, which some of its errors tell.
const CONDITION_TYPE: &str = "constraints.constraintLabelFunc";

/// A constraint that is valid.
#[derive(Debug, Clone)]
pub struct Constraint {
    /// Nothing for the empty expression, which keeps everything.
    condition: Option<Condition<Matcher>>,
}

impl Constraint {
    /// Reads an expression. The empty one keeps everything.
    ///
    /// # Errors
    /// Where Traefik refuses it, and so drops every container. An expression of `LabelRegex` that doesn't compile is
    /// no error, as in Traefik: it matches nothing, and the proof tells why.
    pub fn parse(expression: &str) -> Result<Self, ExpressionError> {
        if expression.is_empty() {
            return Ok(Self { condition: None });
        }
        let condition = Condition::parse(expression, &|name| {
            matches!(name, matcher::LABEL | matcher::LABEL_REGEX).then_some(Arity::Exactly(2))
        })?;
        let condition = condition.try_map(|call, _| Ok::<_, ExpressionError>(Matcher::new(&call)))?;
        Ok(Self { condition: Some(condition) })
    }

    /// Whether a container with these labels is kept.
    pub fn holds(&self, labels: &BTreeMap<Text, Text>) -> bool {
        self.condition.as_ref().is_none_or(|condition| condition.holds(|matcher| matcher.holds(labels)))
    }

    /// The same with the proof: what each part came to, and the label's value.
    pub fn judge(&self, labels: &BTreeMap<Text, Text>) -> Proof {
        match &self.condition {
            Some(condition) => condition.prove(|matcher| (matcher.evidence(labels), matcher.holds(labels))),
            None => Proof::of_nothing(),
        }
    }
}

/// What Traefik logs of an expression that it refuses.
pub fn traefik_message(error: &ExpressionError, expression: &str) -> String {
    error.go_message(expression, CONDITION_TYPE, false)
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Constraint, Text, Wanted, traefik_message};

    fn labels(pairs: &[(&str, &str)]) -> BTreeMap<Text, Text> {
        pairs.iter().map(|(key, value)| (Text::from(*key), Text::from(*value))).collect()
    }

    #[test]
    fn a_missing_label_counts_as_empty_and_says_so() {
        let constraint = Constraint::parse("Label(`tier`, ``) && !LabelRegex(`env`, `^p`)").expect("valid");
        let labels = labels(&[("env", "test")]);
        assert!(constraint.holds(&labels));
        let proof = constraint.judge(&labels);
        let found: Vec<_> = proof.leaves().map(|(evidence, _)| evidence.found.as_deref()).collect();
        assert_eq!(found, [None, Some("test")]);
    }

    #[test]
    fn an_expression_that_does_not_compile_matches_nothing_and_says_why() {
        let constraint = Constraint::parse("LabelRegex(`a`, `(`)").expect("Traefik takes it");
        let proof = constraint.judge(&labels(&[("a", "(")]));
        assert!(!proof.holds());
        let (evidence, _) = proof.leaves().next().expect("one leaf");
        let Wanted::Uncompilable(error) = &evidence.wanted else { panic!("{evidence:?}") };
        assert_eq!(error.to_string(), "error parsing regexp: missing closing ): `(`");
        assert!(Constraint::parse("!LabelRegex(`a`, `(`)").expect("valid").holds(&labels(&[])));
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
        assert!(Constraint::parse(&nested).expect("valid").holds(&labels(&[("a", "1")])));
        let long = vec!["Label(`a`, `2`)"; 50_000].join(" || ");
        assert!(!Constraint::parse(&long).expect("valid").holds(&labels(&[("a", "1")])));
    }
}
