//! `discover --report`: one page that says everything without its script, loads nothing, and takes what comes from AWS
//! for text.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::live::{folder, run_in};

/// The page that a command line writes.
fn page(name: &str, source: &[&str]) -> String {
    let folder = folder(name);
    let root = env!("CARGO_MANIFEST_DIR");
    let source: Vec<String> = source.iter().map(|word| word.replace("ROOT", root)).collect();
    let mut arguments = vec!["discover", "--report", "fleet.html"];
    arguments.extend(source.iter().map(String::as_str));
    let ran = run_in(&folder, &arguments, &[]);
    assert!(matches!(ran.status, 0 | 3), "{}", ran.stderr);
    assert!(ran.stdout.contains("containers routed"), "the table is printed beside: {}", ran.stdout);
    fs::read_to_string(folder.join("fleet.html")).expect("the page is written")
}

/// What a reader sees who runs no script: the text outside elements, style and script left out.
fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let hidden = ["style", "script"].into_iter().find(|name| rest.starts_with(&format!("<{name}>")));
        let end = hidden.map_or_else(|| ">".to_owned(), |name| format!("</{name}>"));
        let close = rest.find(&end).expect("what is opened is closed");
        rest = &rest[close + end.len()..];
    }
    text.push_str(rest);
    ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&amp;&"].iter().fold(text, |text, pair| {
        let (name, character) = pair.split_at(pair.len() - 1);
        text.replace(name, character)
    })
}

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    let parts = html.split(&opening).skip(1);
    parts.map(|part| part.split('"').next().expect("an attribute ends")).collect()
}

#[test]
fn the_text_says_all_without_a_script() {
    let text = seen(&page("report-demo", &["--demo"]));
    let ran = run_in(&folder("report-json"), &["discover", "--demo", "--format=json"], &[]);
    let found: Value = ran.json();
    for container in found["containers"].as_array().expect("they are listed") {
        for field in ["reason", "message", "traefikLog", "definition", "address"] {
            if let Some(value) = container[field].as_str() {
                assert!(text.contains(value), "{field} is not on the page: {value}");
            }
        }
        for router in container["routers"].as_array().into_iter().flatten() {
            assert!(text.contains(router["rule"].as_str().expect("it is a text")), "{router}");
        }
    }
    for words in ["15 of 37 containers routed, 22 not", "Not routed", "✗ not routed: port-missing", "· not reached"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn it_is_whole_and_can_be_walked_through() {
    let html = page("report-shape", &["--demo"]);
    for outside in [" src=", "url(", "@import", "http-equiv=\"refresh\"", " style=", " onclick="] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("default-src 'none'; style-src 'sha256-"));
    assert_eq!(html.matches("<h1>").count(), 1);
    assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count());
    for landmark in ["<header>", "<nav aria-label=", "<main id=\"main\">", "<footer>", "<html lang=\"en\">"] {
        assert_eq!(html.matches(landmark).count(), 1, "{landmark}");
    }
    let ids = values(&html, "id");
    let known: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands once");
    for link in values(&html, "href") {
        assert!(known.contains(link.trim_start_matches('#')), "{link} leads somewhere");
    }
}

#[test]
fn what_comes_from_aws_is_text() {
    let folder = folder("report-hostile");
    let hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    let task = "arn:aws:ecs:eu-west-1:123456789012:task/prod/0123456789abcdef";
    let fleet = serde_json::json!({
        "clusters": [{ "clusterArn": format!("arn:aws:ecs:eu-west-1:123456789012:cluster/{hostile}") }],
        "settings": { "autoDiscoverClusters": true },
        "tasks": [{ "taskArn": task, "taskDefinitionArn": "d/a:1", "lastStatus": "RUNNING", "group": format!("service:{hostile}"),
            "clusterArn": format!("arn:aws:ecs:eu-west-1:123456789012:cluster/{hostile}"), "desiredStatus": "RUNNING",
            "attachments": [{ "type": "ElasticNetworkInterface" }],
            "containers": [{ "name": hostile, "networkInterfaces": [{ "privateIpv4Address": "10.0.0.1" }] }] }],
        "taskDefinitions": [{ "taskDefinitionArn": "d/a:1", "networkMode": "awsvpc", "containerDefinitions": [{
            "name": hostile, "portMappings": [{ "containerPort": 80 }],
            "dockerLabels": { "traefik.http.routers.r.rule": format!("Path(`{hostile}`)"), "traefik.http.routers.r.service": hostile } }] }],
        "containerInstances": [], "ec2Instances": [], "ssmInstances": [],
    });
    fs::write(folder.join("fleet.json"), fleet.to_string()).expect("it can be written");
    let ran = run_in(&folder, &["discover", "--snapshot", "fleet.json", "--report", "fleet.html"], &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let html = fs::read_to_string(folder.join("fleet.html")).expect("the page is written");
    assert_eq!(html.matches("<script>").count(), 1, "its own");
    assert!(!html.contains("<img"));
    assert!(seen(&html).contains("<img src=x onerror=alert(2)>"), "it is shown as what it is");
}

#[test]
fn a_pass_that_is_not_complete_says_so() {
    let text = seen(&page("report-denied", &["--snapshot", "ROOT/tests/fleets/denied.json"]));
    assert!(text.contains("AccessDeniedException"), "{text}");
}

/// The relative luminance of `#rrggbb` or `#rgb`, as WCAG 2 has it.
fn luminance(color: &str) -> f64 {
    let digits: Vec<u32> = color.trim_start_matches('#').chars().filter_map(|digit| digit.to_digit(16)).collect();
    let channels: Vec<u32> = match digits.as_slice() {
        [r, g, b] => vec![r * 17, g * 17, b * 17],
        six => six.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
    };
    let linear = channels.iter().map(|channel| {
        let share = f64::from(*channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    linear.zip([0.2126, 0.7152, 0.0722]).map(|(channel, weight)| channel * weight).sum()
}

#[test]
fn its_colours_are_told_apart_in_light_and_dark() {
    let html = page("report-colours", &["--demo"]);
    let schemes: Vec<&str> =
        html.split(":root{").skip(1).map(|rest| rest.split('}').next().expect("it ends")).collect();
    assert_eq!(schemes.len(), 2, "light and dark");
    for scheme in schemes {
        let color = |name: &str| {
            let (_, after) = scheme.split_once(&format!("--{name}:")).unwrap_or_else(|| panic!("{name} in {scheme}"));
            luminance(after.split(';').next().unwrap_or(after))
        };
        for text in ["ink", "aside", "good", "bad", "link"] {
            for ground in ["paper", "field"] {
                let (a, b) = (color(text), color(ground));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
            }
        }
    }
}
