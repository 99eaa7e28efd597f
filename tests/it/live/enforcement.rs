//! An AWS that enforces a policy, for the forms that a suggested one has: actions by name, `*` in ARNs, and `ArnEquals`
//! on `ecs:cluster`. It shares nothing with the program's own evaluator, so that it can prove it wrong.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fleet::cluster_arn;

/// What is asked for: the action as IAM knows it, on which resources, in which cluster.
struct Asked {
    action: String,
    resources: Vec<String>,
    cluster: Option<String>,
}

impl Asked {
    fn read(action: &str, body: &Value) -> Option<Self> {
        let service = match action {
            "DescribeInstances" => "ec2",
            "DescribeInstanceInformation" => "ssm",
            "ListClusters"
            | "DescribeClusters"
            | "ListTasks"
            | "DescribeTasks"
            | "DescribeContainerInstances"
            | "DescribeTaskDefinition" => "ecs",
            _ => return None,
        };
        let name = body["cluster"].as_str().map(|cluster| cluster.rsplit('/').next().unwrap_or(cluster).to_owned());
        let arns = |field: &str, kind: &str| -> Vec<String> {
            let cluster = name.clone().unwrap_or_default();
            let texts = body[field].as_array().into_iter().flatten().filter_map(Value::as_str);
            let arn = |id: &str| {
                if id.starts_with("arn:") {
                    id.to_owned()
                } else {
                    format!("arn:aws:ecs:eu-west-1:123456789012:{kind}/{cluster}/{id}")
                }
            };
            texts.map(arn).collect()
        };
        let resources = match action {
            "DescribeTasks" => arns("tasks", "task"),
            "DescribeContainerInstances" => arns("containerInstances", "container-instance"),
            "DescribeClusters" => body["clusters"].as_array().into_iter().flatten().map(cluster_of).collect(),
            _ => vec!["*".to_owned()],
        };
        Some(Self { action: format!("{service}:{action}"), resources, cluster: name.map(|name| cluster_arn(&name)) })
    }
}

fn cluster_of(name: &Value) -> String {
    cluster_arn(name.as_str().unwrap_or_default())
}

/// What AWS says where the policy doesn't allow a call; `None` where it does.
pub fn refusal(policy: &Value, action: &str, body: &str) -> Option<String> {
    let asked = Asked::read(action, &serde_json::from_str(body).unwrap_or(json!({})))?;
    let refused = asked.resources.iter().find(|resource| !allows(policy, &asked, resource))?;
    Some(format!(
        "User: arn:aws:iam::123456789012:user/u is not authorized to perform: {} on resource: {refused} because no \
         identity-based policy allows the {} action",
        asked.action, asked.action
    ))
}

fn allows(policy: &Value, asked: &Asked, resource: &str) -> bool {
    let statements = policy["Statement"].as_array().into_iter().flatten();
    statements.into_iter().any(|statement| {
        let clusters = &statement["Condition"]["ArnEquals"]["ecs:cluster"];
        texts(&statement["Action"]).contains(&asked.action.as_str())
            && texts(&statement["Resource"]).iter().any(|pattern| matches(pattern, resource))
            && (clusters.is_null()
                || asked.cluster.as_deref().is_some_and(|arn| texts(clusters).iter().any(|known| matches(known, arn))))
    })
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// Whether a pattern with `*` matches: each part stands behind the one before it, the last at the end.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = rest.split('*').collect();
    let (last, middle) = parts.split_last().expect("a split has a part");
    for part in middle {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

/// IAM's answers about one role, `traefik`, that has this inline policy and nothing else.
pub fn role(action: &str, form: &BTreeMap<String, String>, policy: &Value) -> Option<String> {
    let name = form.get("RoleName").map_or("", String::as_str);
    if name != "traefik" {
        return None;
    }
    let result = match action {
        "GetRole" => "<Role><Path>/</Path><RoleName>traefik</RoleName><RoleId>R</RoleId>\
             <Arn>arn:aws:iam::123456789012:role/traefik</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>"
            .to_owned(),
        "ListRolePolicies" => {
            "<PolicyNames><member>read</member></PolicyNames><IsTruncated>false</IsTruncated>".to_owned()
        }
        "GetRolePolicy" => format!(
            "<RoleName>traefik</RoleName><PolicyName>read</PolicyName><PolicyDocument>{}</PolicyDocument>",
            encoded(&policy.to_string())
        ),
        "ListAttachedRolePolicies" => "<AttachedPolicies/><IsTruncated>false</IsTruncated>".to_owned(),
        _ => return None,
    };
    Some(format!(
        "<{action}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>"
    ))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
