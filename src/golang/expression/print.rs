//! Writes a condition down so that it reads back as the same: parentheses where precedence or order need them.

use std::fmt;

use super::condition::{Call, Condition, Part};
use super::tree::NodeId;
use crate::golang::literal::quote;

/// What is left to write.
enum Piece {
    Part(NodeId, Binding),
    Text(&'static str),
}

/// What stands around a part, from the loosest to the tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    /// Anything may stand here.
    Free,
    /// The left operand of `||`, or the right one of the whole.
    Or,
    /// The right operand of `||`, the left one of `&&`.
    And,
    /// The right operand of `&&`, the operand of `!`.
    Tight,
}

impl fmt::Display for Condition<Call> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut open = vec![Piece::Part(self.root(), Binding::Free)];
        while let Some(piece) = open.pop() {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Part(id, around) => match self.part(id) {
                    Part::Leaf(call) => call.fmt(f)?,
                    Part::Not(inner) => {
                        f.write_str("!")?;
                        open.push(Piece::Part(*inner, Binding::Tight));
                    }
                    Part::Or(left, right) => {
                        let pieces =
                            [Piece::Part(*left, Binding::Or), Piece::Text(" || "), Piece::Part(*right, Binding::And)];
                        enclose(&mut open, pieces, around > Binding::Or);
                    }
                    Part::And(left, right) => {
                        let pieces = [
                            Piece::Part(*left, Binding::And),
                            Piece::Text(" && "),
                            Piece::Part(*right, Binding::Tight),
                        ];
                        enclose(&mut open, pieces, around > Binding::And);
                    }
                },
            }
        }
        Ok(())
    }
}

/// Puts pieces first in line, in parentheses or not.
fn enclose(open: &mut Vec<Piece>, pieces: [Piece; 3], parentheses: bool) {
    open.extend(parentheses.then_some(Piece::Text(")")));
    open.extend(pieces.into_iter().rev());
    open.extend(parentheses.then_some(Piece::Text("(")));
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}", quote(&argument.value))?;
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    use crate::golang::expression::{Arity, Call, Condition};
    use crate::golang::literal::quote;

    fn parsed(text: &str) -> Condition<Call> {
        Condition::parse(text, &|_| Some(Arity::Any)).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn parentheses_stay_only_where_they_say_something() {
        for (written, printed) in [
            ("((a() && (b())))", "a() && b()"),
            ("a() && (b() || c())", "a() && (b() || c())"),
            ("(a() || b()) || c()", "a() || b() || c()"),
            ("a() || (b() || c())", "a() || (b() || c())"),
            ("!(a() && b())", "!(a() && b())"),
            ("!!a(\"x`\", `y`,)", "!!a(\"x`\", `y`)"),
        ] {
            assert_eq!(parsed(written).to_string(), printed);
        }
    }

    fn expression() -> impl Strategy<Value = String> {
        let text = prop_oneof!["\\PC{0,6}", Just("`\"\\\n\u{feff}\0".to_owned())];
        let leaf = proptest::collection::vec(text, 0..3).prop_map(|arguments| {
            let arguments: Vec<_> = arguments.iter().map(|argument| quote(argument.as_bytes())).collect();
            format!("Host({})", arguments.join(", "))
        });
        leaf.prop_recursive(6, 40, 2, |inner| {
            prop_oneof![
                inner.clone().prop_map(|inner| format!("!({inner})")),
                (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) && ({right})")),
                (inner.clone(), inner).prop_map(|(left, right)| format!("({left}) || ({right})")),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_as_the_same(text in expression()) {
            let condition = parsed(&text);
            let again = parsed(&condition.to_string());
            // Places differ, so calls are compared as they are printed.
            let shape = |condition: Condition<Call>| {
                condition.try_map(|call, _| Ok::<_, ()>(call.to_string())).expect("nothing fails")
            };
            prop_assert_eq!(again.to_string(), condition.to_string());
            prop_assert_eq!(shape(again), shape(condition));
        }
    }
}
