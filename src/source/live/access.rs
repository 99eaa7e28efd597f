//! Makes the connection: which profile, region and credentials, and who said so. It fails fast and says what to do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_config::Region;
use aws_config::SdkConfig;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::profile::ProfileSet;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::os_shim_internal::{Env, Fs};
use tokio::time::Instant;

use super::credentials::{Chain, CredentialsOrigin, Missing, kept};
use super::pace::{DEFAULT_RATE, Pace};
use super::watch::{Attempts, Clock, Watch};
use super::{Counter, LiveSource};
use crate::model::{PassNote, Text};
use crate::settings::{Provider, Secret};
use crate::source::region::VARIABLES;
use crate::source::{RegionOrigin, Source};

/// How long the metadata service may take: it answers in milliseconds where there is one.
const METADATA_PATIENCE: Duration = Duration::from_millis(700);
/// How long one attempt of a call may take; it is then tried again, if there is time.
const ATTEMPT_PATIENCE: Duration = Duration::from_secs(20);
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// How long the question who the caller is may take: it is only for the heading.
const IDENTITY_PATIENCE: Duration = Duration::from_secs(2);

/// How AWS is to be reached.
#[derive(Debug, Clone)]
pub struct Access {
    /// The profile that was asked for by name.
    pub profile: Option<String>,
    /// The region that was asked for by name.
    pub region: Option<String>,
    /// Another endpoint for every service.
    pub endpoint_url: Option<String>,
    /// A role to assume first.
    pub role_arn: Option<String>,
    /// The external id that the role asks for.
    pub external_id: Option<String>,
    /// The region of the provider's settings; empty for none.
    pub setting_region: Text,
    /// The keys of the provider's settings: both, or they are ignored.
    pub keys: Option<(Text, Secret)>,
    /// Calls a second for each action; 0 for no limit; absent for the default.
    pub max_rate: Option<u32>,
    /// When to give up, counted from now.
    pub timeout: Duration,
}

impl Access {
    /// What the provider's settings alone say.
    pub fn new(provider: &Provider, timeout: Duration) -> Self {
        let keys = (!provider.access_key_id.is_empty() && !provider.secret_access_key.is_empty())
            .then(|| (provider.access_key_id.clone(), provider.secret_access_key.clone()));
        Self {
            profile: None,
            region: None,
            endpoint_url: None,
            role_arn: None,
            external_id: None,
            setting_region: provider.region.clone(),
            keys,
            max_rate: None,
            timeout,
        }
    }
}

/// A connection, and where its parts came from.
pub struct Connection {
    /// Answers calls.
    pub source: LiveSource,
    /// Who named the region.
    pub region_origin: RegionOrigin,
    /// Who gave the credentials.
    pub credentials_origin: CredentialsOrigin,
    /// Another endpoint than AWS's own, where one is set.
    pub endpoint: Option<String>,
    clock: Arc<Clock>,
    sts: aws_sdk_sts::Client,
    pub(super) iam: aws_sdk_iam::Client,
}

/// Who the caller is, as STS says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account's number.
    pub account: Text,
    /// The ARN of the user or of the session of a role.
    pub arn: Text,
}

impl Connection {
    /// Who the caller is; `None` where STS doesn't say in time. It needs no permission.
    pub async fn identity(&self) -> Option<Identity> {
        let asked = self.sts.get_caller_identity().send();
        let answer = tokio::time::timeout(IDENTITY_PATIENCE, asked).await.ok()?.ok()?;
        Some(Identity { account: answer.account()?.into(), arn: answer.arn()?.into() })
    }

    /// What Traefik would note on the way: without a region of its own it says that it asks the metadata service.
    pub fn notes(&self) -> Option<PassNote> {
        let named = matches!(self.region_origin, RegionOrigin::Option | RegionOrigin::Setting);
        (!named).then_some(PassNote::RegionFromMetadata)
    }

    /// By how many seconds AWS's clock is ahead of this machine's; nothing where no answer to a pass's calls said.
    pub fn clock_ahead(&self) -> Option<i64> {
        self.clock.ahead()
    }

