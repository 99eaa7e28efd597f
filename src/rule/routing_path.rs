//! The path that rules see: escapes decoded, save (from v3.4 on) those of characters with a meaning in URLs.

use super::query::hexadecimal;
use crate::model::Release;

/// Characters whose escapes stay, where these are written in upper case, as an entry point leaves them.
const RESERVED: &[u8] = b":/?#[]@!$&'()*+,;=%";

/// What Go leaves as it is when it encodes a path itself, beside letters and digits.
const PLAIN: &[u8] = b"-_.~$&+,/:;=@";

/// What Go accepts in a path beside that.
const ACCEPTED: &[u8] = b"!'()*[]%";

/// The path of a request line as a rule compares it.
pub(super) fn routing_path(path: &str, release: Release) -> Vec<u8> {
    // A broken escape never gets here: Go refuses the request. It stays as it is.
    if release < Release::V3_4 {
        return decoded(path.as_bytes(), &[]);
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || PLAIN.contains(&byte);
    if path.bytes().all(|byte| is_plain(byte) || ACCEPTED.contains(&byte)) {
        return decoded(path.as_bytes(), RESERVED);
    }
    // Go encodes such a path anew, from what it stands for.
    let mut escaped = Vec::with_capacity(path.len());
    for byte in decoded(path.as_bytes(), &[]) {
        if is_plain(byte) {
            escaped.push(byte);
        } else {
            escaped.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    decoded(&escaped, RESERVED)
}

/// A path with its escapes decoded, except those of `kept`.
fn decoded(path: &[u8], kept: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, after)) = rest.split_first() {
        let byte = match (first, after) {
            (b'%', [high, low, ..]) => hexadecimal(*high).zip(hexadecimal(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        match byte {
            Some(byte) if kept.contains(&byte) && !rest[1..3].iter().any(u8::is_ascii_lowercase) => {
                result.extend_from_slice(&rest[..3]);
                rest = &rest[3..];
            }
            Some(byte) => {
                result.push(byte);
                rest = &rest[3..];
            }
            None => {
                result.push(*first);
                rest = after;
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Release, routing_path};

    #[test]
    fn reserved_escapes_stay_from_v3_4_on() {
        assert_eq!(routing_path("/a%2Fb%61%C3%A9", Release::V3_7), "/a%2Fba\u{e9}".as_bytes());
        assert_eq!(routing_path("/a%2fb", Release::V3_7), b"/a/b");
        assert_eq!(routing_path("/a%2fb", Release::V3_3), b"/a/b");
        assert_eq!(routing_path("/a\"b!", Release::V3_7), b"/a\"b%21");
        assert_eq!(routing_path("/a!b", Release::V3_7), b"/a!b");
    }
}
