//! The query of a URL, as Go parses it.

/// A key and its value, decoded.
pub(super) type Pair = (Vec<u8>, Vec<u8>);

/// The pairs of a query in order. Go drops those that hold a `;` or a broken escape.
pub(super) fn parse(query: &str) -> Vec<Pair> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        Some((unescape(key)?, unescape(value)?))
    };
    query.split('&').filter(|part| !part.is_empty() && !part.contains(';')).filter_map(pair).collect()
}

/// A part of a query decoded; nothing where an escape is broken.
fn unescape(part: &str) -> Option<Vec<u8>> {
    let mut bytes = part.bytes();
    let mut decoded = Vec::with_capacity(part.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hexadecimal(bytes.next()?)? * 16 + hexadecimal(bytes.next()?)?,
            plain => plain,
        });
    }
    Some(decoded)
}

/// The value of a hexadecimal digit.
pub(super) fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn broken_pairs_are_dropped() {
        let pairs: Vec<_> = parse("a=1&b&c=%zz&d;e=1&&f=a+b%20c&=x&a=2")
            .into_iter()
            .map(|(key, value)| format!("{}={}", String::from_utf8_lossy(&key), String::from_utf8_lossy(&value)))
            .collect();
        assert_eq!(pairs, ["a=1", "b=", "f=a b c", "=x", "a=2"]);
    }
}
