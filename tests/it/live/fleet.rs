//! What the AWS on loopback holds, and what it says when it is asked.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

/// The records.
#[derive(Debug, Clone, Default)]
pub struct Fleet {
    pub clusters: Vec<String>,
    pub tasks: Vec<Value>,
    pub container_instances: Vec<Value>,
    pub definitions: Vec<Value>,
    pub ec2: Vec<Value>,
    pub ssm: Vec<Value>,
    /// Services as CLUSTER/NAME; each runs the definition of its name.
    pub services: Vec<&'static str>,
    /// What binds the caller; nothing does where there is none.
    pub policy: Option<Value>,
    /// The policy of the role `traefik`, which the service of this name runs as.
    pub role_policy: Option<Value>,
}

pub fn cluster_arn(name: &str) -> String {
    format!("arn:aws:ecs:eu-west-1:123456789012:cluster/{name}")
}

fn definition_arn(name: &str) -> String {
    format!("arn:aws:ecs:eu-west-1:123456789012:task-definition/{name}:1")
}

/// A Fargate task with an address of its own.
pub fn fargate(cluster: &str, number: usize, definition: &str) -> Value {
    json!({
        "taskArn": format!("arn:aws:ecs:eu-west-1:123456789012:task/{cluster}/{number:032x}"),
        "clusterArn": cluster_arn(cluster), "taskDefinitionArn": definition_arn(definition),
        "group": format!("service:{definition}"), "lastStatus": "RUNNING", "desiredStatus": "RUNNING",
        "healthStatus": "HEALTHY", "launchType": "FARGATE",
        "attachments": [{ "id": "a", "type": "ElasticNetworkInterface", "status": "ATTACHED", "details": [] }],
        "containers": [{ "name": "web", "lastStatus": "RUNNING", "healthStatus": "HEALTHY",
            "networkInterfaces": [{ "privateIpv4Address": format!("10.0.{}.{}", number / 250, number % 250 + 1) }] }],
    })
}

/// A task on a container instance.
pub fn bridged(cluster: &str, number: usize, definition: &str, instance: &str, launch_type: &str) -> Value {
    let mut task = fargate(cluster, number, definition);
    task["launchType"] = launch_type.into();
    task["containerInstanceArn"] = instance.into();
    task["attachments"] = json!([]);
    task["containers"] = json!([{ "name": "web", "lastStatus": "RUNNING",
        "networkBindings": [{ "bindIP": "0.0.0.0", "containerPort": 80, "hostPort": 32768, "protocol": "tcp" }] }]);
    task
}

pub fn definition(name: &str, network_mode: &str) -> Value {
    json!({
        "taskDefinitionArn": definition_arn(name), "family": name, "revision": 1, "networkMode": network_mode,
        "containerDefinitions": [{
            "name": "web", "image": "example/web",
            "portMappings": [{ "containerPort": 80, "hostPort": 80, "protocol": "tcp" }],
            "dockerLabels": { format!("traefik.http.routers.{name}.rule"): format!("Host(`{name}.example.com`)") },
            "environment": [{ "name": "DATABASE_PASSWORD", "value": super::program::SECRET }],
            "command": ["serve", format!("--token={}", super::program::SECRET)],
        }],
    })
}

impl Fleet {
    /// Two clusters in which every action is needed.
    pub fn whole() -> Self {
        let instance = |name: &str| format!("arn:aws:ecs:eu-west-1:123456789012:container-instance/prod/{name}");
        let container_instance = |name: &str, id: &str| {
            json!({ "containerInstanceArn": instance(name), "ec2InstanceId": id, "status": "ACTIVE", "agentConnected": true,
                "cluster": "prod" })
        };
        Self {
            clusters: vec!["prod".to_owned(), "edge".to_owned()],
            tasks: vec![
                fargate("prod", 1, "api"),
                bridged("prod", 2, "shop", &instance("one"), "EC2"),
                bridged("prod", 3, "shop", &instance("one"), "EC2"),
                bridged("prod", 4, "till", &instance("two"), "EXTERNAL"),
                fargate("edge", 5, "api"),
            ],
            container_instances: vec![
                container_instance("one", "i-0123456789abcdef0"),
                container_instance("two", "mi-0123456789abcdef0"),
            ],
            definitions: vec![definition("api", "awsvpc"), definition("shop", "bridge"), definition("till", "bridge")],
            ec2: vec![json!({ "id": "i-0123456789abcdef0", "ip": "10.1.0.1", "state": "running" })],
            ssm: vec![
                json!({ "InstanceId": "mi-0123456789abcdef0", "IPAddress": "192.168.0.7", "PingStatus": "Online" }),
            ],
            ..Self::default()
        }
    }

    /// Many Fargate tasks over some definitions, spread evenly.
    pub fn large(clusters: usize, tasks_each: usize, definitions: usize) -> Self {
        let names: Vec<String> = (0..clusters).map(|number| format!("c{number:02}")).collect();
        let place = |number: usize| (&names[number / tasks_each], format!("app{}", number % definitions));
        let tasks = (0..clusters * tasks_each).map(|number| {
            let (cluster, app) = place(number);
            fargate(cluster, number, &app)
        });
        Self {
            tasks: tasks.collect(),
            definitions: (0..definitions).map(|number| definition(&format!("app{number}"), "awsvpc")).collect(),
            clusters: names,
            ..Self::default()
        }
    }

