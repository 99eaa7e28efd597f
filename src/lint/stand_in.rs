//! Tasks for definitions that have none yet: each runs, is healthy and has an address.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::Arc;

use super::given::{Container, Definition, Label, Mapping, Service};
use super::place::{Site, Word};
use crate::model::{
    self, Attachment, ClusterRecords, ContainerDefinition, ContainerInstance, Ec2Instance, InstanceState, Inventory,
    NetworkBinding, NetworkInterface, PortMapping, SsmInstance, Task, TaskDefinition, Text,
};

/// Addresses that nobody has: RFC 2544 keeps them for measurements.
const ADDRESSES: u32 = 0xc612_0000;

/// The first port that ECS gives out by itself on a host.
const DYNAMIC: i32 = 32_768;

/// Puts a task for each definition into a fleet. Gives the index of each definition by the ARN that it has there.
pub(super) fn stand_ins(
    definitions: &[Definition],
    services: &[Service],
    mut fleet: Inventory,
) -> (Inventory, BTreeMap<Text, usize>) {
    let mut places = BTreeMap::new();
    let mut count = 0;
    let running = running(&fleet);
    let by_reference = by_reference(services);
    let mut clusters = BTreeMap::new();
    for (index, records) in fleet.clusters.iter().enumerate() {
        clusters.entry(last_of(&records.cluster).to_owned()).or_insert(index);
    }
    let repeated = repeated(definitions, services);
    for (index, definition) in definitions.iter().enumerate() {
        let arn: Text = format!("arn:aws:ecs:::task-definition/{}:written-{index}", family_of(definition)).into();
        places.insert(arn.clone(), index);
        fleet.task_definitions.insert(arn.clone(), Arc::new(record(definition, &arn)));
        let mut using: Vec<_> =
            using(definition, services, &by_reference).into_iter().map(|at| Some(&services[at])).collect();
        if using.is_empty() {
            // A revision that isn't deployed yet takes the place of the one that runs.
            using.extend(running.get(&family_of(definition)).into_iter().flatten().map(Some));
        }
        if using.is_empty() {
            using.push(None);
        }
        for service in using {
            count += 1;
            StandIn { definition, arn: &arn, service, number: count, repeated: &repeated }
                .settle(&mut fleet, &mut clusters);
        }
    }
    (fleet, places)
}

/// The services that run, by the family that they run.
fn running(fleet: &Inventory) -> BTreeMap<String, Vec<Service>> {
    let mut seen = BTreeSet::new();
    let mut running: BTreeMap<String, Vec<Service>> = BTreeMap::new();
    for task in fleet.clusters.iter().flat_map(|records| &records.tasks) {
        let Some(name) = task.group.as_deref().and_then(|group| group.strip_prefix("service:")) else { continue };
        let last = task.task_definition_arn.rsplit('/').next().unwrap_or_default();
        let family = last.split(':').next().unwrap_or(last);
        if seen.insert((family, &task.cluster_arn, name)) {
            running.entry(family.to_owned()).or_default().push(Service {
                name: Some(Word::recorded(name)),
                cluster: Some(Word::recorded(&task.cluster_arn)),
                launch_type: task.launch_type.as_deref().map(Word::recorded),
                ..Service::default()
            });
        }
    }
    running
}

/// The family's name, or what the definition is called in its file.
pub(super) fn family_of(definition: &Definition) -> String {
    definition.family.as_ref().and_then(Word::known).unwrap_or(&definition.within).to_owned()
}

/// What an ARN, or a name, ends in.
fn last_of(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// The services by what they say that they run: a resource of their file, a family, an ARN.
fn by_reference(services: &[Service]) -> BTreeMap<&str, Vec<usize>> {
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, service) in services.iter().enumerate() {
        let Some(reference) = service.definition.as_deref() else { continue };
        let last = last_of(reference);
        let names = BTreeSet::from([reference, last.split(':').next().unwrap_or(last)]);
        for name in names {
            known.entry(name).or_default().push(index);
        }
    }
    known
}

/// The services that run a definition, in order: they name its resource, its family, or its ARN.
fn using(definition: &Definition, services: &[Service], by_reference: &BTreeMap<&str, Vec<usize>>) -> BTreeSet<usize> {
    let named = |name: &str| by_reference.get(name).filter(|_| !name.is_empty()).into_iter().flatten().copied();
    let file = |site: &Option<Site>| site.as_ref().map(|site| site.file);
    let is_beside = |at: &usize| file(&services[*at].site) == file(&definition.site);
    let of_family = definition.family.as_ref().and_then(Word::known).map(named).into_iter().flatten();
    named(&definition.within).filter(is_beside).chain(of_family).collect()
}

