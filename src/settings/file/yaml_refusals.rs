//! What the Go package, a descendant of libyaml, refuses and a parser of YAML 1.2 takes: characters, directives,
//! escapes, keys that aren't there, and tabs where a token could begin.

use std::ops::Range;

use super::document::SyntaxError;

/// Refuses what is refused before anything is parsed: control characters, directives that there aren't, the end of a
/// document that did not begin.
pub(super) fn check_text(text: &str) -> Result<(), SyntaxError> {
    let allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}'
            | '\u{10000}'..)
    };
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !allowed(*c)) {
        return Err(SyntaxError::new("control characters are not allowed", at..at + c.len_utf8()));
    }
    check_directives(text)
}

fn check_directives(text: &str) -> Result<(), SyntaxError> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let place = start..start + line.trim_end().len();
        start += line.len();
        if let Some(directive) = line.strip_prefix('%') {
            let name = directive.split(char::is_whitespace).next().unwrap_or_default();
            if !matches!(name, "YAML" | "TAG") {
                return Err(SyntaxError::new("found unknown directive name", place));
            }
        } else if line.trim_end() == "..." {
            return Err(SyntaxError::new("did not find expected node content", place));
        } else if !line.trim_start().is_empty() && !line.trim_start().starts_with('#') {
            break;
        }
    }
    Ok(())
}

/// Refuses escapes of double-quoted scalars: `\/` is JSON's alone, and halves of surrogate pairs are no characters.
pub(super) fn check_escapes(text: &str, scalar: &Range<usize>) -> Result<(), SyntaxError> {
    let Some(source) = text.get(scalar.clone()) else { return Ok(()) };
    let mut escaped = false;
    for (at, c) in source.char_indices() {
        let place = scalar.start + at.saturating_sub(1)..scalar.start + at + c.len_utf8();
        if escaped && c == '/' {
            return Err(SyntaxError::new("found unknown escape character", place));
        }
        let surrogate = || {
            let digits = &source.as_bytes()[at + 1..];
            matches!(digits, [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..])
        };
        if escaped && c == 'u' && surrogate() {
            return Err(SyntaxError::new("found invalid Unicode character escape code", place));
        }
        escaped = !escaped && c == '\\';
    }
    Ok(())
}

/// Refuses a key that isn't there: `: b` without a `?` before it.
pub(super) fn check_key(text: &str, key: &Range<usize>) -> Result<(), SyntaxError> {
    let (before, after) = text.split_at_checked(key.start).unwrap_or((text, ""));
    if after.trim_start().starts_with(':') && !before.trim_end().ends_with('?') {
        return Err(SyntaxError::new("did not find expected key", key.clone()));
    }
    Ok(())
}

/// Refuses a plain scalar between brackets or braces that holds a `?` or begins with a `:`: there it would end.
pub(super) fn check_flow_plain(scalar: &str, place: &Range<usize>) -> Result<(), SyntaxError> {
    if scalar.contains('?') || scalar.starts_with(':') {
        return Err(SyntaxError::new("did not find expected ',' or ']'", place.clone()));
    }
    Ok(())
}

/// Refuses a key between brackets or braces whose colon is on another line than its beginning, unless a `?` stands
/// before it.
pub(super) fn check_flow_key(text: &str, key: &Range<usize>) -> Result<(), SyntaxError> {
    let (Some(before), Some(after)) = (text.get(..key.start), text.get(key.end..)) else { return Ok(()) };
    let blank = after.len() - after.trim_start().len();
    let whole = &text[key.start..key.end + blank];
    if after[blank..].starts_with(':') && whole.contains('\n') && !before.trim_end().ends_with('?') {
        return Err(SyntaxError::new("did not find expected ',' or '}'", key.clone()));
    }
    Ok(())
}

/// Where a tab may stand before anything else on a line.
pub(super) enum Shelter {
    /// In quotes, brackets, braces and blocks.
    Anywhere,
    /// In the lines that follow a plain scalar, from this column on.
    From(usize),
}

/// Refuses tabs where a token could begin: before it on its line, or behind the `-` of an item.
///
/// `sheltered` are the places where tabs are ordinary white space, in any order; a later one counts where two overlap.
pub(super) fn check_tabs(text: &str, sheltered: &[(Range<usize>, Shelter)]) -> Result<(), SyntaxError> {
    if !text.contains('\t') {
        return Ok(());
    }
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let (spaces, rest) = line.split_at(indent);
        let at = start + indent;
        start += line.len();
        let item = spaces.ends_with('-') || spaces.trim_start_matches(' ').is_empty();
        if !rest.starts_with('\t') || !item {
            continue;
        }
        let allowed = sheltered.iter().any(|(place, shelter)| {
            place.start < at && at < place.end && !matches!(shelter, Shelter::From(column) if indent < *column)
        });
        if !allowed {
            return Err(SyntaxError::new("found a tab where a token could begin: indent with spaces", at..at + 1));
        }
    }
    Ok(())
}
