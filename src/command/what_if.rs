//! The what-if options: laid over what was read, and wrong ones refused before anything is done.

use super::eval::invalid;
use crate::cli::SettingsArgs;
use crate::constraint::Constraint;
use crate::failure::{Failure, Place};
use crate::model::Text;
use crate::settings::Effective;
use crate::template::Template;

/// Lays the what-if options over what was read. Naming a cluster means that one: discovery is off then, unless asked
/// for beside it.
///
/// # Errors
/// When an expression or a template that was given here can't be read, at its place.
pub(super) fn lay_over(effective: &mut Effective, arguments: &SettingsArgs) -> Result<(), Failure> {
    if !arguments.clusters.is_empty() {
        let clusters: Vec<Text> = arguments.clusters.iter().map(|name| Text::from(name.as_str())).collect();
        effective.what_if("clusters", "--cluster", |ecs| ecs.clusters = clusters);
        if effective.provider.auto_discover_clusters && arguments.auto_discover_clusters.is_none() {
            effective.what_if("autoDiscoverClusters", "--cluster", |ecs| ecs.auto_discover_clusters = false);
        }
    }
    if let Some(given) = arguments.auto_discover_clusters {
        effective.what_if("autoDiscoverClusters", "--auto-discover-clusters", |ecs| ecs.auto_discover_clusters = given);
    }
    if let Some(given) = arguments.exposed_by_default {
        effective.what_if("exposedByDefault", "--exposed-by-default", |ecs| ecs.exposed_by_default = given);
    }
    if let Some(given) = arguments.healthy_tasks_only {
        effective.what_if("healthyTasksOnly", "--healthy-tasks-only", |ecs| ecs.healthy_tasks_only = given);
    }
    if let Some(given) = arguments.ecs_anywhere {
        effective.what_if("ecsAnywhere", "--ecs-anywhere", |ecs| ecs.ecs_anywhere = given);
    }
    if let Some(given) = arguments.refresh_seconds {
        effective.what_if("refreshSeconds", "--refresh-seconds", |ecs| ecs.refresh_seconds = given);
    }
    if let Some(given) = arguments.constraints.as_deref() {
        check_constraint(given)?;
        effective.what_if("constraints", "--constraints", |ecs| ecs.constraints = given.into());
    }
    if let Some(given) = arguments.default_rule.as_deref() {
        check_template(given)?;
        effective.what_if("defaultRule", "--default-rule", |ecs| ecs.default_rule = given.into());
    }
    Ok(())
}

fn check_constraint(text: &str) -> Result<(), Failure> {
    let known = ["Label", "LabelRegex"];
    Constraint::parse(text)
        .map(|_| ())
        .map_err(|error| invalid::failure("--constraints is not valid", "--constraints", text, &error, &known))
}

fn check_template(text: &str) -> Result<(), Failure> {
    Template::parse(text).map(|_| ()).map_err(|error| {
        Failure::input("--default-rule is no template").at(Place {
            first_line: 1,
            first_column: 1,
            origin: "--default-rule".to_owned(),
            text: text.to_owned(),
            span: error.span.clone(),
            label: error.reason,
        })
    })
}
