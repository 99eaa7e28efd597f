//! Small fleets for tests of the pipeline: one record of each sort, changed where a test wants it otherwise.

use ecsroute::discover::{Scope, run_ready};
use ecsroute::model::{Inventory, Release};
use ecsroute::pipeline::{Run, run};
use ecsroute::settings::Provider;
use ecsroute::source::{Snapshot, SnapshotSource};
use ecsroute::template::Ambient;
use serde_json::{Value, json};

const ACCOUNT: &str = "arn:aws:ecs:eu-west-1:123456789012";

/// A fleet of one Fargate task with one container, `web`, that listens on port 80.
pub fn one_task() -> Value {
    json!({
        "version": 1,
        "region": "eu-west-1",
        "clusters": [{ "clusterArn": format!("{ACCOUNT}:cluster/default"), "clusterName": "default" }],
        "tasks": [task("api", "0123456789abcdef")],
        "taskDefinitions": [definition("api", &json!({}))],
        "containerInstances": [],
        "ec2Instances": [],
        "ssmInstances": []
    })
}

/// A Fargate task of a service, by the end of its ARN.
pub fn task(service: &str, id: &str) -> Value {
    json!({
        "taskArn": format!("{ACCOUNT}:task/default/{id}"),
        "clusterArn": format!("{ACCOUNT}:cluster/default"),
        "taskDefinitionArn": format!("{ACCOUNT}:task-definition/{service}:1"),
        "group": format!("service:{service}"),
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "healthStatus": "UNKNOWN",
        "launchType": "FARGATE",
        "attachments": [{ "type": "ElasticNetworkInterface", "status": "ATTACHED" }],
        "containers": [{ "name": "web", "networkInterfaces": [{ "privateIpv4Address": "10.0.0.1" }] }]
    })
}

/// A service's task definition, with labels.
pub fn definition(service: &str, labels: &Value) -> Value {
    json!({
        "taskDefinitionArn": format!("{ACCOUNT}:task-definition/{service}:1"),
        "family": service,
        "revision": 1,
        "networkMode": "awsvpc",
        "containerDefinitions": [
            { "name": "web", "portMappings": [{ "containerPort": 80, "hostPort": 80 }], "dockerLabels": labels }
        ]
    })
}

/// What a pass reads from a fleet.
pub fn read(fleet: &Value, settings: &Provider, release: Release) -> Inventory {
    let snapshot = Snapshot::read(fleet.to_string().as_bytes()).expect("the fleet is a snapshot");
    run_ready(&SnapshotSource::new(snapshot), &Scope::new(settings, release))
}

/// A pass of a release over a fleet.
pub fn pass(fleet: &Value, settings: &Provider, release: Release) -> Run {
    run(read(fleet, settings, release), settings, release, &Ambient::default())
}
