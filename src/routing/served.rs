//! What Go's HTTP server answers by itself, before Traefik sees the request: to one that is too large, and to one that
//! says of its body what the server doesn't take. A request that is malformed in its parts is refused where it is read.

use super::arrival::Arrival;
use crate::settings::EntryPoint;

/// What a request may have beyond the limit of an entry point, in bytes: Go reads one block more, and Traefik a few
/// bytes to see whether the connection has TLS. Found by trying.
const MORE: usize = 4096 + 14;

/// The limit where an entry point sets none.
const DEFAULT_LIMIT: usize = 1 << 20;

/// The status of the answer; nothing where the request is passed on.
pub(super) fn refusal(arrival: &Arrival, entry_point: &EntryPoint) -> Option<u16> {
    let limit = usize::try_from(entry_point.http.max_header_bytes).ok().filter(|limit| *limit > 0);
    if size(arrival) > limit.unwrap_or(DEFAULT_LIMIT).saturating_add(MORE) {
        return Some(431);
    }
    body(arrival).or_else(|| {
        let expects = |value: &&str| !value.is_empty() && !value.eq_ignore_ascii_case("100-continue");
        values(arrival, "Expect").next().filter(expects).map(|_| 417)
    })
}

/// Request line and headers as they go over the wire, in bytes.
fn size(arrival: &Arrival) -> usize {
    let line = arrival.method.len() + " ".len() + arrival.target.len() + " HTTP/1.1\r\n".len();
    let header = |name: usize, value: usize| name + ": ".len() + value + "\r\n".len();
    let headers = arrival.headers.iter().map(|(name, value)| header(name.len(), value.len()));
    line + header("Host".len(), arrival.host.len()) + headers.sum::<usize>() + "\r\n".len()
}

fn values<'a>(arrival: &'a Arrival, name: &str) -> impl Iterator<Item = &'a str> {
    let named = move |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
    arrival.headers.iter().filter(named).map(|(_, value)| value.trim_matches([' ', '\t']))
}

/// The answer to headers that say what can't be about the body.
fn body(arrival: &Arrival) -> Option<u16> {
    let codings: Vec<&str> = values(arrival, "Transfer-Encoding").collect();
    match codings.as_slice() {
        [] => {}
        [one] if one.eq_ignore_ascii_case("chunked") => return None,
        _ => return Some(501),
    }
    let lengths: Vec<&str> = values(arrival, "Content-Length").collect();
    let is_length = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<i64>().is_ok();
    let agree = lengths.iter().all(|text| *text == lengths[0] && is_length(text));
    (!agree).then_some(400)
}

#[cfg(test)]
mod tests {
    use super::{Arrival, EntryPoint, refusal};

    fn with(headers: &[(&str, &str)]) -> Arrival {
        Arrival {
            entry_point: "web".into(),
            tls: false,
            server_name: String::new(),
            protocols: Vec::new(),
            method: "GET".to_owned(),
            target: "/".to_owned(),
            host: "a".to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            remote_address: "10.0.0.1".to_owned(),
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let mut entry_point = EntryPoint::default();
        for limit in [1000, 1 << 20] {
            entry_point.http.max_header_bytes = if limit == 1 << 20 { 0 } else { 1000 };
            // `GET / HTTP/1.1`, `Host: a`, `X: …`, an empty line, each with its line break.
            let rest = limit + 4110 - (16 + 9 + 5 + 2);
            let filled = |length: usize| with(&[("X", &"x".repeat(length))]);
            assert_eq!(refusal(&filled(rest), &entry_point), None);
            assert_eq!(refusal(&filled(rest + 1), &entry_point), Some(431));
        }
    }

    #[test]
    fn what_is_said_of_the_body_must_be_one_thing() {
        for (headers, expected) in [
            (&[("Content-Length", "0"), ("Content-Length", "0")][..], None),
            (&[("Content-Length", "1"), ("Content-Length", "2")], Some(400)),
            (&[("content-length", "+1")], Some(400)),
            (&[("Content-Length", "")], Some(400)),
            (&[("Content-Length", "99999999999999999999")], Some(400)),
            (&[("Transfer-Encoding", "Chunked"), ("Content-Length", "3")], None),
            (&[("Transfer-Encoding", "identity")], Some(501)),
            (&[("Expect", "100-Continue")], None),
            (&[("Expect", "x")], Some(417)),
        ] {
            assert_eq!(refusal(&with(headers), &EntryPoint::default()), expected, "{headers:?}");
        }
    }
}
