//! Looks up the task role of an ECS service, and the policies that hang on it.
//!
//! Each lookup takes a permission that few have. One that fails is told and left out; the others go on, so that as much
//! as may be seen is seen.

use std::error::Error;

use aws_sdk_ecs::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::Connection;
use crate::model::{TaskDefinition, Text};

/// A service's task role, as far as it may be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskRole {
    /// The service's ARN.
    pub service: String,
    /// The revision of the task definition that it runs.
    pub definition: String,
    /// The role's ARN; `None` where the definition names none.
    pub role: Option<String>,
    /// The documents of its inline and attached policies.
    pub policies: Vec<RolePolicy>,
    /// The document of its permissions boundary.
    pub boundary: Option<RolePolicy>,
    /// What could not be looked up.
    pub unread: Vec<Unread>,
}

impl TaskRole {
    /// The same, with policies of which nothing is known.
    #[must_use]
    pub fn unknown(mut self, what: &str, why: &str) -> Self {
        self.unread.push(Unread { what: what.to_owned(), why: why.to_owned(), of: UnreadLayer::Policies });
        self
    }
}

/// A policy of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolePolicy {
    /// Its name, or its ARN where it is a managed one.
    pub name: String,
    /// The document as AWS gives it, which may be URL-encoded.
    pub document: String,
}

/// Something that could not be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What it is.
    pub what: String,
    /// The action that it takes, and what AWS said.
    pub why: String,
    /// Whose permissions are not known without it.
    pub of: UnreadLayer,
}

/// Which layer is not known without something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadLayer {
    /// The role's policies.
    Policies,
    /// Its permissions boundary.
    Boundary,
}

/// Why there is no service to look at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoService {
    /// It is in none of the clusters.
    #[error("there is no service `{name}` in {}", clusters.join(", "))]
    NotThere {
        /// Which.
        name: String,
        /// Where it was looked for.
        clusters: Vec<String>,
    },
    /// It, or its task definition, could not be looked up.
    #[error("{what} could not be looked up: {why}")]
    Unread {
        /// What it is.
        what: String,
        /// The action that it takes, and what AWS said.
        why: String,
    },
}

impl Connection {
    /// Looks up the task role of a service: `NAME`, `CLUSTER/NAME`, or an ARN.
    ///
    /// # Errors
    /// When the service isn't there, or may not be looked up.
    pub async fn task_role(&self, service: &str, clusters: &[Text]) -> Result<TaskRole, NoService> {
        let looked_up = self.look_up(service, clusters);
        tokio::time::timeout_at(self.source.deadline(), looked_up).await.unwrap_or_else(|_| Err(too_late(service)))
    }

    /// The task definition that a service runs: `NAME`, `CLUSTER/NAME`, or an ARN.
    ///
    /// # Errors
    /// When the service isn't there, or it or its definition may not be looked up.
    pub async fn service_definition(&self, service: &str, clusters: &[Text]) -> Result<TaskDefinition, NoService> {
        let looked_up = async {
            let found = self.service(service, clusters).await?;
            self.definition(&found.definition).await
        };
        tokio::time::timeout_at(self.source.deadline(), looked_up).await.unwrap_or_else(|_| Err(too_late(service)))
    }

    async fn definition(&self, name: &str) -> Result<TaskDefinition, NoService> {
        let unread = |why: String| NoService::Unread { what: format!("the task definition {name}"), why };
        let answer = self.source.ecs.describe_task_definition().task_definition(name).send().await;
        let answer = answer.map_err(|error| unread(said("ecs:DescribeTaskDefinition", &error)))?;
        let definition = answer.task_definition().map(super::convert::task_definition);
        definition.ok_or_else(|| unread("ecs:DescribeTaskDefinition: the answer holds none".to_owned()))
    }

    async fn look_up(&self, service: &str, clusters: &[Text]) -> Result<TaskRole, NoService> {
        let mut found = self.service(service, clusters).await?;
        let definition = self.definition(&found.definition).await?;
        let role = definition.task_role_arn.as_deref();
        let Some(role) = role.filter(|role| !role.is_empty()) else { return Ok(found) };
        found.role = Some(role.to_owned());
        let name = role.rsplit('/').next().unwrap_or(role);
        self.add_boundary(name, &mut found).await;
        self.add_inline(name, &mut found).await;
        self.add_attached(name, &mut found).await;
        Ok(found)
    }

