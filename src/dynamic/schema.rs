//! The table of the dynamic configuration, made into a schema once for each release that is asked for.
//!
//! `schema.json` holds one row for each field, with what differs between releases. It is made from two observations of
//! Traefik, `tests/schema/dynamic.json` and `tests/schema/versions.json`; a test makes it again and compares.

use std::sync::LazyLock;

use crate::decode::{Row, Schema, Slot, TypeId, rows};
use crate::model::Release;

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| rows(include_str!("schema.json")));

static SCHEMAS: [LazyLock<Schema>; 9] = [
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V2_11)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_0)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_1)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_2)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_3)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_4)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_5)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_6)),
    LazyLock::new(|| Schema::of_table(&ROWS, Release::V3_7)),
];

/// The fields of the dynamic configuration in a release.
///
/// v1.7 has another configuration altogether; it gets v2.11's, which nobody should ask for.
pub fn schema(release: Release) -> &'static Schema {
    &SCHEMAS[match release {
        Release::V1_7 | Release::V2_11 => 0,
        Release::V3_0 => 1,
        Release::V3_1 => 2,
        Release::V3_2 => 3,
        Release::V3_3 => 4,
        Release::V3_4 => 5,
        Release::V3_5 => 6,
        Release::V3_6 => 7,
        Release::V3_7 => 8,
    }]
}

/// The number of a structure, the same in every release.
pub(super) fn kind(path: &str) -> TypeId {
    schema(Release::default()).type_at(path).expect("the table has every structure that has a view")
}

/// The slot of a field, the same in every release.
pub(super) fn slot(kind: TypeId, name: &str) -> Slot {
    optional_slot(kind, name).expect("the table has every field that has a view")
}

/// The slot of a field that only some of the kinds have.
pub(super) fn optional_slot(kind: TypeId, name: &str) -> Option<Slot> {
    schema(Release::default()).type_of(kind).slot(name)
}
