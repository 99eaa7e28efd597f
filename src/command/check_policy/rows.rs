//! Decisions and findings as the rows of the report, with their places in the files.

use std::collections::BTreeSet;

use super::context::Target;
use super::load::{Loaded, Source};
use crate::document::{Span, line_and_column};
use crate::failure::Place as Marked;
use crate::iam::{
    self, Consequence, Deciding, Decision, Effect, Finding, Layer, Need, Policies, Question, Residual, Scope, Severity,
    Site, SiteCluster,
};
use crate::model::Action;
use crate::render::SarifRegion;
use crate::view::policy::{self, ActionRow, ExcessRow, FindingRow, RequestRow, SiteRow, StatementRow};

/// Where Traefik looks.
pub(super) fn site(target: &Target) -> SiteRow {
    let Site { partition, region, account, clusters, .. } = &target.site;
    SiteRow {
        partition: partition.clone(),
        region: region.clone(),
        account: account.clone(),
        clusters: clusters.iter().map(|cluster| cluster.shown().to_owned()).collect(),
    }
}

fn row(action: Action, need: &Need, requests: Vec<RequestRow>, verdict: &'static str) -> ActionRow {
    let consequence = Consequence::of(action);
    let because = match need {
        Need::Required(why) | Need::OnlyIf(why) | Need::NotAskedFor(why) => why.clone(),
        Need::NeverCalled => "both documents list it, no release calls it".to_owned(),
    };
    ActionRow {
        action: action.iam().to_owned(),
        need: need.word(),
        because,
        verdict,
        consequence: consequence.word(),
        consequence_sentence: consequence.sentence(),
        requests,
        live: Vec::new(),
    }
}

/// An action of which nothing was evaluated.
pub(super) fn not_evaluated(action: Action, need: &Need) -> ActionRow {
    row(action, need, Vec::new(), "not-evaluated")
}

/// An action with each of its requests.
pub(super) fn action(action: Action, need: &Need, loaded: &Loaded, target: &Target) -> ActionRow {
    let questions = target.site.questions(action, &target.knowledge);
    let requests: Vec<RequestRow> =
        questions.iter().map(|(cluster, question)| request(action, *cluster, question, loaded, target)).collect();
    let worst =
        requests.iter().map(|request| request.verdict).max_by_key(|verdict| badness(verdict)).unwrap_or("allowed");
    row(action, need, requests, worst)
}

/// The order in which verdicts get worse.
pub(super) fn badness(verdict: &str) -> usize {
    let order = ["allowed", "depends", "unknown", "partly", "denied", "implicitly-denied", "explicitly-denied"];
    order.iter().position(|known| *known == verdict).unwrap_or(order.len())
}

fn request(
    action: Action,
    cluster: Option<&SiteCluster>,
    question: &Question,
    loaded: &Loaded,
    target: &Target,
) -> RequestRow {
    let decision = iam::decide(&loaded.policies, question);
    let mut row = RequestRow {
        cluster: cluster.map(|cluster| cluster.shown().to_owned()),
        resource: question.resource.shown(),
        verdict: decision.word(),
        message: String::new(),
        statements: Vec::new(),
        lacking: Vec::new(),
        conditions: Vec::new(),
        addition: None,
        marks: Vec::new(),
    };
    match &decision {
        Decision::Allowed(by) => {
            "allowed".clone_into(&mut row.message);
            row.statements = statements(by, loaded);
        }
        Decision::Denied(by) => {
            "explicitly denied".clone_into(&mut row.message);
            row.statements = statements(by, loaded);
            row.marks = by.iter().filter_map(|one| whole_statement(*one, loaded, "this denies it")).collect();
        }
        Decision::NotGranted(lacking, miss) => {
            not_granted(&mut row, lacking, miss.as_ref(), loaded);
            row.addition = addition(action, cluster, lacking, question, loaded, target);
        }
        Decision::Partly(partial) => {
            row.message = format!("allowed for some only: {} is, {} is not", partial.allowed, partial.denied);
            let shown = if partial.against.is_empty() { &partial.by } else { &partial.against };
            row.statements = statements(shown, loaded);
            let label = if partial.against.is_empty() { "this covers some only" } else { "this denies some" };
            row.marks = shown.iter().filter_map(|one| resources_of(*one, loaded, label)).collect();
        }
        Decision::Depends(residual) => depends(&mut row, residual, loaded),
    }
    row
}

