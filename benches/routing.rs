//! 1,000,000 requests against 1,000 routers, on one core.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ecsroute::dynamic::Configuration;
use ecsroute::model::{Release, Text};
use ecsroute::routing::{Arrival, Table, Traefik};
use ecsroute::settings::{EntryPoint, EntryPoints, OwnRoutes};

const ROUTERS: usize = 1_000;
const REQUESTS: usize = 1_000_000;

/// Routers as fleets have them: by host, by host and path, and some by path alone.
fn table(tls: bool) -> Table {
    let mut labels: BTreeMap<Text, Text> = BTreeMap::new();
    let mut label = |key: String, value: String| labels.insert(key.into(), value.into());
    label("traefik.http.services.s.loadbalancer.server.url".to_owned(), "http://10.0.0.9:80".to_owned());
    for number in 0..ROUTERS {
        let rule = match number % 4 {
            0 => format!("Host(`h{number}.example.com`)"),
            1 => format!("Host(`h{}.example.com`) && PathPrefix(`/api/v{number}`)", number - 1),
            2 => format!("Host(`h{number}.example.com`) && (PathPrefix(`/a`) || PathPrefix(`/b`)) && Method(`GET`)"),
            _ => format!("PathPrefix(`/shared/{number}`)"),
        };
        label(format!("traefik.http.routers.r{number}.rule"), rule);
        label(format!("traefik.http.routers.r{number}.service"), "s".to_owned());
        if tls {
            label(format!("traefik.http.routers.r{number}.tls"), "true".to_owned());
        }
    }
    let configuration = Configuration::from_labels(&labels, Release::V3_7).expect("the labels decode");
    let entry_point = EntryPoint { address: ":80".into(), ..EntryPoint::default() };
    let entry_points: EntryPoints = [("web".into(), entry_point)].into_iter().collect();
    let own_routes = OwnRoutes::default();
    let traefik = Traefik {
        entry_points: &entry_points,
        default_rule_syntax: None,
        own_routes: &own_routes,
        release: Release::V3_7,
    };
    Table::new(&configuration, traefik)
}

fn arrival(number: usize, tls: bool) -> Arrival {
    let host = format!("h{}.example.com", number % (2 * ROUTERS));
    let target = match number % 5 {
        0 => format!("/api/v{}/items?page=2", number % ROUTERS),
        1 => "/a/b/c".to_owned(),
        2 => format!("/shared/{}/x", number % ROUTERS),
        3 => "/".to_owned(),
        _ => "/static/%7Euser/../logo.png".to_owned(),
    };
    Arrival {
        entry_point: "web".into(),
        tls,
        server_name: if tls { host.clone() } else { String::new() },
        protocols: Vec::new(),
        method: "GET".to_owned(),
        target,
        host,
        headers: vec![("User-Agent".to_owned(), "curl/8.5.0".to_owned()), ("Accept".to_owned(), "*/*".to_owned())],
        remote_address: "10.0.0.1:1234".to_owned(),
    }
}

fn routes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("1,000,000 requests against 1,000 routers");
    group.sample_size(10).throughput(Throughput::Elements(REQUESTS as u64));
    for (name, tls) in [("plain", false), ("tls", true)] {
        let table = table(tls);
        let arrivals: Vec<Arrival> = (0..10 * ROUTERS).map(|number| arrival(number, tls)).collect();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for arrival in arrivals.iter().cycle().take(REQUESTS) {
                    black_box(table.answers(black_box(arrival)));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, routes);
criterion_main!(benches);
