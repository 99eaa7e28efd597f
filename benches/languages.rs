//! The languages that run for every container of every pass: a million evaluations of the documents' constraint
//! examples, and 100,000 renderings of the default rule, on one core.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use ecsroute::constraint::Constraint;
use ecsroute::model::Text;
use ecsroute::settings::Provider;
use ecsroute::template::{Ambient, Data, Template};

/// The examples of Traefik's document on the provider.
const EXAMPLES: [&str; 6] = [
    "Label(`a.label.name`, `foo`)",
    "!Label(`a.label.name`, `value`)",
    "Label(`a.label.name`, `valueA`) && Label(`another.label.name`, `valueB`)",
    "Label(`a.label.name`, `valueA`) || Label(`another.label.name`, `valueB`)",
    "Label(`a.label.name`, `valueA`) && (Label(`another.label.name`, `valueB`) || Label(`yet.another.label.name`, `valueC`))",
    "LabelRegex(`a.label.name`, `a.+`)",
];

const EVALUATIONS: usize = 1_000_000;
const RENDERINGS: usize = 100_000;

fn labels() -> BTreeMap<Text, Text> {
    let pairs = [
        ("a.label.name", "valueA"),
        ("another.label.name", "other"),
        ("yet.another.label.name", "valueC"),
        ("traefik.enable", "true"),
        ("traefik.http.routers.api.rule", "Host(`api.example.com`)"),
    ];
    pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}

fn constraints(criterion: &mut Criterion) {
    let labels = labels();
    let constraints = EXAMPLES.map(|example| Constraint::parse(example).expect("the document's examples are valid"));
    criterion.bench_function("1,000,000 evaluations of the documents' constraints", |bench| {
        bench.iter(|| {
            let held =
                (0..EVALUATIONS).filter(|at| constraints[at % EXAMPLES.len()].holds(black_box(&labels)) == Ok(true));
            black_box(held.count())
        });
    });
}

fn default_rule(criterion: &mut Criterion) {
    let labels = labels();
    let template = Template::parse(&Provider::default().default_rule).expect("the default rule is valid");
    let ambient = Ambient::default();
    criterion.bench_function("100,000 renderings of the default rule", |bench| {
        bench.iter(|| {
            for _ in 0..RENDERINGS {
                let data = Data { name: black_box("service-api-web"), labels: Some(&labels) };
                black_box(template.render(&data, &ambient).expect("it renders"));
            }
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = constraints, default_rule
}
criterion_main!(benches);