fn not_granted(row: &mut RequestRow, lacking: &[Layer], miss: Option<&iam::NearMiss<'_>>, loaded: &Loaded) {
    row.lacking = lacking.iter().map(|layer| layer.name()).collect();
    let Some(miss) = miss else {
        row.message = format!("no statement of the {} grants it", row.lacking.join(", nor of the "));
        return;
    };
    let whys: Vec<&str> = miss.failed.iter().map(|failed| failed.why.as_str()).collect();
    row.message = format!(
        "not granted by the {}; {} comes closest: {}",
        row.lacking.join(" and the "),
        miss.deciding.statement.name(),
        whys.join("; ")
    );
    row.statements = statements(&[miss.deciding], loaded);
    let marks = miss.failed.iter().filter_map(|failed| mark(miss.deciding, &failed.span, &failed.why, "", loaded));
    row.marks = marks.collect();
}

fn depends(row: &mut RequestRow, residual: &Residual<'_>, loaded: &Loaded) {
    row.message = if residual.exact {
        "it depends on what is not known".to_owned()
    } else {
        "it may depend on what is not known: there is too much of it to try all".to_owned()
    };
    for branches in &residual.only_if {
        let mut words: Vec<String> = branches.iter().map(|branch| branch.conditions.join(" and ")).collect();
        words.dedup();
        row.conditions.push(format!("only if {}", words.join(", or if ")));
    }
    for branch in &residual.unless {
        row.conditions.push(format!("not if {}", branch.conditions.join(" and ")));
    }
    let all: Vec<Deciding<'_>> =
        residual.only_if.iter().flatten().chain(&residual.unless).map(|branch| branch.deciding).collect();
    row.statements = statements(&all, loaded);
    let label = |deciding: &Deciding<'_>| match deciding.statement.effect {
        Effect::Allow => "this may allow it",
        Effect::Deny => "this may deny it",
    };
    row.marks = all.iter().take(2).filter_map(|one| whole_statement(*one, loaded, label(one))).collect();
}

/// The statement that would allow the request, where an addition to the identity policies does.
fn addition(
    action: Action,
    cluster: Option<&SiteCluster>,
    lacking: &[Layer],
    question: &Question,
    loaded: &Loaded,
    target: &Target,
) -> Option<serde_json::Value> {
    if lacking != [Layer::Identity] {
        return None;
    }
    let mut site = target.site.clone();
    if let Some(cluster) = cluster.filter(|cluster| !cluster.stands_for_others) {
        site.clusters = vec![cluster.clone()];
        site.discovers = false;
    }
    let document = iam::suggest(&[action], &site, Scope::Clusters).json();
    let mut policies: Policies = loaded.policies.clone();
    policies.identity.extend(iam::read(&document.to_string()).accepted().cloned());
    let allowed = matches!(iam::decide(&policies, question), Decision::Allowed(_));
    allowed.then(|| document["Statement"][0].clone())
}

/// The statements with their places.
fn statements(deciding: &[Deciding<'_>], loaded: &Loaded) -> Vec<StatementRow> {
    let mut rows: Vec<StatementRow> = deciding.iter().filter_map(|one| statement_row(*one, loaded)).collect();
    rows.sort();
    rows.dedup();
    rows
}

fn statement_row(deciding: Deciding<'_>, loaded: &Loaded) -> Option<StatementRow> {
    let source = loaded.sources.get(&deciding.place)?;
    let statement = deciding.statement;
    let (line, column) = line_and_column(&source.text, statement.span.start);
    Some(StatementRow {
        file: source.name(),
        line,
        column,
        statement: statement.index,
        sid: statement.sid.clone(),
        layer: deciding.place.layer.name(),
        effect: match statement.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        },
    })
}

