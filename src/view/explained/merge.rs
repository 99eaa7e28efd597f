//! Who contradicts whom.

use super::Branch;
use crate::dynamic::Section;
use crate::model::Text;
use crate::pipeline::Run;
use crate::view::discovered;

/// What containers define differently about one element.
pub(super) fn conflict(run: &Run, section: Section, name: &Text) -> Vec<Branch> {
    let conflicts = run.conflicts.iter().filter(|conflict| conflict.section == section && conflict.name == *name);
    conflicts
        .map(discovered::conflict)
        .map(|conflict| Branch {
            holds: Some(false),
            text: format!("{} {} `{}` is defined differently", conflict.protocol, conflict.kind, conflict.name),
            details: conflict.fields.iter().flat_map(difference).collect(),
        })
        .collect()
}

fn difference(field: &discovered::Difference) -> Vec<Branch> {
    let variants = field.values.iter().map(|variant| {
        let containers = variant.containers.iter().map(|name| &**name).collect::<Vec<_>>().join(", ");
        Branch::leaf(format!("{} is {} in {containers}", field.path, variant.shown()))
    });
    variants.collect()
}
