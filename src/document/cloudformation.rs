//! CloudFormation's own constructs in a document: templates, calls of intrinsic functions, `${…}` in texts.
//!
//! What a call comes to is the reader's to say: one knows the region, another nothing at all.

use super::json::{Json, Member};

/// Whether a document is a template: it has resources with types.
pub fn is_template(document: &Json) -> bool {
    let resources = document.get("Resources").map(Json::members).unwrap_or_default();
    resources.iter().any(|resource| resource.value.get("Type").and_then(Json::text).is_some())
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
    use super::substituted;

    #[test]
    fn references_are_told_from_what_stands_for_itself() {
        let shown = |text| substituted(text, |name| format!("<{name}>"));
        assert_eq!(shown("a${B}c${!D}e"), "a<B>c${D}e");
        assert_eq!(shown("${A}${B.C}"), "<A><B.C>");
        assert_eq!(shown("x ${open"), "x ${open");
    }
}
