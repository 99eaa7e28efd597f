//! The snapshot file: recorded AWS answers, in the shape that the AWS CLI prints them.
//!
//! It reads and checks the form, and decides nothing. What is recorded may be wrong or dangle; the source that answers
//! from it says what AWS would.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::snapshot_error::{SnapshotError, json_error};
use crate::model::{
    Cluster, ContainerInstance, Ec2Instance, Index, SsmInstance, Task, TaskDefinition, Text, shared_records,
};

/// Bytes that a record takes once it is read, beside the text of the file.
const READ: u64 = 400;

/// Bytes that a container takes once it is judged.
const JUDGED: u64 = 1200;

/// The newest version of the form that is understood.
pub const VERSION: u64 = 1;

/// A recorded fleet. A section that was not read is `None`, not empty.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Snapshot {
    /// The version of the form; absent means 1.
    pub version: Option<u64>,
    /// The region that was asked.
    pub region: Option<Text>,
    /// The account that answered.
    pub account: Option<Text>,
    /// When, as RFC 3339.
    pub recorded_at: Option<Text>,
    /// The provider's settings, without credentials.
    pub settings: Option<Map<String, Value>>,
    /// What ListClusters (and DescribeClusters' shape) knows.
    pub clusters: Option<Vec<Cluster>>,
    /// Clusters of `clusters` whose tasks were not read: they were not among those searched.
    pub unread_clusters: Option<Vec<Text>>,
    /// Running tasks, each with its `clusterArn`.
    #[serde(deserialize_with = "shared_records")]
    pub tasks: Option<Vec<Arc<Task>>>,
    /// ARNs of tasks that were listed as running and were to stop when they were described.
    pub stopping_tasks: Option<Vec<Text>>,
    /// Container instances, each with its `clusterArn`.
    #[serde(deserialize_with = "shared_records")]
    pub container_instances: Option<Vec<Arc<ContainerInstance>>>,
    /// Revisions of task definitions.
    #[serde(deserialize_with = "shared_records")]
    pub task_definitions: Option<Vec<Arc<TaskDefinition>>>,
    /// EC2 instances.
    pub ec2_instances: Option<Vec<Ec2Instance>>,
    /// External instances.
    pub ssm_instances: Option<Vec<SsmInstance>>,
    /// What AWS reported under `failures`.
    pub failures: Option<Vec<RecordedFailure>>,
    /// Calls that failed.
    pub errors: Option<Vec<RecordedError>>,
}

/// A record that AWS said it does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct RecordedFailure {
    /// Which call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Text>,
    /// For which cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Text>,
    /// For which record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<Text>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// A call that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct RecordedError {
    /// Which call.
    pub action: Text,
    /// For which cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Text>,
    /// The records that it asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Text>,
    /// AWS's code.
    pub code: Text,
    /// AWS's message.
    pub message: Text,
}

/// How many records a text has at most.
#[expect(clippy::naive_bytecount, reason = "a hundredth of the time that reading takes is no reason for another crate")]
fn records(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'{').count()
}

fn is_held(records: usize, each: u64, holds: &dyn Fn(u64) -> bool) -> Result<(), SnapshotError> {
    if holds((records as u64).saturating_mul(each)) { Ok(()) } else { Err(SnapshotError::TooMany { records }) }
}

impl Snapshot {
    /// Reads a snapshot from the bytes of its file, compressed or not.
    ///
    /// # Errors
    /// When it is empty, cut off, of another kind, or newer than this program.
    pub fn read(bytes: &[u8]) -> Result<Self, SnapshotError> {
        Self::read_within(bytes, usize::MAX, &|_| true)
    }

    /// The same, refusing what is larger than this once it is uncompressed, and what has more records than there is
    /// memory for: `holds` says whether so many bytes more may be used. Records of a few bytes take some hundred.
    ///
    /// # Errors
    /// As [`read`](Self::read), and when it is larger or has too many records.
    pub fn read_within(bytes: &[u8], most: usize, holds: &dyn Fn(u64) -> bool) -> Result<Self, SnapshotError> {
        let text = if bytes.starts_with(&[0x1f, 0x8b]) { uncompress(bytes, most)?.into() } else { Cow::from(bytes) };
        is_held(records(&text), READ, holds)?;
        let snapshot = Self::parse(&text)?;
        let tasks = snapshot.tasks.iter().flatten();
        is_held(tasks.map(|task| task.containers.len().max(1)).sum(), JUDGED, holds)?;
        Ok(snapshot)
    }

