//! Assembles containers from records and puts each through the filters.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::constraint::Constraint;
use super::labels::{Labels, Reader};
use super::settings::{Settings, TemplateVersion};
use super::verdict::{EnabledBy, Machine, Outcome, Port, Reason, Stage, Step, Verdict};
use crate::golang::strconv::parse_bool;
use crate::model::{ClusterRecords, Container, ContainerDefinition, Inventory, Task, Text};

/// Every container of the fleet with what becomes of it up to its constraints, in the order of clusters and tasks.
pub(super) fn verdicts(settings: &Settings, constraints: &[Constraint], inventory: &Inventory) -> Vec<Verdict> {
    let filters = Filters { settings, constraints, inventory };
    let mut found = Vec::new();
    for records in &inventory.clusters {
        let mut seen = BTreeSet::new();
        for task in records.tasks.iter().filter(|task| seen.insert(task.task_arn.clone())) {
            found.extend(task.containers.iter().map(|container| filters.verdict(records, task, container)));
        }
    }
    found
}

struct Filters<'a> {
    settings: &'a Settings,
    constraints: &'a [Constraint],
    inventory: &'a Inventory,
}

/// A container on its way through the stages.
struct Way {
    steps: Vec<Step>,
}

impl Way {
    /// Notes what a stage comes to; an error is why the container goes no further.
    fn step(&mut self, stage: Stage, outcome: Result<String, Reason>) -> Option<()> {
        let (outcome, goes_on) = match outcome {
            Ok(evidence) => (Outcome::Passed(evidence), Some(())),
            Err(reason) => (Outcome::Dropped(Box::new(reason)), None),
        };
        self.steps.push(Step { stage, outcome });
        goes_on
    }
}

impl Filters<'_> {
    fn verdict(&self, records: &ClusterRecords, task: &Arc<Task>, container: &Container) -> Verdict {
        let definition = self.definition(task, container);
        let name = container.name.clone().unwrap_or_default();
        let group = task.group.as_deref().unwrap_or_default().replacen(':', "-", 1);
        let labels: Labels = definition.iter().flat_map(|known| &known.docker_labels).map(owned).collect();
        let mut verdict = Verdict {
            cluster: records.cluster.clone(),
            task: task.clone(),
            name: format!("{group}-{name}"),
            container: name,
            definition: definition.map(|known| Arc::new(known.clone())),
            id: tail(&task.task_arn).unwrap_or_default().to_owned(),
            labels,
            machine: None,
            steps: Vec::new(),
            units: Vec::new(),
            notes: Vec::new(),
        };
        let mut way = Way { steps: Vec::new() };
        // What stops it is in the steps.
        let _ = self.go(&mut way, records, container, &mut verdict);
        verdict.steps = way.steps;
        for stage in &Stage::ALL[verdict.steps.len()..] {
            if *stage != Stage::Server || verdict.reason().is_some() {
                verdict.steps.push(Step { stage: *stage, outcome: Outcome::NotReached });
            }
        }
        verdict
    }

    fn go(&self, way: &mut Way, records: &ClusterRecords, container: &Container, verdict: &mut Verdict) -> Option<()> {
        way.step(Stage::Task, task_runs(&verdict.task))?;
        way.step(Stage::Definition, defined(verdict))?;
        let found = self.machine(records, &verdict.task, container, verdict.definition.as_deref());
        let machine = match found {
            Ok(machine) => machine,
            Err(reason) => {
                way.step(Stage::Machine, Err(reason));
                return None;
            }
        };
        way.step(Stage::Machine, Ok(format!("{} port(s) at {}", machine.ports.len(), named(&machine.address))))?;
        verdict.machine = Some(machine.clone());
        way.step(Stage::Ports, has_port(&machine, &verdict.labels))?;
        way.step(Stage::State, runs(&machine))?;
        way.step(Stage::Address, has_address(&machine))?;
        way.step(Stage::Enabled, self.enabled(&verdict.labels))?;
        way.step(Stage::Constraint, self.constrained(&verdict.labels))
    }

    fn definition(&self, task: &Task, container: &Container) -> Option<&ContainerDefinition> {
        let definition = self.inventory.task_definitions.get(&task.task_definition_arn)?;
        let name = container.name.as_deref().unwrap_or_default();
        definition.container_definitions.iter().find(|known| known.name.as_deref().unwrap_or_default() == name)
    }

    /// Where a container runs: any attachment at all, even one that is no network interface, makes it the task's own.
    fn machine(
        &self,
        records: &ClusterRecords,
        task: &Task,
        container: &Container,
        definition: Option<&ContainerDefinition>,
    ) -> Result<Machine, Reason> {
        if task.attachments.is_empty() {
            return self.instance(records, task, container);
        }
        let interface = container.network_interfaces.first().ok_or(Reason::NetworkInterfaceMissing)?;
        let mappings = definition.map(|known| known.port_mappings.as_slice()).unwrap_or_default();
        let ports = mappings.iter().map(|mapping| port(mapping.container_port, mapping.host_port)).collect();
        Ok(Machine {
            address: interface.private_ipv4_address.clone().unwrap_or_default(),
            state: task.last_status.clone().unwrap_or_default(),
            of_instance: false,
            ports,
        })
    }

    fn instance(&self, records: &ClusterRecords, task: &Task, container: &Container) -> Result<Machine, Reason> {
        let named = task.container_instance_arn.as_ref();
        let known = named
            .and_then(|arn| records.container_instances.get(arn))
            .and_then(|instance| self.inventory.ec2_instances.get(instance.ec2_instance_id.as_ref()?));
        let Some(known) = known else {
            return Err(Reason::ContainerInstanceMissing { instance: named.cloned() });
        };
        let state = known.state.as_ref().ok_or(Reason::InstanceStateMissing)?;
        let bindings = container.network_bindings.iter();
        Ok(Machine {
            address: known.private_ip_address.clone().unwrap_or_default(),
            state: state.name.clone().unwrap_or_default(),
            of_instance: true,
            ports: bindings.map(|binding| port(binding.container_port, binding.host_port)).collect(),
        })
    }

    fn enabled(&self, labels: &Labels) -> Result<String, Reason> {
        let default = self.settings.exposed_by_default;
        let given = labels.get("traefik.enable");
        match given.map(|value| (value, parse_bool(value))) {
            Some((value, Ok(true))) => Ok(format!("`traefik.enable` is `{value}`")),
            Some((value, Ok(false))) => Err(Reason::Disabled(EnabledBy::Label(value.clone()))),
            _ if default => Ok("`exposedByDefault` is on".to_owned()),
            _ => Err(Reason::Disabled(EnabledBy::Default(given.cloned()))),
        }
    }

    fn constrained(&self, labels: &Labels) -> Result<String, Reason> {
        if self.settings.template_version == TemplateVersion::One {
            return Ok("not looked at with template version 1".to_owned());
        }
        let tags = Reader::new(labels).list("traefik.tags");
        match self.constraints.iter().find(|constraint| !constraint.holds(&tags)) {
            Some(failing) => Err(Reason::ConstraintFalse { constraint: failing.to_string(), tags }),
            None => Ok(format!("{} constraint(s) hold", self.constraints.len())),
        }
    }
}

