//! Answers calls from a snapshot, as AWS would have answered them.
//!
//! A section that was not read can't answer: the call fails as [`CallErrorKind::NotRecorded`], never as an empty
//! fleet. Recorded failures come out of the same calls that they came from.
//!
//! [`CallErrorKind::NotRecorded`]: crate::model::CallErrorKind::NotRecorded

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answer, Counter, Described, Page, PageSizes, RecordedError, Snapshot, Source};
use crate::model::{
    Action, CallError, Cluster, ContainerInstance, Ec2Instance, Index, MissingRecord, Seen, SsmInstance, Task,
    TaskDefinition, Text, codes,
};

/// A snapshot, indexed by what calls ask for.
#[derive(Debug)]
pub struct SnapshotSource {
    region: Option<Text>,
    clusters: Option<Vec<Cluster>>,
    /// The clusters that were searched when no listing was recorded.
    searched: Vec<Text>,
    /// Clusters of the listing whose tasks were not read.
    unread: Vec<Text>,
    tasks: Option<Index<Text, Arc<Task>>>,
    /// The pages of `ListTasks`, by the ARN of the cluster.
    listed: Index<Text, Vec<Vec<Text>>>,
    container_instances: Option<Index<Text, Arc<ContainerInstance>>>,
    task_definitions: Option<Index<Text, Arc<TaskDefinition>>>,
    ec2_instances: Option<Index<Text, Ec2Instance>>,
    ssm_instances: Option<Index<Text, SsmInstance>>,
    missing: Index<Text, Text>,
    errors: Vec<(Action, RecordedError)>,
    page_sizes: PageSizes,
    calls: Counter,
}

/// Whether a name or ARN that was asked for means the cluster with this ARN (or name).
pub(super) fn means(asked: &str, cluster: &str) -> bool {
    let is_arn = |text: &str| text.starts_with("arn:");
    asked == cluster || (!(is_arn(asked) && is_arn(cluster)) && asked.rsplit('/').next() == cluster.rsplit('/').next())
}

/// The records by key, the first of each.
fn index<T: Clone>(records: Option<Vec<T>>, key: impl Fn(&T) -> Text) -> Option<Index<Text, T>> {
    records.map(|records| {
        let mut known = Index::default();
        known.reserve(records.len());
        for record in records {
            known.entry(key(&record)).or_insert(record);
        }
        known
    })
}

