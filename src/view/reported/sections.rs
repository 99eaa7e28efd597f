//! The sections of the page.

use std::fmt::Write as _;

use super::Reported;
use crate::render::html_text as text;
use crate::view::discovered::{Container, Variant};
use crate::view::explained::{Branch, Explanation, Step, StepOutcome};

/// A table with a caption, which a keyboard can scroll where it is too wide.
fn table(caption: &str, headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table><caption>{0}</caption><thead><tr>",
        text(caption)
    );
    for heading in headings {
        let _ = write!(html, "<th scope=\"col\">{}</th>", text(heading));
    }
    html.push_str("</tr></thead><tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            let _ = write!(html, "<td>{cell}</td>");
        }
        html.push_str("</tr>\n");
    }
    html + "</tbody></table></div>"
}

fn code(value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("<code>{}</code>", text(value)) }
}

fn section(id: &str, heading: &str, inside: &str) -> String {
    format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n{inside}\n</section>", text(heading))
}

impl Reported {
    pub(super) fn header(&self, title: &str) -> String {
        let found = &self.discovered;
        let links = [
            ("picture", "The fleet"),
            ("skipped", "Not routed"),
            ("routers", "Routers"),
            ("conflicts", "Conflicts"),
            ("failures", "Failures"),
            ("containers", "Containers"),
        ];
        let links: Vec<_> = links.iter().map(|(id, name)| format!("<li><a href=\"#{id}\">{name}</a></li>")).collect();
        let facts = [
            ("Account", found.account.as_deref()),
            ("Asked by", found.identity.as_deref()),
            ("Time", found.time.as_deref()),
            ("Source", Some(found.source)),
        ];
        let facts = facts.iter().filter_map(|(name, value)| Some((name, (*value)?)));
        let facts: Vec<_> = facts.map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", text(value))).collect();
        let summary = &found.summary;
        let bad = if found.complete { "" } else { " bad" };
        format!(
            "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>\n<h1>{}</h1>\n\
             <p class=\"verdict{bad}\">Traefik {} {}. {} of {} containers routed, {} not.</p>\n<dl>{}</dl>\n\
             <nav aria-label=\"Sections\"><ul>{}</ul></nav>\n</header>",
            text(title),
            found.traefik.version,
            text(&found.traefik.message),
            summary.routed,
            summary.containers,
            summary.skipped,
            facts.concat(),
            links.concat(),
        )
    }

    /// What isn't routed, each with where it is explained.
    pub(super) fn skipped(&self) -> String {
        let skipped = self.explained.containers.iter().enumerate().filter(|(_, one)| !one.container.routed);
        let rows: Vec<_> = skipped
            .map(|(at, one)| {
                vec![
                    format!("<code class=\"bad\">{}</code>", one.container.reason.unwrap_or_default()),
                    format!("<a href=\"#c{at}\">{}</a>", text(&name(&one.container))),
                    text(one.container.message.as_deref().unwrap_or_default()),
                ]
            })
            .collect();
        let inside = if rows.is_empty() {
            "<p>Every container is routed.</p>".to_owned()
        } else {
            table("Containers that are not routed, and why", &["Reason", "Container", "Why"], &rows)
        };
        section("skipped", "Not routed", &inside)
    }

    pub(super) fn routers(&self) -> String {
        let rows: Vec<_> = self
            .routes
            .routers
            .iter()
            .map(|router| {
                let servers: Vec<_> = router.servers.iter().map(|server| code(&server.url)).collect();
                vec![
                    format!("{} {}", router.protocol, code(&router.name)),
                    code(&router.rule),
                    text(&router.entry_points.join(", ")),
                    text(&router.middlewares.join(", ")),
                    code(&router.service),
                    servers.join(" "),
                ]
            })
            .collect();
        let headings = ["Router", "Rule", "Entry points", "Middlewares", "Service", "Servers"];
        let caption = "Routers in the order in which Traefik tries them, with the servers that get their requests";
        let inside =
            if rows.is_empty() { "<p>There is none.</p>".to_owned() } else { table(caption, &headings, &rows) };
        section("routers", "Routers", &inside)
    }

