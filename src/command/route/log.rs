//! Requests as they are written down: a URL a line, or the lines of an access log.

use std::io::{BufRead, Read};
use std::path::Path;

use serde_json::{Map, Value};

use crate::command::asked::Asked;
use crate::failure::{Failure, Place};
use crate::model::Text;

/// The longest line.
const LONGEST: u64 = 1 << 20;

/// A request that was written down, with what a log tells beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logged {
    pub(super) asked: Asked,
    /// The client.
    pub(super) client: Option<String>,
    /// The entry point that it came to.
    pub(super) entry_point: Option<Text>,
    /// Whether it is not told if the connection had TLS.
    pub(super) is_open: bool,
}

/// What the command line says of every request.
pub(super) struct Given<'a> {
    pub(super) method: &'a str,
    pub(super) headers: &'a [(String, String)],
}

/// The lines of a file, one at a time.
pub(super) struct Lines<'a> {
    reader: Box<dyn BufRead>,
    origin: String,
    given: Given<'a>,
    number: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(reader: Box<dyn BufRead>, path: &Path, given: Given<'a>) -> Self {
        let origin = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
        Self { reader, origin, given, number: 0 }
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// The next request with the number of its line; empty lines are passed over. What is wrong with a line is given
    /// in its place, and the lines after it still come.
    pub(super) fn next(&mut self) -> Option<(usize, Result<Logged, Failure>)> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.reader).take(LONGEST).read_until(b'\n', &mut bytes);
            self.number += 1;
            match read {
                Err(error) => {
                    let failure = Failure::system(format!("{} could not be read on", self.origin)).because(&error);
                    return Some((self.number, Err(failure)));
                }
                Ok(0) => return None,
                Ok(_) => {}
            }
            if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
                self.skip();
                let text = String::from_utf8_lossy(&bytes[..200]).into_owned();
                return Some((self.number, Err(self.wrong(&text, 0..200, "the line is longer than a megabyte"))));
            }
            let line = match std::str::from_utf8(&bytes) {
                Ok(line) => line.trim_start_matches('\u{feff}').trim(),
                Err(error) => {
                    let at = error.valid_up_to();
                    let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
                    let label = format!("byte {at} of the line begins no UTF-8 character");
                    return Some((self.number, Err(self.wrong(&text, at..at + 1, &label))));
                }
            };
            if !line.is_empty() {
                let logged = read_line(line, &self.given);
                return Some((self.number, logged.map_err(|wrong| self.wrong(line, 0..line.len(), &wrong))));
            }
        }
    }

    /// Leaves the rest of a line out.
    fn skip(&mut self) {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.reader).take(LONGEST).read_until(b'\n', &mut bytes);
            if read.is_ok_and(|read| read == 0) || bytes.ends_with(b"\n") || bytes.is_empty() {
                return;
            }
        }
    }

    fn wrong(&self, text: &str, span: std::ops::Range<usize>, label: &str) -> Failure {
        let place = Place {
            first_line: self.number,
            first_column: 1,
            origin: self.origin.clone(),
            text: text.to_owned(),
            span,
            label: label.to_owned(),
        };
        Failure::input(format!("line {} of {} names no request", self.number, self.origin)).at(place).hint(
            "a line is a URL, or one of an access log; in a log of the common form the host is given with \
             --header 'Host: NAME'",
        )
    }
}

/// Reads a line that isn't empty; the error says why it names no request.
fn read_line(line: &str, given: &Given<'_>) -> Result<Logged, String> {
    if line.starts_with('{') {
        return match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(fields)) => from_json(&fields, given),
            Ok(_) => Err("this is no object".to_owned()),
            Err(error) => Err(format!("this is no whole JSON: {error}")),
        };
    }
    match line.split_once('"') {
        Some((before, after)) if before.contains('[') => from_common(before, after, given),
        _ if line.contains('[') && line.contains(" - ") => Err("the line of a log ends before its request".to_owned()),
        _ => asked(line, given.method, given.headers.to_vec(), None, None),
    }
}

fn asked(
    url: &str,
    method: &str,
    headers: Vec<(String, String)>,
    client: Option<String>,
    entry_point: Option<Text>,
) -> Result<Logged, String> {
    match Asked::with(url, method, headers) {
        Ok(asked) => Ok(Logged { asked, client, entry_point, is_open: false }),
        Err(failure) => Err(failure.label().unwrap_or_else(|| failure.message()).to_owned()),
    }
}