    /// Finds the service in the first cluster that has it.
    async fn service(&self, service: &str, clusters: &[Text]) -> Result<TaskRole, NoService> {
        let path = service.split_once(":service/").map_or(service, |(_, path)| path);
        let (clusters, name) = match path.rsplit_once('/') {
            Some((cluster, name)) => (vec![Text::from(cluster)], name),
            None => (clusters.to_vec(), path),
        };
        let mut refusal = None;
        for cluster in &clusters {
            match self.source.ecs.describe_services().cluster(&**cluster).services(name).send().await {
                Ok(answer) => {
                    let known = answer.services().iter().find(|known| known.status() != Some("INACTIVE"));
                    if let Some(known) = known {
                        return Ok(TaskRole {
                            service: known.service_arn().unwrap_or(name).to_owned(),
                            definition: known.task_definition().unwrap_or_default().to_owned(),
                            ..TaskRole::default()
                        });
                    }
                }
                Err(error) if error.code() == Some("ClusterNotFoundException") => {}
                Err(error) => refusal = refusal.or(Some(said("ecs:DescribeServices", &error))),
            }
        }
        let Some(why) = refusal else {
            let clusters = clusters.iter().map(ToString::to_string).collect();
            return Err(NoService::NotThere { name: name.to_owned(), clusters });
        };
        Err(NoService::Unread { what: format!("the service {name}"), why })
    }

    async fn add_boundary(&self, role: &str, found: &mut TaskRole) {
        let unread = |what: &str, why: String| Unread { what: what.to_owned(), why, of: UnreadLayer::Boundary };
        match self.iam.get_role().role_name(role).send().await {
            Err(error) => found.unread.push(unread("its permissions boundary", said("iam:GetRole", &error))),
            Ok(answer) => {
                let boundary = answer.role().and_then(|role| role.permissions_boundary());
                let Some(arn) = boundary.and_then(|boundary| boundary.permissions_boundary_arn()) else { return };
                match self.managed(arn).await {
                    Ok(policy) => found.boundary = Some(policy),
                    Err(why) => found.unread.push(unread(arn, why)),
                }
            }
        }
    }

    async fn add_inline(&self, role: &str, found: &mut TaskRole) {
        let unread = |what: String, why: String| Unread { what, why, of: UnreadLayer::Policies };
        let mut pages = self.iam.list_role_policies().role_name(role).into_paginator().items().send();
        while let Some(name) = pages.next().await {
            let name = match name {
                Ok(name) => name,
                Err(error) => {
                    let why = said("iam:ListRolePolicies", &error);
                    found.unread.push(unread("its inline policies".to_owned(), why));
                    return;
                }
            };
            match self.iam.get_role_policy().role_name(role).policy_name(&name).send().await {
                Ok(answer) => found.policies.push(RolePolicy { name, document: answer.policy_document().to_owned() }),
                Err(error) => found.unread.push(unread(name, said("iam:GetRolePolicy", &error))),
            }
        }
    }

    async fn add_attached(&self, role: &str, found: &mut TaskRole) {
        let unread = |what: String, why: String| Unread { what, why, of: UnreadLayer::Policies };
        let mut pages = self.iam.list_attached_role_policies().role_name(role).into_paginator().items().send();
        while let Some(attached) = pages.next().await {
            let arn = match attached {
                Ok(attached) => attached.policy_arn().unwrap_or_default().to_owned(),
                Err(error) => {
                    let why = said("iam:ListAttachedRolePolicies", &error);
                    found.unread.push(unread("its attached policies".to_owned(), why));
                    return;
                }
            };
            match self.managed(&arn).await {
                Ok(policy) => found.policies.push(policy),
                Err(why) => found.unread.push(unread(arn, why)),
            }
        }
    }

    /// The default version of a managed policy; else why it can't be read.
    async fn managed(&self, arn: &str) -> Result<RolePolicy, String> {
        let policy = self.iam.get_policy().policy_arn(arn).send().await;
        let policy = policy.map_err(|error| said("iam:GetPolicy", &error))?;
        let version = policy.policy().and_then(|policy| policy.default_version_id()).unwrap_or_default();
        let document = self.iam.get_policy_version().policy_arn(arn).version_id(version).send().await;
        let document = document.map_err(|error| said("iam:GetPolicyVersion", &error))?;
        let text = document.policy_version().and_then(|version| version.document());
        let text = text.ok_or_else(|| "iam:GetPolicyVersion: the answer holds no document".to_owned())?;
        Ok(RolePolicy { name: arn.to_owned(), document: text.to_owned() })
    }
}

fn too_late(service: &str) -> NoService {
    NoService::Unread { what: format!("the service {service}"), why: "AWS gave no answer in time".to_owned() }
}

/// The action, and what came of it.
fn said<E>(action: &str, error: &SdkError<E, HttpResponse>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{action}: {code}: {message}"),
        (Some(code), None) => format!("{action}: {code}"),
        _ => match error.raw_response() {
            Some(response) => format!("{action}: HTTP {}", response.status().as_u16()),
            None => format!("{action}: {}", super::failure::innermost(error)),
        },
    }
}
