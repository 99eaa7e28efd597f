//! The pure core over a large fleet: 10,000 containers of as many definitions, a router and a service each.
//!
//! What counts is the time of one core, whatever else the machine does meanwhile. Where the system doesn't tell it, it is
//! the time on the clock.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ecsroute::model::{
    Attachment, ClusterRecords, Container, ContainerDefinition, Inventory, NetworkInterface, PortMapping, Release,
    Task, TaskDefinition, Text,
};
use ecsroute::pipeline::run;
use ecsroute::settings::Provider;
use ecsroute::template::Ambient;
use mimalloc::MiMalloc;

/// The program's own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measures the time that this thread spends on a core.
struct CoreTime;

impl CoreTime {
    /// The time so far, as Linux counts it.
    fn spent() -> Option<Duration> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
}

impl Measurement for CoreTime {
    type Intermediate = (Option<Duration>, Instant);
    type Value = Duration;

    fn start(&self) -> Self::Intermediate {
        (Self::spent(), Instant::now())
    }

    fn end(&self, (spent, started): Self::Intermediate) -> Duration {
        spent.and_then(|before| Self::spent()?.checked_sub(before)).unwrap_or_else(|| started.elapsed())
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn inventory(count: usize) -> Inventory {
    let mut records = ClusterRecords { cluster: "default".into(), ..ClusterRecords::default() };
    let mut definitions = BTreeMap::new();
    for n in 0..count {
        let arn: Text = format!("arn:aws:ecs:eu-west-1:123456789012:task-definition/service-{n}:1").into();
        records.tasks.push(Arc::new(task(n, &arn)));
        definitions.insert(arn.clone(), Arc::new(definition(n, &arn)));
    }
    records.listed =
        records.tasks.chunks(100).map(|page| page.iter().map(|task| task.task_arn.clone()).collect()).collect();
    Inventory { clusters: vec![records], task_definitions: definitions, ..Inventory::default() }
}

fn task(n: usize, definition: &Text) -> Task {
    Task {
        task_arn: format!("arn:aws:ecs:eu-west-1:123456789012:task/default/{n:032x}").into(),
        task_definition_arn: definition.clone(),
        group: Some(format!("service:service-{n}").into()),
        last_status: Some("RUNNING".into()),
        attachments: vec![Attachment::default()],
        containers: vec![Container {
            name: Some("web".into()),
            network_interfaces: vec![NetworkInterface {
                private_ipv4_address: Some(format!("10.{}.{}.1", n / 256, n % 256).into()),
                ipv6_address: None,
            }],
            ..Container::default()
        }],
        ..Task::default()
    }
}

fn definition(n: usize, arn: &Text) -> TaskDefinition {
    let labels = [
        (format!("traefik.http.routers.service-{n}.rule"), format!("Host(`service-{n}.example.com`)")),
        (format!("traefik.http.services.service-{n}.loadbalancer.server.port"), "8080".to_owned()),
    ];
    TaskDefinition {
        task_definition_arn: arn.clone(),
        network_mode: Some("awsvpc".into()),
        container_definitions: vec![ContainerDefinition {
            name: Some("web".into()),
            port_mappings: vec![PortMapping {
                container_port: Some(8080),
                host_port: Some(8080),
                ..PortMapping::default()
            }],
            docker_labels: labels.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            ..ContainerDefinition::default()
        }],
        ..TaskDefinition::default()
    }
}

fn core(criterion: &mut Criterion<CoreTime>) {
    let (settings, ambient) = (Provider::default(), Ambient::default());
    let whole = inventory(10_000);
    let played = run(whole.clone(), &settings, Release::V3_7, &ambient);
    assert_eq!(played.routed().count(), 10_000, "every container is routed");
    criterion.bench_function("a pass over 10,000 containers", |bencher| {
        let read = || whole.clone();
        bencher.iter_batched(
            read,
            |read| run(black_box(read), &settings, Release::V3_7, &ambient),
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(name = benches; config = Criterion::default().with_measurement(CoreTime); targets = core);
criterion_main!(benches);
