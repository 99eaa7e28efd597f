//! What becomes of the options that stand for themselves, as a table.

/// What becomes of an option.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fate {
    /// This option of v3, with the same value.
    To(&'static str),
    /// A section that turns something on by being there; its options have rows of their own.
    Section(&'static str),
    /// The same option of every entry point.
    OnEach(&'static str),
    /// v3 has nothing that does it; why, or what does instead.
    Nothing(&'static str),
    /// v3 does so anyway, or v1 did nothing.
    NoEffect(&'static str),
    /// It takes a hand, and which.
    ByHand(&'static str),
}

use Fate::{ByHand, NoEffect, Nothing, OnEach, Section, To};

const GONE: &str = "v3 has no such provider";
const OTHER: &str = "a provider other than ECS has options and labels of another form in v3";
const TRACER: &str = "v3 traces through OpenTelemetry alone: `tracing.otlp`";

/// The row of an option, by its path in lower case.
pub(super) fn find(path: &str) -> Option<Fate> {
    ROWS.iter().find(|(known, _)| *known == path).map(|(_, fate)| *fate)
}

/// Whether an option below this path has a row.
pub(super) fn has_below(path: &str) -> bool {
    ROWS.iter().any(|(known, _)| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// Every root option of 1.7 that isn't read together with others, by its path in lower case.
static ROWS: &[(&str, Fate)] = &[
    ("loglevel", To("log.level")),
    ("traefiklogsfile", To("log.filePath")),
    ("traefiklog", Section("log")),
    ("traefiklog.filepath", To("log.filePath")),
    ("traefiklog.format", To("log.format")),
    ("accesslogsfile", To("accessLog.filePath")),
    ("accesslog", Section("accessLog")),
    ("accesslog.filepath", To("accessLog.filePath")),
    ("accesslog.format", To("accessLog.format")),
    ("accesslog.bufferingsize", To("accessLog.bufferingSize")),
    ("accesslog.filters.statuscodes", To("accessLog.filters.statusCodes")),
    ("accesslog.filters.retryattempts", To("accessLog.filters.retryAttempts")),
    ("accesslog.filters.minduration", To("accessLog.filters.minDuration")),
    ("accesslog.fields.defaultmode", To("accessLog.fields.defaultMode")),
    ("accesslog.fields.names", To("accessLog.fields.names")),
    ("accesslog.fields.headers.defaultmode", To("accessLog.fields.headers.defaultMode")),
    ("accesslog.fields.headers.names", To("accessLog.fields.headers.names")),
    ("checknewversion", To("global.checkNewVersion")),
    ("sendanonymoususage", To("global.sendAnonymousUsage")),
    ("maxidleconnsperhost", To("serversTransport.maxIdleConnsPerHost")),
    ("insecureskipverify", To("serversTransport.insecureSkipVerify")),
    ("rootcas", To("serversTransport.rootCAs")),
    ("forwardingtimeouts.dialtimeout", To("serversTransport.forwardingTimeouts.dialTimeout")),
    ("forwardingtimeouts.responseheadertimeout", To("serversTransport.forwardingTimeouts.responseHeaderTimeout")),
    ("respondingtimeouts.readtimeout", OnEach("transport.respondingTimeouts.readTimeout")),
    ("respondingtimeouts.writetimeout", OnEach("transport.respondingTimeouts.writeTimeout")),
    ("respondingtimeouts.idletimeout", OnEach("transport.respondingTimeouts.idleTimeout")),
    ("idletimeout", OnEach("transport.respondingTimeouts.idleTimeout")),
    ("lifecycle.requestacceptgracetimeout", OnEach("transport.lifeCycle.requestAcceptGraceTimeout")),
    ("lifecycle.gracetimeout", OnEach("transport.lifeCycle.graceTimeOut")),
    ("gracetimeout", OnEach("transport.lifeCycle.graceTimeOut")),
    ("providersthrottleduration", To("providers.providersThrottleDuration")),
    ("ping", Section("ping")),
    ("ping.entrypoint", To("ping.entryPoint")),
    ("metrics", Section("metrics")),
    ("metrics.prometheus", Section("metrics.prometheus")),
    ("metrics.prometheus.buckets", To("metrics.prometheus.buckets")),
    ("metrics.prometheus.entrypoint", To("metrics.prometheus.entryPoint")),
    ("metrics.datadog", Section("metrics.datadog")),
    ("metrics.datadog.address", To("metrics.datadog.address")),
    ("metrics.datadog.pushinterval", To("metrics.datadog.pushInterval")),
    ("metrics.statsd", Section("metrics.statsD")),
    ("metrics.statsd.address", To("metrics.statsD.address")),
    ("metrics.statsd.pushinterval", To("metrics.statsD.pushInterval")),
    ("metrics.influxdb", Nothing("v3 writes to InfluxDB 2 alone: `metrics.influxDB2`, with a token")),
    ("hostresolver", Section("hostResolver")),
    ("hostresolver.cnameflattening", To("hostResolver.cnameFlattening")),
    ("hostresolver.resolvconfig", To("hostResolver.resolvConfig")),
    ("hostresolver.resolvdepth", To("hostResolver.resolvDepth")),
    ("keeptrailingslash", NoEffect("v3 never redirects slashes")),
    ("allowminweightzero", NoEffect("v3 takes a weight of 0 as it is")),
    (
        "healthcheck.interval",
        ByHand(
            "v3 has no interval for all: give each service `loadbalancer.healthcheck.interval`, whose default is 30s",
        ),
    ),
    ("tracing", Nothing(TRACER)),
    ("cluster", Nothing("v3 keeps no certificates in a key-value store, and its instances know nothing of each other")),
    ("docker", ByHand(OTHER)),
    ("kubernetes", ByHand(OTHER)),
    ("consul", ByHand(OTHER)),
    ("consulcatalog", ByHand(OTHER)),
    ("etcd", ByHand(OTHER)),
    ("zookeeper", ByHand(OTHER)),
    ("marathon", Nothing(GONE)),
    ("boltdb", Nothing(GONE)),
    ("mesos", Nothing(GONE)),
    ("eureka", Nothing(GONE)),
    ("rancher", Nothing(GONE)),
    ("dynamodb", Nothing(GONE)),
    ("servicefabric", Nothing(GONE)),
    (
        "file",
        ByHand(
            "what the file provider reads has another form in v3: its frontends and backends are to be written anew",
        ),
    ),
    ("backends", ByHand("frontends and backends of the file provider are to be written anew as routers and services")),
    ("frontends", ByHand("frontends and backends of the file provider are to be written anew as routers and services")),
];
