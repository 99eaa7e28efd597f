//! The `[ecs]` section of 1.7's static file, which is TOML alone.

use super::effective::Effective;
use super::option::{EcsOption, OPTIONS, ROOT, named};
use crate::nearest::nearest;
use crate::settings::{FileChoice, FileError, FileSystem, Input, Origin, Refusal, Remark, RemarkKind, Stage};
use crate::v1::EntryPoints;
use crate::v1::toml::{Places, Table, Toml, placed};

/// Where 1.7 looks behind the file that is named: each is a file, or a folder that has a `traefik.toml`.
const PLACES: [&str; 3] = ["/etc/traefik", "$HOME/.traefik", "."];

/// The file that 1.7 reads.
pub(super) fn find(input: &Input<'_>, named: Option<&str>) -> Option<String> {
    let home = input.environment.iter().find(|(name, _)| name == "HOME").map_or("", |(_, home)| home);
    let named = match input.file {
        FileChoice::Named(path) => return Some(path.to_owned()),
        FileChoice::Without => return None,
        FileChoice::Found => named.into_iter().map(str::to_owned),
    };
    let searched = PLACES.iter().map(|place| place.replace("$HOME", home));
    named.chain(searched).find_map(|place| {
        let below = format!("{}/traefik.toml", place.trim_end_matches('/'));
        [place, below].into_iter().find(|path| is_file(path, input.files))
    })
}

fn is_file(path: &str, files: &dyn FileSystem) -> bool {
    matches!(files.read(path), Ok(_) | Err(FileError::TooLarge { .. }))
}

/// Reads a file; a value of another type than the option's is refused, an option that there isn't is noted.
pub(super) fn strictly(path: &str, files: &dyn FileSystem, effective: &mut Effective) -> Result<(), Refusal> {
    let new = |message: String| Refusal::new(Stage::File, message);
    let bytes = files.read(path).map_err(|error| new(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        new("it is not UTF-8".to_owned()).at(path, &String::from_utf8_lossy(error.as_bytes()), at..at + 1)
    })?;
    let is_yaml = [".yml", ".yaml"].iter().any(|ending| path.ends_with(ending));
    if is_yaml {
        return Err(new(format!("{path} is YAML, and Traefik 1.7 reads TOML alone")));
    }
    let (table, places) = placed(&text).map_err(|error| new(error.problem).at(path, &text, error.at..error.at))?;
    effective.file = Some(path.to_owned());
    effective.entry_points = EntryPoints::from_file(&table);
    let origin = |name: &str| Origin::File { path: path.to_owned(), line: line_of(&text, &places, name) };
    let of_roots = of_roots(&table).map(|(name, remark)| remark.at(path, line_of(&text, &places, name)));
    effective.remarks.extend(of_roots);
    for (option, key, value) in options(&table, effective) {
        let place = format!("{}.{key}", section(&table).map_or("ecs", |(name, _)| name));
        let given = option.of_file(value).map_err(|problem| {
            let span = places.get(&place).cloned().unwrap_or_default();
            new(problem).at(path, &text, span)
        })?;
        effective.give(option, given, origin(&place));
    }
    if let Some((key, value)) = at_root(&table) {
        let given = ROOT.of_file(value).map_err(|problem| {
            let span = places.get(key).cloned().unwrap_or_default();
            new(problem).at(path, &text, span)
        })?;
        effective.give(&ROOT, given, origin(key));
    }
    Ok(())
}

/// Reads a table; a value of another type than the option's is left out.
pub(super) fn leniently(table: &Table) -> Effective {
    let mut effective = Effective::default();
    for (option, _, value) in options(table, &mut Effective::default()) {
        if let Ok(given) = option.of_file(value) {
            effective.give(option, given, Origin::Default);
        }
    }
    if let Some(given) = at_root(table).and_then(|(_, value)| ROOT.of_file(value).ok()) {
        effective.give(&ROOT, given, Origin::Default);
    }
    effective.settle();
    effective
}

/// The constraints for every provider, with their key as it is written.
fn at_root(table: &Table) -> Option<(&str, &Toml)> {
    let mut all = table.iter();
    all.find(|(key, _)| key.eq_ignore_ascii_case(ROOT.name)).map(|(key, value)| (key.as_str(), value))
}

/// The `[ecs]` section, with its name as it is written.
fn section(table: &Table) -> Option<(&str, &Table)> {
    table.iter().find_map(|(name, value)| match value {
        Toml::Table(ecs) if name.eq_ignore_ascii_case("ecs") => Some((name.as_str(), ecs)),
        _ => None,
    })
}

/// The options that a table gives, each with its key as it is written; turns the provider on where the section is there.
fn options<'t>(table: &'t Table, effective: &mut Effective) -> Vec<(&'static EcsOption, &'t str, &'t Toml)> {
    let Some((_, ecs)) = section(table) else { return Vec::new() };
    effective.is_on = true;
    let mut found = Vec::new();
    for (key, value) in ecs {
        if let Some(option) = named(key) {
            found.push((option, key.as_str(), value));
            continue;
        }
        let meant = nearest(key, OPTIONS.iter().map(|option| option.name));
        let meant = meant.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
        let word = format!("`ecs.{key}` is no option of Traefik 1.7, which ignores it{meant}");
        effective.remarks.push(Remark::new("unknown-root", RemarkKind::Ignored, word));
    }
    found
}

/// What of later releases stands in the file and does nothing in 1.7, by name.
fn of_roots(table: &Table) -> impl Iterator<Item = (&str, Remark)> {
    table.keys().filter(|name| name.eq_ignore_ascii_case("providers")).map(|name| {
        let word =
            format!("`{name}` is a section of Traefik 2 and 3 and does nothing in 1.7, whose section is `[ecs]`");
        (name.as_str(), Remark::new("other-release", RemarkKind::Ignored, word))
    })
}

fn line_of(text: &str, places: &Places, name: &str) -> usize {
    let at = places.get(name).map_or(0, |place| place.start);
    text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1
}
