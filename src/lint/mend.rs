//! Changes of files that mend findings: only what is mechanical, everything around it left as it was written.

use std::ops::Range;

use super::finding::Finding;
use super::place::SourceFile;

/// A file with what mends its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Its path, as it was given.
    pub name: String,
    /// Its text before.
    pub before: String,
    /// Its text after.
    pub after: String,
    /// Which findings that mends.
    pub findings: Vec<usize>,
}

/// The files that change, each once. Of two changes that overlap the first is made; the other's finding stays.
pub fn mended(findings: &[Finding], files: &[SourceFile]) -> Vec<Mended> {
    let of_file = |(index, file): (usize, &SourceFile)| {
        let fixes = findings.iter().enumerate().filter_map(|(number, finding)| Some((number, finding.fix.as_ref()?)));
        let mut changes: Vec<Change<'_>> = fixes
            .filter(|(_, fix)| fix.site.file == index)
            .map(|(finding, fix)| Change { finding, span: fix.site.span(files), replacement: &fix.replacement })
            .collect();
        changes.sort_by_key(|change| (change.span.start, change.span.end));
        let (after, made) = changed(&file.text, &changes);
        let (name, before) = (file.name.clone(), file.text.to_string());
        (!made.is_empty()).then_some(Mended { name, before, after, findings: made })
    };
    files.iter().enumerate().filter_map(of_file).collect()
}

/// A change to be made.
struct Change<'a> {
    finding: usize,
    span: Range<usize>,
    replacement: &'a str,
}

/// The text with the changes that can be made, and whose those are.
fn changed(text: &str, changes: &[Change<'_>]) -> (String, Vec<usize>) {
    let (mut after, mut at, mut made) = (String::with_capacity(text.len()), 0, Vec::new());
    for Change { finding, span, replacement } in changes {
        let (Some(between), Some(old)) = (text.get(at..span.start), text.get(span.clone())) else { continue };
        after.push_str(between);
        after.push_str(&quoted_as(old, replacement));
        at = span.end;
        made.push(*finding);
    }
    after.push_str(&text[at..]);
    (after, made)
}

/// The replacement in the quotes that the old text has.
fn quoted_as(old: &str, replacement: &str) -> String {
    match old.chars().next() {
        Some(quote @ ('"' | '\'')) if old.len() > 1 && old.ends_with(quote) && !replacement.starts_with(quote) => {
            format!("{quote}{replacement}{quote}")
        }
        _ => replacement.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, changed};

    #[test]
    fn quotes_and_what_is_between_stay() {
        let text = r#"{ "labels": {"a.rul": 1} }"#;
        let change = |finding, span, replacement| Change { finding, span, replacement };
        let changes = [change(5, 2..10, "dockerLabels"), change(7, 16..19, "rule"), change(8, 17..19, "x")];
        assert_eq!(changed(text, &changes), (r#"{ "dockerLabels": {"a.rule": 1} }"#.to_owned(), vec![5, 7]));
    }
}
