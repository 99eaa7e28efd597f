//! Options that were removed or are deprecated: Traefik looks for them in flags, file and variables before anything
//! else, and does not start where one of the removed is set.
//!
//! The search has its own way of reading all three, and gives up in the log where that fails. What it knows is a
//! schema of its own, read by the same decoder.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::environment::Variable;
use super::file::{self, Item};
use super::flags::{self, Known, ROOT};
use super::report::{Loader, Notice};
use super::schema::at;
use crate::decode::{
    DecodeError, NodeId, Origin, Schema, Shape, Struct, Tree, TypeId, Value, label_tree, rows, typed_list,
};
use crate::model::{Release, Text};

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema::of_table(&rows(include_str!("deprecated.json")), Release::default()));

/// The options that are looked for.
pub(super) fn schema() -> &'static Schema {
    &SCHEMA
}

/// What became of looking in one place.
pub(super) enum Found {
    /// Nothing that keeps Traefik from starting.
    Nothing,
    /// An option that was removed.
    Removed,
    /// It could not be looked for; the text says why.
    Failed(String),
    /// Traefik crashes.
    Crash(String),
}

/// Looks in a command line. Every argument without `=` is taken for a truth value.
pub(super) fn in_arguments(arguments: &[String], notices: &mut Vec<Notice>) -> Found {
    let flags = match flags::parse(&with_values(arguments), Known::Nothing) {
        Ok(flags) => flags,
        Err(error) => return Found::Failed(format!("parsing arguments to labels: {error}")),
    };
    judge(&flags.labels(), Loader::Arguments, notices)
}

/// The arguments as the search sees them.
pub(super) fn with_values(arguments: &[String]) -> Vec<String> {
    let with_value =
        |argument: &String| if argument.contains('=') { argument.clone() } else { format!("{argument}=true") };
    arguments.iter().map(with_value).collect()
}

/// Looks in what a file holds.
pub(super) fn in_file(item: &Item, path: &str, notices: &mut Vec<Notice>) -> Found {
    match file::labels(item, ROOT) {
        Ok(labels) if labels.is_empty() => {
            Found::Failed(format!("decoding configuration file {path}: no valid configuration found"))
        }
        Ok(labels) => judge(&labels, Loader::File, notices),
        Err(file::Unreadable::Crash) => Found::Crash("index out of range".to_owned()),
        Err(file::Unreadable::Value(problem)) => {
            Found::Failed(format!("decoding configuration file {path}: {problem}"))
        }
    }
}

/// Looks in variables.
pub(super) fn in_variables(variables: &[Variable], notices: &mut Vec<Notice>) -> Found {
    let mut labels = super::environment::labels(variables);
    // A name that has others below it loses its own value.
    let parents: Vec<Text> = labels.keys().filter(|name| has_names_below(&labels, name)).cloned().collect();
    labels.retain(|name, _| !parents.contains(name));
    if let Some(problem) = labels.values().find_map(|value| typed_list(value, ',')?.err()) {
        return Found::Failed(format!("decoding environment variables: {problem}"));
    }
    judge(&labels, Loader::Variables, notices)
}

fn has_names_below(labels: &BTreeMap<Text, Text>, name: &str) -> bool {
    ['.', '['].into_iter().any(|joint| {
        let start = format!("{name}{joint}");
        labels.range(Text::from(start.as_str())..).next().is_some_and(|(next, _)| next.starts_with(&start))
    })
}

fn judge(labels: &BTreeMap<Text, Text>, loader: Loader, notices: &mut Vec<Notice>) -> Found {
    let failed = |what: &str, error: &DecodeError| {
        if error.problem.is_panic() {
            return Found::Crash(error.to_string());
        }
        Found::Failed(format!("parsing deprecated config from {}: {what}: {error}", loader.long_name()))
    };
    let tree = match label_tree(labels, ROOT, &[""]) {
        Ok(Some(tree)) => tree,
        Ok(None) => return Found::Nothing,
        Err(error) => return failed("decoding to node", &error),
    };
    let mut known = Tree::new(ROOT);
    let (from, to) = (tree.root(), known.root());
    if !copy_known(schema(), Schema::ROOT, &tree, from, &mut known, to) {
        return Found::Nothing;
    }
    match schema().decode(Some(known), schema().new_struct(Schema::ROOT), Origin::Labels) {
        Ok(options) => complain(&options, loader, notices),
        Err(error) => failed("filling configuration", &error),
    }
}

