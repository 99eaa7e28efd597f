//! Custom templates: the file that `filename` names, rendered with v1's functions over v1's data.

mod functions;
mod instance;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::service::Services;
use super::settings::TemplateVersion;
use super::verdict::Verdict;
use crate::golang::value::{Bytes, Element, Map, Slice, Struct, Value};
use crate::template::{Ambient, Template, TemplateError};
use instance::Instance;

/// The type of one instance, as Go writes it.
const INSTANCE: &str = "ecs.ecsInstance";
/// The type of a service's instances.
const INSTANCES: &str = "[]ecs.ecsInstance";

/// Renders a custom template.
///
/// # Errors
/// Where Go refuses the template, or fails to render it.
pub(super) fn render(
    text: &str,
    version: TemplateVersion,
    services: &Services<'_>,
    verdicts: &[Verdict],
    ambient: &Ambient,
) -> Result<String, TemplateError> {
    let template = Template::parse_in("filename", text, functions::language(version))?;
    let entries: BTreeMap<Bytes, Value> = services
        .iter()
        .map(|(service, units)| {
            let own = units.iter().map(|(index, unit)| Instance::value(&verdicts[*index], unit, version));
            (Bytes::from(service.as_bytes()), instances(own.collect()))
        })
        .collect();
    let data = Value::Struct(Rc::new(Struct {
        type_name: "struct { Services map[string][]ecs.ecsInstance }",
        comparable: false,
        fields: vec![("Services", Value::Map(Map::new(Element::Other(INSTANCES), entries)))],
    }));
    let rendered = template.render_value(data, ambient)?;
    Ok(String::from_utf8_lossy(&rendered).into_owned())
}

/// A list of instances.
fn instances(items: Vec<Value>) -> Value {
    Value::Slice(Slice::new(Element::Other(INSTANCE), items))
}
