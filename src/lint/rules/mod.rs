//! The rules, one file each.

mod document_broken;
mod label_crash;
mod label_index;
mod label_unknown;
mod label_value;
mod labels_misplaced;

use super::given::Container;
use super::rule::Rule;

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &document_broken::RULE,
    &label_unknown::RULE,
    &label_crash::RULE,
    &label_value::RULE,
    &label_index::RULE,
    &labels_misplaced::RULE,
];

/// What losing a container means: `drops the container and its 3 routers`.
fn loses(container: &Container) -> String {
    match routers(container).len() {
        0 => "drops the container".to_owned(),
        1 => "drops the container and its router".to_owned(),
        count => format!("drops the container and its {count} routers"),
    }
}

/// The names of the routers that a container's labels define, with their protocols.
fn routers(container: &Container) -> std::collections::BTreeSet<(String, String)> {
    let keys = container.labels.iter().filter_map(|label| label.key.known());
    let parts = keys.map(|key| key.split('.').collect::<Vec<_>>());
    let named = parts.filter_map(|parts| match parts.as_slice() {
        [root, protocol, section, name, ..]
            if root.eq_ignore_ascii_case("traefik") && section.eq_ignore_ascii_case("routers") =>
        {
            Some((protocol.to_ascii_lowercase(), name.to_ascii_lowercase()))
        }
        _ => None,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RULES;

    #[test]
    fn ids_and_names_are_unique_and_in_order() {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        assert_eq!(RULES.iter().map(|rule| rule.name).collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn every_rule_says_what_why_and_how() {
        for rule in RULES {
            for text in [rule.what, rule.why, rule.example, rule.fix] {
                assert!(text.len() > 20, "{}: {text:?}", rule.id);
            }
            assert!(rule.what.ends_with('.') && rule.why.ends_with('.') && rule.fix.ends_with('.'), "{}", rule.id);
        }
    }
}
