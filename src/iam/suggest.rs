//! The smallest policy that lets the provider do what it needs, per cluster where that works.
//!
//! ListTasks is kept to a cluster by a condition, since it is authorised on `*`; tasks and container instances by their
//! ARNs; the rest knows `*` only. What comes out is a document that the evaluator of this program allows everything
//! by, which the caller checks before it is shown.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::model::Action;

use super::site::Site;

/// Statements of a suggested policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// In the order of the document.
    pub statements: Vec<Suggested>,
}

/// One statement that is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Letters alone.
    pub sid: &'static str,
    /// With their service's prefix.
    pub actions: Vec<&'static str>,
    /// `*`, or ARNs.
    pub resources: Vec<String>,
    /// ARNs of the clusters that ListTasks is kept to; none where it isn't.
    pub clusters: Vec<String>,
}

/// How far a suggestion is kept to the clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// To the clusters of the site, as far as each action can be.
    Clusters,
    /// Not at all.
    Everything,
}

/// Suggests what allows these actions at this site.
pub fn suggest(actions: &[Action], site: &Site, scope: Scope) -> Suggestion {
    let names = |wanted: &dyn Fn(Action) -> bool| -> Vec<&'static str> {
        actions.iter().copied().filter(|action| wanted(*action)).map(Action::iam).collect()
    };
    let mut statements = Vec::new();
    let mut add = |sid, actions: Vec<&'static str>, resources: Vec<String>, clusters: Vec<String>| {
        if !actions.is_empty() {
            statements.push(Suggested { sid, actions, resources, clusters });
        }
    };
    let everything = || vec!["*".to_owned()];
    if scope == Scope::Everything {
        add("TraefikECSReadAccess", names(&|_| true), everything(), Vec::new());
        return Suggestion { statements };
    }
    add(
        "TraefikECSAnywhere",
        names(&|action| kind_of(action).is_none() && !is_listed(action, site)),
        everything(),
        Vec::new(),
    );
    add("TraefikECSList", names(&|action| is_listed(action, site)), everything(), cluster_arns(site));
    let kinds: Vec<&str> = actions.iter().copied().filter_map(kind_of).collect();
    add("TraefikECSDescribe", names(&|action| kind_of(action).is_some()), arns(site, &kinds), Vec::new());
    Suggestion { statements }
}

/// Whether an action is kept to clusters by a condition here.
fn is_listed(action: Action, site: &Site) -> bool {
    action == Action::ListTasks && !site.discovers
}

/// The type of resource by whose ARN an action is kept to a cluster.
fn kind_of(action: Action) -> Option<&'static str> {
    match action {
        Action::DescribeClusters => Some("cluster"),
        Action::DescribeTasks => Some("task"),
        Action::DescribeContainerInstances => Some("container-instance"),
        _ => None,
    }
}

fn cluster_arns(site: &Site) -> Vec<String> {
    site.clusters.iter().map(|cluster| cluster.arn.clone()).collect()
}

fn arns(site: &Site, kinds: &[&str]) -> Vec<String> {
    let mut arns = Vec::new();
    for kind in kinds {
        if site.discovers {
            arns.push(format!("arn:{}:ecs:{}:{}:{kind}/*", site.partition, site.region, site.account));
            continue;
        }
        arns.extend(site.clusters.iter().map(|cluster| match *kind {
            "cluster" => cluster.arn.clone(),
            kind => format!("{}/*", cluster.arn.replacen(":cluster/", &format!(":{kind}/"), 1)),
        }));
    }
    arns
}

/// A lone value, or a list.
fn one_or_more<T: Clone + Into<Value>>(values: &[T]) -> Value {
    match values {
        [one] => one.clone().into(),
        many => Value::Array(many.iter().cloned().map(Into::into).collect()),
    }
}

impl Suggested {
    fn json(&self) -> Value {
        let mut statement = json!({
            "Sid": self.sid,
            "Effect": "Allow",
            "Action": one_or_more(&self.actions),
            "Resource": one_or_more(&self.resources),
        });
        if !self.clusters.is_empty() {
            statement["Condition"] = json!({ "ArnEquals": { "ecs:cluster": one_or_more(&self.clusters) } });
        }
        statement
    }
}

impl Suggestion {
    /// The policy document.
    pub fn json(&self) -> Value {
        let statements: Vec<Value> = self.statements.iter().map(Suggested::json).collect();
        json!({ "Version": "2012-10-17", "Statement": statements })
    }

    /// The statements by themselves, each as text indented by two spaces a level.
    pub fn statements_text(&self) -> Vec<String> {
        self.statements.iter().map(|statement| format!("{:#}", statement.json())).collect()
    }