impl SnapshotSource {
    /// Indexes a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        Self::with_pages(snapshot, PageSizes::default())
    }

    /// Indexes a snapshot whose listings come in pages of these sizes.
    pub fn with_pages(snapshot: Snapshot, page_sizes: PageSizes) -> Self {
        let errors: Vec<_> = snapshot
            .errors
            .iter()
            .flatten()
            .filter_map(|error| Some((Action::parse(&error.action)?, error.clone())))
            .collect();
        let listed = listing(&snapshot, &errors, page_sizes.of(Action::ListTasks));
        Self {
            region: snapshot.region.clone(),
            searched: searched(&snapshot),
            unread: snapshot.unread_clusters.unwrap_or_default(),
            clusters: snapshot.clusters,
            tasks: index(snapshot.tasks, |task| task.task_arn.clone()),
            listed,
            container_instances: index(snapshot.container_instances, |known| known.container_instance_arn.clone()),
            task_definitions: index(snapshot.task_definitions, |known| known.task_definition_arn.clone()),
            ec2_instances: index(snapshot.ec2_instances, |known| known.instance_id.clone()),
            ssm_instances: index(snapshot.ssm_instances, |known| known.instance_id.clone()),
            missing: snapshot
                .failures
                .into_iter()
                .flatten()
                .filter_map(|failure| Some((failure.arn?, failure.reason.unwrap_or_else(missing_reason))))
                .collect(),
            errors,
            page_sizes,
            calls: Counter::default(),
        }
    }

    /// The failure that was recorded for a call, if one was.
    fn recorded(&self, action: Action, cluster: Option<&Text>, subjects: &[Text]) -> Option<CallError> {
        let fits = |error: &RecordedError| {
            let same_cluster = match (&error.cluster, cluster) {
                (Some(recorded), Some(asked)) => means(asked, recorded),
                _ => true,
            };
            same_cluster
                && (error.subjects.is_empty() || subjects.iter().any(|subject| error.subjects.contains(subject)))
        };
        let (_, error) = self.errors.iter().find(|(of, error)| *of == action && fits(error))?;
        let mut failure = CallError::new(action, error.code.clone(), error.message.clone()).about(subjects);
        failure.cluster = cluster.cloned();
        Some(failure)
    }

    /// The ARN (or name) under which a cluster's records stand.
    fn cluster(&self, action: Action, asked: &Text) -> Answer<Text> {
        let Some(clusters) = &self.clusters else {
            return self.searched.iter().find(|known| means(asked, known)).cloned().ok_or_else(|| {
                let known = match self.searched.as_slice() {
                    [] => "no cluster".to_owned(),
                    known => known.join(", "),
                };
                not_recorded(action, format!("the snapshot holds no tasks of {asked}; it was made of {known}"))
                    .in_cluster(asked)
            });
        };
        let named = |known: &&Cluster| means(asked, &known.cluster_arn) || known.cluster_name.as_ref() == Some(asked);
        let Some(cluster) = clusters.iter().find(named) else {
            return Err(CallError::new(action, "ClusterNotFoundException", "Cluster not found.").in_cluster(asked));
        };
        if self.unread.iter().any(|unread| means(unread, &cluster.cluster_arn)) {
            let message = format!("the snapshot holds no tasks of {asked}: it was not among the clusters searched");
            return Err(not_recorded(action, message).in_cluster(asked));
        }
        Ok(cluster.cluster_arn.clone())
    }

    fn cut<T>(&self, action: Action, all: Vec<T>, token: Option<&Text>) -> Page<T> {
        let size = self.page_sizes.of(action);
        let start = token.and_then(|token| token.parse().ok()).unwrap_or(0_usize).min(all.len());
        let end = start.saturating_add(size).min(all.len());
        let next = (end < all.len()).then(|| Text::from(end.to_string()));
        Page { items: all.into_iter().skip(start).take(end - start).collect(), next }
    }

    /// Splits what was asked for into the records there are and those that are reported as failures.
    fn described<T: Clone>(
        &self,
        action: Action,
        cluster: &Text,
        arns: &[Text],
        known: &Index<Text, T>,
        belongs: impl Fn(&T) -> bool,
    ) -> Described<T> {
        let mut described = Described { records: Vec::with_capacity(arns.len()), missing: Vec::new() };
        let mut seen = Seen::default();
        seen.reserve(arns.len());
        for arn in arns.iter().filter(|arn| seen.insert(*arn)) {
            match known.get(arn).filter(|record| belongs(record)) {
                Some(record) => described.records.push(record.clone()),
                None => described.missing.push(MissingRecord {
                    action,
                    cluster: Some(cluster.clone()),
                    arn: arn.clone(),
                    reason: self.missing.get(arn).cloned().unwrap_or_else(missing_reason),
                }),
            }
        }
        described
    }
}

fn missing_reason() -> Text {
    "MISSING".into()
}

fn not_recorded(action: Action, message: impl Into<Text>) -> CallError {
    CallError::new(action, codes::NOT_RECORDED, message)
}

fn no_section(action: Action, section: &str) -> CallError {
    not_recorded(action, format!("the snapshot has no section `{section}`: {action} was not recorded"))
}

/// The clusters whose tasks a snapshot without a listing of clusters must hold: those that it names anywhere.
fn searched(snapshot: &Snapshot) -> Vec<Text> {
    let settings = snapshot.settings.as_ref().and_then(|settings| settings.get("clusters")?.as_array());
    let named = settings.into_iter().flatten().filter_map(|name| name.as_str()).map(Text::from);
    let mut seen = Seen::default();
    let of_records = snapshot
        .tasks
        .iter()
        .flatten()
        .map(|task| &task.cluster_arn)
        .chain(snapshot.container_instances.iter().flatten().map(|known| &known.cluster_arn))
        .filter(|arn| !arn.is_empty())
        .filter(|arn| seen.insert((*arn).clone()))
        .cloned();
    let mut all: Vec<Text> = of_records.collect();
    let fresh: Vec<Text> = named.filter(|name| !all.iter().any(|known| means(name, known))).collect();
    all.extend(fresh);
    all
}

