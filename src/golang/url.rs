//! `net/url`: an URL taken apart, and put together again, with Go's words for what is wrong.

use std::net::IpAddr;

use super::quote::quote;

/// An URL's parts, unescaped but for the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Url {
    /// In lower case.
    pub scheme: Vec<u8>,
    /// What follows a scheme without slashes.
    pub opaque: Vec<u8>,
    /// User, and password if there is one.
    pub user: Option<(Vec<u8>, Option<Vec<u8>>)>,
    /// With its port.
    pub host: Vec<u8>,
    /// Written with a scheme and a path but without an empty host between them: `file:/x`, not `file:///x`.
    pub omits_host: bool,
    /// Unescaped.
    pub path: Vec<u8>,
    /// Behind `?`, escaped.
    pub query: Vec<u8>,
    /// Behind `#`, unescaped.
    pub fragment: Vec<u8>,
}

/// Which part of an URL is escaped: each allows other characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Host,
    Zone,
    User,
    Fragment,
}

impl Url {
    /// Takes an URL apart, as `url.Parse` does.
    ///
    /// # Errors
    /// In Go's words, where it can't.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let (main, fragment) = cut(text, b'#');
        let wrong = |whole: &[u8], reason: String| format!("parse {}: {reason}", quote(whole));
        let mut url = Self::parse_main(main).map_err(|reason| wrong(main, reason))?;
        if let Some(fragment) = fragment {
            url.fragment = unescape(fragment, Part::Fragment).map_err(|reason| wrong(text, reason))?;
        }
        Ok(url)
    }

    fn parse_main(text: &[u8]) -> Result<Self, String> {
        if text.iter().any(|byte| *byte < b' ' || *byte == 0x7f) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        if text == b"*" {
            return Ok(Self { path: b"*".to_vec(), ..Self::default() });
        }
        let (scheme, rest) = scheme(text)?;
        let mut url = Self { scheme: scheme.to_ascii_lowercase(), ..Self::default() };
        let (mut rest, query) = cut(rest, b'?');
        url.query = query.unwrap_or(b"").to_vec();
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        if rest.starts_with(b"//") && (!url.scheme.is_empty() || !rest.starts_with(b"///")) {
            let after = &rest[2..];
            let end = after.iter().position(|byte| *byte == b'/').unwrap_or(after.len());
            url.authority(&after[..end])?;
            rest = &after[end..];
        } else {
            url.omits_host = !url.scheme.is_empty();
        }
        url.path = unescape(rest, Part::Path)?;
        Ok(url)
    }

    fn authority(&mut self, text: &[u8]) -> Result<(), String> {
        let at = text.iter().rposition(|byte| *byte == b'@');
        self.host = host(&self.scheme, at.map_or(text, |at| &text[at + 1..]))?;
        let Some(user) = at.map(|at| &text[..at]) else { return Ok(()) };
        if !user.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(byte)) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        let (name, password) = cut(user, b':');
        let name = unescape(name, Part::User)?;
        let password = password.map(|password| unescape(password, Part::User)).transpose()?;
        self.user = Some((name, password));
        Ok(())
    }

    /// The host without port and brackets.
    pub fn hostname(&self) -> &[u8] {
        let colon = self.host.iter().rposition(|byte| *byte == b':');
        let without_port = match colon {
            Some(colon) if is_port(&self.host[colon..]) => &self.host[..colon],
            _ => &self.host[..],
        };
        let bare = without_port.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
        bare.unwrap_or(without_port)
    }

    /// User and password as they stand in the URL.
    pub fn user_text(&self) -> Vec<u8> {
        let Some((name, password)) = &self.user else { return Vec::new() };
        let mut text = escape(name, Part::User);
        if let Some(password) = password {
            text.push(b':');
            text.extend(escape(password, Part::User));
        }
        text
    }

    /// Puts the URL together, as its method `String` does with an URL that was made of its parts.
    pub fn text(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if !self.scheme.is_empty() {
            out.extend_from_slice(&self.scheme);
            out.push(b':');
        }
        if self.opaque.is_empty() {
            self.write_hierarchy(&mut out);
        } else {
            out.extend_from_slice(&self.opaque);
        }
        if !self.query.is_empty() {
            out.push(b'?');
            out.extend_from_slice(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push(b'#');
            out.extend(escape(&self.fragment, Part::Fragment));
        }
        out
    }

    /// Host and path.
    fn write_hierarchy(&self, out: &mut Vec<u8>) {
        let is_omitted = self.omits_host && self.host.is_empty() && self.user.is_none();
        if !is_omitted && (!self.scheme.is_empty() || !self.host.is_empty() || self.user.is_some()) {
            if !self.host.is_empty() || !self.path.is_empty() || self.user.is_some() {
                out.extend_from_slice(b"//");
            }
            if self.user.is_some() {
                out.extend(self.user_text());
                out.push(b'@');
            }
            out.extend(escape(&self.host, Part::Host));
        }
        let path = if self.path == b"*" { b"*".to_vec() } else { escape(&self.path, Part::Path) };
        if !path.is_empty() && path[0] != b'/' && !self.host.is_empty() {
            out.push(b'/');
        }
        if out.is_empty() && cut(&path, b'/').0.contains(&b':') {
            // Else it would read as a scheme.
            out.extend_from_slice(b"./");
        }
        out.extend(path);
    }
}

