//! Labels to a dynamic configuration: which labels count, and what they decode to.

use std::collections::BTreeMap;

use super::configuration::Configuration;
use super::schema::schema;
use crate::decode::{DecodeError, Origin, label_tree, starts_with_any};
use crate::model::{Release, Text};

/// What labels begin with that count. Prefixes of text, in any case: `traefik.httpx.y` counts, and fails.
const PREFIXES: [&str; 4] = ["traefik.http", "traefik.tcp", "traefik.udp", "traefik.tls.stores.default"];

impl Configuration {
    /// Whether a label is part of the dynamic configuration, rightly or wrongly spelled.
    pub fn counts(label: &str) -> bool {
        starts_with_any(label, &PREFIXES)
    }

    /// What one container's labels decode to, as the release reads them.
    ///
    /// # Errors
    /// The first thing that Traefik stumbles over; it then drops the container with all that its labels say.
    pub fn from_labels(labels: &BTreeMap<Text, Text>, release: Release) -> Result<Self, DecodeError> {
        let tree = label_tree(labels, "traefik", &PREFIXES)?;
        schema(release).decode(tree, Self::default().root, Origin::Labels).map(Self::of)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Configuration;
    use crate::dynamic::{Protocol, Router, Section, Service};
    use crate::model::{Release, Text};

    fn decoded(labels: &[(&str, &str)], release: Release) -> Result<Configuration, String> {
        let labels: BTreeMap<Text, Text> =
            labels.iter().map(|(key, value)| (Text::from(*key), Text::from(*value))).collect();
        Configuration::from_labels(&labels, release).map_err(|error| format!("{}: {error}", error.path))
    }

    #[test]
    fn an_error_says_where_it_is_and_what_may_have_been_meant() {
        let labels = [("traefik.http.routers.web.rul", "x"), ("traefik.http.routers.web.priority", "x")];
        let error = decoded(&labels, Release::V3_7).expect_err("`rul` is no field");
        assert_eq!(error, "traefik.http.routers.web.rul: field not found, node: rul");
        let labels = [("traefik.http.routers.web.tls.domains[0].mian", "x")];
        let error = decoded(&labels, Release::V3_7).expect_err("`mian` is no field");
        assert_eq!(error, "traefik.http.routers.web.tls.domains[0].mian: field not found, node: mian");
    }

    #[test]
    fn labels_of_others_count_for_nothing() {
        let labels = [("traefik.frontend.rule", "x"), ("com.example", "y"), ("traefik.tls.options.o.sniStrict", "z")];
        assert_eq!(decoded(&labels, Release::V3_7), Ok(Configuration::default()));
    }

    #[test]
    fn a_field_that_a_release_lacks_is_unknown_there() {
        let labels = [("traefik.http.services.s.loadbalancer.strategy", "p2c")];
        assert!(decoded(&labels, Release::V3_4).is_ok());
        assert!(decoded(&labels, Release::V3_3).is_err());
    }

    #[test]
    fn elements_come_with_their_defaults() {
        let labels =
            [("traefik.http.routers.web.rule", "r"), ("traefik.http.services.s.loadbalancer.server.port", "1")];
        let decoded = decoded(&labels, Release::V3_7).expect("both are fields");
        let router = decoded.get(Section::HttpRouters, "web").expect("it was named");
        assert_eq!(Router::of(Protocol::Http, router).rule(), "r");
        let service = decoded.get(Section::HttpServices, "s").expect("it was named");
        let balancer = Service::of(Protocol::Http, service).load_balancer().expect("it has one");
        let ports: Vec<_> = balancer.servers().map(|server| server.port().to_owned()).collect();
        assert_eq!(ports, ["1"]);
    }
}
