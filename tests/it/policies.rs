//! What holds for every set of IAM policies and every request. `PROPTEST_CASES` sets how many are tried.

use std::collections::BTreeSet;

use ecsroute::iam::{
    self, Asked, Context, Decision, Key, Knowledge, Outcome, Policies, Question, Request, Scope, Site, Unknown, Verdict,
};
use ecsroute::model::Action;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::wild::wild;

const CLUSTER: &str = "arn:aws:ecs:eu-west-1:123456789012:cluster/web";
const TASK: &str = "arn:aws:ecs:eu-west-1:123456789012:task/web/0123456789abcdef0123456789abcdef";

const ACTIONS: [&str; 9] = [
    "*",
    "ecs:*",
    "ecs:List*",
    "ECS:describetasks",
    "ecs:DescribeT*",
    "ecs:D?scribeTasks",
    "s3:GetObject",
    "ec2:*",
    "ssm:DescribeInstanceInformation",
];

const RESOURCES: [&str; 8] = [
    "*",
    CLUSTER,
    TASK,
    "arn:aws:ecs:*:*:task/web/*",
    "arn:aws:ecs:eu-west-1:123456789012:*",
    "arn:aws-cn:ecs:*:*:task/*",
    "arn:aws:ecs:eu-west-1:123456789012:task/${aws:PrincipalTag/team}/*",
    "arn:aws:ecs:*:*:task/${aws:PrincipalTag/team, 'web'}/0*",
];

/// Keys with values that a policy compares them with, and with operators that fit.
const CONDITIONS: [(&str, &[&str], &[&str]); 7] = [
    (
        "aws:PrincipalTag/team",
        &["StringEquals", "StringNotEquals", "StringLike", "StringNotLikeIfExists", "StringEqualsIgnoreCase"],
        &["web", "Web", "w*", "edge", "${aws:ResourceTag/team}", "*"],
    ),
    ("aws:ResourceTag/team", &["StringEquals", "StringNotEqualsIfExists", "Null"], &["web", "true", "false", "edge"]),
    ("ecs:cluster", &["ArnEquals", "ArnNotLike", "StringEquals"], &[CLUSTER, "arn:aws:ecs:*:*:cluster/w?b"]),
    (
        "aws:SourceIp",
        &["IpAddress", "NotIpAddress", "IpAddressIfExists"],
        &["10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32"],
    ),
    ("aws:MultiFactorAuthAge", &["NumericLessThan", "NumericGreaterThanEqualsIfExists"], &["300", "10.5", "0"]),
    ("aws:SecureTransport", &["Bool", "BoolIfExists", "Null"], &["true", "false"]),
    (
        "aws:TagKeys",
        &["ForAllValues:StringEquals", "ForAnyValue:StringLike", "StringEquals", "ForAnyValue:StringNotEquals"],
        &["team", "t*", "env"],
    ),
];

/// What the keys may be in a request that is tried.
const VALUES: [(&str, &[&[&str]]); 7] = [
    ("aws:PrincipalTag/team", &[&["web"], &["WEB"], &["edge"], &["wax"], &["other"], &[""]]),
    ("aws:ResourceTag/team", &[&["web"], &["edge"], &["true"]]),
    ("ecs:cluster", &[&[CLUSTER], &["arn:aws:ecs:eu-west-1:123456789012:cluster/other"]]),
    ("aws:SourceIp", &[&["10.1.2.3"], &["10.2.0.1"], &["11.0.0.1"], &["2001:db8::7"]]),
    ("aws:MultiFactorAuthAge", &[&["0"], &["10"], &["11"], &["299"], &["300"]]),
    ("aws:SecureTransport", &[&["true"], &["false"]]),
    ("aws:TagKeys", &[&["team"], &["team", "env"], &["tea", "x"], &["env"]]),
];