/// What stands before a byte, and what behind it.
fn cut(text: &[u8], at: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|byte| *byte == at) {
        Some(found) => (&text[..found], Some(&text[found + 1..])),
        None => (text, None),
    }
}

fn scheme(text: &[u8]) -> Result<(&[u8], &[u8]), String> {
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..index], &text[index + 1..])),
            _ => break,
        }
    }
    Ok((b"", text))
}

/// A colon with digits, or nothing.
fn is_port(text: &[u8]) -> bool {
    text.split_first().is_none_or(|(colon, digits)| *colon == b':' && digits.iter().all(u8::is_ascii_digit))
}

fn host(scheme: &[u8], text: &[u8]) -> Result<Vec<u8>, String> {
    let bad_port = |port: &[u8]| format!("invalid port {} after host", quote(port));
    match text.iter().rposition(|byte| *byte == b'[') {
        Some(0) => return bracketed(text),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    if let Some(first) = text.iter().position(|byte| *byte == b':') {
        // Only http and https insist on one colon.
        let last = text.iter().rposition(|byte| *byte == b':').unwrap_or(first);
        let strict = matches!(scheme, b"http" | b"https");
        let port = &text[if strict { first } else { last }..];
        if !is_port(port) {
            return Err(bad_port(port));
        }
    }
    unescape(text, Part::Host)
}

/// An IPv6 address in brackets, perhaps with a zone, perhaps with a port.
fn bracketed(text: &[u8]) -> Result<Vec<u8>, String> {
    let Some(close) = text.iter().rposition(|byte| *byte == b']') else {
        return Err("missing ']' in host".to_owned());
    };
    let port = &text[close + 1..];
    if !is_port(port) {
        return Err(format!("invalid port {} after host", quote(port)));
    }
    let port = unescape(port, Part::Host)?;
    let inner = &text[1..close];
    let zone = inner.windows(3).position(|window| window == b"%25");
    let name = match zone {
        Some(zone) => {
            let mut name = unescape(&inner[..zone], Part::Host)?;
            name.extend(unescape(&inner[zone..], Part::Zone)?);
            name
        }
        None => unescape(inner, Part::Host)?,
    };
    let address = String::from_utf8_lossy(&name).into_owned();
    let (plain, zone) = address.split_once('%').map_or((address.as_str(), None), |(plain, zone)| (plain, Some(zone)));
    match plain.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) if zone.is_none() => return Err("invalid IP-literal".to_owned()),
        Ok(IpAddr::V6(_)) if zone != Some("") => {}
        _ => return Err(format!("invalid host: ParseAddr({}): {}", quote(&name), why_no_address(&address))),
    }
    Ok([b"[", &name[..], b"]", &port].concat())
}

/// Why a text is no address, as far as the two commonest reasons go.
fn why_no_address(text: &str) -> &'static str {
    if text.contains([':', '.', '%']) { "unexpected character" } else { "unable to parse IP" }
}

/// Whether a character must be escaped in a part.
fn is_escaped(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() {
        return false;
    }
    if matches!(part, Part::Host | Part::Zone)
        && matches!(
            byte,
            b'!' | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b':'
                | b'['
                | b']'
                | b'<'
                | b'>'
                | b'"'
        )
    {
        return false;
    }
    match byte {
        b'-' | b'_' | b'.' | b'~' => false,
        b'$' | b'&' | b'+' | b',' | b'/' | b':' | b';' | b'=' | b'?' | b'@' => match part {
            Part::Path => byte == b'?',
            Part::User => matches!(byte, b'@' | b'/' | b'?' | b':'),
            Part::Fragment => false,
            Part::Host | Part::Zone => true,
        },
        b'!' | b'(' | b')' | b'*' if part == Part::Fragment => false,
        _ => true,
    }
}

fn escape(text: &[u8], part: Part) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        if is_escaped(*byte, part) {
            out.extend_from_slice(format!("%{byte:02X}").as_bytes());
        } else {
            out.push(*byte);
        }
    }
    out
}

fn unescape(text: &[u8], part: Part) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        if *byte == b'%' {
            let end = text.len().min(at + 3);
            let shown = || format!("invalid URL escape {}", quote(&text[at..end]));
            let digits = text.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
            let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
            let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).ok_or_else(shown)?;
            let is_percent = &text[at..end] == b"%25";
            if part == Part::Host && value < 0x80 && !is_percent {
                return Err(shown());
            }
            if part == Part::Zone && !is_percent && value != b' ' && is_escaped(value, Part::Host) {
                return Err(shown());
            }
            out.push(value);
            at += 3;
            continue;
        }
        if matches!(part, Part::Host | Part::Zone) && *byte < 0x80 && is_escaped(*byte, part) {
            return Err(format!("invalid character {} in host name", quote(&[*byte])));
        }
        out.push(*byte);
        at += 1;
    }
    Ok(out)
}
