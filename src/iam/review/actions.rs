//! Actions that don't exist: IAM takes them, and they grant nothing.

use super::super::catalog;
use super::super::finding::Finding;
use super::super::statement::{ActionPattern, Placed, Statement};
use crate::model::Action;

pub(super) fn review(statement: &Statement, findings: &mut Vec<Finding>) {
    for placed in &statement.actions.patterns {
        if let ActionPattern::Of { service, .. } = &placed.pattern {
            if service == "*" {
                findings.push(
                    Finding::warning("INVALID_SERVICE_IN_ACTION", "no service has the prefix \"*\"", &placed.span)
                        .hint("IAM documents a lone \"*\" for every action of every service"),
                );
            } else if !catalog::is_service(service) {
                unknown_service(service, placed, findings);
            } else {
                unknown_action(service, placed, findings);
            }
        }
    }
}

fn unknown_service(service: &str, placed: &Placed<ActionPattern>, findings: &mut Vec<Finding>) {
    let message = format!("no service has the prefix {service:?}");
    let finding = Finding::warning("INVALID_SERVICE_IN_ACTION", message, &placed.span);
    let plain = service.trim_end_matches(".amazonaws.com");
    let meant = if catalog::is_service(plain) { Some(plain) } else { provider_service(plain) };
    let meant = meant.or_else(|| crate::nearest::nearest(service, catalog::services()));
    findings.push(match meant {
        Some(meant) => finding.hint(format!("did you mean {meant}?")),
        None => finding,
    });
}

/// One of the services that the provider calls, which is the likeliest to be meant.
fn provider_service(prefix: &str) -> Option<&'static str> {
    crate::nearest::nearest(prefix, ["ecs", "ec2", "ssm"])
}

fn unknown_action(service: &str, placed: &Placed<ActionPattern>, findings: &mut Vec<Finding>) {
    let Some(known) = catalog::actions(service) else { return };
    if known.iter().any(|name| placed.pattern.matches(&format!("{service}:{name}"))) {
        return;
    }
    let name = placed.text.split_once(':').map_or("", |(_, name)| name);
    let message = if name.contains(['*', '?']) {
        format!("no action of {service} matches {name:?}")
    } else {
        format!("{service} has no action {name:?}")
    };
    let finding = Finding::warning("INVALID_ACTION", message, &placed.span);
    let own = Action::ALL.into_iter().filter(|action| action.service() == service).map(Action::name);
    let meant =
        crate::nearest::nearest(name.trim(), own).or_else(|| crate::nearest::nearest(name, known.iter().copied()));
    findings.push(match meant {
        Some(meant) => finding.hint(format!("did you mean {service}:{meant}? As it is, this grants nothing")),
        None => finding.hint("IAM accepts it, and it grants nothing"),
    });
}