    pub(super) fn conflicts(&self) -> String {
        let rows: Vec<_> = self
            .discovered
            .conflicts
            .iter()
            .flat_map(|conflict| conflict.fields.iter().map(move |field| (conflict, field)))
            .map(|(conflict, field)| {
                let values: Vec<_> = field.values.iter().map(variant).collect();
                let what = format!("{} {} {}", conflict.protocol, conflict.kind, code(&conflict.name));
                vec![what, code(&field.path), values.join("<br>")]
            })
            .collect();
        let inside = if rows.is_empty() {
            "<p>Containers agree on everything that they define together.</p>".to_owned()
        } else {
            let caption = "What containers define differently, so that Traefik deletes it";
            table(caption, &["What", "Field", "Values"], &rows)
        };
        section("conflicts", "Conflicts", &inside)
    }

    pub(super) fn failures(&self) -> String {
        let found = &self.discovered;
        let failed = found.failures.iter().map(|failed| {
            let cluster = text(failed.cluster.as_deref().unwrap_or_default());
            vec![code(failed.action), cluster, format!("{}: {}", text(&failed.code), text(&failed.message))]
        });
        let missing = found.missing.iter().map(|missing| {
            let cluster = text(missing.cluster.as_deref().unwrap_or_default());
            vec![code(missing.action), cluster, format!("{}: {}", text(&missing.reason), text(&missing.arn))]
        });
        let rows: Vec<_> = failed.chain(missing).collect();
        let inside = if rows.is_empty() {
            "<p>Every call was answered in full.</p>".to_owned()
        } else {
            table("Calls that failed, and records that AWS does not have", &["Call", "Cluster", "What AWS said"], &rows)
        };
        section("failures", "Failures", &inside)
    }

    pub(super) fn containers(&self) -> String {
        let mut inside =
            "<p class=\"search\" hidden><label>Search <input type=\"search\" autocomplete=\"off\"></label> \
                          <output></output></p>\n"
                .to_owned();
        for (at, one) in self.explained.containers.iter().enumerate() {
            inside.push_str(&article(at, one));
        }
        section("containers", "Containers", &inside)
    }

    pub(super) fn footer(&self) -> String {
        let calls: Vec<String> =
            self.discovered.calls.iter().map(|(action, count)| format!("{action} {count}")).collect();
        format!("<footer><p class=\"aside\">Calls to AWS: {}.</p></footer>", text(&calls.join(", ")))
    }
}

fn variant(variant: &Variant) -> String {
    let value = match &variant.value {
        serde_json::Value::String(value) => value.clone(),
        serde_json::Value::Null => "(none)".to_owned(),
        other => other.to_string(),
    };
    let note = variant.note.map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{}{} in {}", code(&value), text(&note), text(&variant.containers.join(", ")))
}

fn name(container: &Container) -> String {
    format!("{}/{}", container.cluster, container.title())
}

/// One container with its steps.
fn article(at: usize, one: &Explanation) -> String {
    let container = &one.container;
    let outcome = match container.reason {
        None => "<span class=\"good\">✓ routed</span>".to_owned(),
        Some(reason) => format!("<span class=\"bad\">✗ not routed: {reason}</span>"),
    };
    let mut html = format!("<article id=\"c{at}\">\n<h3>{} {outcome}</h3>\n", text(&name(container)));
    if let Some(message) = &container.message {
        let _ = writeln!(html, "<p>{}</p>", text(message));
    }
    if let Some(line) = &container.traefik_log {
        let _ = writeln!(html, "<p>Traefik logs: {}</p>", code(line));
    }
    let facts: Vec<_> = container.facts().map(text).collect();
    let _ = writeln!(html, "<p class=\"aside\">{}</p>", facts.join(" · "));
    html.push_str("<details><summary>Every step</summary>\n<ul class=\"steps\">\n");
    html.extend(one.steps.iter().map(step));
    html + "</ul>\n</details>\n</article>\n"
}

fn step(step: &Step) -> String {
    let (class, sign) = match step.outcome {
        StepOutcome::Passed => ("good", "✓ passed"),
        StepOutcome::Dropped => ("bad", "✗ dropped"),
        StepOutcome::NotReached => ("aside", "· not reached"),
    };
    let (stage, said) = (text(step.stage), text(&step.text));
    let rest = branches(&step.details);
    format!("<li><span class=\"{class}\">{sign}</span> <b>{stage}</b> {said}{rest}</li>\n")
}

fn branches(details: &[Branch]) -> String {
    if details.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = details
        .iter()
        .map(|branch| {
            let sign = match branch.holds {
                None => "",
                Some(true) => "<span class=\"good\">✓ holds</span> ",
                Some(false) => "<span class=\"bad\">✗ does not</span> ",
            };
            format!("<li>{sign}{}{}</li>", text(&branch.text), branches(&branch.details))
        })
        .collect();
    format!("\n<ul>{}</ul>", lines.concat())
}
