//! An answer of `aws iam get-account-authorization-details`: one principal's policies, its boundary beside them.

use std::sync::Arc;

use super::{DocumentRole, Documents, NoDocument, document_at};
use crate::document::json::Json;

const WHAT: &str = "this answer of get-account-authorization-details";

/// A kind of principal: its list, its name, its inline policies.
const KINDS: [(&str, &str, &str); 3] = [
    ("RoleDetailList", "RoleName", "RolePolicyList"),
    ("UserDetailList", "UserName", "UserPolicyList"),
    ("GroupDetailList", "GroupName", "GroupPolicyList"),
];

/// A principal of the answer.
struct Principal<'a> {
    name: &'a str,
    inline: &'static str,
    detail: &'a Json,
}

pub(super) fn find(tree: &Json, whole: &Arc<str>, name: Option<&str>) -> Result<Documents, NoDocument> {
    let principals = principals(tree);
    let principal = chosen(&principals, name)?;
    let mut found = Documents::default();
    let inline = principal.detail.get(principal.inline).map(Json::items).unwrap_or_default();
    for policy in inline {
        let within =
            format!("{} / {}", principal.name, policy.get("PolicyName").and_then(Json::text).unwrap_or("inline"));
        if let Some(document) = policy.get("PolicyDocument") {
            found.documents.push(document_at(&within, document, whole, DocumentRole::Attached));
        }
    }
    let attached = principal.detail.get("AttachedManagedPolicies").map(Json::items).unwrap_or_default();
    for arn in attached.iter().filter_map(|policy| policy.get("PolicyArn")?.text()) {
        add_managed(tree, arn, DocumentRole::Attached, whole, &mut found);
    }
    let boundary =
        principal.detail.get("PermissionsBoundary").and_then(|boundary| boundary.get("PermissionsBoundaryArn"));
    if let Some(arn) = boundary.and_then(Json::text) {
        add_managed(tree, arn, DocumentRole::Boundary, whole, &mut found);
    }
    if found.documents.is_empty() {
        found.notes.push(format!("{} has no policies", principal.name));
    }
    Ok(found)
}

fn principals(tree: &Json) -> Vec<Principal<'_>> {
    let mut principals = Vec::new();
    for (list, name, inline) in KINDS {
        for detail in tree.get(list).map(Json::items).unwrap_or_default() {
            if let Some(name) = detail.get(name).and_then(Json::text) {
                principals.push(Principal { name, inline, detail });
            }
        }
    }
    principals
}

/// The principal of this name, or the only one.
fn chosen<'a, 'b>(principals: &'b [Principal<'a>], name: Option<&str>) -> Result<&'b Principal<'a>, NoDocument> {
    let known = || principals.iter().map(|principal| principal.name.to_owned()).collect();
    match (name, principals) {
        (_, []) => Err(NoDocument::None(WHAT)),
        (None, [one]) => Ok(one),
        (None, _) => Err(NoDocument::Several { what: WHAT, known: known() }),
        (Some(name), _) => principals
            .iter()
            .find(|principal| principal.name == name)
            .ok_or_else(|| NoDocument::NotNamed { what: WHAT, asked: name.to_owned(), known: known() }),
    }
}

/// Adds the default version of a managed policy.
fn add_managed(tree: &Json, arn: &str, role: DocumentRole, whole: &Arc<str>, found: &mut Documents) {
    let policies = tree.get("Policies").map(Json::items).unwrap_or_default();
    let policy = policies.iter().find(|policy| policy.get("Arn").and_then(Json::text) == Some(arn));
    let versions = policy.and_then(|policy| policy.get("PolicyVersionList")).map(Json::items).unwrap_or_default();
    let is_default = |version: &&Json| {
        version.get("IsDefaultVersion").is_some_and(|value| value.value == crate::document::Value::Boolean(true))
    };
    match versions.iter().find(is_default).and_then(|version| version.get("Document")) {
        Some(document) => found.documents.push(document_at(arn, document, whole, role)),
        None => found.notes.push(format!("the document of {arn} is not in the answer: what it grants is not known")),
    }
}
