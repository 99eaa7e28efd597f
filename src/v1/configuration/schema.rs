//! The fields of Traefik 1.7's dynamic configuration, as data.

/// A structure's fields, in the order in which its JSON has them.
pub type Fields = [Field];

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name; TOML may spell it in any case.
    pub name: &'static str,
    /// Its name in JSON.
    pub json: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// When JSON shows it.
    pub shown: Shown,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A 64-bit integer.
    Int,
    /// A length of time, in TOML a Go duration or a number of seconds.
    Duration,
    /// Texts.
    Texts,
    /// Texts by name.
    TextMap,
    /// A structure that may be absent.
    Struct(&'static Fields),
    /// Structures by name.
    StructMap(&'static Fields),
}

/// When JSON shows a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Always.
    Always,
    /// When it isn't empty, 0, false or absent.
    Filled,
    /// Never.
    Never,
}

const fn field(name: &'static str, json: &'static str, shape: Shape) -> Field {
    Field { name, json, shape, shown: Shown::Filled }
}

const fn always(name: &'static str, json: &'static str, shape: Shape) -> Field {
    Field { name, json, shape, shown: Shown::Always }
}

const fn never(name: &'static str, json: &'static str, shape: Shape) -> Field {
    Field { name, json, shape, shown: Shown::Never }
}

/// A whole configuration.
pub static ROOT: &Fields = &[
    field("Backends", "backends", Shape::StructMap(BACKEND)),
    field("Frontends", "frontends", Shape::StructMap(FRONTEND)),
];

static BACKEND: &Fields = &[
    field("Servers", "servers", Shape::StructMap(SERVER)),
    field("CircuitBreaker", "circuitBreaker", Shape::Struct(&[field("Expression", "expression", Shape::Text)])),
    field("LoadBalancer", "loadBalancer", Shape::Struct(LOAD_BALANCER)),
    field(
        "MaxConn",
        "maxConn",
        Shape::Struct(&[field("Amount", "amount", Shape::Int), field("ExtractorFunc", "extractorFunc", Shape::Text)]),
    ),
    field("HealthCheck", "healthCheck", Shape::Struct(HEALTH_CHECK)),
    field("Buffering", "buffering", Shape::Struct(BUFFERING)),
    field(
        "ResponseForwarding",
        "forwardingResponse",
        Shape::Struct(&[field("FlushInterval", "flushInterval", Shape::Text)]),
    ),
];

static SERVER: &Fields = &[field("URL", "url", Shape::Text), always("Weight", "weight", Shape::Int)];

static LOAD_BALANCER: &Fields = &[
    field("Method", "method", Shape::Text),
    field("Sticky", "sticky", Shape::Bool),
    field(
        "Stickiness",
        "stickiness",
        Shape::Struct(&[
            field("CookieName", "cookieName", Shape::Text),
            field("Secure", "secure", Shape::Bool),
            field("HTTPOnly", "httpOnly", Shape::Bool),
            field("SameSite", "sameSite", Shape::Text),
        ]),
    ),
];

static HEALTH_CHECK: &Fields = &[
    field("Scheme", "scheme", Shape::Text),
    field("Path", "path", Shape::Text),
    field("Port", "port", Shape::Int),
    field("Interval", "interval", Shape::Text),
    field("Hostname", "hostname", Shape::Text),
    field("Headers", "headers", Shape::TextMap),
];

static BUFFERING: &Fields = &[
    field("MaxRequestBodyBytes", "maxRequestBodyBytes", Shape::Int),
    field("MemRequestBodyBytes", "memRequestBodyBytes", Shape::Int),
    field("MaxResponseBodyBytes", "maxResponseBodyBytes", Shape::Int),
    field("MemResponseBodyBytes", "memResponseBodyBytes", Shape::Int),
    field("RetryExpression", "retryExpression", Shape::Text),
];

static FRONTEND: &Fields = &[
    field("EntryPoints", "entryPoints", Shape::Texts),
    field("Backend", "backend", Shape::Text),
    field("Routes", "routes", Shape::StructMap(&[field("Rule", "rule", Shape::Text)])),
    field("PassHostHeader", "passHostHeader", Shape::Bool),
    field("PassTLSCert", "passTLSCert", Shape::Bool),
    field("PassTLSClientCert", "passTLSClientCert", Shape::Struct(CLIENT_CERTIFICATE)),
    always("Priority", "priority", Shape::Int),
    always("BasicAuth", "basicAuth", Shape::Texts),
    field("WhitelistSourceRange", "whitelistSourceRange", Shape::Texts),
    field(
        "WhiteList",
        "whiteList",
        Shape::Struct(&[
            field("SourceRange", "sourceRange", Shape::Texts),
            field("UseXForwardedFor", "useXForwardedFor", Shape::Bool),
        ]),
    ),
    field("Headers", "headers", Shape::Struct(HEADERS)),
    field("Errors", "errors", Shape::StructMap(ERROR_PAGE)),
    field("RateLimit", "ratelimit", Shape::Struct(RATE_LIMIT)),
    field("Redirect", "redirect", Shape::Struct(REDIRECT)),
    field("Auth", "auth", Shape::Struct(AUTH)),
];

