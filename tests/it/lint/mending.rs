//! `--fix --write`: what is mechanical changes, every other byte stays, and a second time there is nothing left to do.

use std::fs;

use super::run::{folder, lint};

/// A template with everything that is mended, in Windows' line ends, with comments, odd blanks and an order of its own.
const TEMPLATE: &str = "# kept: \u{fc}\r\nResources:\r\n  Task:   # kept\r\n    Type: AWS::ECS::TaskDefinition\r\n    \
    Properties:\r\n      NetworkMode: awsvpc\r\n      Family:   api\r\n      ContainerDefinitions:\r\n        - Labels:\r\n            \
    com.example.team: \"a\"\r\n            traefik.http.routers.api.rule: 'Host(api.example.com)'   # kept, too\r\n            \
    \"traefik.http.routers.api.entrypoints[0]\": web\r\n            \
    'traefik.http.routers.api.entrypoints[1]':   websecure\r\n          PortMappings: [ {ContainerPort: 8080 } ]\r\n          \
    Image: example/api\r\n          Name: web\r\n\r\n# the end";

#[test]
fn what_is_mended_stays_mended_and_all_else_stays() {
    let folder = folder("mending");
    let file = folder.join("template.yaml");
    fs::write(&file, TEMPLATE).expect("a file can be written");
    // The labels are only read as such once they are where ECS reads them.
    for _ in 0..3 {
        lint(&folder, &["template.yaml", "--fix", "--write"], &[]);
    }
    let mended = fs::read_to_string(&file).expect("it is text");
    let expected = TEMPLATE
        .replace("- Labels:", "- DockerLabels:")
        .replace("Host(api.example.com)", "Host(`api.example.com`)")
        .replace(
            "entrypoints[0]\": web\r\n            'traefik.http.routers.api.entrypoints[1]':   websecure",
            "entrypoints\": 'web,websecure'",
        );
    assert_eq!(mended, expected);
    let again = lint(&folder, &["template.yaml", "--fix"], &[]);
    assert!(!again.stdout.contains("+++"), "{}", again.stdout);
}