    fn parse(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(SnapshotError::Empty);
        }
        let snapshot: Self = serde_json::from_slice(bytes).map_err(|error| json_error(bytes, &error))?;
        if let Some(version) = snapshot.version.filter(|version| *version > VERSION) {
            return Err(SnapshotError::Newer(version));
        }
        if snapshot.has_no_section() {
            return Err(SnapshotError::OtherKind { found: kind_of(bytes) });
        }
        match duplicate(&snapshot) {
            Some((section, key, at)) => {
                Err(SnapshotError::Duplicate { section, key, line: line_of(bytes, section, at) })
            }
            None => Ok(snapshot),
        }
    }

    /// Takes every section that is absent for one that was read and is empty.
    pub fn fill_sections(&mut self) {
        self.clusters.get_or_insert_default();
        self.tasks.get_or_insert_default();
        self.container_instances.get_or_insert_default();
        self.task_definitions.get_or_insert_default();
        self.ec2_instances.get_or_insert_default();
        self.ssm_instances.get_or_insert_default();
    }

    fn has_no_section(&self) -> bool {
        self.clusters.is_none()
            && self.tasks.is_none()
            && self.container_instances.is_none()
            && self.task_definitions.is_none()
            && self.errors.is_none()
    }
}

/// The first record that contradicts an earlier one: its section, its name and its place in the section.
fn duplicate(snapshot: &Snapshot) -> Option<(&'static str, Text, usize)> {
    fn among<'a, T: PartialEq>(
        section: &'static str,
        records: Option<&'a Vec<T>>,
        key: impl Fn(&'a T) -> &'a Text,
    ) -> Option<(&'static str, Text, usize)> {
        let mut seen: Index<&Text, &T> = Index::default();
        seen.reserve(records.map_or(0, Vec::len));
        for (at, record) in records.into_iter().flatten().enumerate() {
            match seen.entry(key(record)) {
                Entry::Occupied(first) if *first.get() != record => return Some((section, key(record).clone(), at)),
                Entry::Occupied(_) => {}
                Entry::Vacant(place) => {
                    place.insert(record);
                }
            }
        }
        None
    }
    among("tasks", snapshot.tasks.as_ref(), |task| &task.task_arn)
        .or_else(|| {
            let instances = snapshot.container_instances.as_ref();
            among("containerInstances", instances, |instance| &instance.container_instance_arn)
        })
        .or_else(|| among("taskDefinitions", snapshot.task_definitions.as_ref(), |known| &known.task_definition_arn))
        .or_else(|| among("ec2Instances", snapshot.ec2_instances.as_ref(), |instance| &instance.instance_id))
        .or_else(|| among("ssmInstances", snapshot.ssm_instances.as_ref(), |instance| &instance.instance_id))
}

/// The line on which a record of a section begins, from 1.
fn line_of(bytes: &[u8], section: &str, at: usize) -> usize {
    let place = || {
        let sections: HashMap<String, &RawValue> = serde_json::from_slice(bytes).ok()?;
        let records: Vec<&RawValue> = serde_json::from_str(sections.get(section)?.get()).ok()?;
        records.get(at)?.get().as_ptr().addr().checked_sub(bytes.as_ptr().addr())
    };
    let before = place().unwrap_or_default().min(bytes.len());
    bytes[..before].split(|byte| *byte == b'\n').count()
}

