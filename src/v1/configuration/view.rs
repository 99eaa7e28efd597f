//! Backends and frontends by what they are asked for.

use super::{Configuration, Struct};

/// Servers and how they are used.
#[derive(Debug, Clone, Copy)]
pub struct Backend<'c> {
    /// Its name.
    pub name: &'c str,
    /// All of it.
    pub options: &'c Struct,
}

/// What leads requests to a backend.
#[derive(Debug, Clone, Copy)]
pub struct Frontend<'c> {
    /// Its name.
    pub name: &'c str,
    /// All of it.
    pub options: &'c Struct,
}

impl Configuration {
    /// Every backend, by name.
    pub fn backends(&self) -> impl Iterator<Item = Backend<'_>> {
        self.0.sections("Backends").map(|(name, options)| Backend { name, options })
    }

    /// Every frontend, by name.
    pub fn frontends(&self) -> impl Iterator<Item = Frontend<'_>> {
        self.0.sections("Frontends").map(|(name, options)| Frontend { name, options })
    }

    /// The backend of this name.
    pub fn backend(&self, name: &str) -> Option<Backend<'_>> {
        self.backends().find(|backend| backend.name == name)
    }
}

impl<'c> Backend<'c> {
    /// Names and URLs of its servers, by name.
    pub fn servers(self) -> impl Iterator<Item = (&'c str, &'c str)> {
        self.options.sections("Servers").map(|(name, server)| (name.as_str(), server.text("URL")))
    }
}

impl<'c> Frontend<'c> {
    /// The backend that it leads to, which need not exist.
    pub fn backend(self) -> &'c str {
        self.options.text("Backend")
    }

    /// Its rules; the provider gives it one.
    pub fn rules(self) -> impl Iterator<Item = &'c str> {
        self.options.sections("Routes").map(|(_, route)| route.text("Rule"))
    }

    /// The priority that was set; 0 and less stand for the length of its rule.
    pub fn priority(self) -> i64 {
        self.options.int("Priority")
    }

    /// The entry points that it serves; none of them named stands for the default ones.
    pub fn entry_points(self) -> &'c [String] {
        self.options.texts("EntryPoints")
    }
}
