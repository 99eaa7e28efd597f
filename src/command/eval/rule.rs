//! `eval rule`: does a request match a rule, and on which part of it does that rest?

use serde_json::{Value, json};

use super::invalid;
use crate::cli::{EvalRuleArgs, RouterKind, TextOrJson};
use crate::command::Exit;
use crate::command::asked::{Asked, read_header};
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::render;
use crate::rule::{
    Connection, HttpRequest, Kind, Language, Request, RequestHead, Rule, RuleError, Syntax, default_priority, domains,
    known_matchers, v3_spelling,
};
use crate::view::proof;

pub(super) fn run(
    arguments: &EvalRuleArgs,
    _surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let (kind, syntax) = language(arguments)?;
    let request = request(arguments, kind)?;
    let text = arguments.rule.as_str();
    let rule = match Rule::parse(text, Language::new(arguments.traefik, syntax, kind)) {
        Ok(rule) => rule,
        Err(error) => return refused(&error, arguments, console),
    };
    let (priority, domains) = (default_priority(text, kind), domains(text, kind).unwrap_or_default());
    let mut view = json!({
        "schema": "ecsroute.eval-rule/1", "rule": text, "valid": true, "priority": priority, "domains": domains,
    });
    let proven = request.map(|request| rule.prove(&request));
    let parts = proven.as_ref().map(|proven| proof::parts(proven, text));
    match arguments.format {
        TextOrJson::Json => {
            if let (Some(proven), Some(parts)) = (&proven, &parts) {
                view["holds"] = json!(proven.holds());
                view["parts"] = proof::json(parts);
            }
            console.print(&render::json(&view))?;
        }
        TextOrJson::Text => {
            let named = if domains.is_empty() { "none".to_owned() } else { domains.join(", ") };
            let told = format!("priority {priority}, domains: {}\n", render::printable(&named));
            let shown = match (&proven, &parts) {
                (Some(proven), Some(parts)) => format!("{}\n{}", proven.holds(), proof::tree(parts, console.styles)),
                _ => "valid\n".to_owned(),
            };
            console.print(format!("{shown}{told}").as_bytes())?;
        }
    }
    Ok(proven.map_or(Exit::Yes, |proven| Exit::holds(proven.holds())))
}

fn language(arguments: &EvalRuleArgs) -> Result<(Kind, &str), Failure> {
    let kind = match arguments.kind {
        RouterKind::Http if arguments.sni.is_some() && arguments.request.is_none() => Kind::Tcp,
        RouterKind::Http => Kind::Http,
        RouterKind::Tcp => Kind::Tcp,
    };
    match arguments.syntax.as_str() {
        "v3" | "v2" => Ok((kind, arguments.syntax.as_str())),
        "v1" => Err(Failure::input("rules of Traefik 1.7 can't be tried here")
            .hint("`ecsroute migrate` rewrites them for v3, and `ecsroute test --kind v1-rule` plays them")),
        other => Err(Failure::input(format!("there is no rule syntax `{other}`")).hint("there is v3 and v2")),
    }
}

/// The request or the connection that is asked about, if any.
fn request(arguments: &EvalRuleArgs, kind: Kind) -> Result<Option<Request>, Failure> {
    if kind == Kind::Tcp {
        if arguments.request.is_some() {
            return Err(Failure::input("a TCP rule sees no HTTP request").hint("give --sni NAME, --alpn, --client-ip"));
        }
        let name = arguments.sni.as_deref().unwrap_or_default();
        let asked = arguments.sni.is_some() || !arguments.alpn.is_empty();
        let connection = Connection::new(name, &arguments.alpn, &arguments.client_ip);
        return Ok(asked.then_some(Request::Tcp(connection)));
    }
    let Some(text) = &arguments.request else {
        for header in &arguments.headers {
            read_header(header)?;
        }
        return Ok(None);
    };
    let asked = Asked::read(text, "GET", &arguments.headers)?;
    let (path, query) = asked.path_and_query();
    let head = RequestHead {
        method: &asked.method,
        host: &asked.host,
        path,
        query,
        headers: &asked.headers,
        remote_address: &arguments.client_ip,
    };
    Ok(Some(Request::Http(HttpRequest::new(&head, arguments.traefik))))
}

/// A rule that Traefik refuses: its router doesn't start.
fn refused(error: &RuleError, arguments: &EvalRuleArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let (text, (kind, syntax)) = (arguments.rule.as_str(), language(arguments)?);
    let logged = error.traefik_message(text, kind);
    let spelling = if syntax == "v3" { v3_spelling(text, kind) } else { None };
    if arguments.format == TextOrJson::Json {
        console.print(&render::json(&json!({
            "schema": "ecsroute.eval-rule/1", "rule": text, "valid": false,
            "error": { "message": error.to_string(), "start": error.span.start, "end": error.span.end,
                       "traefikLog": logged },
            "v3": spelling.clone().map_or(Value::Null, Value::String),
        })))?;
    }
    let known = known_matchers(kind, if syntax == "v2" { Syntax::V2 } else { Syntax::V3 });
    let failure = match error.expression() {
        Some(expression) => invalid::failure("the rule is not valid", "rule", text, &expression, &known),
        None => Failure::input("the rule is not valid").at(Place {
            first_line: 1,
            first_column: 1,
            origin: "rule".to_owned(),
            text: text.to_owned(),
            span: error.span.range(),
            label: error.to_string(),
        }),
    };
    let failure = match spelling {
        Some(spelling) => failure.hint(format!("this is v2's syntax; in v3's it is {spelling}")),
        None => failure,
    };
    Err(failure.hint(format!("Traefik leaves the router out then, and logs: {logged}")))
}
