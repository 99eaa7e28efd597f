//! Which of the documented actions the provider needs, by its settings and its fleet, and what happens without.

use crate::model::{Action, Inventory, Release};
use crate::settings::Provider;

/// Whether an action is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// It is called; the text says what for.
    Required(String),
    /// It is called only if what the text says is so.
    OnlyIf(String),
    /// It is documented, and no release calls it.
    NeverCalled,
    /// These settings don't call it; the text says why.
    NotAskedFor(String),
}

impl Need {
    /// A stable word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Required(_) => "required",
            Self::OnlyIf(_) => "only-if",
            Self::NeverCalled => "never-called",
            Self::NotAskedFor(_) => "not-asked-for",
        }
    }

    /// Whether it is called for certain.
    pub fn is_required(&self) -> bool {
        matches!(self, Self::Required(_))
    }
}

/// What happens when an action is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// The pass fails: the old routes stay, and a fresh Traefik has none.
    Stale,
    /// It is only logged: the cluster's tasks vanish from the routes.
    Wiped,
    /// Nothing.
    Nothing,
}

impl Consequence {
    /// What happens when an action is denied.
    pub fn of(action: Action) -> Self {
        match action {
            Action::DescribeClusters => Self::Nothing,
            Action::DescribeTasks => Self::Wiped,
            _ => Self::Stale,
        }
    }

    /// A stable word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Wiped => "wiped",
            Self::Nothing => "nothing",
        }
    }

    /// What happens, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Stale => "the pass fails: routes go stale, and a fresh Traefik has none",
            Self::Wiped => "only logged: the tasks vanish, routes are wiped",
            Self::Nothing => "nothing happens",
        }
    }
}

/// What a fleet tells of the calls that a pass over it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that hang together in no way that a type could say")]
pub struct FleetFacts {
    /// Whether any task runs.
    pub has_tasks: bool,
    /// Whether any task runs on a container instance.
    pub on_instances: bool,
    /// Whether any of those is an EC2 instance.
    pub on_ec2: bool,
    /// Whether any of those is an external one.
    pub on_external: bool,
}

impl FleetFacts {
    /// Reads the facts off the records of a pass; `None` where calls failed, so that too little is known.
    pub fn of(inventory: &Inventory) -> Option<Self> {
        if !inventory.is_complete() {
            return None;
        }
        let tasks = || inventory.clusters.iter().flat_map(|cluster| &cluster.tasks);
        let instances = inventory.clusters.iter().flat_map(|cluster| cluster.container_instances.values());
        let ids: Vec<&str> = instances.filter_map(|instance| instance.ec2_instance_id.as_deref()).collect();
        Some(Self {
            has_tasks: tasks().next().is_some(),
            on_instances: tasks().any(|task| task.container_instance_arn.as_ref().is_some_and(|arn| !arn.is_empty())),
            on_ec2: ids.iter().any(|id| !id.starts_with("mi-")),
            on_external: ids.iter().any(|id| id.starts_with("mi-")),
        })
    }
}

/// The document whose whole list is asked for.
fn is_documented(action: Action, release: Release) -> bool {
    release != Release::V1_7 || action != Action::DescribeInstanceInformation
}

/// Whether an action is needed, where the documents' whole list is asked for.
pub fn documented(action: Action, release: Release) -> Need {
    if is_documented(action, release) {
        Need::Required("Traefik's documentation lists it".to_owned())
    } else {
        Need::NotAskedFor("v1's documentation does not list it".to_owned())
    }
}

/// Whether an action is needed. Without a fleet it is taken to have tasks, on what is not known.
pub fn need(action: Action, provider: &Provider, release: Release, fleet: Option<FleetFacts>) -> Need {
    let required = |why: &str| Need::Required(why.to_owned());
    let only_if = |what: &str| Need::OnlyIf(what.to_owned());
    let not_asked = |why: &str| Need::NotAskedFor(why.to_owned());
    let has_tasks = fleet.is_none_or(|fleet| fleet.has_tasks);
    match action {
        Action::ListClusters if provider.auto_discover_clusters => required("autoDiscoverClusters is on"),
        Action::ListClusters => not_asked("autoDiscoverClusters is off: the clusters are named"),
        Action::DescribeClusters => Need::NeverCalled,
        Action::ListTasks => required("it lists each cluster's tasks"),
        Action::DescribeTasks if has_tasks => required("it reads the tasks"),
        Action::DescribeTaskDefinition if has_tasks => required("it reads the tasks' labels and ports"),
        Action::DescribeTasks => only_if("a cluster has running tasks"),
        Action::DescribeTaskDefinition => only_if("there are tasks"),
        Action::DescribeContainerInstances => match fleet {
            Some(fleet) if fleet.on_instances => required("tasks run on container instances"),
            _ => only_if("a task runs on a container instance, EC2 or external"),
        },
        Action::DescribeInstances => match fleet {
            Some(fleet) if fleet.on_ec2 || fleet.on_external && release == Release::V1_7 => {
                required("tasks run on EC2 instances")
            }
            _ => only_if("a task runs on an EC2 instance"),
        },
        Action::DescribeInstanceInformation if release == Release::V1_7 => not_asked("v1 knows no external instances"),
        Action::DescribeInstanceInformation if !provider.ecs_anywhere => not_asked("ecsAnywhere is off"),
        Action::DescribeInstanceInformation => match fleet {
            Some(fleet) if fleet.on_external => required("tasks run on external instances"),
            _ => only_if("a task runs on an external instance"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{FleetFacts, Need, documented, need};
    use crate::model::{Action, Release};
    use crate::settings::Provider;

    const FARGATE: FleetFacts = FleetFacts { has_tasks: true, on_instances: false, on_ec2: false, on_external: false };

    fn required(provider: &Provider, fleet: Option<FleetFacts>) -> Vec<Action> {
        let is_required = |action: &Action| need(*action, provider, Release::V3_7, fleet).is_required();
        Action::ALL.into_iter().filter(is_required).collect()
    }

    #[test]
    fn a_fargate_fleet_needs_three_actions_and_no_more() {
        let wanted = vec![Action::ListTasks, Action::DescribeTasks, Action::DescribeTaskDefinition];
        assert_eq!(required(&Provider::default(), Some(FARGATE)), wanted);
    }

    #[test]
    fn settings_and_fleet_decide_over_the_others() {
        let provider = Provider { auto_discover_clusters: true, ecs_anywhere: true, ..Provider::default() };
        let fleet = FleetFacts { on_instances: true, on_ec2: true, on_external: true, ..FARGATE };
        assert_eq!(required(&provider, Some(fleet)).len(), 7);
        assert_eq!(need(Action::DescribeClusters, &provider, Release::V3_7, Some(fleet)), Need::NeverCalled);
    }

    #[test]
    fn the_documents_list_eight_and_seven() {
        let listed =
            |release| Action::ALL.into_iter().filter(|action| documented(*action, release).is_required()).count();
        assert_eq!((listed(Release::V3_7), listed(Release::V1_7)), (8, 7));
    }
}
