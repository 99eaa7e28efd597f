//! The expressions of `circuitBreaker` and of `buffering`'s retries: comparisons of what was measured with numbers and
//! texts, joined by `&&` and `||`. A middleware with one that Traefik can't read keeps its routers from starting.
//!
//! They are Go expressions, and read as strictly: an `int` isn't taken for a `float64`, what is measured stands on the
//! left, and there is no `!`. What they come to hangs on traffic and isn't asked here.

use crate::golang::expression::syntax;
use crate::golang::expression::tree::{Node, NodeId, Operator, Tree};

/// What a part of an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Condition,
    /// Something that is measured, of this kind.
    Measured(Kind),
    /// A number or a text as it is written.
    Given(Kind),
    /// The name of a function that isn't called here.
    Name(&'static Function),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    Float,
    Text,
}

/// A function that an expression may call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    name: &'static str,
    parameters: &'static [Kind],
    gives: Gives,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gives {
    Condition,
    Measure(Kind),
}

/// What `circuitBreaker` measures.
pub(super) const CIRCUIT_BREAKER: &[Function] = &[
    Function { name: "NetworkErrorRatio", parameters: &[], gives: Gives::Measure(Kind::Float) },
    Function { name: "ResponseCodeRatio", parameters: &[Kind::Int; 4], gives: Gives::Measure(Kind::Float) },
    Function { name: "LatencyAtQuantileMS", parameters: &[Kind::Float], gives: Gives::Measure(Kind::Int) },
];

/// What `buffering` asks before it tries again.
pub(super) const RETRY: &[Function] = &[
    Function { name: "IsNetworkError", parameters: &[], gives: Gives::Condition },
    Function { name: "Attempts", parameters: &[], gives: Gives::Measure(Kind::Int) },
    Function { name: "ResponseCode", parameters: &[], gives: Gives::Measure(Kind::Int) },
    Function { name: "RequestMethod", parameters: &[], gives: Gives::Measure(Kind::Text) },
];

/// Why an expression of these functions can't be read; nothing where it can.
pub(super) fn refusal(text: &str, functions: &'static [Function]) -> Option<String> {
    let (tree, root) = match syntax::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return Some(error.to_string()),
    };
    let mut parts: Vec<Part> = Vec::with_capacity(tree.len());
    for index in 0..tree.len() {
        let id = NodeId::at(index);
        let Some(part) = part(&tree, id, &parts, functions) else {
            let wrong = text.get(tree.span(id).range()).unwrap_or(text);
            let names: Vec<&str> = functions.iter().map(|function| function.name).collect();
            return Some(format!("`{wrong}` can't stand there; what may be compared is {}", names.join(", ")));
        };
        parts.push(part);
    }
    (parts[root.index()] != Part::Condition).then(|| "nothing is compared in it".to_owned())
}

/// What a node is, its children being known; nothing where it is none of what may stand in an expression.
fn part(tree: &Tree, id: NodeId, known: &[Part], functions: &'static [Function]) -> Option<Part> {
    match tree.node(id) {
        Node::Name(name) => functions.iter().find(|function| function.name == name).map(Part::Name),
        Node::Text(_) => Some(Part::Given(Kind::Text)),
        Node::Number(digits) => number(digits).map(Part::Given),
        Node::Parenthesised(inner) => Some(known[inner.index()]),
        Node::Binary { operator, left, right, .. } => joined(*operator, known[left.index()], known[right.index()]),
        Node::Call { function, arguments } => {
            let Part::Name(function) = known[function.index()] else { return None };
            let given = arguments.iter().map(|argument| known[argument.index()]);
            given.eq(function.parameters.iter().map(|kind| Part::Given(*kind))).then_some(match function.gives {
                Gives::Condition => Part::Condition,
                Gives::Measure(kind) => Part::Measured(kind),
            })
        }
        Node::Rune(_) | Node::Unary { .. } | Node::Select { .. } | Node::Index { .. } => None,
    }
}

fn joined(operator: Operator, left: Part, right: Part) -> Option<Part> {
    let fits = match (operator, left, right) {
        (Operator::And | Operator::Or, Part::Condition, Part::Condition) => true,
        (Operator::Equal | Operator::NotEqual, Part::Measured(kind), Part::Given(given)) => kind == given,
        (
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual,
            Part::Measured(kind),
            Part::Given(given),
        ) => kind == given && kind != Kind::Text,
        _ => false,
    };
    fits.then_some(Part::Condition)
}

/// The kind of a number; nothing for one that is out of range, and for an `int` that isn't decimal.
fn number(digits: &str) -> Option<Kind> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.parse::<i64>().is_ok().then_some(Kind::Int);
    }
    let is_hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    let is_float = digits.contains(['.', 'p', 'P']) || !is_hexadecimal && digits.contains(['e', 'E']);
    let is_finite = is_hexadecimal || digits.replace('_', "").parse::<f64>().is_ok_and(f64::is_finite);
    (is_float && is_finite && !digits.ends_with('i')).then_some(Kind::Float)
}

#[cfg(test)]
mod tests {
    use super::{CIRCUIT_BREAKER, RETRY, refusal};

    #[test]
    fn what_is_measured_is_compared_with_its_own_kind() {
        for (taken, text) in [
            (true, "NetworkErrorRatio() > 0.5"),
            (true, "((NetworkErrorRatio()) != .5) || LatencyAtQuantileMS(50.0) <= 100 && NetworkErrorRatio() > 5e-1"),
            (true, "ResponseCodeRatio(500, 600, 0, 600) > 0.25"),
            (false, "NetworkErrorRatio() > 1"),
            (false, "LatencyAtQuantileMS(50) > 100"),
            (false, "LatencyAtQuantileMS(50.0) > 1.5"),
            (false, "LatencyAtQuantileMS(50.0) > 0x10"),
            (false, "LatencyAtQuantileMS(50.0) > 99999999999999999999"),
            (false, "ResponseCodeRatio(500, 600) > 0.25"),
            (false, "0.5 < NetworkErrorRatio()"),
            (false, "!(NetworkErrorRatio() > 0.5)"),
            (false, "NetworkErrorRatio() > NetworkErrorRatio()"),
            (false, "NetworkErrorRatio()"),
            (false, "networkErrorRatio() > 0.5"),
            (false, "NetworkErrorRatio > 0.5"),
            (false, "Attempts() < 2"),
            (false, ""),
        ] {
            assert_eq!(refusal(text, CIRCUIT_BREAKER).is_none(), taken, "{text}");
        }
        for (taken, text) in [
            (true, "IsNetworkError() && Attempts() < 2"),
            (true, "RequestMethod() == `GET` || ResponseCode() >= 500"),
            (false, "RequestMethod() < \"GET\""),
            (false, "Attempts() < 2.0"),
            (false, "IsNetworkError() == true"),
            (false, "IsNetworkError() && 1"),
            (false, "Attempts() < 2 &&"),
        ] {
            assert_eq!(refusal(text, RETRY).is_none(), taken, "{text}");
        }
    }

    #[test]
    fn nesting_costs_no_stack() {
        let deep = format!("{}IsNetworkError(){}", "(".repeat(20_000), ")".repeat(20_000));
        assert_eq!(refusal(&deep, RETRY), None);
    }
}
