//! 1.7's command line, as far as the provider's options stand on it: `--ecs`, `--ecs.clusters=a,b`, in any case.

use super::effective::Effective;
use super::option::{EcsOption, Given, OPTIONS, named};
use crate::nearest::nearest;
use crate::settings::{COMMAND_LINE, Origin, Refusal, Remark, RemarkKind, Stage};

/// What a command line says.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The file that it names.
    pub config_file: Option<String>,
    /// Whether there is anything on it.
    is_empty: bool,
    /// Whether it turns the provider on, or off.
    section: Option<bool>,
    given: Vec<(&'static EcsOption, Given, String)>,
    noticed: Vec<Remark>,
}

/// The flags that name a file.
const FILE: [&str; 2] = ["configfile", "c"];

/// Reads a command line. Flags that are not about the provider are passed over, with the value behind them.
///
/// # Errors
/// At a flag of the provider that there isn't, or whose value is none.
pub(super) fn read(arguments: &[String]) -> Result<Line, Refusal> {
    let mut line = Line { is_empty: arguments.is_empty(), ..Line::default() };
    let mut rest = arguments.iter().peekable();
    while let Some(argument) = rest.next() {
        let Some(flag) = argument.strip_prefix("--").or_else(|| argument.strip_prefix('-')) else { continue };
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (flag, None),
        };
        let lower = name.to_lowercase();
        if FILE.contains(&lower.as_str()) {
            line.config_file = value.or_else(|| rest.next().cloned());
        } else if lower == "ecs" {
            line.section = Some(value.is_none_or(|value| !value.eq_ignore_ascii_case("false")));
        } else if let Some(option) = lower.strip_prefix("ecs.") {
            let option = named(option).ok_or_else(|| unknown(argument, name))?;
            let value = match value {
                Some(value) => value,
                None if option.is_switch() => {
                    line.notice_stray(name, rest.peek());
                    "true".to_owned()
                }
                None => rest
                    .next()
                    .cloned()
                    .ok_or_else(|| refusal(argument, format!("flag needs an argument: --{name}")))?,
            };
            let given = option.of_flag(&value).map_err(|problem| refusal(argument, format!("--{name}: {problem}")))?;
            line.given.push((option, given, format!("--{name}")));
        } else if lower == "providers" || lower.starts_with("providers.") {
            return Err(later(argument, name));
        }
    }
    Ok(line)
}

/// Lays a command line over what a file said.
pub(super) fn lay_over(line: Line, effective: &mut Effective) {
    effective.has_flags = !line.is_empty;
    effective.is_on = line.section.unwrap_or(effective.is_on);
    effective.remarks.extend(line.noticed);
    for (option, value, flag) in line.given {
        effective.give(option, value, Origin::Flag(flag));
    }
}

impl Line {
    fn notice_stray(&mut self, name: &str, next: Option<&&String>) {
        if let Some(next) = next.filter(|next| !next.starts_with('-')) {
            self.noticed.push(Remark::new(
                "bool-with-a-space",
                RemarkKind::Misread,
                format!(
                    "`{next}` is ignored: --{name} takes no value from the next argument and is `true` here; write \
                     --{name}={next}"
                ),
            ));
        }
    }
}

fn refusal(argument: &str, message: String) -> Refusal {
    Refusal::new(Stage::Flags, message).at(COMMAND_LINE, argument, 0..argument.len())
}

fn unknown(argument: &str, name: &str) -> Refusal {
    let option = name.split_once('.').map_or(name, |(_, option)| option);
    let meant = nearest(option, OPTIONS.iter().map(|option| option.name));
    let mut refusal = refusal(argument, format!("unknown flag: --{name}"));
    refusal.nearest = meant.map(|option| format!("--ecs.{option}"));
    refusal
}

/// A flag of later releases.
fn later(argument: &str, name: &str) -> Refusal {
    let mut refusal = refusal(argument, format!("unknown flag: --{name}"));
    let option = name.to_lowercase().strip_prefix("providers.ecs.").and_then(named).map(|option| option.name);
    refusal.nearest = Some(option.map_or_else(|| "--ecs".to_owned(), |option| format!("--ecs.{option}")));
    refusal
}
