//! What Traefik's own pass costs, by our count and by the reference's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ecsroute::cases::World;
use ecsroute::cost::Cost;
use ecsroute::model::{Action, Release};
use ecsroute::settings::Provider;
use serde_json::Value;

#[test]
fn the_count_of_traefiks_calls_is_the_references() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/pipeline.json");
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(path).expect("it is here")).expect("it is JSON");
    let mut counted = 0;
    // Faults and pages of other sizes change what is asked.
    let plain = |case: &&Value| case["world"]["faults"].is_null() && case["world"]["pageSize"].is_null();
    for case in cases.iter().filter(plain).filter(|case| case["error"].is_null()) {
        let settings = case["settings"].as_object().expect("settings are an object");
        let provider = Provider::recorded(settings).expect("settings are well formed");
        let world = World::read(&case["world"]).expect("the world is well formed");
        let inventory = world.pass(&provider, &BTreeMap::new(), Release::V3_7);
        let cost = Cost::of(&inventory, &provider, Release::V3_7);
        let varies = case["nondeterministic"].to_string();
        for action in Action::ALL.into_iter().filter(|action| !varies.contains(action.name())) {
            let expected = case["calls"][action.name()].as_u64().unwrap_or_default();
            let actual = cost.cold.get(&action).copied().unwrap_or_default();
            assert_eq!(actual, expected, "{}: {action}", case["name"]);
            counted += 1;
        }
    }
    assert!(counted > 1000, "the table is there");
}
