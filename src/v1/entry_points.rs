//! The entry points of a static configuration, as far as routes depend on them.

use std::collections::BTreeMap;

use super::allowed::Allowed;
use super::toml::{Table, Toml};

/// An entry point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryPoint {
    /// What it listens on: `:80`.
    pub address: String,
    /// Whether it speaks TLS.
    pub tls: bool,
    /// Where everything that comes in is sent.
    pub redirect: Option<Redirect>,
    /// Who may come in; everyone where there is no list.
    pub allowed: Option<Allowed>,
}

/// A redirection, by entry point or by expression.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redirect {
    /// The entry point to go to; where it is given, the expression counts for nothing.
    pub entry_point: String,
    /// What a URL must match.
    pub regex: String,
    /// What takes its place.
    pub replacement: String,
    /// 301 rather than 302.
    pub permanent: bool,
}

/// Every entry point by its name, and those that a frontend without any of its own has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPoints {
    /// By name.
    pub known: BTreeMap<String, EntryPoint>,
    /// `defaultEntryPoints`.
    pub default: Vec<String>,
}

impl Default for EntryPoints {
    /// 1.7's own: `http` on port 80.
    fn default() -> Self {
        let http = EntryPoint { address: ":80".to_owned(), ..EntryPoint::default() };
        Self { known: BTreeMap::from([("http".to_owned(), http)]), default: vec!["http".to_owned()] }
    }
}

impl EntryPoints {
    /// Those of a static configuration; 1.7's own where it names none.
    pub fn from_file(file: &Table) -> Self {
        let mut found = Self::default();
        // Where there are no entry points, `defaultEntryPoints` counts for nothing either.
        let Some(Toml::Table(points)) = option(file, "entryPoints").filter(|points| !is_empty(points)) else {
            return found;
        };
        found.known =
            points.iter().filter_map(|(name, value)| Some((name.clone(), EntryPoint::read(value)?))).collect();
        if let Some(Toml::Array(names)) = option(file, "defaultEntryPoints") {
            let names: Vec<String> = names.iter().filter_map(Toml::as_text).map(str::to_owned).collect();
            found.default = names;
        }
        found
    }
}

impl EntryPoint {
    fn read(value: &Toml) -> Option<Self> {
        let Toml::Table(options) = value else { return None };
        let redirect = match option(options, "redirect") {
            Some(Toml::Table(redirect)) => Some(Redirect::read(redirect)),
            _ => None,
        };
        let address = option(options, "address").and_then(Toml::as_text).unwrap_or_default().to_owned();
        let tls = option(options, "tls").is_some();
        Some(Self { address, tls, redirect, allowed: Allowed::of_entry_point(options) })
    }

    /// The port that it listens on.
    pub fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap_or_default()
    }
}

impl Redirect {
    fn read(options: &Table) -> Self {
        let text = |name| option(options, name).and_then(Toml::as_text).unwrap_or_default().to_owned();
        Self {
            entry_point: text("entryPoint"),
            regex: text("regex"),
            replacement: text("replacement"),
            permanent: matches!(option(options, "permanent"), Some(Toml::Bool(true))),
        }
    }
}

/// An option by its name, in any case.
pub(super) fn option<'t>(table: &'t Table, name: &str) -> Option<&'t Toml> {
    table.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn is_empty(value: &Toml) -> bool {
    matches!(value, Toml::Table(table) if table.is_empty())
}

#[cfg(test)]
mod tests {
    use super::EntryPoints;
    use crate::v1::toml::parse;

    #[test]
    fn entry_points_are_those_of_the_file_or_http_alone() {
        let none = EntryPoints::from_file(&parse("debug = true").expect("it is TOML"));
        assert_eq!((none.known["http"].port(), none.default), ("80", vec!["http".to_owned()]));
        let text = "defaultEntryPoints = [\"http\", \"s\"]\n[entryPoints.http]\naddress = \":8000\"\n\
                    [entryPoints.http.redirect]\nentryPoint = \"s\"\npermanent = true\n[entryPoints.s]\n\
                    address = \"10.0.0.1:8443\"\n[entryPoints.s.tls]\n";
        let some = EntryPoints::from_file(&parse(text).expect("it is TOML"));
        assert_eq!((some.known["http"].port(), some.known["s"].port()), ("8000", "8443"));
        assert!(some.known["s"].tls && !some.known["http"].tls);
        assert!(some.known["http"].redirect.as_ref().is_some_and(|to| to.permanent && to.entry_point == "s"));
        assert_eq!(some.default, ["http", "s"]);
    }
}
