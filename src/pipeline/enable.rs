//! `traefik.enable`: whether a container is wanted at all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::reason::EnabledBy;
use crate::decode::{DecodeError, Origin, Schema, Slot, label_tree, rows};
use crate::model::{Release, Text};

/// The one option that a container has beside its dynamic configuration.
const TABLE: &str = r#"[{"path": "enable", "type": "bool"}]"#;

/// What labels begin with that are decoded for it. `traefik.enabled` and everything below `traefik.ecs.` are among
/// them, are no fields, and so make Traefik skip the container.
const PREFIXES: [&str; 2] = ["traefik.ecs.", "traefik.enable"];

static SCHEMA: LazyLock<(Schema, Slot)> = LazyLock::new(|| {
    let schema = Schema::of_table(&rows(TABLE), Release::default());
    let slot = schema.type_of(Schema::ROOT).slot("enable").expect("the table has this one field");
    (schema, slot)
});

/// Whether labels, or else the default, enable a container.
///
/// # Errors
/// When a label that begins with `traefik.enable` or `traefik.ecs.` doesn't decode: Traefik then skips the container.
pub fn enabled(labels: &BTreeMap<Text, Text>, exposed_by_default: bool) -> Result<EnabledBy, DecodeError> {
    let by_default = EnabledBy::Default { enabled: exposed_by_default };
    let Some(tree) = label_tree(labels, "traefik", &PREFIXES)? else { return Ok(by_default) };
    let (schema, slot) = &*SCHEMA;
    let decoded = schema.decode(Some(tree), schema.new_struct(Schema::ROOT), Origin::Labels)?;
    let enabled = decoded.get(*slot).as_bool().unwrap_or(exposed_by_default);
    // Of several spellings the last in byte order counts, as everywhere in labels.
    let said = labels.iter().rfind(|(key, _)| key.eq_ignore_ascii_case("traefik.enable"));
    Ok(said.map_or(by_default, |(key, value)| EnabledBy::Label { key: key.clone(), value: value.clone(), enabled }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::enabled;
    use crate::model::Text;

    fn told(labels: &[(&str, &str)], default: bool) -> Result<bool, String> {
        let labels: BTreeMap<Text, Text> = labels.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        enabled(&labels, default).map(|by| by.is_enabled()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_label_counts_before_the_setting() {
        assert_eq!(told(&[], true), Ok(true));
        assert_eq!(told(&[], false), Ok(false));
        assert_eq!(told(&[("traefik.enable", "F")], true), Ok(false));
        assert_eq!(told(&[("traefik.Enable", "1"), ("traefik.enable", "0")], true), Ok(false));
        assert_eq!(told(&[("traefik.ENABLE", "true")], false), Ok(true));
    }

    #[test]
    fn what_only_begins_like_it_is_refused() {
        let unknown = |name: &str| Err(format!("field not found, node: {name}"));
        assert_eq!(told(&[("traefik.enabled", "true")], true), unknown("enabled"));
        assert_eq!(told(&[("traefik.ecs.cluster", "x")], true), unknown("ecs"));
        assert_eq!(told(&[("TRAEFIK.ENABLE", "true")], true), Err("invalid label root TRAEFIK".to_owned()));
    }
}
