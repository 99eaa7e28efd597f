//! Traefik's own flags, typed among ours: `--providers.ecs.clusters=prod`, in any case.

/// The command line, parted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// What is ours.
    pub ours: Vec<String>,
    /// What is Traefik's, verbatim and in order.
    pub traefik: Vec<String>,
}

/// Prefixes of flags that are Traefik's wherever they stand.
const PREFIXES: [&str; 2] = ["providers.ecs", "ecs"];

/// Options of the provider that take no value from the next argument.
const BOOLEANS: [&str; 4] = ["exposedbydefault", "autodiscoverclusters", "healthytasksonly", "ecsanywhere"];

/// Parts Traefik's flags for the provider from ours.
///
/// A flag without `=` takes the next argument, unless it is a Boolean or the section itself, as in Traefik. All that
/// follows `--` stays where it is.
pub fn split_traefik_flags(arguments: impl IntoIterator<Item = String>) -> Split {
    let mut split = Split::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            split.ours.push(argument);
            split.ours.extend(arguments);
            return split;
        }
        let Some(option) = traefik_option(&argument) else {
            split.ours.push(argument);
            continue;
        };
        let takes_next = !argument.contains('=') && !option.is_empty() && !BOOLEANS.contains(&option.as_str());
        split.traefik.push(argument);
        if takes_next {
            split.traefik.extend(arguments.next());
        }
    }
    split
}

/// The provider's option that an argument names, in lower case: "" for the section itself.
fn traefik_option(argument: &str) -> Option<String> {
    let name = argument.strip_prefix("--")?.split('=').next()?.to_lowercase();
    PREFIXES.into_iter().find_map(|prefix| {
        let rest = name.strip_prefix(prefix)?;
        if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix('.').map(str::to_owned) }
    })
}

#[cfg(test)]
mod tests {
    use super::split_traefik_flags;

    fn split(line: &str) -> (String, String) {
        let parts = split_traefik_flags(line.split(' ').map(str::to_owned));
        (parts.ours.join(" "), parts.traefik.join(" "))
    }

    #[test]
    fn flags_of_the_provider_are_parted_in_any_case() {
        let (ours, traefik) =
            split("discover --Providers.ECS.Region eu-west-1 --wide --providers.ecs.ecsAnywhere --demo");
        assert_eq!(ours, "discover --wide --demo");
        assert_eq!(traefik, "--Providers.ECS.Region eu-west-1 --providers.ecs.ecsAnywhere");
    }

    #[test]
    fn what_follows_two_dashes_stays() {
        let (ours, traefik) = split("discover -- --providers.ecs.region=x");
        assert_eq!(ours, "discover -- --providers.ecs.region=x");
        assert_eq!(traefik, "");
    }

    #[test]
    fn our_own_ecs_options_are_not_taken() {
        let (ours, traefik) = split("discover --ecs-anywhere --ecs.region=x");
        assert_eq!(ours, "discover --ecs-anywhere");
        assert_eq!(traefik, "--ecs.region=x");
    }
}
