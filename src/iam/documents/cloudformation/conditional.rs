//! `Fn::If` in the statements of a template: each statement once for every way its conditions may turn out.
//!
//! What a condition comes to is only known when the template is deployed. Each way is a statement of its own that applies
//! only then, by a condition on a key that stands for it; so what holds whichever way it turns out is found to hold.

use crate::document::json::{Json, Member, Span, Value, computed};

/// The most conditions of one statement that are played through.
const MOST: usize = 4;

/// A condition of the template, and how it turns out.
type Assumption = (String, bool);

/// The statements of a template's document, without `Fn::If` and `AWS::NoValue`.
pub(super) fn statements(value: &Json) -> Vec<Json> {
    if is_no_value(value) {
        return Vec::new();
    }
    if let Some((name, [yes, no])) = choice(value) {
        let of = |branch: &Json, truth: bool| -> Vec<Json> {
            statements(branch).iter().map(|statement| guarded(statement, &(name.to_owned(), truth))).collect()
        };
        return [of(yes, true), of(no, false)].concat();
    }
    match &value.value {
        Value::Array(items) => items.iter().flat_map(statements).collect(),
        Value::Object(_) => ways(value),
        _ => vec![value.clone()],
    }
}

/// A statement in every way that the conditions within it may turn out.
fn ways(statement: &Json) -> Vec<Json> {
    let mut names = Vec::new();
    conditions(statement, &mut names);
    if names.len() > MOST {
        return vec![statement.clone()];
    }
    (0..1_usize << names.len())
        .map(|way| {
            let assumed: Vec<Assumption> =
                names.iter().enumerate().map(|(at, name)| (name.clone(), way >> at & 1 == 0)).collect();
            let plain = assuming(statement, &assumed);
            assumed.iter().fold(plain, |statement, assumption| guarded(&statement, assumption))
        })
        .collect()
}

/// The names of the conditions within a value, each once.
fn conditions(value: &Json, names: &mut Vec<String>) {
    if let Some((name, _)) = choice(value)
        && !names.iter().any(|known| known == name)
    {
        names.push(name.to_owned());
    }
    for member in value.members() {
        conditions(&member.value, names);
    }
    for item in value.items() {
        conditions(item, names);
    }
}

/// The condition and the two values of an `Fn::If`.
fn choice(value: &Json) -> Option<(&str, &[Json; 2])> {
    let [only] = value.members() else { return None };
    let [name, branches @ ..] = only.value.items() else { return None };
    if only.key != "Fn::If" {
        return None;
    }
    Some((name.text()?, branches.try_into().ok()?))
}

fn is_no_value(value: &Json) -> bool {
    matches!(value.members(), [only] if only.key == "Ref" && only.value.text() == Some("AWS::NoValue"))
}

/// The value as it is where the conditions turn out so.
fn assuming(value: &Json, assumed: &[Assumption]) -> Json {
    if let Some((name, [yes, no])) = choice(value)
        && let Some((_, truth)) = assumed.iter().find(|(known, _)| known == name)
    {
        return assuming(if *truth { yes } else { no }, assumed);
    }
    let inner = match &value.value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|member| Member { value: assuming(&member.value, assumed), ..member.clone() })
                .filter(|member| !is_no_value(&member.value))
                .collect(),
        ),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| assuming(item, assumed)).filter(|item| !is_no_value(item)).collect())
        }
        other => other.clone(),
    };
    Json { span: value.span.clone(), value: inner }
}

/// The statement with one more condition: it applies where the template's condition turns out so.
fn guarded(statement: &Json, (name, truth): &Assumption) -> Json {
    let span = &statement.span;
    let operator = if *truth { "StringEquals" } else { "StringNotEquals" };
    let key = member(&computed(&format!("the condition {name}")), text("true", span), span);
    let Value::Object(members) = &statement.value else { return statement.clone() };
    let own = statement.get("Condition").map(Json::members).unwrap_or_default();
    let mut operators: Vec<Member> = own.to_vec();
    match operators.iter_mut().find(|known| known.key == operator) {
        Some(known) => known.value = with(&known.value, key),
        None => operators.push(member(operator, object(vec![key], span), span)),
    }
    let mut members: Vec<Member> = members.iter().filter(|member| member.key != "Condition").cloned().collect();
    members.push(member("Condition", object(operators, span), span));
    Json { span: span.clone(), value: Value::Object(members) }
}

fn with(value: &Json, added: Member) -> Json {
    object([value.members(), &[added]].concat(), &value.span)
}

fn object(members: Vec<Member>, span: &Span) -> Json {
    Json { span: span.clone(), value: Value::Object(members) }
}

fn text(text: &str, span: &Span) -> Json {
    Json { span: span.clone(), value: Value::Text(text.to_owned()) }
}

fn member(key: &str, value: Json, span: &Span) -> Member {
    Member { key: key.to_owned(), key_span: span.clone(), value }
}
