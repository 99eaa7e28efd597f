//! Segments: several services in one container, `traefik.<segment>.port` beside `traefik.<segment>.frontend.rule`.

use std::collections::BTreeMap;

use super::labels::Labels;

/// Labels by segment; the one without a name stands for the container itself, and only where there is no other.
pub type Segments = BTreeMap<String, Labels>;

/// What a segment may have of its own, besides everything of `frontend`.
const PROPERTIES: [&str; 6] = ["port", "portIndex", "portName", "weight", "protocol", "backend"];

/// A container's labels by segment. Labels without a segment count for every one that has none of its own.
pub fn segments(labels: &Labels) -> Segments {
    let mut found = Segments::new();
    let mut shared = Labels::new();
    for (label, value) in labels.iter().filter(|(label, _)| label.starts_with("traefik.")) {
        match segment_and_property(label) {
            Some((segment, property)) => {
                found.entry(segment.to_owned()).or_default().insert(format!("traefik.{property}"), value.clone());
            }
            None => {
                shared.insert(label.clone(), value.clone());
            }
        }
    }
    if found.is_empty() {
        return Segments::from([(String::new(), shared)]);
    }
    for own in found.values_mut() {
        for (label, value) in &shared {
            own.entry(label.clone()).or_insert_with(|| value.clone());
        }
    }
    found
}

/// The segment and the property that a label names: the shortest segment that leaves a known property. It may hold
/// dots, `frontend` and `backend` can't begin it.
fn segment_and_property(label: &str) -> Option<(&str, &str)> {
    let rest = label.strip_prefix("traefik.")?;
    if rest.contains('\n') || rest.starts_with("frontend.") || rest.starts_with("backend.") {
        return None;
    }
    rest.match_indices('.').map(|(at, _)| (&rest[..at], &rest[at + 1..])).find(|(segment, property)| {
        let known =
            PROPERTIES.contains(property) || property.strip_prefix("frontend.").is_some_and(|of| !of.is_empty());
        known && !segment.is_empty()
    })
}
