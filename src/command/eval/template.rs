//! `eval template`: what a default rule gives for one service, and what seems to be missing in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::given::labels;
use crate::cli::{EvalTemplateArgs, TextOrJson};
use crate::command::Exit;
use crate::command::settings::{ambient, template_environment};
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place, Weight, marked};
use crate::nearest::nearest;
use crate::render;
use crate::template::functions::default_rule;
use crate::template::{Data, Gap, Stage, Template, TemplateError, gaps};

pub(super) fn run(
    arguments: &EvalTemplateArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let labels = labels(&arguments.labels, surroundings)?;
    let ambient = ambient(template_environment(&arguments.template_env, surroundings)?, surroundings);
    let template = match Template::parse(&arguments.template) {
        Ok(template) => template,
        Err(error) => return refused(&error, false, arguments, console),
    };
    // AWS leaves a map without entries out, and Go then has none at all.
    let labels = Some(&labels).filter(|labels| !labels.is_empty());
    let rendering = template.rendering(&Data { name: &arguments.name, labels }, &ambient);
    for name in &rendering.unset {
        console.note(&format!(
            "the variable `{name}` is empty here; in Traefik it is that of Traefik's environment: give it with \
             --template-env {name}=VALUE"
        ));
    }
    let output = match rendering.output {
        Ok(output) => output,
        Err(error) => return refused(&error, rendering.stopped, arguments, console),
    };
    let rule = String::from_utf8_lossy(&output);
    let gaps = gaps(&rule);
    match arguments.format {
        TextOrJson::Json => console.print(&render::json(&rendered(arguments, &output, &gaps)))?,
        TextOrJson::Text => console.print(format!("{}\n", shown(&rule)).as_bytes())?,
    }
    tell(&output, &rule, &gaps, console);
    Ok(Exit::Yes)
}

/// What Traefik would make of the output without a word.
fn tell(output: &[u8], rule: &str, gaps: &[Gap], console: &mut Console<'_>) {
    if output.is_empty() {
        console.warn("the template gives nothing: Traefik drops the router, and logs: Undefined rule");
    }
    if std::str::from_utf8(output).is_err() {
        console.warn("the output is not UTF-8: a character was cut; what is left of it is shown as U+FFFD");
    }
    for gap in gaps {
        let place = Place {
            first_line: 1,
            first_column: 1,
            origin: "rule".to_owned(),
            text: rule.to_owned(),
            span: gap.span.clone(),
            label: gap.kind.to_string(),
        };
        console.aside(&marked(Weight::Warning, "the rule has a gap", Some(&place), &[], false));
    }
}

/// The text with its line breaks and tabs, and with nothing else that a terminal would obey.
fn shown(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let columns: Vec<_> = line.split('\t').map(render::printable).collect();
        columns.join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn rendered(arguments: &EvalTemplateArgs, output: &[u8], gaps: &[Gap]) -> Value {
    let rule = String::from_utf8_lossy(output);
    let gaps: Vec<_> = gaps
        .iter()
        .map(|gap| {
            let (start, end) = (gap.span.start, gap.span.end);
            json!({ "start": start, "end": end, "text": rule[start..end], "message": gap.kind.to_string() })
        })
        .collect();
    let mut said = json!({
        "schema": "ecsroute.eval-template/1", "template": arguments.template, "valid": true,
        "output": rule, "gaps": gaps,
    });
    if std::str::from_utf8(output).is_err() {
        said["outputBase64"] = STANDARD.encode(output).into();
    }
    said
}

/// A template that can't be read, or can't be rendered for this service; perhaps only here.
fn refused(
    error: &TemplateError,
    stopped: bool,
    arguments: &EvalTemplateArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let template = arguments.template.as_str();
    if arguments.format == TextOrJson::Json {
        console.print(&render::json(&json!({
            "schema": "ecsroute.eval-template/1", "template": template, "valid": false,
            "error": {
                "stage": error.stage.name(), "message": error.message, "reason": error.reason,
                "start": error.span.start, "end": error.span.end,
            },
        })))?;
    }
    let (message, consequence) = match error.stage {
        Stage::Parse => ("the template can't be read", format!("Traefik doesn't start the provider then: {error}")),
        Stage::Exec if stopped => {
            ("the template isn't rendered here", "Traefik itself goes on: what it gives isn't known".to_owned())
        }
        Stage::Exec => ("the template can't be rendered", format!("Traefik drops the router then, and logs: {error}")),
    };
    let place = Place {
        first_line: 1,
        first_column: 1,
        origin: "template".to_owned(),
        text: template.to_owned(),
        span: error.span.clone(),
        label: error.reason.clone(),
    };
    let failure = Failure::input(message).at(place);
    let failure = match advice(&error.reason) {
        Some(advice) => failure.hint(advice),
        None => failure,
    };
    Err(failure.hint(consequence))
}

/// What may have been meant.
fn advice(reason: &str) -> Option<String> {
    if let Some(name) = reason.strip_prefix("function \"").and_then(|rest| rest.split('"').next()) {
        let meant = nearest(name, default_rule().functions().map(|function| function.name))?;
        return Some(format!("did you mean `{meant}`?"));
    }
    reason.starts_with("can't evaluate field").then(|| {
        "a default rule sees .Name and .Labels; a label with dots in its key is `index .Labels \"key\"`".to_owned()
    })
}
