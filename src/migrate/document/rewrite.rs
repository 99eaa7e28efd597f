//! Labels written where others stand, member by member: what stays keeps its place, its form and its comments; what is
//! new stands where that stood which it comes from.

use std::collections::BTreeMap;

use crate::document::{Json, Member, Span, Value};
use crate::v1::labels::Labels;

/// An object of labels, and what it is to hold.
#[derive(Debug, Clone, Copy)]
pub struct Change<'c> {
    /// The object as it stands.
    pub object: &'c Json,
    /// All its labels afterwards, save those that aren't plain text, which stay.
    pub labels: &'c Labels,
    /// The label that each new one comes from.
    pub sources: &'c BTreeMap<String, String>,
}

/// A text with changed labels. Both JSON and YAML take what is written.
pub fn rewrite(text: &str, changes: &[Change<'_>]) -> String {
    let mut edits: Vec<(Span, String)> = changes.iter().flat_map(|change| change.edits(text)).collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse((span.start, span.end)));
    let mut rewritten = text.to_owned();
    for (span, new) in edits {
        rewritten.replace_range(span, &new);
    }
    rewritten
}

/// Whether the members of an object can be changed one by one: they stand in it, and none has a name by which it is
/// repeated elsewhere.
fn is_plain(text: &str, object: &Json) -> bool {
    object.members().iter().all(|member| {
        let span = member.key_span.start..member.value.span.end;
        let between = text.get(member.key_span.end..member.value.span.start);
        object.span.start <= span.start
            && span.end <= object.span.end
            && between.is_some_and(|between| !between.contains(['&', '!']))
    })
}

/// A member, and what takes its place: nothing where it goes.
struct Place<'c> {
    member: &'c Member,
    stays: bool,
    new: Vec<(&'c str, &'c str)>,
}

impl<'c> Change<'c> {
    fn edits(self, text: &str) -> Vec<(Span, String)> {
        let span = self.object.span.clone();
        let places = self.places();
        if places.is_empty() || !is_plain(text, self.object) {
            return vec![(span.clone(), whole(text, &span, self.labels))];
        }
        if text[span.clone()].starts_with('{') {
            return vec![(span, in_line(text, self.object, &places))];
        }
        match in_block(text, &places) {
            Some(edits) => edits,
            None => vec![(span.clone(), whole(text, &span, self.labels))],
        }
    }

    /// What becomes of each member. Of equal keys the last one counts.
    fn places(self) -> Vec<Place<'c>> {
        let members = self.object.members();
        let is_last = |at: usize| !members[at + 1..].iter().any(|later| later.key == members[at].key);
        let mut places: Vec<Place<'c>> = members
            .iter()
            .enumerate()
            .map(|(at, member)| {
                let known = self.labels.get_key_value(&member.key);
                let stays = match (plain(&member.value), known) {
                    (None, _) => true,
                    (Some(value), Some((_, after))) => is_last(at) && value == *after,
                    (Some(_), None) => false,
                };
                let changed = known.filter(|_| !stays && is_last(at));
                let new = changed.map(|(label, value)| (label.as_str(), value.as_str()));
                Place { member, stays, new: new.into_iter().collect() }
            })
            .collect();
        for (label, value) in self.labels {
            if members.iter().any(|member| member.key == *label) {
                continue;
            }
            let source = self.sources.get(label);
            let at = members.iter().rposition(|member| Some(&member.key) == source);
            if let Some(place) = places.get_mut(at.unwrap_or(members.len().saturating_sub(1))) {
                place.new.push((label, value));
            }
        }
        places
    }
}

/// A label's value, where it is plain text.
fn plain(value: &Json) -> Option<String> {
    match &value.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Members between braces, with what stands between them.
fn in_line(text: &str, object: &Json, places: &[Place<'_>]) -> String {
    let gap = |at: usize| {
        let before = places[at].member.key_span.start;
        text[places[at - 1].member.value.span.end..before].to_owned()
    };
    // Between new members stands what stands between the old ones.
    let between = if places.len() > 1 { gap(1) } else { separator(text, &places[0].member.key_span) };
    let mut written = String::new();
    for (at, place) in places.iter().enumerate() {
        let own = place.member.key_span.start..place.member.value.span.end;
        let stays = place.stays.then(|| text[own].to_owned());
        let new = place.new.iter().map(|(label, value)| format!("{}: {}", quoted(label), quoted(value)));
        let all: Vec<String> = stays.into_iter().chain(new).collect();
        if all.is_empty() {
            continue;
        }
        if !written.is_empty() {
            written.push_str(&if at > 0 { gap(at) } else { between.clone() });
        }
        written.push_str(&all.join(&between));
    }
    if written.is_empty() {
        return "{}".to_owned();
    }
    let (first, last) = (&places[0].member.key_span, &places[places.len() - 1].member.value.span);
    [&text[object.span.start..first.start], &written, &text[last.end..object.span.end]].concat()
}

/// What would stand between a member and another.
fn separator(text: &str, key: &Span) -> String {
    match indent(text, key) {
        Some(indent) => format!(",\n{indent}"),
        None => ", ".to_owned(),
    }
}

/// What stands before a key in its line, where that is nothing but space.
fn indent<'t>(text: &'t str, key: &Span) -> Option<&'t str> {
    let line = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..key.start];
    indent.bytes().all(|byte| byte == b' ').then_some(indent)
}

