//! An instance as templates see it.

use std::any::Any;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::INSTANCE;
use crate::golang::value::{Bytes, Element, Kind, Map, Object, Value};
use crate::v1::labels::Labels;
use crate::v1::service::Unit;
use crate::v1::settings::TemplateVersion;
use crate::v1::verdict::Verdict;

/// One container's part in one service, with what functions know of it beside its public fields.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Instance {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) labels: Labels,
    pub(super) address: String,
    pub(super) unit: Unit,
    version: TemplateVersion,
}

impl Instance {
    /// An instance as a value.
    pub(super) fn value(verdict: &Verdict, unit: &Unit, version: TemplateVersion) -> Value {
        let address = verdict.machine.as_ref().map(|machine| machine.address.to_string()).unwrap_or_default();
        Value::Object(Rc::new(Self {
            name: verdict.name.clone(),
            id: verdict.id.clone(),
            labels: verdict.labels.clone(),
            address,
            unit: unit.clone(),
            version,
        }))
    }

    /// The instance that a value is.
    pub(super) fn of(value: &Value) -> Option<&Self> {
        match value.plain() {
            Value::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }
}

/// Labels as a map of strings.
pub(super) fn map(labels: &BTreeMap<String, String>) -> Value {
    let entry = |(key, value): (&String, &String)| (Bytes::from(key.as_bytes()), Value::text(value));
    Value::Map(Map::new(Element::String, labels.iter().map(entry).collect()))
}

impl Object for Instance {
    fn type_name(&self) -> &'static str {
        INSTANCE
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn text(&self) -> String {
        format!("{{{} {} <nil> <nil> map[] map[] {}}}", self.name, self.id, self.unit.segment)
    }

    fn go_text(&self) -> String {
        format!("{INSTANCE}{{Name:{:?}, ID:{:?}}}", self.name, self.id)
    }

    fn json(&self) -> Option<String> {
        None
    }

    fn field(&self, name: &[u8]) -> Option<Value> {
        match name {
            b"Name" => Some(Value::text(&self.name)),
            b"ID" => Some(Value::text(&self.id)),
            b"TraefikLabels" => Some(map(&self.labels)),
            b"SegmentLabels" if self.version == TemplateVersion::One => Some(Value::Map(Map::nil(Element::String))),
            b"SegmentLabels" => Some(map(&self.unit.labels)),
            b"SegmentName" => Some(Value::text(&self.unit.segment)),
            _ => None,
        }
    }

    fn hidden_fields(&self) -> &'static [&'static str] {
        &["containerDefinition", "machine"]
    }

    fn equals(&self, _other: &dyn Object) -> bool {
        false
    }

    fn deep_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
