//! The rules, one file each.

mod conflicting_definitions;
mod conflicting_revisions;
mod conflicts;
mod constraint_broken;
mod constraint_idle;
mod dashboard_public;
mod default_rule_fails;
mod default_rule_gap;
mod document_broken;
mod duration_overflow;
mod element_incomplete;
mod equal_priority;
mod exposed_by_default;
mod external_awsvpc;
mod external_off;
mod health_check_missing;
mod health_check_port;
mod host_claimed_twice;
mod host_with_port;
mod ignore_broken;
mod ignore_unused;
mod instance_stopped;
mod label_crash;
mod label_ignored;
mod label_index;
mod label_other_generation;
mod label_unknown;
mod label_value;
mod labels_misplaced;
mod missing_entry_point;
mod missing_middleware;
mod missing_resolver;
mod missing_service;
mod missing_tls_options;
mod missing_transport;
mod plain_keys;
mod port_missing;
mod port_udp;
mod port_undecided;
mod port_unmapped;
mod port_zero;
mod provider_off;
mod references;
mod refresh_too_short;
mod remarks;
mod router_without_service;
mod rule_never_matches;
mod rule_other_generation;
mod rule_shadowed;
mod rule_syntax;
mod same_container_name;
mod secret_in_label;
mod service_in_two_clusters;
mod setting_ignored;
mod setting_misread;
mod settings_logged;
mod settings_refused;
mod standings;
mod sticky_cookie;
mod tls_on_plain;
mod traefik_exposed;
mod unhealthy_routed;
mod v1;
mod value_mangled;

use super::given::Container;
use super::rule::Rule;

pub use ignore_unused::RULE as IGNORE_UNUSED;
pub use references::elsewhere;

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &document_broken::RULE,
    &label_unknown::RULE,
    &label_crash::RULE,
    &label_value::RULE,
    &label_index::RULE,
    &duration_overflow::RULE,
    &labels_misplaced::RULE,
    &label_other_generation::RULE,
    &label_ignored::RULE,
    &value_mangled::RULE,
    &secret_in_label::RULE,
    &rule_syntax::RULE,
    &rule_other_generation::RULE,
    &rule_never_matches::RULE,
    &host_with_port::RULE,
    &rule_shadowed::RULE,
    &equal_priority::RULE,
    &host_claimed_twice::RULE,
    &default_rule_fails::RULE,
    &default_rule_gap::RULE,
    &constraint_idle::RULE,
    &constraint_broken::RULE,
    &port_missing::RULE,
    &port_undecided::RULE,
    &port_unmapped::RULE,
    &port_zero::RULE,
    &port_udp::RULE,
    &health_check_port::RULE,
    &router_without_service::RULE,
    &conflicting_definitions::RULE,
    &conflicting_revisions::RULE,
    &service_in_two_clusters::RULE,
    &same_container_name::RULE,
    &element_incomplete::RULE,
    &missing_middleware::RULE,
    &missing_service::RULE,
    &missing_transport::RULE,
    &missing_tls_options::RULE,
    &missing_resolver::RULE,
    &missing_entry_point::RULE,
    &exposed_by_default::RULE,
    &traefik_exposed::RULE,
    &dashboard_public::RULE,
    &tls_on_plain::RULE,
    &sticky_cookie::RULE,
    &unhealthy_routed::RULE,
    &health_check_missing::RULE,
    &external_off::RULE,
    &external_awsvpc::RULE,
    &instance_stopped::RULE,
    &setting_ignored::RULE,
    &settings_logged::RULE,
    &refresh_too_short::RULE,
    &plain_keys::RULE,
    &setting_misread::RULE,
    &settings_refused::RULE,
    &provider_off::RULE,
    &ignore_unused::RULE,
    &ignore_broken::RULE,
    &v1::nothing_published::RULE,
    &v1::label_breaks_all::RULE,
    &v1::label_unread::RULE,
    &v1::rule_refused::RULE,
    &v1::backend_by_chance::RULE,
    &v1::port_missing::RULE,
];

/// The rules that look where Traefik 1.7 is asked: its own, and those that look at documents and settings alone.
pub static RULES_OF_V1: &[&Rule] = &[
    &document_broken::RULE,
    &labels_misplaced::RULE,
    &setting_ignored::RULE,
    &settings_logged::RULE,
    &plain_keys::RULE,
    &setting_misread::RULE,
    &settings_refused::RULE,
    &provider_off::RULE,
    &ignore_unused::RULE,
    &ignore_broken::RULE,
    &v1::nothing_published::RULE,
    &v1::label_breaks_all::RULE,
    &v1::label_unread::RULE,
    &v1::rule_refused::RULE,
    &v1::backend_by_chance::RULE,
    &v1::port_missing::RULE,
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
