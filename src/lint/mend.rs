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
    /// How many findings that mends.
    pub count: usize,
}

/// The files that change, each once. Of two changes that overlap the first is made.
pub fn mended(findings: &[Finding], files: &[SourceFile]) -> Vec<Mended> {
    let of_file = |(index, file): (usize, &SourceFile)| {
        let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
        let mut changes: Vec<(Range<usize>, &str)> = fixes
            .filter(|fix| fix.site.file == index)
            .map(|fix| (fix.site.span(files), fix.replacement.as_str()))
            .collect();
        changes.sort_by_key(|(span, _)| (span.start, span.end));
        let (after, count) = changed(&file.text, &changes);
        (count > 0).then(|| Mended { name: file.name.clone(), before: file.text.to_string(), after, count })
    };
    files.iter().enumerate().filter_map(of_file).collect()
}

fn changed(text: &str, changes: &[(Range<usize>, &str)]) -> (String, usize) {
    let (mut after, mut at, mut count) = (String::with_capacity(text.len()), 0, 0);
    for (span, replacement) in changes {
        let (Some(between), Some(old)) = (text.get(at..span.start), text.get(span.clone())) else { continue };
        after.push_str(between);
        after.push_str(&quoted_as(old, replacement));
        at = span.end;
        count += 1;
    }
    after.push_str(&text[at..]);
    (after, count)
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
    use super::changed;

    #[test]
    fn quotes_and_what_is_between_stay() {
        let text = r#"{ "labels": {"a.rul": 1} }"#;
        let changes = [(2..10, "dockerLabels"), (16..19, "rule"), (17..19, "x")];
        assert_eq!(changed(text, &changes), (r#"{ "dockerLabels": {"a.rule": 1} }"#.to_owned(), 2));
    }
}