/// The pages of `ListTasks`. Tasks that a failed call would have described are pages of their own, so that a replay loses
/// exactly them; tasks that were listed and then gone are listed again.
fn listing(snapshot: &Snapshot, errors: &[(Action, RecordedError)], size: usize) -> Index<Text, Vec<Vec<Text>>> {
    let stopping: Seen<&Text> = snapshot.stopping_tasks.iter().flatten().collect();
    let mut arns: Index<Text, Vec<Text>> = Index::default();
    let mut seen = Seen::default();
    for task in snapshot.tasks.iter().flatten() {
        let running = task.desired_status.as_deref().is_none_or(|status| status == "RUNNING");
        if (running || stopping.contains(&task.task_arn)) && seen.insert(&task.task_arn) {
            arns.entry(task.cluster_arn.clone()).or_default().push(task.task_arn.clone());
        }
    }
    let clusters = searched(snapshot);
    let listed_as = |named: &Text| {
        let listed = snapshot.clusters.iter().flatten().map(|cluster| &cluster.cluster_arn);
        listed.chain(&clusters).find(|known| means(named, known)).unwrap_or(named).clone()
    };
    for failure in snapshot.failures.iter().flatten() {
        let of_tasks = failure.action.as_deref().and_then(Action::parse) == Some(Action::DescribeTasks);
        if let (true, Some(cluster), Some(arn)) = (of_tasks, &failure.cluster, &failure.arn) {
            arns.entry(listed_as(cluster)).or_default().push(arn.clone());
        }
    }
    let mut pages: Index<Text, Vec<Vec<Text>>> = Index::default();
    for cluster in arns.keys().cloned().collect::<std::collections::BTreeSet<_>>() {
        let listed = arns.remove(&cluster).unwrap_or_default();
        pages.insert(cluster, listed.chunks(size).map(<[Text]>::to_vec).collect());
    }
    for (action, error) in errors {
        if let (Action::DescribeTasks, Some(cluster), false) = (action, &error.cluster, error.subjects.is_empty()) {
            pages.entry(listed_as(cluster)).or_default().push(error.subjects.clone());
        }
    }
    pages
}

impl Source for SnapshotSource {
    fn region(&self) -> Option<Text> {
        self.region.clone()
    }

    fn calls(&self) -> BTreeMap<Action, u64> {
        self.calls.counts()
    }

    async fn list_clusters(&self, token: Option<Text>) -> Answer<Page<Text>> {
        const ACTION: Action = Action::ListClusters;
        self.calls.count(ACTION);
        let failure = self.recorded(ACTION, None, &[]);
        let arns: Vec<Text> = self.clusters.iter().flatten().map(|cluster| cluster.cluster_arn.clone()).collect();
        if let Some(failure) = failure {
            // What was listed before it failed comes first, as it did then.
            return match token {
                None if !arns.is_empty() => Ok(Page { items: arns, next: Some("failed".into()) }),
                _ => Err(failure),
            };
        }
        if self.clusters.is_none() {
            return Err(no_section(ACTION, "clusters"));
        }
        Ok(self.cut(ACTION, arns, token.as_ref()))
    }

    async fn list_tasks(&self, cluster: &Text, token: Option<Text>) -> Answer<Page<Text>> {
        const ACTION: Action = Action::ListTasks;
        self.calls.count(ACTION);
        let failure = self.recorded(ACTION, Some(cluster), &[]);
        let known = match (self.cluster(ACTION, cluster), &failure) {
            (Ok(known), _) => known,
            (Err(_), Some(failure)) => return Err(failure.clone()),
            (Err(error), None) => return Err(error),
        };
        if self.tasks.is_none() && failure.is_none() {
            return Err(no_section(ACTION, "tasks").in_cluster(cluster));
        }
        let pages = self.listed.get(&known).map(Vec::as_slice).unwrap_or_default();
        let at: usize = token.and_then(|token| token.parse().ok()).unwrap_or(0);
        match (pages.get(at), failure) {
            (Some(page), failure) => {
                let more = at + 1 < pages.len() || failure.is_some();
                Ok(Page { items: page.clone(), next: more.then(|| Text::from((at + 1).to_string())) })
            }
            (None, Some(failure)) => Err(failure),
            (None, None) => Ok(Page { items: Vec::new(), next: None }),
        }
    }

