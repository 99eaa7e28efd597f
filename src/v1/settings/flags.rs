//! 1.7's command line, as far as the provider's options stand on it: `--ecs`, `--ecs.clusters=a,b`, in any case.
//!
//! A value stands behind `=` alone: with a space before it Traefik says that it is missing. A list that is given several
//! times is all of them. `--ecs` by itself is the section with its defaults, whatever a file says in it.

use super::effective::Effective;
use super::option::{EcsOption, Given, OPTIONS, ROOT, named};
use crate::golang::strconv::parse_bool;
use crate::nearest::nearest;
use crate::settings::{COMMAND_LINE, Origin, Refusal, Remark, RemarkKind, Stage};
use crate::v1::EntryPoints;

/// What a command line says.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The file that it names.
    pub config_file: Option<String>,
    /// Whether there is anything on it.
    is_empty: bool,
    /// Whether it turns the provider on by itself.
    section: bool,
    given: Vec<(&'static EcsOption, Given, String)>,
    default_entry_points: Vec<String>,
    noticed: Vec<Remark>,
}

/// Traefik's commands beside the one that serves, which has no name.
const COMMANDS: [&str; 5] = ["traefik", "version", "bug", "storeconfig", "healthcheck"];

/// Flags of one letter, and whether each takes a value.
const LETTERS: [(char, bool); 5] = [('c', true), ('l', true), ('g', true), ('d', false), ('h', false)];

/// Reads a command line. Flags that are not about the provider are passed over.
///
/// # Errors
/// At a flag of the provider that there isn't, or whose value is none.
pub(super) fn read(arguments: &[String]) -> Result<Line, Refusal> {
    let mut line = Line { is_empty: arguments.is_empty(), ..Line::default() };
    if let Some(first) = arguments.first().filter(|first| !first.is_empty() && !first.starts_with('-'))
        && !COMMANDS.contains(&first.as_str())
    {
        let message = format!("command {first} not found");
        return Err(Refusal::new(Stage::Command, message).at(COMMAND_LINE, first, 0..first.len()));
    }
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            break;
        }
        if let Some(flag) = argument.strip_prefix("--") {
            line.read_long(argument, flag, rest.as_slice().first())?;
        } else if let Some(letters) = argument.strip_prefix('-') {
            line.read_letters(argument, letters, &mut rest)?;
        }
    }
    Ok(line)
}

/// Lays a command line over what a file said.
pub(super) fn lay_over(line: Line, effective: &mut Effective) {
    effective.has_flags = !line.is_empty;
    effective.remarks.extend(line.noticed);
    if line.section {
        effective.renew();
    }
    for (option, value, flag) in line.given {
        effective.give(option, value, Origin::Flag(flag));
    }
    // Where there are no entry points, which of them are the default counts for nothing.
    if !line.default_entry_points.is_empty() && effective.entry_points != EntryPoints::default() {
        effective.entry_points.default = line.default_entry_points;
    }
}

impl Line {
    fn read_long(&mut self, argument: &str, flag: &str, next: Option<&String>) -> Result<(), Refusal> {
        if flag.is_empty() || flag.starts_with(['-', '=']) {
            return Err(refusal(argument, format!("bad flag syntax: {argument}")));
        }
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (flag, None),
        };
        let lower = name.to_lowercase();
        let wanted = || value.ok_or_else(|| lonely(argument, name, next));
        match lower.as_str() {
            "configfile" => self.config_file = Some(wanted()?.to_owned()),
            "defaultentrypoints" => self.default_entry_points.extend(wanted()?.split(',').map(str::to_owned)),
            "ecs" => {
                self.section = match value {
                    None => true,
                    Some(value) => {
                        parse_bool(value).map_err(|error| refusal(argument, format!("--{name}: {error}")))?
                    }
                };
            }
            lower if lower == ROOT.name => self.give(&ROOT, name, wanted()?, argument)?,
            lower if lower == "providers" || lower.starts_with("providers.") => return Err(later(argument, name)),
            lower => {
                let Some(option) = lower.strip_prefix("ecs.") else { return Ok(()) };
                let option = named(option).ok_or_else(|| unknown(argument, name))?;
                let value = if option.is_switch() {
                    if value.is_none() {
                        self.notice_stray(name, next);
                    }
                    value.unwrap_or("true")
                } else {
                    wanted()?
                };
                self.give(option, name, value, argument)?;
            }
        }
        Ok(())
    }

    /// Reads `-c FILE`, `-cFILE` and other letters.
    fn read_letters(
        &mut self,
        argument: &str,
        letters: &str,
        rest: &mut std::slice::Iter<'_, String>,
    ) -> Result<(), Refusal> {
        for (at, letter) in letters.char_indices() {
            let known = LETTERS.iter().find(|(known, _)| *known == letter);
            let Some((_, takes_value)) = known else {
                return Err(refusal(argument, format!("unknown shorthand flag: '{letter}' in {argument}")));
            };
            if !takes_value {
                continue;
            }
            let behind = &letters[at + letter.len_utf8()..];
            let value = if behind.is_empty() { rest.next().map(String::as_str) } else { Some(behind) };
            let Some(value) = value else {
                return Err(refusal(argument, format!("flag needs an argument: '{letter}' in {argument}")));
            };
            if letter == 'c' {
                self.config_file = Some(value.to_owned());
            }
            break;
        }
        Ok(())
    }

    /// Takes a value; one of a list comes to those before it.
    fn give(&mut self, option: &'static EcsOption, name: &str, value: &str, argument: &str) -> Result<(), Refusal> {
        let given = option.of_flag(value).map_err(|problem| refusal(argument, format!("--{name}: {problem}")))?;
        let before = self.given.iter_mut().find(|(other, ..)| std::ptr::eq(*other, option));
        match (before, given) {
            (Some((_, Given::Texts(all), _)), Given::Texts(more)) => all.extend(more),
            (_, given) => self.given.push((option, given, format!("--{name}"))),
        }
        Ok(())
    }

    fn notice_stray(&mut self, name: &str, next: Option<&String>) {
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

fn lonely(argument: &str, name: &str, next: Option<&String>) -> Refusal {
    let mut refusal = refusal(argument, format!("flag needs an argument: --{name}"));
    refusal.nearest = next.filter(|next| !next.starts_with('-')).map(|next| format!("--{name}={next}"));
    refusal
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
