//! What Traefik says while it reads its settings, and why it does not start.

use std::ops::Range;

/// Whose options a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// The command line.
    Arguments,
    /// The file.
    File,
    /// The environment.
    Variables,
}

impl Loader {
    /// Traefik's word for it in its log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arguments => "args",
            Self::File => "file",
            Self::Variables => "env",
        }
    }

    pub(super) fn long_name(self) -> &'static str {
        match self {
            Self::Arguments => "args",
            Self::File => "file",
            Self::Variables => "environment variables",
        }
    }
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A warning.
    Warn,
    /// An error, after which Traefik may start all the same.
    Error,
}

/// One line that Traefik logs at warning or error level, in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How loud it is.
    pub level: Level,
    /// Whose options it is about, where it is about a deprecated one.
    pub loader: Option<Loader>,
    /// What it says.
    pub message: String,
}

impl Notice {
    pub(super) fn error(loader: Option<Loader>, message: impl Into<String>) -> Self {
        Self { level: Level::Error, loader, message: message.into() }
    }

    pub(super) fn warning(message: impl Into<String>) -> Self {
        Self { level: Level::Warn, loader: None, message: message.into() }
    }
}

/// Where Traefik stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The first argument is no command.
    Command,
    /// A removed option is set.
    Deprecation,
    /// The file, or finding it.
    File,
    /// The command line.
    Flags,
    /// The environment.
    Variables,
    /// The checks after loading.
    Validate,
    /// The addresses of entry points.
    EntryPoints,
}

impl Stage {
    /// A short name, as tables of cases have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Deprecation => "deprecation",
            Self::File => "file",
            Self::Flags => "flags",
            Self::Variables => "env",
            Self::Validate => "validate",
            Self::EntryPoints => "entrypoints",
        }
    }
}

/// Why Traefik does not start with its settings. Prints what is wrong, without the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Who refuses.
    pub stage: Stage,
    /// What is wrong, in Traefik's words where it has any.
    pub message: String,
    /// Where.
    pub place: Option<Box<Spot>>,
    /// The known name that may have been meant by an unknown one.
    pub nearest: Option<String>,
    /// Whether Traefik crashes instead of refusing.
    pub is_crash: bool,
}

/// What a place on the command line is called.
pub const COMMAND_LINE: &str = "the command line";

/// A place in what was read. Credentials in the text are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// A file's name, or what the text is.
    pub origin: String,
    /// The text.
    pub text: String,
    /// What is wrong in it, in bytes.
    pub span: Range<usize>,
}

impl Refusal {
    pub(crate) fn new(stage: Stage, message: impl Into<String>) -> Self {
        Self { stage, message: masked(&message.into()), place: None, nearest: None, is_crash: false }
    }

    pub(super) fn crash(stage: Stage, message: impl Into<String>) -> Self {
        Self { is_crash: true, ..Self::new(stage, message) }
    }

    pub(crate) fn at(mut self, origin: impl Into<String>, text: &str, span: Range<usize>) -> Self {
        let text = masked(text);
        // What ends too early is wrong behind its end, and readers differ in how far behind.
        let span = span.start.min(text.len())..span.end.min(text.len() + 1);
        self.place = Some(Box::new(Spot { origin: origin.into(), text, span }));
        self
    }
}

/// A text whose credentials have given way to as many stars.
pub fn masked(text: &str) -> String {
    use std::sync::LazyLock;

    use regex::Regex;
    static SECRETS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)(secret_?access_?key|access_?key_?id|password|token|hmacencoded)["']?[ \t]*[:=][ \t]*("[^"\n]*"?|'[^'\n]*'?|[^\s,}\]"'][^\s,}\]]*)"#)
            .expect("the expression is part of the program")
    });
    let mut masked = text.to_owned();
    for found in SECRETS.captures_iter(text) {
        let Some(value) = found.get(2) else { continue };
        masked.replace_range(value.range(), &"*".repeat(value.len()));
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn credentials_give_way_to_stars() {
        let cases = [
            ("secretAccessKey: abc # x", "secretAccessKey: *** # x"),
            ("{accessKeyID: \"a b\", region: x}", "{accessKeyID: *****, region: x}"),
            ("--providers.ecs.secretAccessKey=s3cr", "--providers.ecs.secretAccessKey=****"),
            ("TRAEFIK_PROVIDERS_ECS_ACCESSKEYID=AKI", "TRAEFIK_PROVIDERS_ECS_ACCESSKEYID=***"),
            ("region = \"eu\"", "region = \"eu\""),
        ];
        for (text, want) in cases {
            assert_eq!(masked(text), want);
        }
    }
}
