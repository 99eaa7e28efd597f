//! An AWS on loopback: ECS, EC2, SSM, STS, SSO, instance metadata and container credentials, as far as a pass needs
//! them, with every way to fail that a network and a service have.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::enforcement;
use super::fleet::Fleet;

/// How an action fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Refused, as a JSON service says it.
    DeniedJson,
    /// Refused, as a query service says it.
    DeniedXml,
    /// Status 403, and not a word.
    EmptyDenial,
    /// AWS fails each time.
    ServerError,
    /// Too many calls, the first time.
    ThrottledOnce,
    /// Too many calls, each time.
    ThrottledForever,
    /// The body ends before it should.
    CutOff,
    /// Status 200, and a body that means nothing.
    Garbage,
    /// Never a word.
    Hang,
    /// Every page names the same next page.
    RepeatedToken,
    /// A good answer, dated ten minutes ago.
    ClockBehind,
}

/// One request that came in.
#[derive(Debug, Clone)]
pub struct Request {
    /// The action, or the method and path where there is none.
    pub action: String,
    /// The region that it is signed for, and the key that it is signed with.
    pub region: String,
    pub key: String,
    pub body: String,
    /// When it came.
    pub at: Instant,
}

#[derive(Default)]
struct State {
    fleet: Mutex<Arc<Fleet>>,
    faults: Mutex<BTreeMap<String, Fault>>,
    latency: Duration,
    requests: Mutex<Vec<Request>>,
}

/// The server; it ends with the test.
pub struct FakeAws {
    address: SocketAddr,
    state: Arc<State>,
}

impl FakeAws {
    pub fn start(fleet: Fleet, faults: &[(&str, Fault)], latency: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let faults = Mutex::new(by_action(faults));
        let state = Arc::new(State { fleet: Mutex::new(Arc::new(fleet)), faults, latency, requests: Mutex::default() });
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = shared.clone();
                thread::spawn(move || serve(&stream, &state));
            }
        });
        Self { address, state }
    }

    /// Holds another fleet from now on.
    pub fn holds(&self, fleet: Fleet) {
        *self.state.fleet.lock().expect("no test panics while it holds this") = Arc::new(fleet);
    }

    /// Fails in other ways from now on.
    pub fn fails(&self, faults: &[(&str, Fault)]) {
        *self.state.faults.lock().expect("no test panics while it holds this") = by_action(faults);
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().expect("no test panics while it holds this").clone()
    }

    /// Requests by action.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for request in self.requests() {
            *counts.entry(request.action).or_default() += 1;
        }
        counts
    }
}

fn by_action(faults: &[(&str, Fault)]) -> BTreeMap<String, Fault> {
    faults.iter().map(|(action, fault)| ((*action).to_owned(), *fault)).collect()
}

/// Serves one connection until it is closed.
fn serve(stream: &TcpStream, state: &State) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    while let Some(message) = Message::read(&mut reader) {
        let request = message.request();
        let (action, body) = (request.action.clone(), request.body.clone());
        let number = {
            let mut requests = state.requests.lock().expect("no test panics while it holds this");
            requests.push(request);
            requests.iter().filter(|known| known.action == action).count()
        };
        thread::sleep(state.latency);
        let fault = state.faults.lock().expect("no test panics while it holds this").get(&action).copied();
        let answer = Answer::to(&action, &body, &message, state);
        let failed = match fault {
            Some(Fault::ThrottledOnce) if number > 1 => None,
            Some(Fault::RepeatedToken) | None => None,
            Some(fault) => Some(fault),
        };
        let answer = if fault == Some(Fault::RepeatedToken) { answer.repeating(&action) } else { answer };
        let bytes = match failed {
            None => Some(answer.bytes()),
            Some(fault) => answer.failed(fault, &action),
        };
        let Some(bytes) = bytes else {
            thread::sleep(Duration::from_mins(1));
            return;
        };
        let mut output = stream;
        let cut = failed == Some(Fault::CutOff);
        if output.write_all(&bytes).is_err() || cut {
            return;
        }
    }
}

