//! What a shell may offer for options whose values are known beforehand: rules, reasons, releases, templates, and the
//! clusters and services of a snapshot.

use std::collections::BTreeSet;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Command};

use crate::lint::RULES;
use crate::model::Release;
use crate::render::built_in_templates;
use crate::source::Snapshot;
use crate::view::reasons::REASONS;

/// The names of a fleet.
#[derive(Debug, Default)]
pub(super) struct Words {
    clusters: BTreeSet<String>,
    services: BTreeSet<String>,
}

impl Words {
    /// The names that a snapshot holds. Those that a shell could read as more than a name are left out: AWS has none,
    /// a file may.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let last = |arn: &str| arn.rsplit('/').next().unwrap_or(arn).to_owned();
        let listed = snapshot.clusters.iter().flatten().map(|cluster| last(&cluster.cluster_arn));
        let tasks = || snapshot.tasks.iter().flatten();
        let clusters = listed.chain(tasks().map(|task| last(&task.cluster_arn)));
        let services = tasks().filter_map(|task| task.group.as_deref()?.strip_prefix("service:"));
        Self {
            clusters: clusters.filter(|name| is_plain(name)).collect(),
            services: services.map(str::to_owned).filter(|name| is_plain(name)).collect(),
        }
    }

    /// The command line with everything that may be offered.
    pub(super) fn offered(&self, command: Command) -> Command {
        let command = command.mut_subcommands(|sub| self.offered(sub));
        let names: Vec<_> = command.get_arguments().map(|argument| argument.get_id().clone()).collect();
        let name = command.get_name().to_owned();
        names.into_iter().fold(command, |command, id| {
            let values = self.values(&name, id.as_str());
            if values.is_empty() { command } else { command.mut_arg(id, |argument| offer(argument, values)) }
        })
    }

    /// What may be offered for an argument of a command.
    fn values(&self, command: &str, argument: &str) -> Vec<PossibleValue> {
        let plain = |names: &BTreeSet<String>| names.iter().map(PossibleValue::new).collect();
        match (command, argument) {
            ("lint", "select" | "ignore" | "explain") => {
                RULES.iter().map(|rule| PossibleValue::new(rule.id).help(rule.name)).collect()
            }
            ("discover", "reason") => REASONS.iter().map(|reason| PossibleValue::new(reason.id)).collect(),
            (_, "traefik") => releases().map(PossibleValue::new).collect(),
            ("rule", "syntax") => ["v3", "v2"].map(PossibleValue::new).to_vec(),
            ("render", "template") => built_in_templates().map(PossibleValue::new).collect(),
            (_, "clusters") => plain(&self.clusters),
            ("discover", "service") | ("explain", "pattern") | ("check-policy", "task_role_of") => {
                plain(&self.services)
            }
            _ => Vec::new(),
        }
    }
}

/// A value that every shell takes for one word and nothing else.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn releases() -> impl Iterator<Item = &'static str> {
    let newest_first = Release::ALL.into_iter().rev();
    ["v3", "v2", "v1"].into_iter().chain(newest_first.flat_map(|release| [release.minor(), release.name()]))
}

fn offer(argument: Arg, values: Vec<PossibleValue>) -> Arg {
    argument.value_parser(PossibleValuesParser::new(values))
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::source::Snapshot;

    #[test]
    fn names_are_those_of_the_snapshot_and_no_commands() {
        let text = r#"{ "clusters": [{ "clusterArn": "arn:aws:ecs:eu-west-1:1:cluster/prod" }],
            "tasks": [
                { "taskArn": "t/1", "clusterArn": "c/edge", "taskDefinitionArn": "d:1", "group": "service:api" },
                { "taskArn": "t/2", "clusterArn": "c/edge", "taskDefinitionArn": "d:1", "group": "service:$(reboot)" }
            ] }"#;
        let words = Words::of(&Snapshot::read(text.as_bytes()).expect("it is a snapshot"));
        assert_eq!(words.clusters.iter().collect::<Vec<_>>(), ["edge", "prod"]);
        assert_eq!(words.services.iter().collect::<Vec<_>>(), ["api"]);
    }
}