/// What stands in for unknown names, and is given more than once: two templates may call a resource alike, and AWS
/// still gives each service a name of its own.
fn repeated<'a>(definitions: &'a [Definition], services: &'a [Service]) -> BTreeSet<&'a str> {
    let unnamed = |word: &Option<Word>| word.as_ref().and_then(Word::known).is_none();
    let definitions = definitions.iter().filter(|one| unnamed(&one.family)).map(|one| one.within.as_str());
    let services = services.iter().filter(|one| unnamed(&one.name)).map(|one| one.within.as_str());
    let mut seen = BTreeSet::new();
    let of_definitions: Vec<&str> = definitions.filter(|within| !seen.insert(*within)).collect();
    seen.clear();
    of_definitions.into_iter().chain(services.filter(|within| !seen.insert(*within))).collect()
}

/// The record as AWS would keep it. What is not known stays out; the containers keep their places.
fn record(definition: &Definition, arn: &Text) -> TaskDefinition {
    TaskDefinition {
        task_definition_arn: arn.clone(),
        family: Some(family_of(definition).into()),
        network_mode: definition.network_mode.as_ref().and_then(Word::known).map(Text::from),
        container_definitions: definition.containers.iter().map(container_record).collect(),
        ..TaskDefinition::default()
    }
}

fn container_record(container: &Container) -> ContainerDefinition {
    let known = |label: &Label| Some((Text::from(label.key.known()?), Text::from(label.value.known()?)));
    ContainerDefinition {
        name: container.name.as_ref().and_then(Word::known).map(Text::from),
        image: container.image.as_ref().and_then(Word::known).map(Text::from),
        port_mappings: container.ports.iter().map(mapping_record).collect(),
        docker_labels: container.labels.iter().filter_map(known).collect(),
        health_check: container.has_health_check,
        ..ContainerDefinition::default()
    }
}

fn mapping_record(mapping: &Mapping) -> PortMapping {
    PortMapping {
        container_port: mapping.container,
        host_port: mapping.host.or(mapping.container),
        protocol: mapping.protocol.as_deref().map(Text::from),
        container_port_range: mapping.range.as_deref().map(Text::from),
    }
}

/// A task to be made.
struct StandIn<'a> {
    definition: &'a Definition,
    arn: &'a Text,
    service: Option<&'a Service>,
    number: u32,
    repeated: &'a BTreeSet<&'a str>,
}

