//! The settings that a snapshot carries: the provider's options by their names in Traefik's files.

use serde_json::{Map, Value};

use super::provider::Provider;
use crate::model::Text;

/// An option of a snapshot whose value is of another kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`settings.{option}` of the snapshot is {found}, not {expected}")]
pub struct WrongSetting {
    /// The option.
    pub option: &'static str,
    /// What is there.
    pub found: String,
    /// What should be.
    pub expected: &'static str,
}

impl Provider {
    /// The options that a snapshot recorded; those that it doesn't name have their defaults, and names that are no
    /// options are ignored.
    ///
    /// # Errors
    /// When an option has a value of another kind.
    pub fn recorded(settings: &Map<String, Value>) -> Result<Self, WrongSetting> {
        let mut provider = Self::default();
        let options = Options(settings);
        options.text("constraints", &mut provider.constraints)?;
        options.truth("exposedByDefault", &mut provider.exposed_by_default)?;
        options.text("defaultRule", &mut provider.default_rule)?;
        options.texts("clusters", &mut provider.clusters)?;
        options.truth("autoDiscoverClusters", &mut provider.auto_discover_clusters)?;
        options.truth("healthyTasksOnly", &mut provider.healthy_tasks_only)?;
        options.truth("ecsAnywhere", &mut provider.ecs_anywhere)?;
        options.text("region", &mut provider.region)?;
        options.set("refreshSeconds", "an integer", &mut provider.refresh_seconds, Value::as_i64)?;
        Ok(provider)
    }
}

struct Options<'a>(&'a Map<String, Value>);

impl Options<'_> {
    fn set<T>(
        &self,
        option: &'static str,
        expected: &'static str,
        place: &mut T,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<(), WrongSetting> {
        if let Some(value) = self.0.get(option).filter(|value| !value.is_null()) {
            *place = read(value).ok_or_else(|| WrongSetting { option, found: value.to_string(), expected })?;
        }
        Ok(())
    }

    fn text(&self, option: &'static str, place: &mut Text) -> Result<(), WrongSetting> {
        self.set(option, "a text", place, |value| value.as_str().map(Text::from))
    }

    fn truth(&self, option: &'static str, place: &mut bool) -> Result<(), WrongSetting> {
        self.set(option, "true or false", place, Value::as_bool)
    }

    fn texts(&self, option: &'static str, place: &mut Vec<Text>) -> Result<(), WrongSetting> {
        let read = |value: &Value| value.as_array()?.iter().map(|item| item.as_str().map(Text::from)).collect();
        self.set(option, "a list of texts", place, read)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Provider;

    #[test]
    fn what_is_not_recorded_is_the_default() {
        let settings = json!({ "clusters": ["a", "b"], "ecsAnywhere": true, "other": 1, "constraints": null });
        let provider = Provider::recorded(settings.as_object().expect("an object")).expect("it is well-formed");
        assert_eq!(provider.clusters, ["a".into(), "b".into()]);
        assert!(provider.ecs_anywhere && provider.exposed_by_default);
        assert_eq!(provider.constraints, "".into());
    }

    #[test]
    fn another_kind_of_value_is_an_error() {
        let settings = json!({ "clusters": "a" });
        let error = Provider::recorded(settings.as_object().expect("an object")).expect_err("a text is no list");
        assert_eq!(error.to_string(), "`settings.clusters` of the snapshot is \"a\", not a list of texts");
    }
}
