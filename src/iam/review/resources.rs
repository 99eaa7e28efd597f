//! Resources that no request can match, or that match otherwise than they look.

use super::super::arn::ArnPattern;
use super::super::catalog;
use super::super::finding::Finding;
use super::super::request::Context;
use super::super::statement::{ActionPattern, Placed, Statement};
use super::super::template::{Piece, Template, Version, Wildcards, broken_variables};
use crate::model::Action;

pub(super) fn review(statement: &Statement, version: Version, findings: &mut Vec<Finding>) {
    for placed in &statement.resources.patterns {
        if placed.text.starts_with("arn:") {
            form(placed, findings);
        }
        variables(placed, version, findings);
    }
    if !statement.resources.inverted && !statement.resources.patterns.is_empty() && !statement.actions.inverted {
        for placed in &statement.actions.patterns {
            never_matches(statement, placed, findings);
        }
    }
}

/// The fields of an ARN.
fn form(placed: &Placed<ArnPattern>, findings: &mut Vec<Finding>) {
    let pattern = &placed.pattern;
    let mut warn = |code, message: String| findings.push(Finding::warning(code, message, &placed.span));
    if pattern.written_fields() < 6 {
        let message = format!("this ARN has {} of six fields; what is missing counts as *", pattern.written_fields());
        return warn("MISSING_ARN_FIELD", message);
    }
    if pattern.field(2).is_some_and(has_wildcard) {
        warn("WILDCARD_SERVICE", "a wildcard stands for the service".to_owned());
    }
    if pattern.plain_field(3).is_some_and(|region| !region.is_empty() && !is_region(region)) {
        warn("INVALID_ARN_REGION", "its region is no region's name, such as eu-west-1".to_owned());
    }
    let account = pattern.plain_field(4).unwrap_or("");
    let twelve = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(account, "" | "aws") && !twelve {
        warn("INVALID_ARN_ACCOUNT", format!("{account:?} is no account: those have twelve digits"));
    }
    match pattern.field(5) {
        Some([]) | None => warn("INVALID_ARN_RESOURCE", "it names no resource".to_owned()),
        Some(pieces) if pieces.iter().any(has_space) => {
            warn("INVALID_ARN_RESOURCE", "no resource has a space in its name".to_owned());
        }
        Some(pieces) if type_has_wildcard(pieces) => warn(
            "INVALID_ARN_RESOURCE",
            "a wildcard stands in the type of the resource, which IAM documents as unsupported".to_owned(),
        ),
        Some(_) => {}
    }
}

fn has_wildcard(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Many | Piece::One))
}

fn has_space(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text) if text.contains(' '))
}

/// Whether a wildcard stands before the first slash or colon; a lone `*` is every resource.
fn type_has_wildcard(pieces: &[Piece]) -> bool {
    let ends = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains(['/', ':']));
    let before: Vec<&Piece> = pieces.iter().take_while(|piece| !ends(piece)).collect();
    let all = pieces.iter().all(|piece| *piece == Piece::Many);
    !all && before.iter().any(|piece| matches!(piece, Piece::Many | Piece::One))
}

/// Whether a name has the form of a region's: `eu-west-1`, `us-gov-west-1`, `us-isob-east-1`.
fn is_region(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let [words @ .., number] = parts.as_slice() else { return false };
    let word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    words.len() >= 2 && words[0].len() >= 2 && words.iter().all(word) && digits
}

fn variables(placed: &Placed<ArnPattern>, version: Version, findings: &mut Vec<Finding>) {
    if version == Version::Old {
        return;
    }
    for broken in broken_variables(&placed.text) {
        let message = format!("{:?} is no variable, and is taken as plain text", &placed.text[broken]);
        findings.push(
            Finding::warning("INVALID_VARIABLE", message, &placed.span)
                .hint("a variable is ${key} or ${key, 'default'}"),
        );
    }
    let early = (0..5).any(|field| {
        let pieces = placed.pattern.field(field).unwrap_or_default();
        pieces.iter().any(|piece| matches!(piece, Piece::Variable(key, _) if key.computed_from().is_none()))
    });
    if early && placed.pattern.written_fields() > 1 {
        let message = "a variable stands before the last field of an ARN, where IAM fills in none";
        findings.push(Finding::warning("INVALID_VARIABLE", message, &placed.span));
    }
}

/// Tells an action that can never be authorised on any of the statement's resources.
fn never_matches(statement: &Statement, placed: &Placed<ActionPattern>, findings: &mut Vec<Finding>) {
    let meant: Vec<Action> = Action::ALL.into_iter().filter(|action| placed.pattern.matches(action.iam())).collect();
    let wide = matches!(&placed.pattern, ActionPattern::Of { .. }) && placed.text.contains(['*', '?']);
    if meant.is_empty() || wide && meant.len() > 1 || placed.pattern == ActionPattern::All {
        return;
    }
    let some =
        |action: &Action| statement.resources.patterns.iter().any(|resource| can_match(*action, &resource.pattern));
    if meant.iter().any(some) {
        return;
    }
    let action = meant[0];
    let message = match catalog::resource_type(action.iam()) {
        None => format!("{action} is authorised on \"*\" only: no ARN ever matches"),
        Some("container-instance") if action == Action::ListTasks => {
            format!("{action} is authorised on \"*\", or on a container instance: this resource never matches")
        }
        Some(kind) => format!("{action} is authorised on {kind}/…: this resource never matches"),
    };
    let hint = match action {
        Action::ListTasks => {
            "use \"*\", with the condition ArnEquals on ecs:cluster to keep it to one cluster".to_owned()
        }
        _ => match catalog::resource_type(action.iam()) {
            None => "use \"*\"".to_owned(),
            Some(kind) => {
                format!("use arn:PARTITION:ecs:REGION:ACCOUNT:{kind}/CLUSTER, followed by /* where it has ids")
            }
        },
    };
    findings.push(
        Finding::warning("RESOURCE_NEVER_MATCHES", message, &statement.resources.span)
            .also(&placed.span, "for this action")
            .hint(hint),
    );
}

/// Whether some request of the action matches the pattern, by the types of resources that AWS's data lists.
fn can_match(action: Action, pattern: &ArnPattern) -> bool {
    if pattern.template().is_anything() || pattern.template().keys().any(|key| key.computed_from().is_some()) {
        return true;
    }
    let Some(kind) = catalog::resource_type(action.iam()) else { return false };
    let every = format!("arn:?*:{}:?*:?*:{kind}/?*", action.service());
    let every = ArnPattern::resource(Template::parse(&every, Wildcards::Match, Version::Current));
    let context = Context::default();
    let loose = pattern.without_variables();
    matches!((loose.glob(&context), every.glob(&context)), (Some(a), Some(b)) if a.meets(&b))
}

#[cfg(test)]
mod tests {
    use super::is_region;

    #[test]
    fn regions_have_their_form() {
        for region in
            ["eu-west-1", "us-gov-west-1", "us-isob-east-1", "ap-southeast-12", "cn-north-1", "eusc-de-east-1"]
        {
            assert!(is_region(region), "{region}");
        }
        for other in ["US-EAST-1", "moon-1", "eu-west", "eu west-1", ""] {
            assert!(!is_region(other), "{other}");
        }
    }
}
