//! What the provider's settings say, read once for a pass.

use std::collections::BTreeMap;

use crate::constraint::{Constraint, traefik_message};
use crate::model::{Release, Text};
use crate::settings::Provider;
use crate::template::{Ambient, Data, Template};

/// The settings that decide over containers, in the form in which they decide.
pub(super) struct Rules<'a> {
    pub(super) settings: &'a Provider,
    pub(super) release: Release,
    constraint: Result<Constraint, String>,
    default_rule: Template,
    ambient: &'a Ambient,
}

impl<'a> Rules<'a> {
    /// Reads the settings.
    ///
    /// # Errors
    /// When the default rule can't be read: Traefik doesn't start then. The text is Go's.
    pub(super) fn read(settings: &'a Provider, release: Release, ambient: &'a Ambient) -> Result<Self, String> {
        Ok(Self {
            settings,
            release,
            constraint: Constraint::parse(&settings.constraints)
                .map_err(|error| traefik_message(&error, &settings.constraints)),
            default_rule: Template::parse(&settings.default_rule).map_err(|error| error.to_string())?,
            ambient,
        })
    }

    /// Whether labels satisfy the constraints.
    ///
    /// # Errors
    /// When the constraints can't be read or can't be answered; they aren't before a container is there that they would be asked about.
    pub(super) fn admits(&self, labels: &BTreeMap<Text, Text>) -> Result<bool, String> {
        match &self.constraint {
            Ok(constraint) => constraint.holds(labels).map_err(|unanswered| unanswered.to_string()),
            Err(error) => Err(error.clone()),
        }
    }

    /// The default rule for a container.
    ///
    /// # Errors
    /// When it can't be rendered. The text is Go's.
    pub(super) fn default_rule(&self, name: &str, labels: &BTreeMap<Text, Text>) -> Result<Text, String> {
        // AWS leaves a map without entries out, and Go then has none at all.
        let labels = Some(labels).filter(|labels| !labels.is_empty());
        let rendered = self.default_rule.render(&Data { name, labels }, self.ambient);
        let rendered = rendered.map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&rendered).into())
    }
}
