//! `ECS011`: values that were meant otherwise and lost something to escaping.

use crate::lint::decoded::LabelAt;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::is_traefik;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use std::ops::Range;

pub static RULE: Rule = Rule {
    id: "ECS011",
    name: "value-mangled",
    severity: Severity::Error,
    what: "A label's value holds `$$`, a `${…}` that nothing replaced, typographic quotes, or a matcher whose argument \
           lost its backticks.",
    why: "Docker Compose halves `$$`, ECS doesn't; ECS replaces no `${…}`; shells eat backticks. Traefik takes the \
          text as it stands: passwords don't match, rules don't parse.",
    example: r#""traefik.http.routers.api.rule": "Host(api.example.com)""#,
    fix: "Write the value as Traefik should see it. `--fix` puts backticks back.",
    check,
};

const QUOTES: [char; 4] = ['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for of in world.labels().filter(|of| is_traefik(of.key)) {
        found.extend(doubled_dollar(of));
        found.extend(unreplaced(of));
        if is_rule(of.key) {
            found.extend(quotes(of));
            found.extend(backticks(of));
        }
    }
    found
}

/// Whether a label is a router's rule.
pub(super) fn is_rule(key: &str) -> bool {
    let parts: Vec<&str> = key.split('.').collect();
    parts.len() == 5 && parts[2].eq_ignore_ascii_case("routers") && parts[4].eq_ignore_ascii_case("rule")
}

fn finding(of: LabelAt<'_>, message: String, place: Range<usize>, label: &str) -> Finding {
    Finding::of(&RULE, message).about(of.at.title()).at(of.label.value.part(place), label)
}

fn doubled_dollar(of: LabelAt<'_>) -> Option<Finding> {
    let place = of.value.find("$$")?;
    let message = format!("`{}` holds `$$`: ECS keeps both, so Traefik sees both", of.key);
    Some(finding(of, message, place..place + 2, "two").help("write one `$`: only Docker Compose halves them"))
}

fn unreplaced(of: LabelAt<'_>) -> Option<Finding> {
    let value = of.value;
    let place = value.match_indices("${").find_map(|(start, _)| {
        let end = start + value[start..].find('}')? + 1;
        // In a replacement `${1}` is a group of the regular expression, and `${name}` a named one.
        let name = &value[start + 2..end - 1];
        let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        (name.len() > 1 && name.chars().all(is_capital)).then_some(start..end)
    })?;
    let message = format!("`{}` holds `{}`, which nothing replaces", of.key, &value[place.clone()]);
    Some(finding(of, message, place, "stays as it is").help("write the value itself"))
}

fn quotes(of: LabelAt<'_>) -> Option<Finding> {
    let (place, quote) = of.value.char_indices().find(|(_, c)| QUOTES.contains(c))?;
    let message = format!("`{}` holds the typographic quote {quote}, which is no quote to Traefik", of.key);
    Some(finding(of, message, place..place + quote.len_utf8(), "no quote").help("write backticks"))
}

/// Arguments of matchers without any quotes.
fn backticks(of: LabelAt<'_>) -> Vec<Finding> {
    let value = of.value;
    let bare = value.match_indices('(').filter_map(|(open, _)| {
        let is_call = value[..open].ends_with(|c: char| c.is_ascii_alphanumeric());
        let close = open + value[open..].find(')')?;
        let argument = &value[open + 1..close];
        let is_bare =
            !argument.is_empty() && !argument.contains(['`', '"', '\'', '(', ',']) && !argument.contains(QUOTES);
        (is_call && is_bare).then_some(open + 1..close)
    });
    let found = bare.map(|place| {
        let argument = &value[place.clone()];
        let message = format!("`{}`: the argument `{argument}` has no backticks", of.key);
        let found = finding(of, message, place.clone(), "no backticks");
        found.mended_by(of.label.value.part(place), format!("`{argument}`"))
    });
    found.collect()
}
