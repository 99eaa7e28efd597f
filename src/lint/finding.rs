//! What a rule has found, with everything that is needed to show it.

use std::fmt;

use super::place::Site;
use super::rule::Rule;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Worth a look: it works, or might not be meant.
    Warning,
    /// A route is missing, or wrong.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that a rule has found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; nothing for what AWS gave.
    pub site: Option<Site>,
    /// A few words under the place.
    pub label: String,
    /// What it is about: `api:3/web`. Empty for a setting.
    pub subject: String,
    /// What it does to the fleet: `drops the container and its 3 routers`.
    pub effect: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that play a part.
    pub related: Vec<(String, Site)>,
    /// What mends it, where that is mechanical.
    pub fix: Option<Fix>,
}

/// What mends a finding: changes of one file that only make sense together.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What is taken out, and the text that comes in its place.
    pub changes: Vec<(Site, Change)>,
}

/// What comes in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A text, in whatever quotes are there.
    Text(String),
    /// Nothing.
    Gone,
}

impl Finding {
    /// A finding of a rule, with the rule's severity.
    pub fn of(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            site: None,
            label: String::new(),
            subject: String::new(),
            effect: None,
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Where it is, with a few words under it.
    #[must_use]
    pub fn at(mut self, site: Option<Site>, label: impl Into<String>) -> Self {
        self.site = site;
        self.label = label.into();
        self
    }

    /// What it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// What it does to the fleet.
    #[must_use]
    pub fn so(mut self, effect: impl Into<String>) -> Self {
        self.effect = Some(effect.into());
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The known name that may have been meant, where one is near enough.
    #[must_use]
    pub fn perhaps(self, meant: Option<impl fmt::Display>) -> Self {
        match meant {
            Some(meant) => self.help(format!("did you mean `{meant}`?")),
            None => self,
        }
    }

    /// Another place that plays a part.
    #[must_use]
    pub fn beside(mut self, message: impl Into<String>, site: Option<Site>) -> Self {
        if let Some(site) = site {
            self.related.push((message.into(), site));
        }
        self
    }

    /// What mends it.
    #[must_use]
    pub fn mended_by(mut self, site: Option<Site>, replacement: impl Into<String>) -> Self {
        self.fix = site.map(|site| Fix { changes: vec![(site, Change::Text(replacement.into()))] });
        self
    }

    /// The same as another severity.
    #[must_use]
    pub fn as_severe_as(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
