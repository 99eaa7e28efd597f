//! Where policy documents stand in the files that people have: by themselves, in answers of the AWS CLI, in Terraform
//! plans, in CloudFormation templates.
//!
//! What a plan or a template only computes later is not guessed: it stands for itself, and a verdict that hangs on it
//! says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::finding::Finding;
use super::read::{Reading, read, read_tree};
use super::statement::Policy;
use crate::document::cloudformation::is_template;
use crate::document::{Json, yaml};

mod account;
mod cloudformation;
mod terraform;

/// A policy document with the text it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where in the file it stands, for a message; empty for the file itself.
    pub within: String,
    /// The text that its places refer to: the file's, or that of an encoded string within it.
    pub text: Arc<str>,
    /// What it is.
    pub role: DocumentRole,
    /// The document.
    pub reading: Reading,
}

/// What a document is for the principal that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentRole {
    /// It is attached.
    Attached,
    /// It is the permissions boundary.
    Boundary,
}

/// The documents of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Documents {
    /// In the order of the file.
    pub documents: Vec<Document>,
    /// What there is to say of the file: what was left out, what is only computed later.
    pub notes: Vec<String>,
}

/// Why a file holds no policy that could be told from others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoDocument {
    /// Nothing in it is a policy.
    #[error("there is no IAM policy in {0}")]
    None(&'static str),
    /// It holds several principals or policies, and none of the name that was asked for.
    #[error("{what} has no {asked:?}")]
    NotNamed {
        /// What kind of file it is.
        what: &'static str,
        /// What was asked for.
        asked: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// It holds several principals.
    #[error("{what} has several principals")]
    Several {
        /// What kind of file it is.
        what: &'static str,
        /// Their names.
        known: Vec<String>,
    },
}

/// What is known of the place that a template is for: `AWS::Region`, `AWS::AccountId`, `AWS::Partition`.
pub type Pseudo = BTreeMap<&'static str, String>;

/// Finds the policy documents of a text. `name` picks one principal or resource of several.
///
/// A text that is of no known kind is taken for a policy document, so that what is wrong with it is told.
///
/// # Errors
/// When it is of a kind that holds policies, and holds none, or several principals.
pub fn find(text: &str, name: Option<&str>, pseudo: &Pseudo) -> Result<Documents, NoDocument> {
    let whole: Arc<str> = text.into();
    let Ok(tree) = Json::read(text) else {
        // A template says so; anything else isn't worth the time that a long text takes.
        let template = text.contains("Resources").then(|| yaml::read(text).ok()).flatten();
        return match template.filter(is_template) {
            Some(template) => cloudformation::find(&template, &whole, name, pseudo),
            None => Ok(alone(&whole)),
        };
    };
    let has = |key: &str| tree.get(key).is_some();
    match () {
        () if has("RoleDetailList") || has("UserDetailList") => account::find(&tree, &whole, name),
        () if has("planned_values") || has("resource_changes") => terraform::find(&tree, &whole, name),
        () if is_template(&tree) => cloudformation::find(&tree, &whole, name, pseudo),
        () => Ok(answer(&tree, &whole).unwrap_or_else(|| alone(&whole))),
    }
}

/// The text itself.
fn alone(whole: &Arc<str>) -> Documents {
    let document =
        Document { within: String::new(), text: Arc::clone(whole), role: DocumentRole::Attached, reading: read(whole) };
    Documents { documents: vec![document], notes: Vec::new() }
}

/// An answer of `get-policy-version` or of `get-role-policy`, `get-user-policy`, `get-group-policy`.
fn answer(tree: &Json, whole: &Arc<str>) -> Option<Documents> {
    let (within, document) = match tree.get("PolicyVersion").and_then(|version| version.get("Document")) {
        Some(document) => ("PolicyVersion.Document", document),
        None => ("PolicyDocument", tree.get("PolicyDocument")?),
    };
    let document = document_at(within, document, whole, DocumentRole::Attached);
    Some(Documents { documents: vec![document], notes: Vec::new() })
}

/// A document within a file: as an object, or as a string, which may be URL-encoded.
fn document_at(within: &str, value: &Json, whole: &Arc<str>, role: DocumentRole) -> Document {
    let within = within.to_owned();
    let Some(text) = value.text() else {
        return Document { within, text: Arc::clone(whole), role, reading: read_tree(value) };
    };
    if text.contains('\0') {
        let message = format!("this document is only computed later, from {}", super::read::shown(text));
        let finding = Finding::warning("COMPUTED_POLICY", message, &value.span);
        let policy = Some(Policy::computed(text, &value.span));
        let reading = Reading { policy, findings: vec![finding] };
        return Document { within, text: Arc::clone(whole), role, reading };
    }
    given(&within, text, role)
}

/// A document as IAM's own answers have it: plain, or URL-encoded.
pub fn given(within: &str, text: &str, role: DocumentRole) -> Document {
    let decoded: Arc<str> = if text.trim_start().starts_with('%') { decoded(text).into() } else { text.into() };
    Document { within: within.to_owned(), reading: read(&decoded), text: decoded, role }
}

/// What stands for a document that may not be read: nothing is known of what it allows and denies.
pub fn unread(within: &str, role: DocumentRole) -> Document {
    let policy = Some(Policy::computed(within, &(0..0)));
    let reading = Reading { policy, findings: Vec::new() };
    Document { within: within.to_owned(), text: "".into(), role, reading }
}

/// URL-encoded text as plain text; what is no escape stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = escape
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{NoDocument, Pseudo, find};

    const ALLOW: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecs:*","Resource":"*"}}"#;

    fn found(text: &str) -> Vec<(String, bool)> {
        let documents = find(text, None, &Pseudo::default()).expect("it has policies").documents;
        documents.into_iter().map(|document| (document.within, document.reading.accepted().is_some())).collect()
    }

    #[test]
    fn answers_of_the_cli_are_opened() {
        let version = format!(r#"{{"PolicyVersion":{{"Document":{ALLOW},"VersionId":"v1"}}}}"#);
        assert_eq!(found(&version), [("PolicyVersion.Document".to_owned(), true)]);
        let encoded = ALLOW.replace('{', "%7B").replace('"', "%22").replace(' ', "+");
        let inline = format!(r#"{{"RoleName":"r","PolicyName":"p","PolicyDocument":"{encoded}"}}"#);
        assert_eq!(found(&inline), [("PolicyDocument".to_owned(), true)]);
    }

    #[test]
    fn a_role_has_its_policies_and_its_boundary() {
        let details = format!(
            r#"{{"RoleDetailList":[{{"RoleName":"traefik","RolePolicyList":[{{"PolicyName":"p","PolicyDocument":{ALLOW}}}],
                "AttachedManagedPolicies":[{{"PolicyName":"m","PolicyArn":"arn:m"}},{{"PolicyName":"x","PolicyArn":"arn:x"}}],
                "PermissionsBoundary":{{"PermissionsBoundaryArn":"arn:m"}}}}],
               "Policies":[{{"Arn":"arn:m","PolicyVersionList":[{{"Document":{ALLOW},"IsDefaultVersion":true}}]}}]}}"#
        );
        let documents = find(&details, None, &Pseudo::default()).expect("it has a role");
        assert_eq!(documents.documents.len(), 3);
        assert_eq!(documents.notes.len(), 1, "arn:x is not in the answer: {:?}", documents.notes);
        let none = find(&details, Some("other"), &Pseudo::default());
        assert!(matches!(none, Err(NoDocument::NotNamed { .. })));
    }

    #[test]
    fn plans_hold_policies_as_strings() {
        let policy = serde_json::Value::String(ALLOW.to_owned());
        let plan = format!(
            r#"{{"planned_values":{{"root_module":{{"child_modules":[{{"resources":[
                {{"address":"module.a.aws_iam_policy.p","type":"aws_iam_policy","values":{{"policy":{policy}}}}}]}}]}}}},
               "resource_changes":[{{"address":"aws_iam_role_policy.q","type":"aws_iam_role_policy",
                "change":{{"after":{{}},"after_unknown":{{"policy":true}}}}}}]}}"#
        );
        let documents = find(&plan, None, &Pseudo::default()).expect("it has a policy");
        assert_eq!(documents.documents.len(), 2);
        assert!(documents.documents[0].reading.accepted().is_some());
        let later = documents.documents[1].reading.accepted().expect("it stands for itself");
        assert_eq!(later.statements.len(), 2, "it may allow, and it may deny");
    }

    #[test]
    fn templates_have_intrinsic_functions() {
        let template = "\
Resources:
  Cluster:
    Type: AWS::ECS::Cluster
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: [ecs:DescribeTasks]
            Resource: !Sub 'arn:${AWS::Partition}:ecs:eu-west-1:${AWS::AccountId}:task/${Cluster}/*'
          - Effect: Allow
            Action: ecs:ListTasks
            Resource: '*'
            Condition:
              ArnEquals:
                ecs:cluster: !GetAtt Cluster.Arn
";
        let pseudo = Pseudo::from([("AWS::Partition", "aws".to_owned())]);
        let documents = find(template, None, &pseudo).expect("it has a policy").documents;
        let policy = documents[0].reading.accepted().unwrap_or_else(|| panic!("{:?}", documents[0].reading.findings));
        assert_eq!(
            policy.statements[0].resources.patterns[0].text,
            "arn:aws:ecs:eu-west-1:{AWS::AccountId}:task/{Cluster}/*"
        );
        assert_eq!(policy.statements[1].conditions[0].values[0].text, "{Cluster.Arn}");
        assert!(template[policy.statements[1].conditions[0].span.clone()].starts_with("ecs:cluster"));
    }
}