/// The first line of a statement that says something, underlined.
fn whole_statement(deciding: Deciding<'_>, loaded: &Loaded, label: &str) -> Option<policy::Marked> {
    let source = loaded.sources.get(&deciding.place)?;
    let span = &deciding.statement.span;
    let text = &source.text[span.clone()];
    let rest = text.trim_start_matches(|character: char| character == '{' || character.is_whitespace());
    let line = rest.lines().next().unwrap_or_default();
    let (start, length) = if line.len() == rest.len() {
        (span.start, text.len())
    } else {
        (span.end - rest.len(), line.trim_end().trim_end_matches(',').len())
    };
    mark(deciding, &(start..start + length), label, label, loaded)
}

fn resources_of(deciding: Deciding<'_>, loaded: &Loaded, label: &str) -> Option<policy::Marked> {
    mark(deciding, &deciding.statement.resources.span, label, label, loaded)
}

fn mark(deciding: Deciding<'_>, span: &Span, title: &str, label: &str, loaded: &Loaded) -> Option<policy::Marked> {
    let source = loaded.sources.get(&deciding.place)?;
    Some(policy::Marked { title: title.to_owned(), place: place(source, span, label), region: region(source, span) })
}

fn place(source: &Source, span: &Span, label: &str) -> Marked {
    Marked {
        first_line: 1,
        first_column: 1,
        origin: source.name(),
        text: source.text.to_string(),
        span: span.clone(),
        label: label.to_owned(),
    }
}

/// The place in the file itself; of a text that is encoded in it, the beginning of the file.
fn region(source: &Source, span: &Span) -> SarifRegion {
    let (start, end) = if source.is_whole {
        (line_and_column(&source.text, span.start), line_and_column(&source.text, span.end))
    } else {
        ((1, 1), (1, 1))
    };
    SarifRegion { path: source.path.clone(), start, end }
}

/// Everything found in the documents, and what doesn't fit the place that Traefik looks at.
pub(super) fn findings(loaded: &Loaded, target: &Target) -> Vec<FindingRow> {
    let mut rows: Vec<FindingRow> =
        loaded.findings.iter().map(|(source, finding)| finding_row(source, finding)).collect();
    for (layer, documents) in loaded.policies.layers() {
        for (document, policy) in documents.into_iter().enumerate() {
            let Some(source) = loaded.sources.get(&iam::Place { layer, document }) else { continue };
            let fit = iam::fit(policy, &target.site, target.known);
            rows.extend(fit.iter().map(|finding| finding_row(source, finding)));
        }
    }
    rows
}

fn finding_row(source: &Source, finding: &Finding) -> FindingRow {
    let (line, column) = line_and_column(&source.text, finding.span.start);
    let also = finding.also.as_ref().map(|(span, what)| {
        let (line, column) = line_and_column(&source.text, span.start);
        format!("{}:{line}:{column}: {what}", source.name())
    });
    FindingRow {
        code: finding.code,
        severity: match finding.severity {
            Severity::Refused => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: finding.message.clone(),
        file: source.name(),
        line,
        column,
        hint: finding.hint.clone(),
        region: region(source, &finding.span),
        place: place(source, &finding.span, ""),
        also,
    }
}

/// What is granted beyond the need.
pub(super) fn excess(loaded: &Loaded, asked: &BTreeSet<Action>, target: &Target) -> Vec<ExcessRow> {
    let found = iam::excess(&loaded.policies, asked, &target.site, &target.knowledge);
    let row = |excess: &iam::Excess<'_>| {
        let source = loaded.sources.get(&excess.deciding.place)?;
        let statement = statement_row(excess.deciding, loaded)?;
        Some(ExcessRow { grants: excess.what.clone(), statement, region: region(source, &excess.span) })
    };
    found.iter().filter_map(row).collect()
}