fn element(name: &'static str, texts: &'static [&'static str]) -> impl Strategy<Value = (String, Value)> {
    let inverted = prop_oneof![4 => Just(false), 1 => Just(true)];
    (inverted, subsequence(texts, 1..=2)).prop_map(move |(inverted, texts)| {
        let name = if inverted { format!("Not{name}") } else { name.to_owned() };
        (name, json!(texts))
    })
}

fn condition() -> impl Strategy<Value = (String, Value)> {
    select(&CONDITIONS[..]).prop_flat_map(|(key, operators, values)| {
        (select(operators), subsequence(values, 1..=2))
            .prop_map(move |(operator, values)| (operator.to_owned(), json!({ key: values })))
    })
}

fn statement(effect: impl Strategy<Value = &'static str>) -> impl Strategy<Value = Value> {
    let conditions = prop::collection::btree_map(select(vec![0, 1, 2]), condition(), 0..=2);
    (effect, element("Action", &ACTIONS), element("Resource", &RESOURCES), conditions).prop_map(
        |(effect, (action, actions), (resource, resources), conditions)| {
            let mut statement = json!({ "Effect": effect, action: actions, resource: resources });
            for (operator, keys) in conditions.into_values() {
                statement["Condition"][operator] = keys;
            }
            statement
        },
    )
}

fn either_effect() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("Allow"), 1 => Just("Deny")]
}

fn document() -> impl Strategy<Value = Value> {
    prop::collection::vec(statement(either_effect()), 1..4).prop_map(|statements| of_statements(&statements))
}