impl StandIn<'_> {
    fn settle(&self, fleet: &mut Inventory, clusters: &mut BTreeMap<String, usize>) {
        let cluster = self.cluster(fleet, clusters);
        let name = last_of(&cluster);
        let mut task = Task {
            task_arn: format!("arn:aws:ecs:::task/{name}/written{:05}", self.number).into(),
            cluster_arn: cluster.clone(),
            task_definition_arn: self.arn.clone(),
            group: Some(self.group()),
            last_status: Some("RUNNING".into()),
            desired_status: Some("RUNNING".into()),
            health_status: Some("HEALTHY".into()),
            launch_type: Some(self.launch_type().into()),
            containers: self.containers(),
            ..Task::default()
        };
        let instance = self.place(&mut task, fleet);
        let known = *clusters.entry(name.to_owned()).or_insert_with(|| {
            fleet.clusters.push(ClusterRecords { cluster: cluster.clone(), ..ClusterRecords::default() });
            fleet.clusters.len() - 1
        });
        let records = &mut fleet.clusters[known];
        records.listed.push(vec![task.task_arn.clone()]);
        records
            .container_instances
            .extend(instance.map(|known| (known.container_instance_arn.clone(), Arc::new(known))));
        records.tasks.push(Arc::new(task));
    }

    /// The service's cluster where it is known; else the fleet's first one.
    fn cluster(&self, fleet: &Inventory, clusters: &BTreeMap<String, usize>) -> Text {
        let first = || fleet.clusters.first().map(|records| records.cluster.clone());
        let Some(named) = self.service.and_then(|service| service.cluster.as_ref()?.known()) else {
            return first().unwrap_or_else(|| "default".into());
        };
        let last = last_of(named);
        clusters.get(last).map_or_else(|| last.into(), |known| fleet.clusters[*known].cluster.clone())
    }

    fn group(&self) -> Text {
        match self.service {
            Some(service) => match service.name.as_ref().and_then(Word::known) {
                Some(name) => format!("service:{name}").into(),
                None => format!("service:{}", self.own(&service.within)).into(),
            },
            None if self.definition.family.as_ref().and_then(Word::known).is_some() => {
                format!("family:{}", family_of(self.definition)).into()
            }
            None => format!("family:{}", self.own(&self.definition.within)).into(),
        }
    }

    /// What stands in for a name that isn't known, the same for no two.
    fn own(&self, within: &str) -> String {
        if self.repeated.contains(within) { format!("{within}-{}", self.number) } else { within.to_owned() }
    }

    fn launch_type(&self) -> &str {
        let given = self.service.and_then(|service| service.launch_type.as_ref()?.known());
        let mut able = self.definition.compatibilities.iter().filter_map(Word::known);
        given.or_else(|| able.next()).unwrap_or("EC2")
    }

    fn is_awsvpc(&self) -> bool {
        self.definition.network_mode.as_ref().and_then(Word::known) == Some("awsvpc")
    }

    fn address(&self) -> Text {
        Ipv4Addr::from(ADDRESSES + self.number).to_string().into()
    }

    /// The containers of which everything is known.
    fn containers(&self) -> Vec<model::Container> {
        let known =
            self.definition.containers.iter().filter(|known| self.definition.later.is_empty() && known.is_known());
        let interface = NetworkInterface { private_ipv4_address: Some(self.address()), ipv6_address: None };
        known
            .map(|known| model::Container {
                name: known.name.as_ref().and_then(Word::known).map(Text::from),
                last_status: Some("RUNNING".into()),
                health_status: Some("HEALTHY".into()),
                network_bindings: if self.is_awsvpc() { Vec::new() } else { self.bindings(known) },
                network_interfaces: if self.is_awsvpc() { vec![interface.clone()] } else { Vec::new() },
            })
            .collect()
    }

    /// Ports on the host as ECS would bind them.
    fn bindings(&self, container: &Container) -> Vec<NetworkBinding> {
        let is_host = self.definition.network_mode.as_ref().and_then(Word::known) == Some("host");
        let mut dynamic = DYNAMIC;
        let mut next = || {
            dynamic += 1;
            dynamic - 1
        };
        let binding = |mapping: &Mapping| NetworkBinding {
            bind_ip: Some("0.0.0.0".into()),
            container_port: mapping.container,
            host_port: match (mapping.host, mapping.container) {
                (_, None) => None,
                (Some(host), _) if host != 0 => Some(host),
                (_, container) if is_host => container,
                _ => Some(next()),
            },
            protocol: Some(mapping.protocol.as_deref().unwrap_or("tcp").into()),
            container_port_range: mapping.range.as_deref().map(Text::from),
            host_port_range: mapping.range.as_deref().map(Text::from),
        };
        container.ports.iter().map(binding).collect()
    }

    /// Gives the task its network interface, or a machine to run on.
    fn place(&self, task: &mut Task, fleet: &mut Inventory) -> Option<ContainerInstance> {
        if self.is_awsvpc() {
            let (kind, status) = (Some("ElasticNetworkInterface".into()), Some("ATTACHED".into()));
            task.attachments.push(Attachment { kind, status, details: Vec::new() });
            return None;
        }
        let is_external = self.launch_type() == "EXTERNAL";
        let id: Text = format!("{}-written{:05}", if is_external { "mi" } else { "i" }, self.number).into();
        if is_external {
            let known = SsmInstance {
                instance_id: id.clone(),
                ip_address: Some(self.address()),
                ping_status: Some("Online".into()),
            };
            fleet.ssm_instances.insert(id.clone(), known);
        } else {
            let state = Some(InstanceState { name: Some("running".into()) });
            let known = Ec2Instance {
                instance_id: id.clone(),
                private_ip_address: Some(self.address()),
                ipv6_address: None,
                state,
            };
            fleet.ec2_instances.insert(id.clone(), known);
        }
        let arn: Text = format!("arn:aws:ecs:::container-instance/written{:05}", self.number).into();
        task.container_instance_arn = Some(arn.clone());
        Some(ContainerInstance {
            cluster_arn: task.cluster_arn.clone(),
            container_instance_arn: arn,
            ec2_instance_id: Some(id),
            status: Some("ACTIVE".into()),
            agent_connected: Some(true),
        })
    }
}
