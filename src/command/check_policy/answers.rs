//! AWS's answers as rows of the report, and what they say beside the files.

use super::probe::{Probe, Subject, Survey};
use crate::iam::{Probed, Refusal};
use crate::model::{Action, CallErrorKind};
use crate::view::policy::{ActionRow, IdentityRow, LiveRow};

/// Whose permissions these are.
pub(super) fn identity(survey: &Survey) -> Option<IdentityRow> {
    let identity = survey.identity.as_ref()?;
    Some(IdentityRow {
        account: identity.account.to_string(),
        arn: identity.arn.to_string(),
        role: role_of(&identity.arn).map(str::to_owned),
    })
}

/// The name of the role of a session: `arn:aws:sts::123456789012:assumed-role/NAME/SESSION`.
fn role_of(arn: &str) -> Option<&str> {
    arn.split_once(":assumed-role/")?.1.split('/').next()
}

/// What to say of whose permissions were tried.
pub(super) fn whose(survey: &Survey) -> String {
    let who = match &survey.identity {
        Some(identity) => format!("the permissions are those of {}", identity.arn),
        None => "whose permissions these are is not known: STS did not say in time".to_owned(),
    };
    format!(
        "{who}, which need not be those of Traefik's task role: --role-arn assumes a role first, --task-role-of SERVICE \
         reads the policies of a service's"
    )
}

/// Puts AWS's answers into the rows, and lets them count.
pub(super) fn add(survey: &Survey, actions: &mut [ActionRow]) {
    for row in actions {
        let Some(action) = Action::parse(&row.action) else { continue };
        row.live = survey.probes.iter().filter(|probe| probe.tried.action == action).map(live_row).collect();
        let worst = row.live.iter().map(|live| (live.verdict, live.is_explicit)).map(verdict);
        let offline = (row.verdict != "not-evaluated").then_some(row.verdict);
        row.verdict = worst.chain(offline).max_by_key(|verdict| super::rows::badness(verdict)).unwrap_or(row.verdict);
    }
}

/// An answer of AWS's as a verdict on the action.
fn verdict((verdict, is_explicit): (&str, Option<bool>)) -> &'static str {
    match (verdict, is_explicit) {
        ("allowed", _) => "allowed",
        ("denied", Some(true)) => "explicitly-denied",
        ("denied", Some(false)) => "implicitly-denied",
        ("denied", None) => "denied",
        _ => "unknown",
    }
}

fn live_row(probe: &Probe) -> LiveRow {
    let error = probe.outcome.as_ref().err();
    let mut row = LiveRow {
        cluster: probe.tried.cluster.as_ref().map(|cluster| name_of(cluster).to_owned()),
        verdict: "allowed",
        is_explicit: None,
        probe: probe.tried.what.clone(),
        code: error.map(|error| error.code.to_string()),
        message: error.map(|error| error.message.to_string()).filter(|message| !message.is_empty()),
        layer: None,
        caveat: None,
        hint: None,
    };
    match Probed::read(error) {
        Probed::Allowed => row.caveat = caveat(probe),
        Probed::Denied(refusal) => refused(&mut row, &refusal),
        Probed::Inconclusive => {
            row.verdict = "inconclusive";
            row.hint = error.map(|error| retry(error.kind).to_owned());
        }
    }
    row
}

fn name_of(cluster: &str) -> &str {
    cluster.split_once(":cluster/").map_or(cluster, |(_, name)| name)
}

/// What a yes leaves open.
fn caveat(probe: &Probe) -> Option<String> {
    let lost = probe.outcome.as_ref().is_err_and(|error| error.kind == CallErrorKind::NotFound);
    match probe.tried.subject {
        Subject::Real if lost => {
            Some("the permission is there, but what was asked for is not: look at the settings".to_owned())
        }
        Subject::Real => None,
        Subject::MadeUp => {
            Some(format!("{}: a condition on tags or ids may still refuse a real one", probe.tried.what))
        }
    }
}

fn refused(row: &mut LiveRow, refusal: &Refusal) {
    row.verdict = "denied";
    row.layer = refusal.layer.map(str::to_owned);
    row.is_explicit = (refusal.is_explicit || refusal.layer.is_some()).then_some(refusal.is_explicit);
    row.hint = refusal
        .encoded
        .as_ref()
        .map(|encoded| format!("`aws sts decode-authorization-message --encoded-message {encoded}` says why"));
}

fn retry(kind: CallErrorKind) -> &'static str {
    match kind {
        CallErrorKind::Throttled => "AWS throttles these calls: try again, with a lower --max-rate",
        CallErrorKind::Unreachable => "there was no connection: this says nothing of the permission",
        CallErrorKind::TimedOut => "try again, or give it longer with --timeout",
        CallErrorKind::Server | CallErrorKind::Garbled => "AWS, or something on the way to it, failed: try again",
        _ => "this says nothing of the permission",
    }
}
