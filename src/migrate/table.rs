//! What becomes of every v1 label, as a table.

/// What a label's option becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// An option of the service, below `traefik.http.services.<name>.`.
    Service(&'static str),
    /// An option of the router, below `traefik.http.routers.<name>.`.
    Router(&'static str),
    /// An option of a middleware, below `traefik.http.middlewares.<router>-<suffix>.`; the first is the suffix.
    Middleware(&'static str, &'static str),
    /// Something that one label alone doesn't decide: `options` knows.
    Together,
    /// v3 has nothing that does it; why, or what does instead.
    Nothing(&'static str),
    /// v1 never did anything with it.
    Unused,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// As it stands.
    Text,
    /// A truth value; one that v1 can't read is left out, since its default is.
    Bool,
    /// An integer; likewise.
    Int,
    /// A duration with its unit; one that v1 can't read is left out.
    Duration,
    /// A duration, or seconds; likewise.
    Seconds,
    /// A list between commas, empty items left out.
    List,
    /// `Name:value` pairs between `||`: a label for each.
    Headers,
}

/// What becomes of one label.
#[derive(Debug)]
pub(super) struct Row {
    /// The label without `traefik.`.
    pub(super) label: &'static str,
    /// What it becomes.
    pub(super) to: To,
    /// How its value is written.
    pub(super) value: As,
    /// A label without which v1 does nothing with it.
    pub(super) needs: Option<&'static str>,
}

const fn row(label: &'static str, to: To, value: As) -> Row {
    Row { label, to, value, needs: None }
}

const fn needing(label: &'static str, needs: &'static str, to: To, value: As) -> Row {
    Row { label, to, value, needs: Some(needs) }
}

const PATH: &str = "backend.healthcheck.path";
const STICKINESS: &str = "backend.loadbalancer.stickiness";
const LOAD_BALANCER: &str = "v3 chooses servers by `strategy`, and weighted round robin is the default";
const CLIENT_CERT: &str = "client-cert";

/// The row of a label, given without `traefik.`.
pub(super) fn find(label: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.label == label)
}

/// Every label with a name of its own; those of error pages and rates hold names and are read together.
pub(super) static ROWS: &[Row] = &[
    row("enable", To::Together, As::Bool),
    row("tags", To::Together, As::List),
    row("domain", To::Together, As::Text),
    row("port", To::Together, As::Int),
    row("portName", To::Unused, As::Text),
    row("portIndex", To::Unused, As::Text),
    row("protocol", To::Service("loadbalancer.server.scheme"), As::Text),
    row("weight", To::Service("loadbalancer.server.weight"), As::Int),
    row("backend", To::Together, As::Text),
    row("backend.id", To::Unused, As::Text),
    row("backend.circuitbreaker", To::Unused, As::Text),
    row("backend.circuitbreaker.expression", To::Middleware("circuit-breaker", "circuitbreaker.expression"), As::Text),
    row(PATH, To::Service("loadbalancer.healthcheck.path"), As::Text),
    needing("backend.healthcheck.scheme", PATH, To::Service("loadbalancer.healthcheck.scheme"), As::Text),
    needing("backend.healthcheck.port", PATH, To::Service("loadbalancer.healthcheck.port"), As::Int),
    needing("backend.healthcheck.interval", PATH, To::Service("loadbalancer.healthcheck.interval"), As::Duration),
    needing("backend.healthcheck.hostname", PATH, To::Service("loadbalancer.healthcheck.hostname"), As::Text),
    needing("backend.healthcheck.headers", PATH, To::Service("loadbalancer.healthcheck.headers"), As::Headers),
    row("backend.loadbalancer", To::Nothing(LOAD_BALANCER), As::Text),
    row("backend.loadbalancer.method", To::Together, As::Text),
    row("backend.loadbalancer.sticky", To::Service("loadbalancer.sticky.cookie"), As::Bool),
    row(STICKINESS, To::Service("loadbalancer.sticky.cookie"), As::Bool),
    needing(
        "backend.loadbalancer.stickiness.cookieName",
        STICKINESS,
        To::Service("loadbalancer.sticky.cookie.name"),
        As::Text,
    ),
    needing(
        "backend.loadbalancer.stickiness.secure",
        STICKINESS,
        To::Service("loadbalancer.sticky.cookie.secure"),
        As::Bool,
    ),
    needing(
        "backend.loadbalancer.stickiness.httpOnly",
        STICKINESS,
        To::Service("loadbalancer.sticky.cookie.httponly"),
        As::Bool,
    ),
    needing(
        "backend.loadbalancer.stickiness.sameSite",
        STICKINESS,
        To::Service("loadbalancer.sticky.cookie.samesite"),
        As::Text,
    ),
    row("backend.maxconn.amount", To::Middleware("max-conn", "inflightreq.amount"), As::Int),
    needing("backend.maxconn.extractorfunc", "backend.maxconn.amount", To::Together, As::Text),
    row("backend.buffering", To::Unused, As::Text),
    row("backend.buffering.maxRequestBodyBytes", To::Middleware("buffering", "buffering.maxrequestbodybytes"), As::Int),
    row("backend.buffering.memRequestBodyBytes", To::Middleware("buffering", "buffering.memrequestbodybytes"), As::Int),
    row(
        "backend.buffering.maxResponseBodyBytes",
        To::Middleware("buffering", "buffering.maxresponsebodybytes"),
        As::Int,
    ),
    row(
        "backend.buffering.memResponseBodyBytes",
        To::Middleware("buffering", "buffering.memresponsebodybytes"),
        As::Int,
    ),
    row("backend.buffering.retryExpression", To::Middleware("buffering", "buffering.retryexpression"), As::Text),
    row(
        "backend.responseForwarding.flushInterval",
        To::Service("loadbalancer.responseforwarding.flushinterval"),
        As::Seconds,
    ),
    row("frontend.rule", To::Together, As::Text),
    row("frontend.priority", To::Together, As::Int),
    row("frontend.passHostHeader", To::Service("loadbalancer.passhostheader"), As::Bool),
    row(
        "frontend.passTLSCert",
        To::Nothing(
            "v3 can't present a client's certificate to servers; `frontend.passTLSClientCert.pem` passes it on in a header",
        ),
        As::Bool,
    ),
    row("frontend.entryPoints", To::Router("entrypoints"), As::List),
    row("frontend.passTLSClientCert", To::Unused, As::Text),
    row("frontend.passTLSClientCert.pem", To::Middleware(CLIENT_CERT, "passtlsclientcert.pem"), As::Bool),
    row("frontend.passTLSClientCert.infos", To::Unused, As::Text),
    row(
        "frontend.passTLSClientCert.infos.notAfter",
        To::Middleware(CLIENT_CERT, "passtlsclientcert.info.notafter"),
        As::Bool,
    ),
    row(
        "frontend.passTLSClientCert.infos.notBefore",
        To::Middleware(CLIENT_CERT, "passtlsclientcert.info.notbefore"),
        As::Bool,
    ),
    row("frontend.passTLSClientCert.infos.sans", To::Middleware(CLIENT_CERT, "passtlsclientcert.info.sans"), As::Bool),
    row("frontend.passTLSClientCert.infos.subject", To::Unused, As::Text),
    subject("frontend.passTLSClientCert.infos.subject.commonName", "passtlsclientcert.info.subject.commonname"),
    subject("frontend.passTLSClientCert.infos.subject.country", "passtlsclientcert.info.subject.country"),
    subject(
        "frontend.passTLSClientCert.infos.subject.domainComponent",
        "passtlsclientcert.info.subject.domaincomponent",
    ),
    subject("frontend.passTLSClientCert.infos.subject.locality", "passtlsclientcert.info.subject.locality"),
    subject("frontend.passTLSClientCert.infos.subject.organization", "passtlsclientcert.info.subject.organization"),
    subject("frontend.passTLSClientCert.infos.subject.province", "passtlsclientcert.info.subject.province"),
    subject("frontend.passTLSClientCert.infos.subject.serialNumber", "passtlsclientcert.info.subject.serialnumber"),
    row("frontend.passTLSClientCert.infos.issuer", To::Unused, As::Text),
    subject("frontend.passTLSClientCert.infos.issuer.commonName", "passtlsclientcert.info.issuer.commonname"),
    subject("frontend.passTLSClientCert.infos.issuer.country", "passtlsclientcert.info.issuer.country"),
    subject("frontend.passTLSClientCert.infos.issuer.domainComponent", "passtlsclientcert.info.issuer.domaincomponent"),
    subject("frontend.passTLSClientCert.infos.issuer.locality", "passtlsclientcert.info.issuer.locality"),
    subject("frontend.passTLSClientCert.infos.issuer.organization", "passtlsclientcert.info.issuer.organization"),
    subject("frontend.passTLSClientCert.infos.issuer.province", "passtlsclientcert.info.issuer.province"),
    subject("frontend.passTLSClientCert.infos.issuer.serialNumber", "passtlsclientcert.info.issuer.serialnumber"),
    row("frontend.auth", To::Unused, As::Text),
    row("frontend.auth.headerField", To::Together, As::Text),
    row("frontend.auth.basic", To::Together, As::List),
    row("frontend.auth.basic.users", To::Together, As::List),
    row("frontend.auth.basic.usersFile", To::Middleware("basic-auth", "basicauth.usersfile"), As::Text),
    row("frontend.auth.basic.removeHeader", To::Middleware("basic-auth", "basicauth.removeheader"), As::Bool),
    row("frontend.auth.digest", To::Unused, As::Text),
    row("frontend.auth.digest.users", To::Middleware("digest-auth", "digestauth.users"), As::List),
    row("frontend.auth.digest.usersFile", To::Middleware("digest-auth", "digestauth.usersfile"), As::Text),
    row("frontend.auth.digest.removeHeader", To::Middleware("digest-auth", "digestauth.removeheader"), As::Bool),
    row("frontend.auth.forward", To::Unused, As::Text),
    forward("frontend.auth.forward.address", "forwardauth.address", As::Text),
    forward("frontend.auth.forward.trustForwardHeader", "forwardauth.trustforwardheader", As::Bool),
    forward("frontend.auth.forward.authResponseHeaders", "forwardauth.authresponseheaders", As::List),
    row("frontend.auth.forward.tls", To::Unused, As::Text),
    forward("frontend.auth.forward.tls.ca", "forwardauth.tls.ca", As::Text),
    row(
        "frontend.auth.forward.tls.caOptional",
        To::Nothing("v3 always verifies the server against `tls.ca` unless `tls.insecureSkipVerify` says otherwise"),
        As::Bool,
    ),
    forward("frontend.auth.forward.tls.cert", "forwardauth.tls.cert", As::Text),
    forward("frontend.auth.forward.tls.key", "forwardauth.tls.key", As::Text),
    forward("frontend.auth.forward.tls.insecureSkipVerify", "forwardauth.tls.insecureskipverify", As::Bool),
    row("frontend.redirect.entryPoint", To::Together, As::Text),
    row("frontend.redirect.regex", To::Together, As::Text),
    row("frontend.redirect.replacement", To::Together, As::Text),
    row("frontend.redirect.permanent", To::Together, As::Bool),
    row("frontend.whiteList.sourceRange", To::Together, As::List),
    row("frontend.whiteList.useXForwardedFor", To::Together, As::Bool),
    row("frontend.whitelistSourceRange", To::Together, As::List),
    row("frontend.rateLimit.extractorFunc", To::Together, As::Text),
    headers("frontend.headers.customRequestHeaders", "headers.customrequestheaders", As::Headers),
    headers("frontend.headers.customResponseHeaders", "headers.customresponseheaders", As::Headers),
    headers("frontend.headers.SSLProxyHeaders", "headers.sslproxyheaders", As::Headers),
    headers("frontend.headers.allowedHosts", "headers.allowedhosts", As::List),
    headers("frontend.headers.hostsProxyHeaders", "headers.hostsproxyheaders", As::List),
    row("frontend.headers.SSLRedirect", To::Together, As::Bool),
    row("frontend.headers.SSLTemporaryRedirect", To::Together, As::Bool),
    row("frontend.headers.SSLForceHost", To::Together, As::Bool),
    row("frontend.headers.SSLHost", To::Together, As::Text),
    headers("frontend.headers.STSIncludeSubdomains", "headers.stsincludesubdomains", As::Bool),
    headers("frontend.headers.STSPreload", "headers.stspreload", As::Bool),
    headers("frontend.headers.forceSTSHeader", "headers.forcestsheader", As::Bool),
    headers("frontend.headers.frameDeny", "headers.framedeny", As::Bool),
    headers("frontend.headers.contentTypeNosniff", "headers.contenttypenosniff", As::Bool),
    headers("frontend.headers.browserXSSFilter", "headers.browserxssfilter", As::Bool),
    headers("frontend.headers.isDevelopment", "headers.isdevelopment", As::Bool),
    headers("frontend.headers.STSSeconds", "headers.stsseconds", As::Int),
    headers("frontend.headers.customFrameOptionsValue", "headers.customframeoptionsvalue", As::Text),
    headers("frontend.headers.contentSecurityPolicy", "headers.contentsecuritypolicy", As::Text),
    headers("frontend.headers.publicKey", "headers.publickey", As::Text),
    headers("frontend.headers.referrerPolicy", "headers.referrerpolicy", As::Text),
    headers("frontend.headers.customBrowserXSSValue", "headers.custombrowserxssvalue", As::Text),
];

const fn subject(label: &'static str, option: &'static str) -> Row {
    row(label, To::Middleware(CLIENT_CERT, option), As::Bool)
}

const fn forward(label: &'static str, option: &'static str, value: As) -> Row {
    row(label, To::Middleware("forward-auth", option), value)
}

const fn headers(label: &'static str, option: &'static str, value: As) -> Row {
    row(label, To::Middleware("headers", option), value)
}