fn of_statements(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// Identity policies, and perhaps a boundary and a service control policy.
fn policies() -> impl Strategy<Value = Policies> {
    let layer = || prop::option::weighted(0.25, document());
    (prop::collection::vec(document(), 0..3), layer(), layer()).prop_map(|(identity, boundary, scp)| Policies {
        identity: identity.iter().map(read).collect(),
        boundary: boundary.as_ref().map(read),
        scps: scp.iter().map(|scp| vec![read(scp)]).collect(),
        session: None,
    })
}

fn read(document: &Value) -> iam::Policy {
    let reading = iam::read(&document.to_string());
    reading.accepted().unwrap_or_else(|| panic!("{document}: {:?}", reading.findings)).clone()
}

fn asked() -> impl Strategy<Value = (&'static str, &'static str)> {
    select(vec![
        ("ecs:ListTasks", "*"),
        ("ecs:DescribeTasks", TASK),
        ("ecs:DescribeClusters", CLUSTER),
        ("ecs:DescribeTaskDefinition", "*"),
        ("ec2:DescribeInstances", "*"),
    ])
}

/// Each key absent, or one of its values.
fn context() -> impl Strategy<Value = Context> {
    let keys: Vec<_> = VALUES
        .iter()
        .map(|(key, values)| prop::option::weighted(0.8, select(*values)).prop_map(move |chosen| (*key, chosen)))
        .collect();
    keys.prop_map(|chosen| {
        let mut context = Context::default();
        for (key, values) in chosen {
            if let Some(values) = values {
                context.set(Key::new(key), values.iter().map(ToString::to_string).collect());
            }
        }
        context
    })
}

fn verdict(policies: &Policies, (action, resource): (&str, &str), context: &Context) -> Verdict {
    let request = Request { action: action.to_owned(), resource: resource.to_owned(), context: context.clone() };
    iam::evaluate(policies, &request).verdict()
}

fn unknown(action: &str, resource: &str) -> Question {
    let keys: BTreeSet<Key> = VALUES.iter().map(|(key, _)| Key::new(key)).collect();
    let knowledge = Knowledge { known: Context::default(), unknown: Unknown::Only(keys) };
    Question { action: action.to_owned(), resource: Asked::One(resource.to_owned()), knowledge }
}

fn alone(document: &Value) -> Policies {
    Policies { identity: vec![read(document)], ..Policies::default() }
}

/// A site of a few clusters.
fn site() -> impl Strategy<Value = Site> {
    let place = select(vec![("aws", "eu-west-1"), ("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")]);
    (place, subsequence(vec!["web", "api", "a-1"], 1..=3), any::<bool>()).prop_map(
        |((partition, region), names, all)| {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            let mut site = Site::new(partition, region, "123456789012", &names);
            if all {
                site.add_all_others();
            }
            site
        },
    )
}

/// Whether a document allows these actions at a site, whatever else their requests are.
fn allows(document: &Value, actions: &[Action], site: &Site) -> bool {
    let policies = alone(document);
    let knowledge = Knowledge { known: Context::default(), unknown: Unknown::AllBut(BTreeSet::new()) };
    actions.iter().all(|action| {
        let questions = site.questions(*action, &knowledge);
        questions.iter().all(|(_, question)| matches!(iam::decide(&policies, question), Decision::Allowed(_)))
    })
}

/// Every document with one statement, one action, one resource or one value less.
fn with_less(document: &Value) -> Vec<Value> {
    let statements = document["Statement"].as_array().expect("it is a list");
    let mut found = Vec::new();
    for at in 0..statements.len() {
        let mut less = document.clone();
        less["Statement"].as_array_mut().expect("it is a list").remove(at);
        found.push(less);
        for path in ["/Action", "/Resource", "/Condition/ArnEquals/ecs:cluster"] {
            let many = statements[at].pointer(path).and_then(Value::as_array).map_or(0, Vec::len);
            for item in 0..many {
                let mut less = document.clone();
                let list = less["Statement"][at].pointer_mut(path).and_then(Value::as_array_mut);
                list.expect("it is there").remove(item);
                found.push(less);
            }
        }
    }
    found
}

proptest! {
    #[test]
    fn the_answer_over_all_requests_holds_for_each(policies in policies(), asked in asked(), contexts in prop::collection::vec(context(), 24)) {
        let (action, resource) = asked;
        let answer = iam::answer(&policies, &unknown(action, resource));
        for context in &contexts {
            let is_allowed = verdict(&policies, asked, context) == Verdict::Allowed;
            match answer.outcome() {
                Outcome::Always => prop_assert!(is_allowed, "always, but not in {context:?}"),
                Outcome::Never => prop_assert!(!is_allowed, "never, but in {context:?}"),
                Outcome::Conditional => {}
            }
        }
        if let Some(context) = &answer.allowed_when {
            prop_assert_eq!(verdict(&policies, asked, context), Verdict::Allowed);
        }
        if let Some(context) = &answer.denied_when {
            prop_assert_ne!(verdict(&policies, asked, context), Verdict::Allowed);
        }
    }

    #[test]
    fn an_allow_more_never_forbids(policies in policies(), more in statement(Just("Allow")), asked in asked(), context in context()) {
        let mut wider = policies.clone();
        wider.identity.push(read(&of_statements(&[more])));
        if verdict(&policies, asked, &context) == Verdict::Allowed {
            prop_assert_eq!(verdict(&wider, asked, &context), Verdict::Allowed);
        }
        let outcome = |policies: &Policies| iam::answer(policies, &unknown(asked.0, asked.1)).outcome();
        if outcome(&policies) == Outcome::Always {
            prop_assert_eq!(outcome(&wider), Outcome::Always);
        }
    }

    #[test]
    fn a_deny_more_never_grants(policies in policies(), more in statement(Just("Deny")), asked in asked(), context in context()) {
        let mut narrower = policies.clone();
        narrower.identity.push(read(&of_statements(&[more])));
        if verdict(&policies, asked, &context) != Verdict::Allowed {
            prop_assert_ne!(verdict(&narrower, asked, &context), Verdict::Allowed);
        }
        let outcome = |policies: &Policies| iam::answer(policies, &unknown(asked.0, asked.1)).outcome();
        if outcome(&policies) == Outcome::Never {
            prop_assert_eq!(outcome(&narrower), Outcome::Never);
        }
    }

    #[test]
    fn a_layer_more_never_grants(policies in policies(), layer in document(), asked in asked(), context in context()) {
        let mut bounded = policies.clone();
        bounded.session = Some(read(&layer));
        if verdict(&policies, asked, &context) != Verdict::Allowed {
            prop_assert_ne!(verdict(&bounded, asked, &context), Verdict::Allowed);
        }
    }

    #[test]
    fn a_suggestion_suffices_and_no_part_of_it_can_go(actions in subsequence(&Action::ALL[..], 1..=8), site in site(), scoped in any::<bool>()) {
        let scope = if scoped { Scope::Clusters } else { Scope::Everything };
        let document = iam::suggest(&actions, &site, scope).json();
        prop_assert!(allows(&document, &actions, &site), "{document}");
        for less in with_less(&document) {
            let is_policy = iam::read(&less.to_string()).accepted().is_some();
            prop_assert!(!is_policy || !allows(&less, &actions, &site), "{document} does without: {less}");
        }
    }

    #[test]
    fn a_suggestion_grants_nothing_else(actions in subsequence(&Action::ALL[..], 1..=8), site in site(), context in context()) {
        let document = iam::suggest(&actions, &site, Scope::Clusters).json();
        let policies = alone(&document);
        let others = Action::ALL.into_iter().filter(|action| !actions.contains(action)).map(Action::iam);
        let writes = ["ecs:RunTask", "ecs:StopTask", "ecs:DescribeServices", "ec2:RunInstances", "s3:GetObject"];
        for action in others.chain(writes) {
            for resource in ["*", TASK, CLUSTER] {
                prop_assert_ne!(verdict(&policies, (action, resource), &context), Verdict::Allowed, "{} grants {}", document, action);
            }
        }
        if !site.discovers {
            let elsewhere = Site::new(&site.partition, &site.region, &site.account, &["elsewhere".to_owned()]);
            for action in [Action::ListTasks, Action::DescribeTasks, Action::DescribeContainerInstances] {
                prop_assert!(!allows(&document, &[action], &elsewhere), "{document}");
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in prop_oneof!["[\\[\\]{}:,\"a-zA-Z0-9*?$. -]{0,120}", wild()]) {
        let reading = iam::read(&text);
        prop_assert!(reading.accepted().is_some() || !reading.findings.is_empty());
    }

    #[test]
    fn no_part_that_is_exchanged_breaks_the_reader(document in document(), junk in select(vec![json!(null), json!(7), json!([]), json!({}), json!([[1]]), json!("${"), json!("\u{2028}"), json!(true)]), at in 0_usize..40) {
        let mut document = document;
        let mut number = at;
        exchange(&mut document, &junk, &mut number);
        let reading = iam::read(&document.to_string());
        prop_assert!(reading.accepted().is_some() || !reading.findings.is_empty());
    }
}

/// Puts something else in the place of the value of this number.
fn exchange(value: &mut Value, junk: &Value, number: &mut usize) {
    if *number == 0 {
        *value = junk.clone();
    }
    *number = number.wrapping_sub(1);
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for one in inner {
        exchange(one, junk, number);
    }
}

/// The context of a case.
fn given(keys: &Value) -> Context {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut context = Context::default();
    for (key, value) in keys.as_object().into_iter().flatten() {
        let values = value.as_array().map_or_else(|| vec![text(value)], |values| values.iter().map(text).collect());
        context.set(Key::new(key), values);
    }
    context
}

/// The suggestion for an action, put beside the policies of a case in which no Deny applies, makes it allowed.
#[test]
fn a_suggestion_mends_every_case_that_nothing_denies() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/policy.json");
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("it is there")).expect("it is JSON");
    let mut mended = 0;
    for case in cases.iter().filter(|case| case["want"] == "implicitly_denied" && case["blocked_by"].is_null()) {
        let has_layers = !case["boundary"].is_null() || case["scps"] != json!([]) || !case["session"].is_null();
        let request = &case["request"];
        let (Some(action), Some(resource)) = (request["action"].as_str(), request["resource"].as_str()) else {
            continue;
        };
        let Some(known) = Action::parse(action).filter(|_| !has_layers) else { continue };
        let documents = case["policies"].as_array().into_iter().flatten();
        let identity = documents.filter_map(|document| iam::read(&document.to_string()).policy).collect();
        let mut policies = Policies { identity, ..Policies::default() };
        let site = Site::new("aws", "eu-west-1", "123456789012", &["web".to_owned()]);
        policies.identity.push(read(&iam::suggest(&[known], &site, Scope::Everything).json()));
        assert_eq!(
            verdict(&policies, (action, resource), &given(&request["context"])),
            Verdict::Allowed,
            "{}",
            case["name"]
        );
        mended += 1;
    }
    assert!(mended > 100, "{mended} cases");
}