    /// The region, with who named it.
    pub fn region(&self) -> (Text, RegionOrigin) {
        (self.source.region().unwrap_or_default(), self.region_origin)
    }
}

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The profile isn't there.
    #[error("there is no AWS profile `{profile}`")]
    UnknownProfile {
        /// Which.
        profile: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The shared files can't be read.
    #[error("the AWS configuration can't be read: {reason}")]
    Configuration {
        /// What is wrong with them.
        reason: String,
    },
    /// Nobody named a region.
    #[error("no AWS region is set")]
    NoRegion {
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// Nobody gave credentials.
    #[error("there are no AWS credentials")]
    NoCredentials {
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// The profile signs in through SSO, and the session is over or was never begun.
    #[error("the SSO session of the AWS profile `{profile}` is not valid: {reason}")]
    SignIn {
        /// Which profile.
        profile: String,
        /// What was wrong.
        reason: String,
    },
    /// A source of credentials failed.
    #[error("{origin} gave no credentials: {reason}")]
    Credentials {
        /// Which.
        origin: CredentialsOrigin,
        /// What it says.
        reason: String,
    },
    /// Region and credentials took longer than everything may.
    #[error("nobody gave region and credentials within the {0:?} that --timeout allows for everything")]
    TimedOut(Duration),
    /// The role could not be assumed.
    #[error("the role {role} could not be assumed: {reason}")]
    Role {
        /// Which.
        role: String,
        /// What STS says.
        reason: String,
    },
}

/// The profiles of the shared files.
pub(super) struct Profiles {
    set: ProfileSet,
    pub(super) selected: String,
}

impl Profiles {
    async fn load(wanted: Option<&str>) -> Result<Self, ConnectError> {
        let named = wanted.map(|name| name.to_owned().into());
        #[expect(deprecated, reason = "the loader takes the type under its old path alone")]
        let files = aws_config::profile::profile_file::ProfileFiles::default();
        let set = aws_config::profile::load(&Fs::real(), &Env::real(), &files, named)
            .await
            .map_err(|error| ConnectError::Configuration { reason: said(&error) })?;
        let selected = set.selected_profile().to_owned();
        Ok(Self { set, selected })
    }

    fn known(&self) -> Vec<String> {
        let mut names: Vec<String> = self.set.profiles().map(str::to_owned).collect();
        names.sort();
        names
    }

    fn get(&self, property: &str) -> Option<&str> {
        self.set.get_profile(&self.selected)?.get(property)
    }

    /// How a profile has its credentials.
    pub(super) fn how(&self, name: &str) -> &'static str {
        let has = |property: &str| self.set.get_profile(name).is_some_and(|profile| profile.get(property).is_some());
        match () {
            () if has("role_arn") && has("web_identity_token_file") => "a role by web identity token",
            () if has("role_arn") => "a role",
            () if has("sso_session") || has("sso_start_url") => "SSO",
            () if has("login_session") => "a login session",
            () if has("credential_process") => "a process",
            () => "keys",
        }
    }

    /// Whether the credentials come from a sign-in through SSO, be it of the profile that this one begins with.
    fn signs_in(&self) -> Option<String> {
        let mut name = self.selected.clone();
        for _ in 0..self.set.profiles().count().max(1) {
            if self.how(&name) == "SSO" {
                return Some(name);
            }
            let next = self.set.get_profile(&name)?.get("source_profile")?.to_owned();
            if next == name {
                return None;
            }
            name = next;
        }
        None
    }
}

/// An error with everything that it came from, in one line.
fn said(error: &dyn std::error::Error) -> String {
    let mut texts = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        texts.push(cause.to_string());
        next = cause.source();
    }
    texts.dedup();
    texts.join(": ")
}

/// Connects. No call is made but those that region and credentials take; requests are told of to `attempts`.
///
/// # Errors
/// When profile, region, credentials or role are not to be had, or not in time.
pub async fn connect(access: &Access, attempts: Option<Attempts>) -> Result<Connection, ConnectError> {
    let deadline = Instant::now() + access.timeout;
    let connecting = tokio::time::timeout_at(deadline, connect_until(access, attempts, deadline));
    connecting.await.unwrap_or(Err(ConnectError::TimedOut(access.timeout)))
}

async fn connect_until(
    access: &Access,
    attempts: Option<Attempts>,
    deadline: Instant,
) -> Result<Connection, ConnectError> {
    let profiles = Profiles::load(access.profile.as_deref()).await?;
    check_profile(access, &profiles)?;
    let config = ProviderConfig::without_region();
    let imds = metadata(&config);
    let (region, region_origin) = region(access, &profiles, &imds).await?;
    let config = config.with_region(Some(Region::new(region.to_string())));
    let chain = Chain {
        keys: access.keys.as_ref().map(|(id, secret)| (&**id, secret)),
        wanted_profile: access.profile.as_deref(),
        profiles: &profiles,
        config: &config,
        imds: &imds,
    };
    let (credentials, credentials_origin) =
        chain.resolve().await.map_err(|missing| no_credentials(missing, &profiles))?;
    let sdk = sdk_config(access, &profiles.selected, &region, credentials).await;
    let sdk = assume(access, sdk).await?;
    let calls = Arc::new(Counter::default());
    let clock = Arc::new(Clock::default());
    let watch = || Watch { calls: calls.clone(), clock: clock.clone(), attempts: attempts.clone() };
    let source = LiveSource {
        region,
        ecs: aws_sdk_ecs::Client::from_conf(aws_sdk_ecs::config::Builder::from(&sdk).interceptor(watch()).build()),
        ec2: aws_sdk_ec2::Client::from_conf(aws_sdk_ec2::config::Builder::from(&sdk).interceptor(watch()).build()),
        ssm: aws_sdk_ssm::Client::from_conf(aws_sdk_ssm::config::Builder::from(&sdk).interceptor(watch()).build()),
        pace: Pace::new(access.max_rate.unwrap_or(DEFAULT_RATE)),
        timeout: access.timeout,
        deadline: Mutex::new(deadline),
        calls,
        hopeless: Mutex::default(),
    };
    let (sts, iam) = (aws_sdk_sts::Client::new(&sdk), aws_sdk_iam::Client::new(&sdk));
    let endpoint = sdk.endpoint_url().map(str::to_owned);
    Ok(Connection { source, region_origin, credentials_origin, endpoint, clock, sts, iam })
}