/// What a JSON document that is no snapshot looks like.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(bytes) else { return None };
    let has = |name: &str| fields.contains_key(name);
    Some(match () {
        () if has("Statement") => "an IAM policy",
        () if has("containerDefinitions") || has("taskDefinition") => "a task definition (see `ecsroute lint`)",
        () if has("planned_values") || has("resource_changes") => "a Terraform plan (see `ecsroute lint`)",
        () if has("Resources") => "a CloudFormation template (see `ecsroute lint`)",
        () if has("http") || has("tcp") || has("udp") => "a rendered configuration",
        () if has("schema") => "the output of another command",
        () => return None,
    })
}

fn uncompress(bytes: &[u8], most: usize) -> Result<Vec<u8>, SnapshotError> {
    const STEP: usize = 1 << 20;
    let mut text = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
    loop {
        text.try_reserve(STEP).map_err(|_| SnapshotError::TooLarge { bytes: text.len() })?;
        let read = decoder.by_ref().take(STEP as u64).read_to_end(&mut text).map_err(SnapshotError::Compression)?;
        if text.len() > most {
            return Err(SnapshotError::TooLarge { bytes: text.len() });
        }
        if read == 0 {
            return Ok(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Snapshot, SnapshotError> {
        Snapshot::read(text.as_bytes())
    }

    #[test]
    fn a_contradiction_is_told_with_its_line() {
        let text =
            "{ \"tasks\": [\n{\"taskArn\": \"t\"},\n{\"taskArn\": \"u\"},\n{\"taskArn\": \"t\", \"group\": \"g\"}\n] }";
        let error = read(text).expect_err("the records differ");
        assert!(matches!(error, SnapshotError::Duplicate { section: "tasks", line: 4, .. }), "{error}");
    }

    #[test]
    fn more_records_than_memory_holds_are_refused() {
        let text = format!("{{\"tasks\": [{}{{\"taskArn\": \"t\"}}]}}", "{},".repeat(1000));
        let refused = Snapshot::read_within(text.as_bytes(), usize::MAX, &|more| more < 100_000);
        assert!(matches!(refused, Err(SnapshotError::TooMany { records: 1002 })));
        assert!(Snapshot::read_within(text.as_bytes(), usize::MAX, &|more| more < 2_000_000).is_ok());
    }

    #[test]
    fn the_same_record_twice_is_no_contradiction() {
        assert!(read("{\"tasks\": [{\"taskArn\": \"t\"}, {\"taskArn\": \"t\"}]}").is_ok());
    }

    #[test]
    fn what_uncompresses_to_too_much_is_refused() {
        use std::io::Write as _;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; 8 << 20]).expect("memory takes it");
        let packed = packed.finish().expect("memory takes it");
        let refused = Snapshot::read_within(&packed, 4 << 20, &|_| true).expect_err("it is twice as large");
        assert!(matches!(refused, SnapshotError::TooLarge { bytes } if bytes <= 6 << 20), "{refused}");
    }

    #[test]
    fn what_is_no_snapshot_is_told_as_what_it_is() {
        let other = |text: &str| read(text).expect_err("it is no snapshot").to_string();
        assert!(other("{\"Statement\": []}").contains("an IAM policy"));
        assert!(other("{}").contains("none of a snapshot's sections"));
        assert!(other("  ").contains("empty"));
        assert!(other("{\"version\": 2, \"tasks\": []}").contains("version 2"));
    }

    #[test]
    fn a_wrong_type_and_a_cut_are_told_with_their_place() {
        let wrong = read("{\n \"tasks\": [{\"taskArn\": 7}] }").expect_err("a number is no ARN");
        assert!(matches!(wrong, SnapshotError::Json { line: 2, column: 24, cut_off: false, .. }), "{wrong:?}");
        let cut = read("{\"tasks\": [{\"taskArn\": \"t").expect_err("it ends too early");
        assert!(matches!(cut, SnapshotError::Json { line: 1, cut_off: true, .. }), "{cut:?}");
    }

    #[test]
    fn what_is_quoted_is_shortened() {
        let wrong = read(&format!("{{\"tasks\": \"{}\"}}", "é".repeat(10_000))).expect_err("a text is no list");
        let message = wrong.to_string();
        assert!(message.chars().count() < 300, "{message}");
        assert!(message.starts_with("invalid type: string") && message.ends_with("expected a sequence"), "{message}");
    }
}
