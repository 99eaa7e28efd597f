//! Changes of files that mend findings: only what is mechanical, everything around it left as it was written.

use std::ops::Range;

use super::finding::{Change, Finding, Fix};
use super::place::{Site, SourceFile};

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

/// The files that change, each once. Of two findings whose changes overlap the first is mended; the other stays.
pub fn mended(findings: &[Finding], files: &[SourceFile]) -> Vec<Mended> {
    let of_file = |(index, file): (usize, &SourceFile)| {
        let fixes = findings.iter().enumerate().filter_map(|(number, finding)| Some((number, finding.fix.as_ref()?)));
        let here = fixes.filter(|(_, fix)| fix.changes.iter().all(|(site, _)| site.file == index));
        let mut wanted: Vec<(usize, Vec<Edit>)> = here.map(|(number, fix)| (number, edits(fix, files))).collect();
        wanted.sort_by_key(|(_, edits)| edits.first().map(|edit| edit.span.start));
        let (after, made) = changed(&file.text, wanted);
        let (name, before) = (file.name.clone(), file.text.to_string());
        (!made.is_empty()).then_some(Mended { name, before, after, findings: made })
    };
    files.iter().enumerate().filter_map(of_file).collect()
}

/// What stands in a place of a file, and what shall.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    span: Range<usize>,
    text: String,
}

fn edits(fix: &Fix, files: &[SourceFile]) -> Vec<Edit> {
    let edit = |(site, change): &(Site, Change)| {
        let text = match change {
            Change::Text(text) => site.spelled(text, files),
            Change::Gone => String::new(),
        };
        Edit { span: site.span(files), text }
    };
    let mut edits: Vec<Edit> = fix.changes.iter().map(edit).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

/// The text with the edits that can be made, each finding's all or none, and whose those are.
fn changed(text: &str, wanted: Vec<(usize, Vec<Edit>)>) -> (String, Vec<usize>) {
    let (mut chosen, mut made): (Vec<Edit>, Vec<usize>) = (Vec::new(), Vec::new());
    for (finding, edits) in wanted {
        let is_free = |edit: &Edit| {
            let overlaps = |other: &Edit| edit.span.start < other.span.end && other.span.start < edit.span.end;
            text.get(edit.span.clone()).is_some() && !chosen.iter().any(overlaps)
        };
        if edits.iter().all(is_free) {
            chosen.extend(edits);
            made.push(finding);
        }
    }
    chosen.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut after, mut at) = (String::with_capacity(text.len()), 0);
    for Edit { span, text: new } in chosen {
        after.push_str(&text[at..span.start]);
        after.push_str(&new);
        at = span.end;
    }
    after.push_str(&text[at..]);
    (after, made)
}

#[cfg(test)]
mod tests {
    use super::{Edit, changed};

    #[test]
    fn what_overlaps_is_left_and_the_rest_stays() {
        let text = r#"{ "labels": {"a.rul": 1} }"#;
        let edit = |span, text: &str| Edit { span, text: text.to_owned() };
        let wanted = vec![
            (5, vec![edit(2..10, "\"dockerLabels\"")]),
            (7, vec![edit(16..19, "rule")]),
            (8, vec![edit(17..19, "x"), edit(22..23, "2")]),
        ];
        assert_eq!(changed(text, wanted), (r#"{ "dockerLabels": {"a.rule": 1} }"#.to_owned(), vec![5, 7]));
    }
}