    /// An `aws_iam_policy_document` of Terraform's.
    pub fn terraform(&self) -> String {
        let mut text = String::from("data \"aws_iam_policy_document\" \"traefik_ecs\" {\n");
        for (index, statement) in self.statements.iter().enumerate() {
            let gap = if index > 0 { "\n" } else { "" };
            let _ =
                writeln!(text, "{gap}  statement {{\n    sid       = {:?}\n    effect    = \"Allow\"", statement.sid);
            let _ = writeln!(text, "    actions   = {}", list(&statement.actions, 4));
            let _ = writeln!(text, "    resources = {}", list(&statement.resources, 4));
            if !statement.clusters.is_empty() {
                let values = list(&statement.clusters, 6);
                let test = "      test     = \"ArnEquals\"\n      variable = \"ecs:cluster\"";
                let _ = writeln!(text, "\n    condition {{\n{test}\n      values   = {values}\n    }}");
            }
            text.push_str("  }\n");
        }
        text.push_str("}\n");
        text
    }

    /// An `AWS::IAM::ManagedPolicy` of CloudFormation's, as a template in YAML.
    pub fn cloudformation(&self) -> String {
        let mut text = String::from(
            "Resources:\n  TraefikEcsPolicy:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      \
             PolicyDocument:\n        Version: \"2012-10-17\"\n        Statement:\n",
        );
        for statement in &self.statements {
            let _ = writeln!(text, "          - Sid: {}\n            Effect: Allow", statement.sid);
            items(&mut text, "Action", &statement.actions, 12);
            items(&mut text, "Resource", &statement.resources, 12);
            if !statement.clusters.is_empty() {
                text.push_str("            Condition:\n              ArnEquals:\n");
                items(&mut text, "ecs:cluster", &statement.clusters, 16);
            }
        }
        text
    }
}

/// A list of HCL; one item stands on the line, more stand below each other. Both `${` and `%{` would be templates.
fn list<T: AsRef<str>>(items: &[T], indent: usize) -> String {
    let quoted = |item: &T| {
        let escaped = item.as_ref().replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{}\"", escaped.replace("${", "$${").replace("%{", "%%{"))
    };
    match items {
        [one] => format!("[{}]", quoted(one)),
        many => {
            let space = " ".repeat(indent);
            let mut lines = String::new();
            for item in many {
                let _ = writeln!(lines, "{space}  {},", quoted(item));
            }
            format!("[\n{lines}{space}]")
        }
    }
}

/// A list of YAML, every item quoted.
fn items<T: AsRef<str>>(text: &mut String, key: &str, values: &[T], indent: usize) {
    let space = " ".repeat(indent);
    let _ = writeln!(text, "{space}{key}:");
    for item in values {
        let escaped = item.as_ref().replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(text, "{space}  - \"{escaped}\"");
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Decision, Knowledge, Policies, Unknown, decide, read};
    use super::{Scope, Site, suggest};
    use crate::model::Action;

    fn site() -> Site {
        let clusters = ["web".to_owned(), "api".to_owned()];
        Site::new("aws-cn", "cn-north-1", "123456789012", &clusters)
    }

    fn allows(document: &str, actions: &[Action], site: &Site) -> bool {
        let policies =
            Policies { identity: read(document).accepted().cloned().into_iter().collect(), ..Policies::default() };
        let knowledge =
            Knowledge { unknown: Unknown::AllBut(std::collections::BTreeSet::default()), ..Knowledge::default() };
        actions.iter().all(|action| {
            let questions = site.questions(*action, &knowledge);
            questions.iter().all(|(_, question)| matches!(decide(&policies, question), Decision::Allowed(_)))
        })
    }

    #[test]
    fn what_is_suggested_suffices_and_no_part_of_it_can_go() {
        for scope in [Scope::Clusters, Scope::Everything] {
            let suggestion = suggest(&Action::ALL, &site(), scope);
            assert!(allows(&suggestion.json().to_string(), &Action::ALL, &site()));
            for statement in 0..suggestion.statements.len() {
                let mut less = suggestion.clone();
                less.statements.remove(statement);
                assert!(!allows(&less.json().to_string(), &Action::ALL, &site()));
                for action in 0..suggestion.statements[statement].actions.len() {
                    let mut less = suggestion.clone();
                    less.statements[statement].actions.remove(action);
                    assert!(!allows(&less.json().to_string(), &Action::ALL, &site()));
                }
                for resource in 0..suggestion.statements[statement].resources.len() {
                    let mut less = suggestion.clone();
                    less.statements[statement].resources.remove(resource);
                    assert!(!allows(&less.json().to_string(), &Action::ALL, &site()));
                }
            }
        }
    }

    #[test]
    fn what_is_suggested_grants_nothing_to_another_cluster() {
        let suggestion = suggest(&Action::ALL, &site(), Scope::Clusters);
        let other = Site::new("aws-cn", "cn-north-1", "123456789012", &["other".to_owned()]);
        for action in [Action::ListTasks, Action::DescribeTasks, Action::DescribeContainerInstances] {
            assert!(!allows(&suggestion.json().to_string(), &[action], &other), "{action}");
        }
    }

    #[test]
    fn a_discovering_site_covers_clusters_to_come() {
        let mut site = Site::new("aws", "eu-west-1", "123456789012", &[]);
        site.add_all_others();
        let suggestion = suggest(&Action::ALL, &site, Scope::Clusters);
        assert!(allows(&suggestion.json().to_string(), &Action::ALL, &site));
    }
}