/// A line of Traefik's log in JSON.
fn from_json(fields: &Map<String, Value>, given: &Given<'_>) -> Result<Logged, String> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let tls = text("TLSVersion").is_some() || text("RequestScheme") == Some("https");
    let scheme = if tls { "https" } else { "http" };
    let host = text("RequestAddr").or(text("RequestHost")).ok_or("there is no RequestAddr and no RequestHost in it")?;
    let path = text("RequestPath").ok_or("there is no RequestPath in it")?;
    let mut headers = given.headers.to_vec();
    for (name, value) in fields {
        if let (Some(header), Some(value)) = (name.strip_prefix("request_"), value.as_str()) {
            headers.push((header.to_owned(), value.to_owned()));
        }
    }
    let method = text("RequestMethod").unwrap_or(given.method);
    let client = text("ClientHost").map(str::to_owned);
    let entry_point = text("entryPointName").map(Text::from);
    let logged = asked(&format!("{scheme}://{host}{path}"), method, headers, client, entry_point)?;
    // 1.7 tells neither.
    Ok(Logged { is_open: !tls && text("RequestScheme").is_none(), ..logged })
}

/// A line of a log in the common form: the client, the time in brackets, the request line in quotes.
fn from_common(before: &str, after: &str, given: &Given<'_>) -> Result<Logged, String> {
    let (request, _) = after.split_once('"').ok_or("the request has no closing quote: the line is cut off")?;
    let mut words = request.split(' ');
    let (Some(method), Some(target)) = (words.next().filter(|word| !word.is_empty()), words.next()) else {
        return Err(format!("`{request}` is no request line"));
    };
    let named = given.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let client = before.split(' ').next().filter(|client| !client.is_empty() && *client != "-");
    let url = match named {
        _ if target.contains("://") => target.to_owned(),
        Some((_, host)) => format!("http://{host}{target}"),
        None => return Err("a log of the common form doesn't tell the host".to_owned()),
    };
    let logged = asked(&url, method, given.headers.to_vec(), client.map(str::to_owned), None)?;
    Ok(Logged { is_open: !target.contains("://"), ..logged })
}

#[cfg(test)]
mod tests {
    use super::{Given, read_line};

    fn read(line: &str) -> Result<String, String> {
        let headers = [("Host".to_owned(), "a.b".to_owned())];
        let logged = read_line(line, &Given { method: "GET", headers: &headers })?;
        let scheme = if logged.asked.tls { "https" } else { "http" };
        let client = logged.client.unwrap_or_default();
        let (method, host, target) = (logged.asked.method, logged.asked.host, logged.asked.target);
        Ok(format!("{method} {scheme}://{host}{target} {client}").trim().to_owned())
    }

    #[test]
    fn urls_and_both_forms_of_logs_are_read() {
        for (line, request) in [
            ("https://x.y/z?q", "GET https://x.y/z?q"),
            ("PUT x.y/z", "PUT http://x.y/z"),
            (
                r#"10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] "POST /x HTTP/1.1" 200 12 "-" "-" 1 "r@ecs" "http://1" 2ms"#,
                "POST http://a.b/x 10.0.0.1",
            ),
            (
                r#"{"ClientHost":"10.0.0.2","RequestAddr":"c.d","RequestMethod":"PUT","RequestPath":"/y","TLSVersion":"1.3"}"#,
                "PUT https://c.d/y 10.0.0.2",
            ),
        ] {
            assert_eq!(read(line).as_deref(), Ok(request), "{line}");
        }
    }

    #[test]
    fn lines_that_are_cut_off_say_so() {
        for (line, why) in [
            (r#"{"RequestAddr":"c.d","Requ"#, "this is no whole JSON"),
            (r#"{"RequestAddr":"c.d"}"#, "there is no RequestPath"),
            (r#"10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] "GET /x"#, "no closing quote"),
            ("10.0.0.1 - - [10/Oct/2025:13:5", "ends before its request"),
            ("http:///x", "there is no host in it"),
        ] {
            let told = read(line).expect_err("it is no request");
            assert!(told.contains(why), "{line}: {told}");
        }
    }
}
