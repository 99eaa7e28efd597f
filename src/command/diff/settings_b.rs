//! `--settings-b`: provider options that hold for the second side alone.

use std::str::FromStr;

use crate::cli::SettingsArgs;
use crate::failure::Failure;
use crate::nearest::nearest;

/// The options, as Traefik spells them.
const OPTIONS: [&str; 9] = [
    "autoDiscoverClusters",
    "clusters",
    "constraints",
    "defaultRule",
    "ecsAnywhere",
    "exposedByDefault",
    "healthyTasksOnly",
    "refreshSeconds",
    "traefik",
];

/// Lays one `NAME=VALUE` over the what-if options. Names are read in any case, with `-` or without.
pub(super) fn lay(settings: &mut SettingsArgs, item: &str) -> Result<(), Failure> {
    let Some((name, value)) = item.split_once('=') else {
        return Err(Failure::input(format!("--settings-b `{item}` has no value")).hint("write NAME=VALUE"));
    };
    let bare = |text: &str| text.trim().replace('-', "").to_lowercase();
    let Some(option) = OPTIONS.into_iter().find(|option| bare(option) == bare(name)) else {
        let meant = nearest(name, OPTIONS).map(|meant| format!("did you mean `{meant}`?"));
        return Err(Failure::input(format!("--settings-b: there is no option `{name}`"))
            .hint(meant.unwrap_or_else(|| format!("it takes {}", OPTIONS.join(", ")))));
    };
    match option {
        "autoDiscoverClusters" => settings.auto_discover_clusters = Some(read(option, value)?),
        "clusters" => settings.clusters = value.split(',').map(str::to_owned).collect(),
        "constraints" => settings.constraints = Some(value.to_owned()),
        "defaultRule" => settings.default_rule = Some(value.to_owned()),
        "ecsAnywhere" => settings.ecs_anywhere = Some(read(option, value)?),
        "exposedByDefault" => settings.exposed_by_default = Some(read(option, value)?),
        "healthyTasksOnly" => settings.healthy_tasks_only = Some(read(option, value)?),
        "refreshSeconds" => settings.refresh_seconds = Some(read(option, value)?),
        _ => settings.traefik = read(option, value)?,
    }
    Ok(())
}

fn read<T: FromStr<Err: std::error::Error + 'static>>(option: &str, value: &str) -> Result<T, Failure> {
    value
        .parse()
        .map_err(|error| Failure::input(format!("--settings-b: `{option}` can't be `{value}`")).because(&error))
}

#[cfg(test)]
mod tests {
    use super::lay;
    use crate::cli::SettingsArgs;

    #[test]
    fn names_are_read_in_any_spelling() {
        let mut settings = SettingsArgs::default();
        for item in ["exposed-by-default=false", "CLUSTERS=a,b", "constraints=Label(`a`, `b=c`)", "traefik=v2"] {
            lay(&mut settings, item).expect("an option");
        }
        assert_eq!(settings.exposed_by_default, Some(false));
        assert_eq!(settings.clusters, ["a", "b"]);
        assert_eq!(settings.constraints.as_deref(), Some("Label(`a`, `b=c`)"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let told = |item: &str| lay(&mut SettingsArgs::default(), item).expect_err("wrong").message().to_owned();
        assert_eq!(told("constraints"), "--settings-b `constraints` has no value");
        assert_eq!(told("exposed=true"), "--settings-b: there is no option `exposed`");
        assert_eq!(told("refreshSeconds=x"), "--settings-b: `refreshSeconds` can't be `x`");
    }
}