static CLIENT_CERTIFICATE: &Fields = &[
    always("PEM", "pem", Shape::Bool),
    field(
        "Infos",
        "infos",
        Shape::Struct(&[
            always("NotAfter", "notAfter", Shape::Bool),
            always("NotBefore", "notBefore", Shape::Bool),
            always("Sans", "sans", Shape::Bool),
            field("Subject", "subject", Shape::Struct(DISTINGUISHED_NAME)),
            field("Issuer", "issuer", Shape::Struct(DISTINGUISHED_NAME)),
        ]),
    ),
];

static DISTINGUISHED_NAME: &Fields = &[
    always("Country", "country", Shape::Bool),
    always("Province", "province", Shape::Bool),
    always("Locality", "locality", Shape::Bool),
    always("Organization", "organization", Shape::Bool),
    always("CommonName", "commonName", Shape::Bool),
    always("SerialNumber", "serialNumber", Shape::Bool),
    always("DomainComponent", "domainComponent", Shape::Bool),
];

static HEADERS: &Fields = &[
    field("CustomRequestHeaders", "customRequestHeaders", Shape::TextMap),
    field("CustomResponseHeaders", "customResponseHeaders", Shape::TextMap),
    field("AllowedHosts", "allowedHosts", Shape::Texts),
    field("HostsProxyHeaders", "hostsProxyHeaders", Shape::Texts),
    field("SSLRedirect", "sslRedirect", Shape::Bool),
    field("SSLTemporaryRedirect", "sslTemporaryRedirect", Shape::Bool),
    field("SSLHost", "sslHost", Shape::Text),
    field("SSLProxyHeaders", "sslProxyHeaders", Shape::TextMap),
    field("SSLForceHost", "sslForceHost", Shape::Bool),
    field("STSSeconds", "stsSeconds", Shape::Int),
    field("STSIncludeSubdomains", "stsIncludeSubdomains", Shape::Bool),
    field("STSPreload", "stsPreload", Shape::Bool),
    field("ForceSTSHeader", "forceSTSHeader", Shape::Bool),
    field("FrameDeny", "frameDeny", Shape::Bool),
    field("CustomFrameOptionsValue", "customFrameOptionsValue", Shape::Text),
    field("ContentTypeNosniff", "contentTypeNosniff", Shape::Bool),
    field("BrowserXSSFilter", "browserXssFilter", Shape::Bool),
    field("CustomBrowserXSSValue", "customBrowserXSSValue", Shape::Text),
    field("ContentSecurityPolicy", "contentSecurityPolicy", Shape::Text),
    field("PublicKey", "publicKey", Shape::Text),
    field("ReferrerPolicy", "referrerPolicy", Shape::Text),
    field("IsDevelopment", "isDevelopment", Shape::Bool),
];

static ERROR_PAGE: &Fields = &[
    field("Status", "status", Shape::Texts),
    field("Backend", "backend", Shape::Text),
    field("Query", "query", Shape::Text),
];

static RATE_LIMIT: &Fields = &[
    field(
        "RateSet",
        "rateset",
        Shape::StructMap(&[
            field("Period", "period", Shape::Duration),
            field("Average", "average", Shape::Int),
            field("Burst", "burst", Shape::Int),
        ]),
    ),
    field("ExtractorFunc", "extractorFunc", Shape::Text),
];

static REDIRECT: &Fields = &[
    field("EntryPoint", "entryPoint", Shape::Text),
    field("Regex", "regex", Shape::Text),
    field("Replacement", "replacement", Shape::Text),
    field("Permanent", "permanent", Shape::Bool),
];

static AUTH: &Fields = &[
    field("Basic", "basic", Shape::Struct(USERS)),
    field("Digest", "digest", Shape::Struct(USERS)),
    field(
        "Forward",
        "forward",
        Shape::Struct(&[
            field("Address", "address", Shape::Text),
            field("TLS", "tls", Shape::Struct(CLIENT_TLS)),
            field("TrustForwardHeader", "trustForwardHeader", Shape::Bool),
            field("AuthResponseHeaders", "authResponseHeaders", Shape::Texts),
        ]),
    ),
    field("HeaderField", "headerField", Shape::Text),
];

static USERS: &Fields = &[
    never("Users", "users", Shape::Texts),
    field("UsersFile", "usersFile", Shape::Text),
    field("RemoveHeader", "removeHeader", Shape::Bool),
];

static CLIENT_TLS: &Fields = &[
    field("CA", "ca", Shape::Text),
    field("CAOptional", "caOptional", Shape::Bool),
    field("Cert", "cert", Shape::Text),
    never("Key", "key", Shape::Text),
    field("InsecureSkipVerify", "insecureSkipVerify", Shape::Bool),
];
