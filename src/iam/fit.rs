//! Whether a document is written for the place that Traefik looks at: its partition, its region, its account.

use super::arn::ArnPattern;
use super::finding::Finding;
use super::operand::Operand;
use super::site::Site;
use super::statement::Policy;
use crate::document::json::Span;

/// Tells ARNs of another partition, region or account. What of the site is not known is not compared.
pub fn fit(policy: &Policy, site: &Site, known: KnownSite) -> Vec<Finding> {
    let mut findings = Vec::new();
    for statement in &policy.statements {
        for placed in &statement.resources.patterns {
            compare(&placed.pattern, &placed.span, site, known, &mut findings);
        }
        for condition in
            statement.conditions.iter().filter(|condition| condition.key.name().eq_ignore_ascii_case("ecs:cluster"))
        {
            for value in &condition.values {
                if let Operand::Arn(pattern) = &value.operand {
                    compare(pattern, &value.span, site, known, &mut findings);
                }
            }
        }
    }
    findings
}

/// What of a site is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownSite {
    /// The region, and with it the partition.
    pub region: bool,
    /// The account.
    pub account: bool,
}

fn compare(pattern: &ArnPattern, span: &Span, site: &Site, known: KnownSite, findings: &mut Vec<Finding>) {
    if pattern.plain_field(2) != Some("ecs") {
        return;
    }
    let differs = |field: usize, wanted: &str| pattern.plain_field(field).filter(|written| *written != wanted);
    if let Some(partition) = differs(1, &site.partition).filter(|_| known.region) {
        let message = format!("{} is in partition {}, and this ARN in {partition}", site.region, site.partition);
        let hint = format!("write arn:{}:…; it never matches as it is", site.partition);
        findings.push(Finding::warning("WRONG_PARTITION", message, span).hint(hint));
    } else if let Some(region) = differs(3, &site.region).filter(|_| known.region) {
        let message = format!("this ARN is of region {region}; Traefik looks at {}", site.region);
        findings.push(Finding::note("OTHER_REGION", message, span));
    } else if let Some(account) = differs(4, &site.account).filter(|_| known.account) {
        let message = format!("this ARN is of account {account}; Traefik looks at {}", site.account);
        findings.push(Finding::note("OTHER_ACCOUNT", message, span));
    }
}

/// The plain regions and accounts that the ARNs of a policy name, of the services that the provider calls.
pub fn named_places(policy: &Policy) -> Vec<(Option<String>, Option<String>)> {
    let place = |pattern: &ArnPattern| {
        let plain = |field: usize| pattern.plain_field(field).filter(|text| !text.is_empty()).map(str::to_owned);
        (pattern.plain_field(2) == Some("ecs")).then(|| (plain(3), plain(4)))
    };
    let resources = policy.statements.iter().flat_map(|statement| &statement.resources.patterns);
    let conditions = policy.statements.iter().flat_map(|statement| &statement.conditions);
    let values = conditions.flat_map(|condition| &condition.values).filter_map(|value| match &value.operand {
        Operand::Arn(pattern) => Some(pattern),
        _ => None,
    });
    resources.map(|placed| &placed.pattern).chain(values).filter_map(place).collect()
}
