//! Findings on a terminal: each with its line underlined, then what it all comes to.

use std::fmt::Write as _;

use super::{Found, Linted, Region, Summary};
use crate::failure::{Aside, Place, Weight, marked_at};
use crate::lint::SourceFile;
use crate::render::{Styles, printable};

/// The most reasons that are shown of a definition that could not be judged.
const REASONS: usize = 3;

impl Linted {
    /// For reading.
    pub fn text(&self, files: &[SourceFile], styles: Styles) -> Vec<u8> {
        let mut text = String::new();
        for found in &self.findings {
            text.push_str(&annotated(found, files, styles.colored()));
            text.push('\n');
        }
        for unknown in &self.unknown {
            let place =
                unknown.place.as_ref().map(|place| format!("{}:{}: ", place.file, place.line)).unwrap_or_default();
            let more = unknown.because.len().saturating_sub(REASONS);
            let mut because = unknown.because.iter().take(REASONS).cloned().collect::<Vec<_>>().join(", ");
            if more > 0 {
                let _ = write!(because, " and {more} more");
            }
            let line =
                format!("{place}{} could not be judged whole: not known before the deploy: {because}", unknown.subject);
            let _ = writeln!(text, "{}", printable(&line));
        }
        if !self.elsewhere.is_empty() {
            let names = self.elsewhere.join(", ");
            let line = format!("not known here, since other providers define it: {names}");
            let _ = writeln!(text, "{}", printable(&line));
        }
        let _ = writeln!(text, "{}", self.summary.sentence());
        text.into_bytes()
    }
}

impl Summary {
    /// What it comes to: `2 errors, 1 warning in 14 task definitions; 3 of 14 could not be judged`.
    pub fn sentence(&self) -> String {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let counts: Vec<_> =
            counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(count, word)).collect();
        let found = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
        let mut sentence = format!("{found} in {}", counted(self.definitions, "task definition"));
        if self.ignored > 0 {
            let _ = write!(sentence, ", {} ignored", self.ignored);
        }
        let _ = write!(sentence, "; {} of {} could not be judged", self.unknown, self.definitions);
        sentence
    }
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// More than is shown of a line on either side of a place.
const AROUND: usize = 1024;

/// The place with what is shown of its own lines alone: a file, which may be one line, has many findings, and copying
/// all of it for each would be most of the work.
fn place(region: &Region, label: &str, files: &[SourceFile]) -> Place {
    let file = &files[region.index];
    let text = &file.text;
    let around = if file.is_guarded() { 0 } else { AROUND };
    let first = text.floor_char_boundary(region.span.start.saturating_sub(around));
    let last = text.floor_char_boundary(text.len().min(region.span.end + around));
    let start = text[first..region.span.start].rfind('\n').map_or(first, |at| first + at + 1);
    let end = text[region.span.end..last].find('\n').map_or(last, |at| region.span.end + at);
    Place {
        origin: region.file.clone(),
        first_line: region.line,
        first_column: region.column.saturating_sub(text[start..region.span.start].chars().count()).max(1),
        text: text[start..end].to_owned(),
        span: region.span.start - start..region.span.end - start,
        label: label.to_owned(),
    }
}

/// A finding with its line, then the other places that play a part.
fn annotated(found: &Found, files: &[SourceFile], colored: bool) -> String {
    let weight = match found.severity {
        "error" => Weight::Error,
        "warning" => Weight::Warning,
        _ => Weight::Note,
    };
    let mut asides = Vec::new();
    match (&found.subject, &found.effect) {
        (Some(subject), Some(effect)) => asides.push(Aside::Note(format!("{subject}: {effect}"))),
        (None, Some(effect)) => asides.push(Aside::Note(effect.clone())),
        (Some(subject), None) if found.place.is_none() => asides.push(Aside::Note(format!("in {subject}"))),
        _ => {}
    }
    asides.extend(found.help.clone().map(Aside::Help));
    let title = format!("{} {}: {}", found.rule, found.name, found.message);
    let own = found.place.as_ref().map(|region| place(region, &found.label, files));
    let own = own.as_ref().zip(found.place.as_ref().map(|region| Some(region.column)));
    let mut text = marked_at(weight, &title, own, &asides, colored);
    for related in &found.related {
        let (other, column) = (place(&related.place, "", files), Some(related.place.column));
        text.push_str(&marked_at(Weight::Note, &related.message, Some((&other, column)), &[], colored));
    }
    text
}
