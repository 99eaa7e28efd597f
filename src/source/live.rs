//! Live AWS, through the SDK: the only place that talks to it.
//!
//! A call waits for its turn (`pace`), is tried up to three times by the SDK, and never outlives the deadline of the
//! whole. What comes back is turned into plain records (`convert`) or into an honest failure (`failure`).

mod access;
mod convert;
mod credentials;
mod failure;
mod pace;
mod probe;
mod role;
mod watch;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_ecs::error::ProvideErrorMetadata;
use aws_sdk_ssm::types::InstanceInformationStringFilter;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use tokio::time::Instant;

pub use access::{Access, ConnectError, Connection, Identity, connect};
pub use credentials::CredentialsOrigin;
pub use pace::DEFAULT_RATE;
pub use role::{NoService, RolePolicy, TaskRole, Unread, UnreadLayer};
pub use watch::{Attempt, Attempts};

use self::pace::Pace;
use super::{Answer, Counter, Described, Page, Source};
use crate::model::{
    Action, CallError, CallErrorKind, ContainerInstance, Ec2Instance, SsmInstance, Task, TaskDefinition, Text, codes,
};

/// The most records that SSM puts on a page.
const SSM_PAGE: i32 = 50;

/// AWS as it answers now.
pub struct LiveSource {
    region: Text,
    ecs: aws_sdk_ecs::Client,
    ec2: aws_sdk_ec2::Client,
    ssm: aws_sdk_ssm::Client,
    pace: Pace,
    timeout: Duration,
    deadline: Mutex<Instant>,
    calls: Arc<Counter>,
    /// A failure that every further call would meet too.
    hopeless: Mutex<Option<CallError>>,
}

impl LiveSource {
    /// One call: waits for its turn, and gives up at the deadline.
    async fn call<O, E>(
        &self,
        action: Action,
        request: impl Future<Output = Result<O, SdkError<E, HttpResponse>>> + Send,
    ) -> Answer<O>
    where
        O: Send,
        E: ProvideErrorMetadata + std::error::Error + Send + 'static,
    {
        if let Some(met) = self.hopeless() {
            return Err(CallError { action, ..met });
        }
        let paced = async {
            self.pace.turn(action).await;
            request.await
        };
        let error = match tokio::time::timeout_at(self.deadline(), paced).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => failure::read(action, &error),
            Err(_) => {
                let message = format!("no answer within the {:?} that --timeout allows for everything", self.timeout);
                CallError::new(action, codes::TIMED_OUT, message)
            }
        };
        if matches!(error.kind, CallErrorKind::Credentials | CallErrorKind::Unreachable) {
            *self.hopeless.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
        }
        Err(error)
    }

    /// Begins another pass over the same connection: what everything may take counts from now, and what was hopeless is
    /// tried again.
    pub fn begin_anew(&self) {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + self.timeout;
        *self.hopeless.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn deadline(&self) -> Instant {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hopeless(&self) -> Option<CallError> {
        self.hopeless.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn strings(texts: &[Text]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn page<T>(items: Vec<T>, token: Option<String>) -> Page<T> {
    // An empty token is how some answers say that there is no other page.
    Page { items, next: token.filter(|token| !token.is_empty()).map(Text::from) }
}

impl Source for LiveSource {
    fn region(&self) -> Option<Text> {
        Some(self.region.clone())
    }

    fn calls(&self) -> BTreeMap<Action, u64> {
        self.calls.counts()
    }

    async fn list_clusters(&self, token: Option<Text>) -> Answer<Page<Text>> {
        let request = self.ecs.list_clusters().set_next_token(token.map(|token| token.to_string()));
        let answer = self.call(Action::ListClusters, Box::pin(request.send())).await?;
        Ok(page(convert::texts(answer.cluster_arns), answer.next_token))
    }

    async fn list_tasks(&self, cluster: &Text, token: Option<Text>) -> Answer<Page<Text>> {
        let request = self
            .ecs
            .list_tasks()
            .cluster(&**cluster)
            .desired_status(aws_sdk_ecs::types::DesiredStatus::Running)
            .set_next_token(token.map(|token| token.to_string()));
        let answer =
            self.call(Action::ListTasks, Box::pin(request.send())).await.map_err(|error| error.in_cluster(cluster))?;
        Ok(page(convert::texts(answer.task_arns), answer.next_token))
    }

    async fn describe_tasks(&self, cluster: &Text, arns: &[Text]) -> Answer<Described<Arc<Task>>> {
        const ACTION: Action = Action::DescribeTasks;
        let request = self.ecs.describe_tasks().cluster(&**cluster).set_tasks(Some(strings(arns)));
        let answer =
            self.call(ACTION, Box::pin(request.send())).await.map_err(|error| error.in_cluster(cluster).about(arns))?;
        Ok(Described {
            records: answer.tasks().iter().map(|task| Arc::new(convert::task(cluster, task))).collect(),
            missing: convert::missing(ACTION, cluster, answer.failures()),
        })
    }

    async fn describe_container_instances(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> Answer<Described<Arc<ContainerInstance>>> {
        const ACTION: Action = Action::DescribeContainerInstances;
        let request =
            self.ecs.describe_container_instances().cluster(&**cluster).set_container_instances(Some(strings(arns)));
        let answer =
            self.call(ACTION, Box::pin(request.send())).await.map_err(|error| error.in_cluster(cluster).about(arns))?;
        let records = answer.container_instances().iter();
        Ok(Described {
            records: records.map(|known| Arc::new(convert::container_instance(cluster, known))).collect(),
            missing: convert::missing(ACTION, cluster, answer.failures()),
        })
    }

    async fn describe_instances(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<Ec2Instance>> {
        let request = self
            .ec2
            .describe_instances()
            .set_instance_ids(Some(strings(ids)))
            .set_next_token(token.map(|token| token.to_string()));
        let answer =
            self.call(Action::DescribeInstances, Box::pin(request.send())).await.map_err(|error| error.about(ids))?;
        let instances = answer.reservations().iter().flat_map(aws_sdk_ec2::types::Reservation::instances);
        Ok(page(instances.map(convert::ec2_instance).collect(), answer.next_token.clone()))
    }

    async fn describe_instance_information(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<SsmInstance>> {
        const ACTION: Action = Action::DescribeInstanceInformation;
        let filter = InstanceInformationStringFilter::builder().key("InstanceIds").set_values(Some(strings(ids)));
        let filter = filter.build().map_err(|error| CallError::new(ACTION, "InvalidFilter", error.to_string()))?;
        let request = self
            .ssm
            .describe_instance_information()
            .filters(filter)
            .max_results(SSM_PAGE)
            .set_next_token(token.map(|token| token.to_string()));
        let answer = self.call(ACTION, Box::pin(request.send())).await.map_err(|error| error.about(ids))?;
        let instances = answer.instance_information_list().iter().map(convert::ssm_instance).collect();
        Ok(page(instances, answer.next_token))
    }

    async fn describe_task_definition(&self, name: &Text) -> Answer<Arc<TaskDefinition>> {
        const ACTION: Action = Action::DescribeTaskDefinition;
        let about = |error: CallError| error.about(std::slice::from_ref(name));
        let request = self.ecs.describe_task_definition().task_definition(&**name);
        let answer = self.call(ACTION, Box::pin(request.send())).await.map_err(about)?;
        let Some(definition) = answer.task_definition() else {
            return Err(about(CallError::new(ACTION, codes::GARBLED, "the answer holds no task definition")));
        };
        Ok(Arc::new(convert::task_definition(definition)))
    }
}
