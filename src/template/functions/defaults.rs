//! What to take where something is empty, and what a value is.

use super::arguments::{any, text};
use super::fails;
use crate::golang::format::TooLarge;
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const ANY: &[Param] = &[Param::Any];
const TWO: &[Param] = &[Param::Any, Param::Any];
const NAMED: &[Param] = &[Param::String, Param::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("default", TWO, |a, _| Ok(default(a)), &[("{{ default \"x\" \"\" }}", "x")]),
    Function::new("empty", ANY, |a, _| Ok(Value::Bool(!a[0].is_true())), &[("{{ empty \"\" }}", "true")]),
    Function::variadic(
        "coalesce",
        ANY,
        |a, _| Ok(a.iter().find(|value| value.is_true()).cloned().unwrap_or_default().into_interface()),
        &[("{{ coalesce \"\" 0 \"x\" }}", "x")],
    ),
    Function::variadic(
        "all",
        ANY,
        |a, _| Ok(Value::Bool(a.iter().all(Value::is_true))),
        &[("{{ all 1 \"\" }}", "false")],
    ),
    Function::variadic(
        "any",
        ANY,
        |a, _| Ok(Value::Bool(a.iter().any(Value::is_true))),
        &[("{{ any 0 \"x\" }}", "true")],
    ),
    Function::new(
        "ternary",
        &[Param::Any, Param::Any, Param::Bool],
        |a, _| Ok(a[usize::from(!a[2].is_true())].clone().into_interface()),
        &[("{{ ternary \"y\" \"n\" true }}", "y")],
    ),
    Function::new("fail", &[Param::String], |a, _| Err(text(a, 0).into_owned()), &[]),
    Function::new("typeOf", ANY, |a, _| Ok(Value::text(any(a, 0).type_name())), &[("{{ typeOf (add 1) }}", "int64")]),
    Function::new(
        "typeIs",
        NAMED,
        |a, _| Ok(Value::Bool(text(a, 0) == any(a, 1).type_name())),
        &[("{{ typeIs \"int\" 1 }}", "true")],
    ),
    Function::new(
        "typeIsLike",
        NAMED,
        |a, _| Ok(Value::Bool(is_like(&text(a, 0), &any(a, 1).type_name()))),
        &[("{{ typeIsLike \"semver.Version\" (semver \"1\") }}", "true")],
    ),
    Function::new(
        "kindOf",
        ANY,
        |a, _| Ok(Value::text(any(a, 0).kind().to_string())),
        &[("{{ kindOf (list) }}", "slice")],
    ),
    Function::new(
        "kindIs",
        NAMED,
        |a, _| Ok(Value::Bool(text(a, 0) == any(a, 1).kind().to_string())),
        &[("{{ kindIs \"map\" (dict) }}", "true")],
    ),
    Function::new("deepEqual", TWO, deep_equal, &[("{{ deepEqual (list 1) (list 1) }}", "true")]),
];

fn default(arguments: &[Value]) -> Value {
    let given = arguments.get(1).filter(|given| given.is_true());
    given.unwrap_or(&arguments[0]).clone().into_interface()
}

fn is_like(wanted: &str, found: &str) -> bool {
    wanted == found || found.strip_prefix('*') == Some(wanted)
}

fn deep_equal(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    any(arguments, 0).deep_equals(any(arguments, 1)).map(Value::Bool).ok_or_else(|| fails(TooLarge))
}
