//! The snapshot file: recorded AWS answers, in the shape that the AWS CLI prints them.
//!
//! It reads and checks the form, and decides nothing. What is recorded may be wrong or dangle; the source that answers
//! from it says what AWS would.

use std::io::Read;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::model::{Cluster, ContainerInstance, Ec2Instance, SsmInstance, Task, TaskDefinition, Text};

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
    pub tasks: Option<Vec<Arc<Task>>>,
    /// ARNs of tasks that were listed as running and were to stop when they were described.
    pub stopping_tasks: Option<Vec<Text>>,
    /// Container instances, each with its `clusterArn`.
    pub container_instances: Option<Vec<Arc<ContainerInstance>>>,
    /// Revisions of task definitions.
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

/// Why a file is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not JSON, or cut off, or a field of the wrong type.
    #[error("{message}")]
    Json {
        /// What the parser says, without the place.
        message: String,
        /// Byte offset in the (uncompressed) text.
        offset: usize,
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// The line itself, or the part around the place.
        text: String,
        /// The place within `text`.
        at: usize,
        /// Whether the text ends too early.
        cut_off: bool,
    },
    /// JSON, but of another kind.
    #[error("it has none of a snapshot's sections (clusters, tasks, taskDefinitions, …){}", looks_like(*found))]
    OtherKind {
        /// What it looks like.
        found: Option<&'static str>,
    },
    /// Made by a newer ecsroute.
    #[error("it is a snapshot of version {0}; this program reads version {VERSION}")]
    Newer(u64),
    /// Not a gzip file although it begins like one.
    #[error("it can't be uncompressed: {0}")]
    Compression(#[source] std::io::Error),
    /// More than memory holds.
    #[error("it is too large for the memory there is ({bytes} bytes and more)")]
    TooLarge {
        /// How much had been read.
        bytes: usize,
    },
}

fn looks_like(found: Option<&'static str>) -> String {
    found.map(|found| format!("; it looks like {found}")).unwrap_or_default()
}

impl Snapshot {
    /// Reads a snapshot from the bytes of its file, compressed or not.
    ///
    /// # Errors
    /// When it is empty, cut off, of another kind, or newer than this program.
    pub fn read(bytes: &[u8]) -> Result<Self, SnapshotError> {
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let text = uncompress(bytes)?;
            return Self::parse(&text);
        }
        Self::parse(bytes)
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
        Ok(snapshot)
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

/// The byte offset of a line and column (both from 1, the column in bytes) in a text.
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// How much of a long line is shown around a place, in bytes to either side.
const CONTEXT: usize = 120;

fn json_error(bytes: &[u8], error: &serde_json::Error) -> SnapshotError {
    let (line, column) = (error.line(), error.column());
    let start = memchr_lines(bytes, line.saturating_sub(1));
    let offset = (start + column.saturating_sub(1)).min(bytes.len());
    let end = bytes[offset..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| offset + at);
    let from = offset.saturating_sub(CONTEXT).max(start);
    let to = (offset + CONTEXT).min(end);
    let before = String::from_utf8_lossy(&bytes[from..offset]).into_owned();
    let at = before.len();
    let text = before + &String::from_utf8_lossy(&bytes[offset..to]);
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
    SnapshotError::Json { message, offset, line, column, text, at, cut_off: error.is_eof() }
}

/// Where the line after `breaks` line breaks begins.
fn memchr_lines(bytes: &[u8], breaks: usize) -> usize {
    if breaks == 0 {
        return 0;
    }
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(breaks - 1).map_or(bytes.len(), |(at, _)| at + 1)
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

fn uncompress(bytes: &[u8]) -> Result<Vec<u8>, SnapshotError> {
    const STEP: usize = 1 << 20;
    let mut text = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
    loop {
        text.try_reserve(STEP).map_err(|_| SnapshotError::TooLarge { bytes: text.len() })?;
        let read = decoder.by_ref().take(STEP as u64).read_to_end(&mut text).map_err(SnapshotError::Compression)?;
        if read == 0 {
            return Ok(text);
        }
    }
}
