//! Calls that only show whether an action is allowed: beside those of a pass, the two that a pass never makes so.

use aws_sdk_ecs::error::ProvideErrorMetadata;

use super::LiveSource;
use crate::model::{Action, Text};
use crate::source::Answer;

/// EC2's word for "you may, and nothing was done".
const DRY_RUN: &str = "DryRunOperation";

impl LiveSource {
    /// [`Action::DescribeClusters`]: of one cluster. That there is none is an answer, too.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn describe_cluster(&self, cluster: &Text) -> Answer<()> {
        let request = self.ecs.describe_clusters().clusters(&**cluster);
        let answer = self.call(Action::DescribeClusters, Box::pin(request.send())).await;
        answer.map(|_| ()).map_err(|error| error.in_cluster(cluster))
    }

    /// [`Action::DescribeInstances`] as a rehearsal: EC2 says whether it would answer, and reads nothing.
    ///
    /// # Errors
    /// When the call fails with anything but the word for "you may".
    pub async fn rehearse_describe_instances(&self) -> Answer<()> {
        let request = async {
            match self.ec2.describe_instances().dry_run(true).send().await {
                Err(error) if error.code() == Some(DRY_RUN) => Ok(()),
                other => other.map(|_| ()),
            }
        };
        self.call(Action::DescribeInstances, Box::pin(request)).await
    }
}
