//! Where region and credentials would come from, as far as options, settings and variables tell without a connection.

use std::collections::BTreeMap;

use super::not_looked_up;
use crate::cli::SourceArgs;
use crate::settings::Provider;
use crate::source::RegionOrigin;
use crate::source::live::CredentialsOrigin;
use crate::view::doctor::{Check, State};

/// Variables that name where a container's role gives its credentials.
const CONTAINER: [&str; 2] = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

/// What is said of region and credentials where there is no connection.
pub(super) fn named(arguments: &SourceArgs, provider: &Provider, environment: &BTreeMap<String, String>) -> [Check; 2] {
    let variable = |name: &str| environment.get(name).map(String::as_str).filter(|value| !value.is_empty());
    [region(arguments, provider, &variable), credentials(arguments, provider, &variable)]
}

fn region<'e>(arguments: &SourceArgs, provider: &Provider, variable: &impl Fn(&str) -> Option<&'e str>) -> Check {
    const ID: &str = "region";
    let setting = Some(&*provider.region).filter(|region| !region.is_empty());
    let set = || variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
    let named = match (&arguments.region, setting) {
        (Some(region), _) => Some((region.as_str(), RegionOrigin::Option)),
        (None, Some(region)) => Some((region, RegionOrigin::Setting)),
        (None, None) => set().map(|region| (region, RegionOrigin::Environment)),
    };
    match named {
        Some((region, origin)) => Check::new(ID, State::Good, format!("{region}, from {origin}")),
        None => Check {
            found: format!(
                "named by no option, setting or variable: {}'s counts, or else the instance metadata service's",
                profile(arguments, variable)
            ),
            ..not_looked_up(ID)
        },
    }
}

fn credentials<'e>(arguments: &SourceArgs, provider: &Provider, variable: &impl Fn(&str) -> Option<&'e str>) -> Check {
    const ID: &str = "credentials";
    let has_keys = !provider.access_key_id.is_empty() && !provider.secret_access_key.is_empty();
    let from = |origin: CredentialsOrigin| Some(origin.to_string());
    let named = match () {
        () if arguments.profile.is_some() => Some(profile(arguments, variable)),
        () if has_keys => from(CredentialsOrigin::Settings),
        () if variable("AWS_ACCESS_KEY_ID").is_some() && variable("AWS_SECRET_ACCESS_KEY").is_some() => {
            from(CredentialsOrigin::Environment)
        }
        () if variable("AWS_PROFILE").is_some() => Some(profile(arguments, variable)),
        () if variable("AWS_WEB_IDENTITY_TOKEN_FILE").is_some() => from(CredentialsOrigin::WebIdentity),
        () if CONTAINER.iter().any(|name| variable(name).is_some()) => from(CredentialsOrigin::Container),
        () => None,
    };
    match named {
        Some(origin) => Check::new(ID, State::Good, format!("would come from {origin}; not tried")),
        None => Check {
            found: format!(
                "named by no option, setting or variable: {} is asked, and then the instance metadata service",
                profile(arguments, variable)
            ),
            ..not_looked_up(ID)
        },
    }
}

/// The profile that is asked where one is.
fn profile<'e>(arguments: &SourceArgs, variable: &impl Fn(&str) -> Option<&'e str>) -> String {
    let name = arguments.profile.as_deref().or_else(|| variable("AWS_PROFILE")).unwrap_or("default");
    format!("the profile `{name}`")
}