    async fn describe_tasks(&self, cluster: &Text, arns: &[Text]) -> Answer<Described<Arc<Task>>> {
        const ACTION: Action = Action::DescribeTasks;
        self.calls.count(ACTION);
        if let Some(failure) = self.recorded(ACTION, Some(cluster), arns) {
            return Err(failure);
        }
        let known = self.cluster(ACTION, cluster)?;
        let tasks = self.tasks.as_ref().ok_or_else(|| no_section(ACTION, "tasks").in_cluster(cluster))?;
        Ok(self.described(ACTION, cluster, arns, tasks, |task| means(&known, &task.cluster_arn)))
    }

    async fn describe_container_instances(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> Answer<Described<Arc<ContainerInstance>>> {
        const ACTION: Action = Action::DescribeContainerInstances;
        self.calls.count(ACTION);
        if let Some(failure) = self.recorded(ACTION, Some(cluster), arns) {
            return Err(failure);
        }
        let known = self.cluster(ACTION, cluster)?;
        let instances = self
            .container_instances
            .as_ref()
            .ok_or_else(|| no_section(ACTION, "containerInstances").in_cluster(cluster).about(arns))?;
        let belongs =
            |instance: &Arc<ContainerInstance>| instance.cluster_arn.is_empty() || means(&known, &instance.cluster_arn);
        Ok(self.described(ACTION, cluster, arns, instances, belongs))
    }

    async fn describe_instances(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<Ec2Instance>> {
        const ACTION: Action = Action::DescribeInstances;
        self.calls.count(ACTION);
        if let Some(failure) = self.recorded(ACTION, None, ids) {
            return Err(failure);
        }
        let known = self.ec2_instances.as_ref().ok_or_else(|| no_section(ACTION, "ec2Instances").about(ids))?;
        if let Some(id) = ids.iter().find(|id| !is_instance_id(id)) {
            let message = format!("Invalid id: \"{id}\"");
            return Err(CallError::new(ACTION, "InvalidInstanceID.Malformed", message).about(ids));
        }
        if let Some(id) = ids.iter().find(|id| !known.contains_key(*id)) {
            let message = format!("The instance ID '{id}' does not exist");
            return Err(CallError::new(ACTION, "InvalidInstanceID.NotFound", message).about(ids));
        }
        let found = distinct(ids).filter_map(|id| known.get(id).cloned()).collect();
        Ok(self.cut(ACTION, found, token.as_ref()))
    }

    async fn describe_instance_information(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<SsmInstance>> {
        const ACTION: Action = Action::DescribeInstanceInformation;
        self.calls.count(ACTION);
        if let Some(failure) = self.recorded(ACTION, None, ids) {
            return Err(failure);
        }
        let known = self.ssm_instances.as_ref().ok_or_else(|| no_section(ACTION, "ssmInstances").about(ids))?;
        let found = distinct(ids).filter_map(|id| known.get(id).cloned()).collect();
        Ok(self.cut(ACTION, found, token.as_ref()))
    }

    async fn describe_task_definition(&self, name: &Text) -> Answer<Arc<TaskDefinition>> {
        const ACTION: Action = Action::DescribeTaskDefinition;
        self.calls.count(ACTION);
        let subject = std::slice::from_ref(name);
        if let Some(failure) = self.recorded(ACTION, None, subject) {
            return Err(failure);
        }
        let known =
            self.task_definitions.as_ref().ok_or_else(|| no_section(ACTION, "taskDefinitions").about(subject))?;
        known.get(name).cloned().ok_or_else(|| {
            CallError::new(ACTION, "ClientException", "Unable to describe task definition.").about(subject)
        })
    }
}

/// Each id once, in order.
fn distinct(ids: &[Text]) -> impl Iterator<Item = &Text> {
    let mut seen = Seen::default();
    ids.iter().filter(move |id| seen.insert(*id))
}

/// Whether EC2 takes it for an id: `i-` and 8 or 17 hexadecimal digits.
fn is_instance_id(id: &str) -> bool {
    id.strip_prefix("i-").is_some_and(|digits| {
        matches!(digits.len(), 8 | 17) && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}
