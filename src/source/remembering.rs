//! A source that asks for each revision of a task definition once in its life: a revision never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Answer, Described, Page, Source};
use crate::model::{Action, ContainerInstance, Ec2Instance, Inventory, SsmInstance, Task, TaskDefinition, Text};

/// The revisions that are known, from one pass to the next.
#[derive(Debug, Default)]
pub struct KnownDefinitions(Mutex<BTreeMap<Text, Arc<TaskDefinition>>>);

impl KnownDefinitions {
    /// Forgets what a complete pass did not need: what runs nowhere any more would fill the memory.
    pub fn keep_those_of(&self, inventory: &Inventory) {
        let tasks = inventory.clusters.iter().flat_map(|records| &records.tasks);
        let run: BTreeSet<&Text> = tasks.map(|task| &task.task_definition_arn).collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|arn, _| run.contains(arn));
    }

    fn get(&self, arn: &Text) -> Option<Arc<TaskDefinition>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(arn).cloned()
    }

    fn keep(&self, arn: &Text, definition: &Arc<TaskDefinition>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(arn.clone(), definition.clone());
    }
}

/// Whether a name says which revision: `…/api:41`. A family alone means its newest, which changes.
fn is_revision(name: &str) -> bool {
    name.rsplit_once(':').is_some_and(|(_, revision)| revision.parse::<u64>().is_ok())
}

/// A source with a memory.
#[derive(Debug)]
pub struct Remembering<'a, S> {
    /// Who is asked for what isn't known.
    pub source: &'a S,
    /// What is.
    pub known: &'a KnownDefinitions,
}

impl<S: Source> Source for Remembering<'_, S> {
    fn region(&self) -> Option<Text> {
        self.source.region()
    }

    fn calls(&self) -> BTreeMap<Action, u64> {
        self.source.calls()
    }

    async fn list_clusters(&self, token: Option<Text>) -> Answer<Page<Text>> {
        self.source.list_clusters(token).await
    }

    async fn list_tasks(&self, cluster: &Text, token: Option<Text>) -> Answer<Page<Text>> {
        self.source.list_tasks(cluster, token).await
    }

    async fn describe_tasks(&self, cluster: &Text, arns: &[Text]) -> Answer<Described<Arc<Task>>> {
        self.source.describe_tasks(cluster, arns).await
    }

    async fn describe_container_instances(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> Answer<Described<Arc<ContainerInstance>>> {
        self.source.describe_container_instances(cluster, arns).await
    }

    async fn describe_instances(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<Ec2Instance>> {
        self.source.describe_instances(ids, token).await
    }

    async fn describe_instance_information(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<SsmInstance>> {
        self.source.describe_instance_information(ids, token).await
    }

    async fn describe_task_definition(&self, name: &Text) -> Answer<Arc<TaskDefinition>> {
        if let Some(definition) = self.known.get(name) {
            return Ok(definition);
        }
        let definition = self.source.describe_task_definition(name).await?;
        if is_revision(name) {
            self.known.keep(name, &definition);
        }
        Ok(definition)
    }
}

#[cfg(test)]
mod tests {
    use super::is_revision;

    #[test]
    fn a_family_alone_is_no_revision() {
        assert!(is_revision("arn:aws:ecs:eu-west-1:123456789012:task-definition/api:41"));
        assert!(!is_revision("arn:aws:ecs:eu-west-1:123456789012:task-definition/api"));
        assert!(!is_revision("api"));
    }
}
