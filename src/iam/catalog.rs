//! What AWS's service authorization data lists: which services there are, which actions three of them have, and what
//! the provider's actions are authorised on.

use std::sync::LazyLock;

/// One line for each service, `services` for the prefixes of all.
const DATA: &str = include_str!("actions.txt");

/// The names of a line, sorted.
struct Names(Vec<&'static str>);

fn line(of: &str) -> Names {
    let found = DATA.lines().find_map(|line| line.split_once(' ').filter(|(name, _)| *name == of));
    Names(found.map(|(_, names)| names.split(' ').collect()).unwrap_or_default())
}

static SERVICES: LazyLock<Names> = LazyLock::new(|| line("services"));
static ECS: LazyLock<Names> = LazyLock::new(|| line("ecs"));
static EC2: LazyLock<Names> = LazyLock::new(|| line("ec2"));
static SSM: LazyLock<Names> = LazyLock::new(|| line("ssm"));

/// Whether a service has this prefix, in lower case.
pub(super) fn is_service(prefix: &str) -> bool {
    SERVICES.0.binary_search(&prefix).is_ok()
}

/// The prefixes of all services.
pub(super) fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.0.iter().copied()
}

/// The actions of a service, as far as they are known here: those of the services that the provider calls.
pub(super) fn actions(service: &str) -> Option<&'static [&'static str]> {
    match service {
        "ecs" => Some(&ECS.0),
        "ec2" => Some(&EC2.0),
        "ssm" => Some(&SSM.0),
        _ => None,
    }
}

/// The type of resource that an action of the provider's is authorised on, `None` where it knows `*` only.
///
/// ListTasks takes a container instance where the request names one, which the provider's never does.
pub(super) fn resource_type(action: &str) -> Option<&'static str> {
    match action {
        "ecs:DescribeClusters" => Some("cluster"),
        "ecs:DescribeTasks" => Some("task"),
        "ecs:DescribeContainerInstances" | "ecs:ListTasks" => Some("container-instance"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{actions, is_service};
    use crate::model::Action;

    #[test]
    fn the_providers_actions_are_in_the_data() {
        for action in Action::ALL {
            assert!(is_service(action.service()));
            assert!(actions(action.service()).is_some_and(|known| known.contains(&action.name())), "{action}");
        }
    }
}