fn owned((label, value): (&Text, &Text)) -> (String, String) {
    (label.to_string(), value.to_string())
}

fn port(container: Option<i32>, host: Option<i32>) -> Port {
    Port { container: container.unwrap_or_default().into(), host: host.unwrap_or_default().into() }
}

/// The last twelve bytes of an ARN.
fn tail(arn: &str) -> Option<&str> {
    arn.get(arn.len().checked_sub(12)?..)
}

fn task_runs(task: &Task) -> Result<String, Reason> {
    let status = task.last_status.clone().unwrap_or_default();
    if &*status == "RUNNING" {
        Ok("the task is RUNNING".to_owned())
    } else {
        Err(Reason::NotRunning { state: status, of_instance: false })
    }
}

fn defined(verdict: &Verdict) -> Result<String, Reason> {
    let definition = &verdict.task.task_definition_arn;
    match &verdict.definition {
        None => Err(Reason::ContainerDefinitionMissing { definition: definition.clone() }),
        Some(_) if verdict.id.is_empty() => Err(Reason::TaskArnTooShort),
        Some(_) => Ok(format!("{} label(s) in {definition}", verdict.labels.len())),
    }
}

fn has_port(machine: &Machine, labels: &Labels) -> Result<String, Reason> {
    let label = Reader::new(labels).filled("traefik.port");
    match label {
        Some(port) => Ok(format!("`traefik.port` is `{port}`")),
        None if machine.ports.is_empty() => Err(Reason::PortMissing),
        None => Ok(format!("{} port(s)", machine.ports.len())),
    }
}

fn runs(machine: &Machine) -> Result<String, Reason> {
    if machine.state.to_lowercase() == "running" {
        Ok(format!("`{}`", machine.state))
    } else {
        Err(Reason::NotRunning { state: machine.state.clone(), of_instance: true })
    }
}

fn has_address(machine: &Machine) -> Result<String, Reason> {
    if machine.address.is_empty() { Err(Reason::AddressMissing) } else { Ok(format!("`{}`", machine.address)) }
}

fn named(address: &str) -> &str {
    if address.is_empty() { "no address" } else { address }
}
