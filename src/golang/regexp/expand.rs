//! Replacement texts: `$1`, `$name`, `${name}`, `$$`.

use std::sync::LazyLock;

use super::Captures;

/// A name at the start of a text: letters, digits and `_`, as Unicode has them.
static NAME: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new(r"\A[\p{L}\p{Nd}_]+").expect("the expression is written right here"));

/// Appends a replacement text to `out`, what it refers to filled in. A reference to nothing is empty; a `$` that
/// begins no reference stands for itself.
pub(super) fn expand(template: &[u8], captures: &Captures<'_>, names: &[Option<String>], out: &mut Vec<u8>) {
    let mut rest = template;
    while let Some(at) = rest.iter().position(|byte| *byte == b'$') {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(b"$") {
            out.push(b'$');
            rest = after;
        } else if let Some((name, after)) = reference(rest) {
            out.extend_from_slice(referred(name, captures, names).unwrap_or_default());
            rest = after;
        } else {
            out.push(b'$');
        }
    }
    out.extend_from_slice(rest);
}

/// The name after a `$`, braced or as long as it goes, and what follows it.
fn reference(text: &[u8]) -> Option<(&str, &[u8])> {
    let braced = text.strip_prefix(b"{");
    let inner = braced.unwrap_or(text);
    let valid = match std::str::from_utf8(inner) {
        Ok(valid) => valid,
        Err(error) => std::str::from_utf8(&inner[..error.valid_up_to()]).unwrap_or_default(),
    };
    let name = NAME.find(valid)?.as_str();
    let after = &inner[name.len()..];
    match braced {
        None => Some((name, after)),
        Some(_) => after.strip_prefix(b"}").map(|after| (name, after)),
    }
}

fn referred<'t>(name: &str, captures: &Captures<'t>, names: &[Option<String>]) -> Option<&'t [u8]> {
    let plain = name.bytes().all(|byte| byte.is_ascii_digit());
    if plain && (name == "0" || !name.starts_with('0')) {
        return captures.get(name.parse().ok()?);
    }
    // Groups may share a name; the first that took part counts.
    let mut same = names.iter().enumerate().filter(|(_, known)| known.as_deref() == Some(name));
    same.find_map(|(index, _)| captures.get(index))
}
