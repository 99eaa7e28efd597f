//! Finds credentials: one source after another, as the AWS SDKs do, remembering which of them gave them.

use std::error::Error;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use super::access::Profiles;
use crate::settings::Secret;

/// Who gave the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsOrigin {
    /// `accessKeyID` and `secretAccessKey` of the provider.
    Settings,
    /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    Environment,
    /// A profile of the shared files, and how it has them: `keys`, `SSO`, `a role`, …
    Profile {
        /// Its name.
        name: String,
        /// How it has them.
        how: &'static str,
    },
    /// A web identity token, as Kubernetes gives one.
    WebIdentity,
    /// The container's role: an ECS task's or an EKS pod's.
    Container,
    /// The EC2 instance's role.
    Instance,
}

impl fmt::Display for CredentialsOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings => f.write_str("the provider's settings `accessKeyID` and `secretAccessKey`"),
            Self::Environment => f.write_str("the environment (AWS_ACCESS_KEY_ID)"),
            Self::Profile { name, how } => write!(f, "the profile `{name}` ({how})"),
            Self::WebIdentity => f.write_str("a web identity token (AWS_WEB_IDENTITY_TOKEN_FILE)"),
            Self::Container => f.write_str("the container's role (AWS_CONTAINER_CREDENTIALS_…)"),
            Self::Instance => f.write_str("the instance's role (instance metadata service)"),
        }
    }
}

/// Why there are no credentials.
#[derive(Debug)]
pub(super) enum Missing {
    /// No source has any.
    Nowhere,
    /// This one should have had some, and failed.
    Failed { origin: CredentialsOrigin, reason: String },
}

/// What the sources are made of.
pub(super) struct Chain<'a> {
    /// The provider's own keys.
    pub(super) keys: Option<(&'a str, &'a Secret)>,
    /// The profile that was asked for by name: then no other source counts.
    pub(super) wanted_profile: Option<&'a str>,
    pub(super) profiles: &'a Profiles,
    pub(super) config: &'a ProviderConfig,
    pub(super) imds: &'a aws_config::imds::Client,
}

impl Chain<'_> {
    /// Asks one source after another; the first that has credentials, or that should have them, decides.
    pub(super) async fn resolve(&self) -> Result<(SharedCredentialsProvider, CredentialsOrigin), Missing> {
        for (origin, source) in self.sources() {
            match source.provide_credentials().await {
                Ok(credentials) => {
                    return Ok((kept(credentials, source), origin));
                }
                Err(CredentialsError::CredentialsNotLoaded(_)) => {}
                // An absent metadata service is not a source that failed: there is none outside EC2.
                Err(_) if origin == CredentialsOrigin::Instance => {}
                Err(error) => return Err(Missing::Failed { origin, reason: reason(&error) }),
            }
        }
        Err(Missing::Nowhere)
    }

    fn sources(&self) -> Vec<(CredentialsOrigin, SharedCredentialsProvider)> {
        let profile = self.profile();
        if self.wanted_profile.is_some() {
            return vec![profile];
        }
        let mut sources = Vec::new();
        if let Some((id, secret)) = self.keys {
            let keys = Credentials::new(id, secret.expose(), None, None, "settings");
            sources.push((CredentialsOrigin::Settings, SharedCredentialsProvider::new(keys)));
        }
        let environment = EnvironmentVariableCredentialsProvider::new();
        sources.push((CredentialsOrigin::Environment, SharedCredentialsProvider::new(environment)));
        sources.push(profile);
        let web_identity = WebIdentityTokenCredentialsProvider::builder().configure(self.config).build();
        sources.push((CredentialsOrigin::WebIdentity, SharedCredentialsProvider::new(web_identity)));
        let container = EcsCredentialsProvider::builder().configure(self.config).build();
        sources.push((CredentialsOrigin::Container, SharedCredentialsProvider::new(container)));
        let instance = ImdsCredentialsProvider::builder().configure(self.config).imds_client(self.imds.clone()).build();
        sources.push((CredentialsOrigin::Instance, SharedCredentialsProvider::new(instance)));
        sources
    }

    fn profile(&self) -> (CredentialsOrigin, SharedCredentialsProvider) {
        let name = self.profiles.selected.clone();
        let provider = ProfileFileCredentialsProvider::builder().configure(self.config).profile_name(&name).build();
        let how = self.profiles.how(&name);
        (CredentialsOrigin::Profile { name, how }, SharedCredentialsProvider::new(provider))
    }
}

/// What a source says, from its innermost cause; it never holds a credential.
fn reason(error: &CredentialsError) -> String {
    let mut said = Vec::new();
    let mut next: Option<&dyn Error> = Some(error);
    while let Some(cause) = next {
        said.push(cause.to_string());
        next = cause.source();
    }
    said.dedup();
    said.join(": ")
}

/// The source, with its first answer at hand.
pub(super) fn kept(first: Credentials, source: SharedCredentialsProvider) -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Kept { first: Mutex::new(Some(first)), source })
}

/// A source that has answered once already: the first answer isn't asked for again.
#[derive(Debug)]
struct Kept {
    first: Mutex<Option<Credentials>>,
    source: SharedCredentialsProvider,
}

impl ProvideCredentials for Kept {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        match self.first.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(first) => future::ProvideCredentials::ready(Ok(first)),
            None => self.source.provide_credentials(),
        }
    }
}
