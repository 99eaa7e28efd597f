//! Options of backends.

use super::{From, Row, Setting, Spec, When, row};
use crate::v1::labels::{LabelProblem, Reader};

const METHOD: &str = "traefik.backend.loadbalancer.method";
const STICKY: &str = "traefik.backend.loadbalancer.sticky";
const STICKINESS: &str = "traefik.backend.loadbalancer.stickiness";
const AMOUNT: &str = "traefik.backend.maxconn.amount";

/// Every section of a backend but its servers, in the order in which they are rendered.
pub static BACKEND: &[Spec] = &[
    Spec {
        function: "getCircuitBreaker",
        key: "circuitBreaker",
        when: When::Filled("traefik.backend.circuitbreaker.expression"),
        rows: &[row("Expression", "expression", From::Text("traefik.backend.circuitbreaker.expression", ""))],
    },
    Spec {
        function: "getResponseForwarding",
        key: "responseForwarding",
        when: When::Any("traefik.backend.responseForwarding.flushInterval"),
        rows: &[row(
            "FlushInterval",
            "flushInterval",
            From::Text("traefik.backend.responseForwarding.flushInterval", "0"),
        )],
    },
    Spec {
        function: "getLoadBalancer",
        key: "loadBalancer",
        when: When::Any("traefik.backend.loadbalancer"),
        rows: &[
            row("Method", "method", From::Text(METHOD, "wrr")),
            row("Sticky", "sticky", From::Asked(sticky)),
            row("Stickiness", "stickiness", From::Section(&STICKINESS_SECTION)),
        ],
    },
    Spec {
        function: "getMaxConn",
        key: "maxConn",
        when: When::Asked(has_amount),
        rows: &[
            row("ExtractorFunc", "extractorFunc", From::Text("traefik.backend.maxconn.extractorfunc", "request.host")),
            row("Amount", "amount", From::Int(AMOUNT)),
        ],
    },
    Spec {
        function: "getHealthCheck",
        key: "healthCheck",
        when: When::Filled("traefik.backend.healthcheck.path"),
        rows: HEALTH_CHECK,
    },
    Spec { function: "getBuffering", key: "buffering", when: When::Any("traefik.backend.buffering"), rows: BUFFERING },
];

static STICKINESS_SECTION: Spec = Spec {
    function: "",
    key: "stickiness",
    when: When::True(STICKINESS),
    rows: &[
        row("CookieName", "cookieName", From::Text("traefik.backend.loadbalancer.stickiness.cookieName", "")),
        row("Secure", "secure", From::Bool("traefik.backend.loadbalancer.stickiness.secure")),
        row("HTTPOnly", "httpOnly", From::Bool("traefik.backend.loadbalancer.stickiness.httpOnly")),
        row("SameSite", "sameSite", From::Text("traefik.backend.loadbalancer.stickiness.sameSite", "")),
    ],
};

static HEALTH_CHECK: &[Row] = &[
    row("Scheme", "scheme", From::Text("traefik.backend.healthcheck.scheme", "")),
    row("Path", "path", From::Text("traefik.backend.healthcheck.path", "")),
    row("Port", "port", From::Int("traefik.backend.healthcheck.port")),
    row("Interval", "interval", From::Text("traefik.backend.healthcheck.interval", "")),
    row("Hostname", "hostname", From::Text("traefik.backend.healthcheck.hostname", "")),
    super::filled("Headers", "headers", From::Map("traefik.backend.healthcheck.headers")),
];

static BUFFERING: &[Row] = &[
    row("MaxRequestBodyBytes", "maxRequestBodyBytes", From::Int("traefik.backend.buffering.maxRequestBodyBytes")),
    row("MemRequestBodyBytes", "memRequestBodyBytes", From::Int("traefik.backend.buffering.memRequestBodyBytes")),
    row("MaxResponseBodyBytes", "maxResponseBodyBytes", From::Int("traefik.backend.buffering.maxResponseBodyBytes")),
    row("MemResponseBodyBytes", "memResponseBodyBytes", From::Int("traefik.backend.buffering.memResponseBodyBytes")),
    row("RetryExpression", "retryExpression", From::Text("traefik.backend.buffering.retryExpression", "")),
];

fn sticky(reader: &Reader<'_>) -> Setting {
    if let Some(value) = reader.filled(STICKY) {
        reader.note(STICKY, value, LabelProblem::Deprecated { instead: STICKINESS });
    }
    Setting::Bool(reader.bool(STICKY, false))
}

/// The smallest integer stands for none at all.
fn has_amount(reader: &Reader<'_>) -> bool {
    reader.int(AMOUNT, i64::MIN) != i64::MIN
}