/// A request as it came over the wire.
pub struct Message {
    line: String,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Message {
    fn read(reader: &mut impl BufRead) -> Option<Self> {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let mut headers = BTreeMap::new();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let Some((name, value)) = header.trim_end().split_once(':') else { break };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        Some(Self { line: line.trim_end().to_owned(), headers, body: String::from_utf8_lossy(&body).into_owned() })
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn request(&self) -> Request {
        let target = self.header("x-amz-target").rsplit('.').next().unwrap_or_default();
        let query = form(&self.body);
        let action = match (target, query.get("Action")) {
            ("", Some(action)) => action.clone(),
            ("", None) => self.line.rsplit_once(' ').map_or("", |(before, _)| before).to_owned(),
            (target, _) => target.to_owned(),
        };
        // Credential=KEY/DATE/REGION/SERVICE/aws4_request
        let scope = self.header("authorization").split_once("Credential=").map_or("", |(_, scope)| scope);
        let parts: Vec<&str> = scope.split('/').collect();
        let part = |at: usize| parts.get(at).map_or("", |part| part).to_string();
        Request { action, region: part(2), key: part(0), body: self.body.clone(), at: Instant::now() }
    }
}

/// The fields of a form.
pub fn form(body: &str) -> BTreeMap<String, String> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'%' => {
                    let digits: Vec<u8> = rest.by_ref().take(2).collect();
                    let digits = String::from_utf8_lossy(&digits).into_owned();
                    bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
                }
                b'+' => bytes.push(b' '),
                byte => bytes.push(byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    body.split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// What goes back.
struct Answer {
    status: u16,
    kind: &'static str,
    body: String,
}

impl Answer {
    fn json(status: u16, body: &Value) -> Self {
        Self { status, kind: "application/x-amz-json-1.1", body: body.to_string() }
    }

    fn xml(status: u16, body: impl Into<String>) -> Self {
        Self { status, kind: "text/xml", body: body.into() }
    }

    fn text(body: impl Into<String>) -> Self {
        Self { status: 200, kind: "text/plain", body: body.into() }
    }

    fn to(action: &str, body: &str, message: &Message, state: &State) -> Self {
        let fleet = state.fleet.lock().expect("no test panics while it holds this").clone();
        let asked: Value = serde_json::from_str(body).unwrap_or_default();
        if let Some(words) = fleet.policy.as_ref().and_then(|policy| enforcement::refusal(policy, action, body)) {
            return match action {
                "DescribeInstances" => Self::xml(403, query_error("UnauthorizedOperation", &words)),
                _ => Self::json(400, &json!({ "__type": "AccessDeniedException", "message": words })),
            };
        }
        if let Some(xml) = fleet.role_policy.as_ref().and_then(|policy| enforcement::role(action, &form(body), policy))
        {
            return Self::xml(200, xml);
        }
        match action {
            "DescribeInstances" => match fleet.instances(&form(body)) {
                Ok(xml) => Self::xml(200, xml),
                Err(xml) => Self::xml(400, xml),
            },
            "GetCallerIdentity" | "AssumeRole" | "AssumeRoleWithWebIdentity" => {
                Self::xml(200, Fleet::sts(action, body))
            }
            "PUT /latest/api/token" => Self::text("metadata-token"),
            "GET /latest/meta-data/placement/region" => Self::text("eu-north-1"),
            "GET /latest/meta-data/iam/security-credentials/" => Self::text("instance-role"),
            "GET /latest/meta-data/iam/security-credentials/instance-role" => {
                Self::text(temporary("AKIAINSTANCE", "Code").to_string())
            }
            "GET /container" => Self::text(temporary("AKIACONTAINER", "Code").to_string()),
            sso if sso.starts_with("GET /federation/credentials") => {
                assert!(!message.header("x-amz-sso_bearer_token").is_empty(), "it is asked with the token");
                let mut role = temporary("AKIASSO", "Code");
                role["accessKeyId"] = "AKIASSO".into();
                role["secretAccessKey"] = super::program::SECRET.into();
                role["sessionToken"] = super::program::SECRET.into();
                role["expiration"] = 4_102_444_800_000_i64.into();
                Self::json(200, &json!({ "roleCredentials": role }))
            }
            get if get.starts_with("GET ") || get.starts_with("PUT ") => {
                Self { status: 404, kind: "text/plain", body: String::new() }
            }
            _ => match fleet.answer(action, &asked) {
                Ok(answer) => Self::json(200, &answer),
                Err((code, words)) => Self::json(400, &json!({ "__type": code, "message": words })),
            },
        }
    }

    /// The same answer, with a next page that never ends.
    fn repeating(mut self, action: &str) -> Self {
        if action == "DescribeInstances" {
            self.body = self.body.replace("</reservationSet>", "</reservationSet><nextToken>again</nextToken>");
        } else {
            let mut answer: Value = serde_json::from_str(&self.body).unwrap_or_default();
            let name = if action == "DescribeInstanceInformation" { "NextToken" } else { "nextToken" };
            answer[name] = "again".into();
            self.body = answer.to_string();
        }
        self
    }

    /// The bytes of a failure; none where nothing is ever said.
    fn failed(self, fault: Fault, action: &str) -> Option<Vec<u8>> {
        let is_query = action == "DescribeInstances";
        let refusal = |status: u16, code: &str, words: &str| {
            if is_query {
                Self::xml(status, query_error(code, words))
            } else {
                Self::json(status, &json!({ "__type": code, "message": words }))
            }
        };
        let words = "User: arn:aws:iam::123456789012:user/u is not authorized to perform this";
        let answer = match fault {
            Fault::DeniedJson => Self::json(400, &json!({ "__type": "AccessDeniedException", "message": words })),
            Fault::DeniedXml => Self::xml(403, query_error("UnauthorizedOperation", words)),
            Fault::EmptyDenial => Self::xml(403, ""),
            Fault::ServerError => refusal(500, "InternalFailure", "something broke"),
            Fault::ThrottledOnce | Fault::ThrottledForever => {
                let code = if is_query { "RequestLimitExceeded" } else { "ThrottlingException" };
                refusal(if is_query { 503 } else { 400 }, code, "Rate exceeded")
            }
            Fault::Garbage => Self::text("<html>Welcome to the hotel's network"),
            Fault::CutOff => {
                let bytes = self.bytes();
                return Some(bytes[..bytes.len() - self.body.len() / 2 - 1].to_vec());
            }
            Fault::Hang => return None,
            Fault::ClockBehind => return Some(self.dated(-600)),
            Fault::RepeatedToken => self,
        };
        Some(answer.bytes())
    }

    fn bytes(&self) -> Vec<u8> {
        self.dated(0)
    }

    /// The bytes, with a date that is this many seconds off.
    fn dated(&self, off: i64) -> Vec<u8> {
        let Self { status, kind, body } = self;
        let now = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(off);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&now)
            .expect("it is a date of this age");
        format!(
            "HTTP/1.1 {status} X\r\nDate: {date}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nx-amzn-RequestId: 1\r\n\
             x-aws-ec2-metadata-token-ttl-seconds: 21600\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}

pub fn query_error(code: &str, words: &str) -> String {
    format!(
        "<Response><Errors><Error><Code>{code}</Code><Message>{words}</Message></Error></Errors>\
         <RequestID>1</RequestID></Response>"
    )
}

/// Temporary credentials, as the metadata services give them.
fn temporary(key: &str, status: &str) -> Value {
    json!({
        status: "Success", "AccessKeyId": key, "SecretAccessKey": super::program::SECRET,
        "Token": super::program::SECRET, "Expiration": "2100-01-01T00:00:00Z", "Type": "AWS-HMAC",
        "LastUpdated": "2020-01-01T00:00:00Z",
    })
}