/// A profile that was named, by option or variable, has to be there.
fn check_profile(access: &Access, profiles: &Profiles) -> Result<(), ConnectError> {
    let set = |name: &str| Env::real().get(name).is_ok_and(|value| !value.is_empty());
    let named = access.profile.is_some() || set("AWS_PROFILE");
    if named && profiles.set.get_profile(&profiles.selected).is_none() {
        return Err(ConnectError::UnknownProfile { profile: profiles.selected.clone(), known: profiles.known() });
    }
    Ok(())
}

fn metadata(config: &ProviderConfig) -> aws_config::imds::Client {
    aws_config::imds::Client::builder()
        .configure(config)
        .max_attempts(1)
        .connect_timeout(METADATA_PATIENCE)
        .read_timeout(METADATA_PATIENCE)
        .operation_attempt_timeout(METADATA_PATIENCE)
        .operation_timeout(METADATA_PATIENCE)
        .build()
}

/// The option, the setting, the environment, the profile, and last the metadata service.
async fn region(
    access: &Access,
    profiles: &Profiles,
    imds: &aws_config::imds::Client,
) -> Result<(Text, RegionOrigin), ConnectError> {
    let environment: BTreeMap<&str, String> =
        VARIABLES.into_iter().filter_map(|name| Some((name, Env::real().get(name).ok()?))).collect();
    let environment = VARIABLES.into_iter().find_map(|name| environment.get(name).filter(|value| !value.is_empty()));
    let said = [
        (access.region.as_deref(), RegionOrigin::Option),
        (Some(&*access.setting_region), RegionOrigin::Setting),
        (environment.map(String::as_str), RegionOrigin::Environment),
        (profiles.get("region"), RegionOrigin::Profile),
    ];
    for (name, origin) in said {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return Ok((name.into(), origin));
        }
    }
    let asked = ImdsRegionProvider::builder().imds_client(imds.clone()).build();
    match asked.region().await {
        Some(region) => Ok((region.as_ref().into(), RegionOrigin::Metadata)),
        None => Err(ConnectError::NoRegion { known: profiles.known() }),
    }
}

fn no_credentials(missing: Missing, profiles: &Profiles) -> ConnectError {
    match missing {
        Missing::Nowhere => ConnectError::NoCredentials { known: profiles.known() },
        Missing::Failed { origin: CredentialsOrigin::Profile { name, how }, reason } => match profiles.signs_in() {
            Some(profile) => ConnectError::SignIn { profile, reason },
            None => ConnectError::Credentials { origin: CredentialsOrigin::Profile { name, how }, reason },
        },
        Missing::Failed { origin, reason } => ConnectError::Credentials { origin, reason },
    }
}

async fn sdk_config(
    access: &Access,
    profile: &str,
    region: &Text,
    credentials: SharedCredentialsProvider,
) -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT_PATIENCE.min(access.timeout))
        .operation_attempt_timeout(ATTEMPT_PATIENCE.min(access.timeout))
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(region.to_string()))
        .profile_name(profile)
        .credentials_provider(credentials)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts);
    if let Some(url) = &access.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    loader.load().await
}

/// Assumes the role that was asked for, once, so that a refusal is told now and as what it is.
async fn assume(access: &Access, sdk: SdkConfig) -> Result<SdkConfig, ConnectError> {
    let Some(role) = &access.role_arn else { return Ok(sdk) };
    let mut provider = AssumeRoleProvider::builder(role).session_name("ecsroute").configure(&sdk);
    if let Some(id) = &access.external_id {
        provider = provider.external_id(id);
    }
    let provider = SharedCredentialsProvider::new(provider.build().await);
    match provider.provide_credentials().await {
        Ok(credentials) => Ok(sdk.into_builder().credentials_provider(kept(credentials, provider)).build()),
        Err(error) => Err(ConnectError::Role { role: role.clone(), reason: said(&error) }),
    }
}