/// Copies the names that the schema knows; a name whose names below are all unknown isn't known either. Gives whether
/// there was any.
fn copy_known<'a>(
    schema: &Schema,
    kind: TypeId,
    tree: &Tree<'a>,
    from: NodeId,
    known: &mut Tree<'a>,
    to: NodeId,
) -> bool {
    let mut any = false;
    for child in tree.children(from) {
        let name = &tree.node(child).name;
        let Some(field) = schema.type_of(kind).fields.iter().find(|field| crate::decode::same_name(field.name, name))
        else {
            continue;
        };
        let below = match &field.shape {
            _ if tree.is_leaf(child) => Below::Nothing,
            Shape::Map(inner) if **inner == Shape::Any => Below::Anything,
            shape => match shape.as_struct() {
                Some(kind) if has_known(schema, kind, tree, child) => Below::Fields(kind),
                _ => continue,
            },
        };
        any = true;
        let copy = known.append(to, name.clone());
        if let Some(value) = &tree.node(child).value {
            known.set(copy, value.clone());
        }
        match below {
            Below::Nothing => {}
            Below::Anything => {
                let copy = known.append(copy, "any");
                known.set(copy, Text::default());
            }
            Below::Fields(kind) => {
                copy_known(schema, kind, tree, child, known, copy);
            }
        }
    }
    any
}

/// What of a name's own is copied.
enum Below {
    Nothing,
    /// That there is something.
    Anything,
    Fields(TypeId),
}

fn has_known(schema: &Schema, kind: TypeId, tree: &Tree<'_>, at: NodeId) -> bool {
    tree.children(at).any(|child| {
        let name = &tree.node(child).name;
        let field = schema.type_of(kind).fields.iter().find(|field| crate::decode::same_name(field.name, name));
        field.is_some_and(|field| match &field.shape {
            _ if tree.is_leaf(child) => true,
            Shape::Map(inner) => **inner == Shape::Any,
            shape => shape.as_struct().is_some_and(|kind| has_known(schema, kind, tree, child)),
        })
    })
}

/// What is said of an option, and whether Traefik starts nevertheless.
struct Complaint {
    option: &'static str,
    /// Whether it was removed, so that Traefik doesn't start.
    removed: bool,
    /// What to do.
    advice: &'static str,
}

const fn removed(option: &'static str, advice: &'static str) -> Complaint {
    Complaint { option, removed: true, advice }
}

const fn deprecated(option: &'static str, advice: &'static str) -> Complaint {
    Complaint { option, removed: false, advice }
}

const CA_OPTIONAL: &str = "remove it: it was never an option of a TLS client";
const TRACER: &str = "remove it and use OpenTelemetry (`tracing.otlp`)";

/// In the order in which Traefik looks.
const COMPLAINTS: [Complaint; 27] = [
    removed("pilot", "remove it: there is no Pilot any more"),
    deprecated("core.defaultRuleSyntax", "write all rules in v3's syntax"),
    removed("experimental.http3", "remove it: HTTP/3 is a stable feature"),
    deprecated("experimental.kubernetesGateway", "remove it: the provider is stable since v3.1"),
    deprecated("experimental.kubernetesIngressNGINX", "remove it: the provider is stable since v3.7.2"),
    removed("providers.marathon", "remove it: the provider is gone"),
    removed("providers.rancher", "remove it: the provider is gone"),
    removed("providers.docker.swarmMode", "use the provider `swarm`"),
    removed("providers.docker.tls.caOptional", CA_OPTIONAL),
    removed("providers.consul.namespace", "use `namespaces`"),
    removed("providers.consul.tls.caOptional", CA_OPTIONAL),
    removed("providers.consulCatalog.namespace", "use `namespaces`"),
    removed("providers.consulCatalog.endpoint.tls.caOptional", CA_OPTIONAL),
    removed("providers.nomad.namespace", "use `namespaces`"),
    removed("providers.nomad.endpoint.tls.caOptional", CA_OPTIONAL),
    removed("providers.swarm.tls.caOptional", CA_OPTIONAL),
    removed("providers.etcd.tls.caOptional", CA_OPTIONAL),
    removed("providers.redis.tls.caOptional", CA_OPTIONAL),
    removed("providers.http.tls.caOptional", CA_OPTIONAL),
    deprecated("providers.kubernetesIngress.disableIngressClassLookup", "use `disableClusterScopeResources`"),
    removed("tracing.spanNameLimit", "remove it: names of spans have a fixed length"),
    removed("tracing.jaeger", TRACER),
    removed("tracing.zipkin", TRACER),
    removed("tracing.datadog", TRACER),
    removed("tracing.instana", TRACER),
    removed("tracing.haystack", TRACER),
    removed("tracing.elastic", TRACER),
];

fn complain(options: &Struct, loader: Loader, notices: &mut Vec<Notice>) -> Found {
    let is_set = |option: &str| match at(schema(), options, option) {
        Value::Absent => false,
        Value::Text(text) => option != "core.defaultRuleSyntax" || !text.is_empty(),
        _ => true,
    };
    let mut found = Found::Nothing;
    // Behind a removed experiment the others are not looked at.
    let hidden = |option: &str| option.starts_with("experimental.kubernetes") && is_set("experimental.http3");
    for complaint in COMPLAINTS.iter().filter(|one| is_set(one.option) && !hidden(one.option)) {
        let what =
            if complaint.removed { "was removed in v3, and Traefik does not start with it" } else { "is deprecated" };
        notices.push(Notice::error(Some(loader), format!("`{}` {what}: {}", complaint.option, complaint.advice)));
        if complaint.removed {
            found = Found::Removed;
        }
    }
    found
}
