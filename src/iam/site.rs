//! Where the provider asks: region, account, clusters; and the requests that its calls make there.

use crate::model::Action;

use super::answer::{Asked, Knowledge, Question};
use super::key::Key;

/// The region, account and clusters that Traefik looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// The region.
    pub region: String,
    /// The account's twelve digits.
    pub account: String,
    /// The clusters, each once.
    pub clusters: Vec<SiteCluster>,
    /// Whether the clusters are all there are: a policy must then cover clusters that aren't known yet.
    pub discovers: bool,
}

/// A cluster that Traefik looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteCluster {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Whether it stands for every cluster that isn't named.
    pub stands_for_others: bool,
}

impl SiteCluster {
    /// What it is called in a message.
    pub fn shown(&self) -> &str {
        if self.stands_for_others { "any other cluster" } else { &self.name }
    }
}

/// The name of a cluster that stands for all that aren't named.
const OTHER: &str = "any-other-cluster";

impl Site {
    /// A site whose clusters are given by name or ARN, as in Traefik's settings.
    pub fn new(partition: &str, region: &str, account: &str, clusters: &[String]) -> Self {
        let mut site = Self {
            partition: partition.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            clusters: Vec::new(),
            discovers: false,
        };
        for given in clusters {
            site.add(given);
        }
        site
    }

    /// Adds a cluster by name or ARN, unless it is there.
    pub fn add(&mut self, given: &str) {
        let cluster = match given.split_once(":cluster/") {
            Some((_, name)) if given.starts_with("arn:") => {
                SiteCluster { name: name.to_owned(), arn: given.to_owned(), stands_for_others: false }
            }
            _ => self.named(given, false),
        };
        if !self.clusters.iter().any(|known| known.arn == cluster.arn) {
            self.clusters.push(cluster);
        }
    }

    /// Adds what stands for every cluster that isn't named.
    pub fn add_all_others(&mut self) {
        self.discovers = true;
        let others = self.named(OTHER, true);
        self.clusters.push(others);
    }

    fn named(&self, name: &str, stands_for_others: bool) -> SiteCluster {
        let Self { partition, region, account, .. } = self;
        let arn = format!("arn:{partition}:ecs:{region}:{account}:cluster/{name}");
        SiteCluster { name: name.to_owned(), arn, stands_for_others }
    }

    /// The requests that an action makes here: one, or one for each cluster.
    pub fn questions(&self, action: Action, knowledge: &Knowledge) -> Vec<(Option<&SiteCluster>, Question)> {
        let question =
            |resource: Asked, knowledge: Knowledge| Question { action: action.iam().to_owned(), resource, knowledge };
        let in_cluster = |cluster: &SiteCluster| {
            let mut known = knowledge.clone();
            known.known.set(Key::new("ecs:cluster"), vec![cluster.arn.clone()]);
            known
        };
        let ids = |cluster: &SiteCluster, kind: &str| {
            Asked::EveryIdAfter(format!("{}/", cluster.arn.replacen(":cluster/", &format!(":{kind}/"), 1)))
        };
        let each = |asked: &dyn Fn(&SiteCluster) -> Asked| {
            self.clusters.iter().map(|cluster| (Some(cluster), question(asked(cluster), in_cluster(cluster)))).collect()
        };
        match action {
            Action::ListTasks => each(&|_| Asked::One("*".to_owned())),
            Action::DescribeClusters => each(&|cluster| Asked::One(cluster.arn.clone())),
            Action::DescribeTasks => each(&|cluster| ids(cluster, "task")),
            Action::DescribeContainerInstances => each(&|cluster| ids(cluster, "container-instance")),
            _ => vec![(None, question(Asked::One("*".to_owned()), knowledge.clone()))],
        }
    }
}

impl Asked {
    /// The resource as it is shown: `…:task/web/*`.
    pub fn shown(&self) -> String {
        match self {
            Self::One(resource) => resource.clone(),
            Self::EveryIdAfter(start) => format!("{start}*"),
        }
    }
}
