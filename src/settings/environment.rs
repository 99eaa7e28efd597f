//! Traefik's variables: which are taken, and the names that they become.

use std::collections::BTreeMap;

use super::flags::lower;
use crate::decode::Schema;
use crate::model::Text;

/// What the names of Traefik's variables begin with.
pub(super) const PREFIX: &str = "TRAEFIK_";

/// One variable that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    /// Its name as it is set.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The variables that are taken: those whose name begins with the prefix and an outermost option in upper case. What
/// follows is looked at later, so `TRAEFIK_LOGGING` is taken for `LOG`.
pub(super) fn taken(environment: &[(String, String)], schema: &'static Schema) -> Vec<Variable> {
    let starts: Vec<String> =
        super::schema::root_names(schema).map(|name| format!("{PREFIX}{}", name.to_uppercase())).collect();
    environment
        .iter()
        .filter(|(name, _)| starts.iter().any(|start| name.starts_with(start)))
        .map(|(name, value)| Variable { name: name.clone(), value: value.clone() })
        .collect()
}

/// The values by name: in lower case, each `_` a dot. Of several spellings the last is taken.
pub(super) fn labels(variables: &[Variable]) -> BTreeMap<Text, Text> {
    variables.iter().map(|variable| (key(&variable.name).into(), variable.value.as_str().into())).collect()
}

/// What a variable's name becomes: `traefik.providers.ecs`.
pub(super) fn key(name: &str) -> String {
    lower(name).replace('_', ".")
}

#[cfg(test)]
mod tests {
    use super::{labels, taken};
    use crate::settings::schema::schema;

    fn names(names: &[&str]) -> Vec<String> {
        let environment: Vec<(String, String)> =
            names.iter().map(|name| ((*name).to_owned(), "1".to_owned())).collect();
        labels(&taken(&environment, schema())).into_keys().map(|key| key.to_string()).collect()
    }

    #[test]
    fn a_variable_is_taken_by_how_its_name_begins() {
        assert_eq!(names(&["TRAEFIK_PROVIDERS_ecs_Region"]), ["traefik.providers.ecs.region"]);
        assert_eq!(names(&["TRAEFIK_LOGGING", "TRAEFIK_FOO", "traefik_log_level"]), ["traefik.logging"]);
        assert_eq!(names(&["TRAEFIK_Providers_ECS", "TRAEFIK_", "TRAEFIK.PROVIDERS.ECS"]), [""; 0]);
    }
}
