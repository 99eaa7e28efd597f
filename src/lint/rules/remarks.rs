//! What reading the settings found worth a word, as findings.

use crate::lint::finding::Finding;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::settings::RemarkKind;

/// A finding for each remark of a kind.
pub(super) fn of_kind(rule: &'static Rule, kind: RemarkKind, world: &World<'_>) -> Vec<Finding> {
    let remarks = world.settings.remarks.iter().filter(|remark| remark.kind == kind);
    let found = remarks.map(|remark| {
        let by_option = remark.option.and_then(|option| world.setting_site(option));
        let by_line = || world.settings_line(remark.place.as_ref()?);
        let site = by_option.or_else(by_line).or_else(|| world.settings_start());
        let is_elsewhere = remark.place.as_ref().is_some_and(|place| world.settings_line(place).is_none());
        let message = match &remark.place {
            Some((path, line)) if is_elsewhere => format!("{} ({path}:{line})", remark.message),
            _ => remark.message.clone(),
        };
        Finding::of(rule, message).about(remark.option.unwrap_or_default()).at(site, "")
    });
    found.collect()
}
