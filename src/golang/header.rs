//! Names of HTTP headers, as Go's `net/http` spells them.

/// The canonical form of a header's name: `x-forwarded-for` gives `X-Forwarded-For`. A name that holds a character
/// which names can't have (a space, anything beyond ASCII) stays as it is.
pub fn canonical_header(name: &str) -> String {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)) {
        return name.to_owned();
    }
    let mut first = true;
    name.chars()
        .map(|character| {
            let spelled = if first { character.to_ascii_uppercase() } else { character.to_ascii_lowercase() };
            first = character == '-';
            spelled
        })
        .collect()
}
