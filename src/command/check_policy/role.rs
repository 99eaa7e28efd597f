//! `--task-role-of`: the role that a service's tasks run as, with its policies, as far as they may be looked up.

use super::super::live::connected;
use super::super::settings::Settings;
use super::load::Loaded;
use crate::cli::SourceArgs;
use crate::console::Console;
use crate::discover::cluster_names;
use crate::failure::Failure;
use crate::iam::{self, DocumentRole, Layer};
use crate::model::Text;
use crate::source::live::{NoService, TaskRole, UnreadLayer};

/// Looks up the task role of a service; with it, the region that it was looked up in.
///
/// A service that may not be looked up has a role of which nothing is known.
///
/// # Errors
/// When there is no connection to be had, or no such service.
pub(super) fn look_up(
    arguments: &SourceArgs,
    settings: &Settings,
    service: &str,
    console: &mut Console<'_>,
) -> Result<(TaskRole, Text), Failure> {
    let provider = &settings.provider;
    let (found, region) = connected(arguments, provider, console, async |connection, _| {
        let listed = if provider.auto_discover_clusters { cluster_names(&connection.source).await.ok() } else { None };
        let clusters = listed.unwrap_or_else(|| provider.clusters.clone());
        (connection.task_role(service, &clusters).await, connection.region().0)
    })?;
    match found {
        Ok(role) => Ok((role, region)),
        Err(NoService::Unread { what, why }) => {
            let unknown = TaskRole { service: service.to_owned(), ..TaskRole::default() };
            Ok((unknown.unknown(&what, &why), region))
        }
        Err(lost @ NoService::NotThere { .. }) => Err(Failure::input(lost.to_string())
            .hint("name it as CLUSTER/SERVICE, or choose the cluster with --cluster NAME")),
    }
}

impl Loaded {
    /// Adds the policies of a task role. What may not be read stands for itself: nothing is known of what it allows.
    pub(super) fn add_role(&mut self, role: &TaskRole) {
        let path = role.role.as_deref().unwrap_or(&role.service).to_owned();
        if let Some(arn) = &role.role {
            let runs = format!("{} runs as {arn}; service control policies are not looked up", role.service);
            self.notes.push(runs);
        } else if role.unread.is_empty() {
            self.notes.push(format!(
                "{} has no task role, so its tasks may do nothing of their own; the execution role is not theirs",
                role.definition
            ));
        }
        for policy in &role.policies {
            let document = iam::given(&policy.name, &policy.document, DocumentRole::Attached);
            self.add_document(&path, document, Layer::Identity, false);
        }
        if let Some(policy) = &role.boundary {
            let document = iam::given(&policy.name, &policy.document, DocumentRole::Boundary);
            self.add_document(&path, document, Layer::Boundary, false);
        }
        for unread in &role.unread {
            self.notes.push(format!("{} could not be read: {}", unread.what, unread.why));
            let (role, layer) = match unread.of {
                UnreadLayer::Policies => (DocumentRole::Attached, Layer::Identity),
                UnreadLayer::Boundary => (DocumentRole::Boundary, Layer::Boundary),
            };
            self.add_document(&path, iam::unread(&unread.what, role), layer, false);
        }
    }
}
