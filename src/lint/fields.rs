//! What kind of value a label's field takes, looked up in the schema that decodes it.

use std::ops::Range;

use crate::decode::{Schema, Shape, same_name};
use crate::dynamic::schema;
use crate::model::Release;

/// What a label's name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it holds.
    pub shape: Shape,
    /// Whether its value must not be seen.
    pub secret: bool,
    /// The index on a list of texts, in bytes of the key, brackets included: Traefik ignores such a label.
    pub ignored_index: Option<Range<usize>>,
}

/// What a label's name leads to, where every part of it is known.
pub fn field(key: &str, release: Release) -> Option<Field> {
    let schema = schema(release);
    let mut parts = key.split('.');
    let mut at = parts.next()?.len();
    let mut shape = Shape::Struct(Schema::ROOT);
    let mut found = Field { shape: shape.clone(), secret: false, ignored_index: None };
    for part in parts {
        let (name, index) = match part.find('[').filter(|_| part.ends_with(']')) {
            Some(bracket) => (&part[..bracket], Some(bracket)),
            None => (part, None),
        };
        let start = at + 1;
        at = start + part.len();
        shape = match shape.pointed() {
            Shape::Struct(id) => {
                let mut fields = schema.type_of(*id).fields.iter().filter(|field| field.exists);
                let field = fields.find(|field| same_name(field.label_name.unwrap_or(field.name), name))?;
                found.secret |= field.secret;
                match (field.shape.pointed(), index) {
                    (Shape::List(inner), Some(bracket)) => {
                        if matches!(inner.pointed(), Shape::Text) {
                            found.ignored_index = Some(start + bracket..at);
                        }
                        (**inner).clone()
                    }
                    (Shape::List(inner), None) if field.label_name.is_some() => (**inner).clone(),
                    (other, _) => other.clone(),
                }
            }
            Shape::Map(inner) => (**inner).clone(),
            Shape::Any => Shape::Any,
            _ => return None,
        };
    }
    found.shape = shape.pointed().clone();
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::field;
    use crate::decode::Shape;
    use crate::model::Release;

    #[test]
    fn names_lead_to_kinds() {
        let shape = |key: &str| field(key, Release::V3_7).map(|field| field.shape);
        assert_eq!(shape("traefik.http.routers.a.rule"), Some(Shape::Text));
        assert_eq!(shape("traefik.http.routers.a.rul"), None);
        assert_eq!(
            shape("traefik.http.services.a.loadbalancer.responseForwarding.flushInterval"),
            Some(Shape::Duration)
        );
        assert_eq!(shape("traefik.http.services.a.loadbalancer.server.port"), Some(Shape::Text));
        let index = field("traefik.http.routers.a.entrypoints[0]", Release::V3_7).and_then(|field| field.ignored_index);
        assert_eq!(index, Some(34..37));
    }
}