/// Members in lines of their own; nothing where one isn't.
fn in_block(text: &str, places: &[Place<'_>]) -> Option<Vec<(Span, String)>> {
    let mut edits = Vec::new();
    for place in places {
        let indent = indent(text, &place.member.key_span)?;
        let start = place.member.key_span.start;
        let end = start + text[start..place.member.value.span.end].trim_end().len();
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let mut new = place.new.iter().map(|(label, value)| format!("{}: {}", key(label), quoted(value)));
        if !place.stays {
            match new.next() {
                Some(first) => edits.push((start..end, first)),
                // What is said in the line stays.
                None if text[end..line_end].contains('#') => {
                    let comment = end + text[end..line_end].find('#').unwrap_or_default();
                    edits.push((start..comment, String::new()));
                }
                None => edits.push((start - indent.len()..text.len().min(line_end + 1), String::new())),
            }
        }
        let further: String = new.flat_map(|line| ["\n".to_owned(), indent.to_owned(), line]).collect();
        if !further.is_empty() {
            edits.push((line_end..line_end, further));
        }
    }
    let nothing_stays = places.iter().all(|place| !place.stays && place.new.is_empty());
    if nothing_stays { None } else { Some(edits) }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A key of a block: as it is where YAML takes it for a text.
fn key(label: &str) -> String {
    let is_safe = label.starts_with(|first: char| first.is_ascii_alphabetic())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
        && label.contains('.');
    if is_safe { label.to_owned() } else { quoted(label) }
}

/// Labels as an object, indented as its surroundings are.
fn whole(text: &str, span: &Span, labels: &Labels) -> String {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent: String = text[line..].chars().take_while(|character| *character == ' ').collect();
    // What a block of YAML ends with belongs to what follows it.
    let end = &text[span.start + text[span.clone()].trim_end().len()..span.end];
    if labels.is_empty() {
        return format!("{{}}{end}");
    }
    // In a block of YAML the object begins where the first key did, so what closes it stands as deep.
    let inner = format!("{indent}  ");
    let entries: Vec<String> =
        labels.iter().map(|(label, value)| format!("{inner}{}: {}", quoted(label), quoted(value))).collect();
    format!("{{\n{}\n{indent}}}{end}", entries.join(",\n"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Change, rewrite};
    use crate::document;

    /// A document `{"l": …}` with its labels changed.
    fn changed(text: &str, labels: &[(&str, &str)], sources: &[(&str, &str)]) -> String {
        let (_, tree) = document::read(text).expect("it is a document");
        let object = tree.get("l").expect("it is there");
        let owned = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let (labels, sources) = (owned(labels), owned(sources));
        rewrite(text, &[Change { object, labels: &labels, sources: &sources }])
    }

    #[test]
    fn lines_of_a_block_are_changed_one_by_one() {
        let text = "l:\n  # first\n  a.a: 'x'   # said of a\n  b.b: y # of b\n  c.c: z\n# end\n";
        let after = changed(text, &[("a.n", "1"), ("a.o", "2"), ("c.c", "z")], &[("a.n", "a.a"), ("a.o", "a.a")]);
        assert_eq!(after, "l:\n  # first\n  a.n: \"1\"   # said of a\n  a.o: \"2\"\n  # of b\n  c.c: z\n# end\n");
        assert_eq!(changed(text, &[("a.a", "x"), ("b.b", "y")], &[]), text.replace("  c.c: z\n", ""));
    }

    #[test]
    fn members_between_braces_keep_their_order() {
        let text = "{\"l\": {\n  \"z\": \"1\",\n  \"b\": \"2\",\n  \"a\": 3\n}}";
        let after = changed(text, &[("z", "1"), ("n", "\""), ("a", "3")], &[("n", "b")]);
        assert_eq!(after, "{\"l\": {\n  \"z\": \"1\",\n  \"n\": \"\\\"\",\n  \"a\": 3\n}}");
        assert_eq!(changed(text, &[("b", "2")], &[]), "{\"l\": {\n  \"b\": \"2\"\n}}");
        assert_eq!(changed(text, &[], &[]), "{\"l\": {}}");
        assert_eq!(changed("l: {a: b, c: d}\n", &[("c", "d"), ("e", "f")], &[("e", "a")]), "l: {\"e\": \"f\", c: d}\n");
    }

    #[test]
    fn what_is_no_text_stays() {
        let text = "l:\n  a: !Ref X\n  b: c\n";
        assert_eq!(changed(text, &[("d.e", "f")], &[("d.e", "b")]), "l:\n  a: !Ref X\n  d.e: \"f\"\n");
    }
}
