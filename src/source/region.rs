//! Which region requests are signed for, and who said so.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{Release, Text};

/// Who named the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionOrigin {
    /// The option of the command line.
    Option,
    /// The provider's own setting.
    Setting,
    /// `AWS_REGION` or `AWS_DEFAULT_REGION`.
    Environment,
    /// The profile of the shared AWS configuration.
    Profile,
    /// The instance metadata service.
    Metadata,
}

impl fmt::Display for RegionOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Option => "--region",
            Self::Setting => "the provider's setting `region`",
            Self::Environment => "the environment",
            Self::Profile => "the profile",
            Self::Metadata => "the instance metadata service",
        })
    }
}

/// The variables that name a region, the first that is set first.
pub(super) const VARIABLES: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/// The region that a release of Traefik takes, where it knows none but these: its setting, its environment, and what
/// the metadata service names. `None` where nobody names one, and then no request can be made.
pub fn resolve_region(
    setting: &str,
    environment: &BTreeMap<String, String>,
    metadata: Option<&str>,
    release: Release,
) -> Option<(Text, RegionOrigin)> {
    let named =
        |name: Option<&str>, origin| name.filter(|name| !name.is_empty()).map(|name| (Text::from(name), origin));
    let setting = named(Some(setting), RegionOrigin::Setting);
    let environment = || {
        let set = VARIABLES.into_iter().find_map(|name| environment.get(name).filter(|value| !value.is_empty()));
        named(set.map(String::as_str), RegionOrigin::Environment)
    };
    let metadata = || named(metadata, RegionOrigin::Metadata);
    if asks_metadata_first(release) {
        setting.or_else(metadata).or_else(environment)
    } else {
        setting.or_else(environment).or_else(metadata)
    }
}

/// The releases with the first generation of the AWS SDK ask the metadata service before they look at the environment.
fn asks_metadata_first(release: Release) -> bool {
    (Release::V3_0..=Release::V3_2).contains(&release)
}