    /// The answer of a JSON service, or its error's code and words.
    pub fn answer(&self, action: &str, asked: &Value) -> Result<Value, (&'static str, &'static str)> {
        match action {
            "ListClusters" => {
                let arns: Vec<String> = self.clusters.iter().map(|name| cluster_arn(name)).collect();
                Ok(page(&arns, asked, "clusterArns"))
            }
            "ListTasks" => {
                let cluster = self.cluster(asked)?;
                let arns =
                    self.tasks.iter().filter(|task| task["clusterArn"] == cluster).map(|task| text(task, "taskArn"));
                let arns: Vec<String> = arns.collect();
                Ok(page(&arns, asked, "taskArns"))
            }
            "DescribeTasks" => {
                let cluster = self.cluster(asked)?;
                let tasks = self.tasks.iter().filter(|task| task["clusterArn"] == cluster);
                Ok(described(tasks, asked, "tasks", "taskArn"))
            }
            "DescribeContainerInstances" => {
                self.cluster(asked)?;
                Ok(described(self.container_instances.iter(), asked, "containerInstances", "containerInstanceArn"))
            }
            "DescribeTaskDefinition" => {
                let known = self.definitions.iter().find(|known| known["taskDefinitionArn"] == asked["taskDefinition"]);
                let known = known.ok_or(("ClientException", "Unable to describe task definition."))?;
                Ok(json!({ "taskDefinition": known, "tags": [] }))
            }
            "DescribeServices" => {
                let cluster = self.cluster(asked)?;
                let cluster = cluster.rsplit('/').next().unwrap_or_default();
                let name = asked["services"][0].as_str().unwrap_or_default();
                let is_known = name == "traefik" && self.role_policy.is_some()
                    || self.services.contains(&&*format!("{cluster}/{name}"));
                let service = json!({
                    "serviceArn": format!("arn:aws:ecs:eu-west-1:123456789012:service/{cluster}/{name}"),
                    "status": "ACTIVE", "taskDefinition": definition_arn(name) });
                Ok(json!({ "services": if is_known { vec![service] } else { Vec::new() }, "failures": [] }))
            }
            "DescribeInstanceInformation" => {
                let ids = &asked["Filters"][0]["Values"];
                let known = self
                    .ssm
                    .iter()
                    .filter(|known| ids.as_array().is_some_and(|ids| ids.contains(&known["InstanceId"])));
                Ok(json!({ "InstanceInformationList": known.collect::<Vec<_>>() }))
            }
            _ => Err(("UnknownOperationException", "no such action")),
        }
    }

    fn cluster(&self, asked: &Value) -> Result<String, (&'static str, &'static str)> {
        let name = asked["cluster"].as_str().unwrap_or("default").rsplit('/').next().unwrap_or_default().to_owned();
        let known = self.clusters.contains(&name);
        if known { Ok(cluster_arn(&name)) } else { Err(("ClusterNotFoundException", "Cluster not found.")) }
    }

    /// EC2's answer, or its error.
    pub fn instances(&self, form: &BTreeMap<String, String>) -> Result<String, String> {
        if form.get("DryRun").is_some_and(|dry| dry == "true") {
            let words = "Request would have succeeded, but DryRun flag is set.";
            return Err(super::server::query_error("DryRunOperation", words));
        }
        let ids = form.iter().filter(|(name, _)| name.starts_with("InstanceId")).map(|(_, id)| id);
        let mut items = String::new();
        for id in ids {
            let Some(known) = self.ec2.iter().find(|known| known["id"] == id.as_str()) else {
                let words = format!("The instance ID '{id}' does not exist");
                return Err(super::server::query_error("InvalidInstanceID.NotFound", &words));
            };
            let written = write!(
                items,
                "<item><instancesSet><item><instanceId>{id}</instanceId><instanceState><code>16</code><name>{}</name>\
                 </instanceState><privateIpAddress>{}</privateIpAddress></item></instancesSet></item>",
                text(known, "state"),
                text(known, "ip"),
            );
            written.expect("text can always grow");
        }
        Ok(format!(
            "<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>1</requestId>\
             <reservationSet>{items}</reservationSet></DescribeInstancesResponse>"
        ))
    }

    /// What STS says: who is there, or the keys of a role.
    pub fn sts(action: &str, body: &str) -> String {
        let result = if action == "GetCallerIdentity" {
            "<Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId><Account>123456789012</Account>".to_owned()
        } else {
            let key = if body.contains("WebIdentity") { "AKIAWEB" } else { "AKIAROLE" };
            let secret = super::program::SECRET;
            format!(
                "<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>\
                 <SessionToken>{secret}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>\
                 <AssumedRoleUser><AssumedRoleId>R:s</AssumedRoleId>\
                 <Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn></AssumedRoleUser>"
            )
        };
        format!(
            "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>{result}</{action}Result>\
             <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>"
        )
    }
}

fn text(record: &Value, field: &str) -> String {
    record[field].as_str().unwrap_or_default().to_owned()
}

/// A page of up to a hundred.
fn page(all: &[String], asked: &Value, field: &str) -> Value {
    let start: usize = asked["nextToken"].as_str().and_then(|token| token.parse().ok()).unwrap_or(0);
    let end = (start + 100).min(all.len());
    let mut page = json!({ field: all[start..end] });
    if end < all.len() {
        page["nextToken"] = end.to_string().into();
    }
    page
}

/// The records that were asked for, and the failures for those that there aren't.
fn described<'a>(known: impl Iterator<Item = &'a Value>, asked: &Value, field: &str, key: &str) -> Value {
    let known: BTreeMap<String, &Value> = known.map(|record| (text(record, key), record)).collect();
    let (mut records, mut failures) = (Vec::new(), Vec::new());
    for arn in asked[field].as_array().into_iter().flatten().filter_map(Value::as_str) {
        match known.get(arn) {
            Some(record) => records.push((*record).clone()),
            None => failures.push(json!({ "arn": arn, "reason": "MISSING" })),
        }
    }
    json!({ field: records, "failures": failures })
}
