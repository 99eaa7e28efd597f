//! CloudFormation's own constructs in a document: templates, calls of intrinsic functions, `${…}` in texts.
//!
//! What a call comes to is the reader's to say: one knows the region, another nothing at all.

use super::json::{Json, Member};

/// Whether a document is a template: it has resources with types.
pub fn is_template(document: &Json) -> bool {
    let resources = document.get("Resources").map(Json::members).unwrap_or_default();
    let is_resource = |value: &Json| value.get("Type").and_then(Json::text).is_some();
    resources.iter().any(|resource| is_resource(&resource.value) || !repeated(resource).is_empty())
}

/// What `Fn::ForEach::…` repeats; nothing for any other member.
pub fn repeated(member: &Member) -> &[Member] {
    let parts = if member.key.starts_with("Fn::ForEach::") { member.value.items() } else { &[] };
    parts.get(2).map(Json::members).unwrap_or_default()
}

/// Whether a mapping holds more than is written there: a macro adds to it.
pub fn is_transformed(value: &Json) -> bool {
    value.members().iter().any(|member| member.key == "Fn::Transform" || member.key.starts_with("Fn::ForEach::"))
}

/// A text with what each dynamic reference, `{{resolve:service:key}}`, refers to.
pub fn dereferenced(text: &str, mut referred: impl FnMut(&str) -> String) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{resolve:") {
        let Some(length) = rest[start..].find("}}") else { break };
        result.push_str(&rest[..start]);
        result.push_str(&referred(&rest[start + 2..start + length]));
        rest = &rest[start + length + 2..];
    }
    result + rest
}

/// The one member of a call of an intrinsic function; nothing for any other value.
pub fn call(value: &Json) -> Option<&Member> {
    match value.members() {
        [only] if only.key == "Ref" || only.key.starts_with("Fn::") => Some(only),
        _ => None,
    }
}

/// A text of `Fn::Sub` with what each `${Name}` refers to; `${!Name}` is `${Name}`, and a `${` that nothing closes
/// stands for itself.
pub fn substituted(text: &str, mut referred: impl FnMut(&str) -> String) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else { break };
        result.push_str(&rest[..start]);
        let name = &rest[start + 2..start + length];
        match name.strip_prefix('!') {
            Some(literal) => result.extend(["${", literal, "}"]),
            None => result.push_str(&referred(name)),
        }
        rest = &rest[start + length + 1..];
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::{dereferenced, substituted};

    #[test]
    fn references_are_told_from_what_stands_for_itself() {
        let shown = |text| substituted(text, |name| format!("<{name}>"));
        assert_eq!(shown("a${B}c${!D}e"), "a<B>c${D}e");
        assert_eq!(shown("${A}${B.C}"), "<A><B.C>");
        assert_eq!(shown("x ${open"), "x ${open");
    }

    #[test]
    fn dynamic_references_are_found() {
        let shown = |text| dereferenced(text, |name| format!("<{name}>"));
        assert_eq!(shown("a{{resolve:ssm:x:1}}b{{resolve:ssm:y}}"), "a<resolve:ssm:x:1>b<resolve:ssm:y>");
        assert_eq!(shown("{{ .Name }}{{resolve:open"), "{{ .Name }}{{resolve:open");
    }
}
