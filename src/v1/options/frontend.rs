//! Options of frontends.

use super::named::{error_pages, rates};
use super::{From, Row, Setting, Spec, When, filled, row};
use crate::golang::literal::unquote;
use crate::v1::labels::{LabelProblem, Reader};

const REDIRECT_ENTRY_POINT: &str = "traefik.frontend.redirect.entryPoint";
const REDIRECT_REGEX: &str = "traefik.frontend.redirect.regex";
const REDIRECT_REPLACEMENT: &str = "traefik.frontend.redirect.replacement";
const SOURCE_RANGE: &str = "traefik.frontend.whiteList.sourceRange";
const OLD_SOURCE_RANGE: &str = "traefik.frontend.whitelistSourceRange";
const BASIC: &str = "traefik.frontend.auth.basic";
const BASIC_USERS: &str = "traefik.frontend.auth.basic.users";
const DIGEST: &str = "traefik.frontend.auth.digest";
const FORWARD: &str = "traefik.frontend.auth.forward";

/// Every section of a frontend but its routes, in the order in which they are rendered.
pub static FRONTEND: &[Spec] = &[
    Spec {
        function: "getPassTLSClientCert",
        key: "passTLSClientCert",
        when: When::Any("traefik.frontend.passTLSClientCert"),
        rows: &[
            row("PEM", "pem", From::Bool("traefik.frontend.passTLSClientCert.pem")),
            row("Infos", "infos", From::Section(&CERTIFICATE_INFOS)),
        ],
    },
    Spec { function: "getAuth", key: "auth", when: When::Asked(has_auth), rows: AUTH },
    Spec {
        function: "getWhiteList",
        key: "whiteList",
        when: When::Asked(has_source_range),
        rows: &[
            row("SourceRange", "sourceRange", From::Asked(source_range)),
            row("UseXForwardedFor", "useXForwardedFor", From::Asked(uses_forwarded_for)),
        ],
    },
    Spec { function: "getRedirect", key: "redirect", when: When::Asked(has_redirect), rows: REDIRECT },
    Spec {
        function: "getErrorPages",
        key: "errors",
        when: When::Asked(|reader| !error_pages(reader).is_empty()),
        rows: &[row("", "", From::Sections(error_pages))],
    },
    Spec {
        function: "getRateLimit",
        key: "rateLimit",
        when: When::Filled("traefik.frontend.rateLimit.extractorFunc"),
        rows: &[
            row("ExtractorFunc", "extractorFunc", From::Text("traefik.frontend.rateLimit.extractorFunc", "")),
            row("RateSet", "rateSet", From::Sections(rates)),
        ],
    },
    Spec { function: "getHeaders", key: "headers", when: When::Asked(has_headers), rows: HEADERS },
];

static CERTIFICATE_INFOS: Spec = Spec {
    function: "",
    key: "infos",
    when: When::Any("traefik.frontend.passTLSClientCert.infos"),
    rows: &[
        row("NotAfter", "notAfter", From::Bool("traefik.frontend.passTLSClientCert.infos.notAfter")),
        row("NotBefore", "notBefore", From::Bool("traefik.frontend.passTLSClientCert.infos.notBefore")),
        row("Sans", "sans", From::Bool("traefik.frontend.passTLSClientCert.infos.sans")),
        row("Subject", "subject", From::Section(&SUBJECT)),
        row("Issuer", "issuer", From::Section(&ISSUER)),
    ],
};

static SUBJECT: Spec = Spec {
    function: "",
    key: "subject",
    when: When::Any("traefik.frontend.passTLSClientCert.infos.subject"),
    rows: &[
        row("Country", "country", From::Bool("traefik.frontend.passTLSClientCert.infos.subject.country")),
        row("Province", "province", From::Bool("traefik.frontend.passTLSClientCert.infos.subject.province")),
        row("Locality", "locality", From::Bool("traefik.frontend.passTLSClientCert.infos.subject.locality")),
        row(
            "Organization",
            "organization",
            From::Bool("traefik.frontend.passTLSClientCert.infos.subject.organization"),
        ),
        row("CommonName", "commonName", From::Bool("traefik.frontend.passTLSClientCert.infos.subject.commonName")),
        row(
            "SerialNumber",
            "serialNumber",
            From::Bool("traefik.frontend.passTLSClientCert.infos.subject.serialNumber"),
        ),
        row(
            "DomainComponent",
            "domainComponent",
            From::Bool("traefik.frontend.passTLSClientCert.infos.subject.domainComponent"),
        ),
    ],
};

static ISSUER: Spec = Spec {
    function: "",
    key: "issuer",
    when: When::Any("traefik.frontend.passTLSClientCert.infos.issuer"),
    rows: &[
        row("Country", "country", From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.country")),
        row("Province", "province", From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.province")),
        row("Locality", "locality", From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.locality")),
        row("Organization", "organization", From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.organization")),
        row("CommonName", "commonName", From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.commonName")),
        row("SerialNumber", "serialNumber", From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.serialNumber")),
        row(
            "DomainComponent",
            "domainComponent",
            From::Bool("traefik.frontend.passTLSClientCert.infos.issuer.domainComponent"),
        ),
    ],
};

/// One way of asking who it is: the first of basic, digest and forward that has a label.
static AUTH: &[Row] = &[
    row("HeaderField", "headerField", From::Text("traefik.frontend.auth.headerField", "")),
    row(
        "Forward",
        "forward",
        From::Section(&Spec {
            function: "",
            key: "forward",
            when: When::Asked(|reader| !reader.any(BASIC) && !reader.any(DIGEST) && reader.any(FORWARD)),
            rows: FORWARD_ROWS,
        }),
    ),
    row(
        "Basic",
        "basic",
        From::Section(&Spec {
            function: "",
            key: "basic",
            when: When::Any(BASIC),
            rows: &[
                row("RemoveHeader", "removeHeader", From::Bool("traefik.frontend.auth.basic.removeHeader")),
                filled("Users", "users", From::Asked(basic_users)),
                row("UsersFile", "usersFile", From::Text("traefik.frontend.auth.basic.usersFile", "")),
            ],
        }),
    ),
    row(
        "Digest",
        "digest",
        From::Section(&Spec {
            function: "",
            key: "digest",
            when: When::Asked(|reader| !reader.any(BASIC) && reader.any(DIGEST)),
            rows: &[
                row("RemoveHeader", "removeHeader", From::Bool("traefik.frontend.auth.digest.removeHeader")),
                filled("Users", "users", From::List("traefik.frontend.auth.digest.users")),
                row("UsersFile", "usersFile", From::Text("traefik.frontend.auth.digest.usersFile", "")),
            ],
        }),
    ),
];

static FORWARD_ROWS: &[Row] = &[
    row("Address", "address", From::Text("traefik.frontend.auth.forward.address", "")),
    row("TrustForwardHeader", "trustForwardHeader", From::Bool("traefik.frontend.auth.forward.trustForwardHeader")),
    filled(
        "AuthResponseHeaders",
        "authResponseHeaders",
        From::List("traefik.frontend.auth.forward.authResponseHeaders"),
    ),
    row(
        "TLS",
        "tls",
        From::Section(&Spec {
            function: "",
            key: "tls",
            when: When::Any("traefik.frontend.auth.forward.tls"),
            rows: &[
                row("CA", "ca", From::Text("traefik.frontend.auth.forward.tls.ca", "")),
                row("CAOptional", "caOptional", From::Bool("traefik.frontend.auth.forward.tls.caOptional")),
                row("Cert", "cert", From::Lines("traefik.frontend.auth.forward.tls.cert")),
                row("Key", "key", From::Lines("traefik.frontend.auth.forward.tls.key")),
                row(
                    "InsecureSkipVerify",
                    "insecureSkipVerify",
                    From::Bool("traefik.frontend.auth.forward.tls.insecureSkipVerify"),
                ),
            ],
        }),
    ),
];

static REDIRECT: &[Row] = &[
    row("EntryPoint", "entryPoint", From::Text(REDIRECT_ENTRY_POINT, "")),
    row("Regex", "regex", From::Asked(|reader| without_entry_point(reader, REDIRECT_REGEX))),
    row("Replacement", "replacement", From::Asked(|reader| without_entry_point(reader, REDIRECT_REPLACEMENT))),
    row("Permanent", "permanent", From::Bool("traefik.frontend.redirect.permanent")),
];

static HEADERS: &[Row] = &[
    row("SSLRedirect", "SSLRedirect", From::Bool("traefik.frontend.headers.SSLRedirect")),
    row("SSLTemporaryRedirect", "SSLTemporaryRedirect", From::Bool("traefik.frontend.headers.SSLTemporaryRedirect")),
    row("SSLHost", "SSLHost", From::Text("traefik.frontend.headers.SSLHost", "")),
    row("SSLForceHost", "SSLForceHost", From::Bool("traefik.frontend.headers.SSLForceHost")),
    row("STSSeconds", "STSSeconds", From::Int("traefik.frontend.headers.STSSeconds")),
    row("STSIncludeSubdomains", "STSIncludeSubdomains", From::Bool("traefik.frontend.headers.STSIncludeSubdomains")),
    row("STSPreload", "STSPreload", From::Bool("traefik.frontend.headers.STSPreload")),
    row("ForceSTSHeader", "ForceSTSHeader", From::Bool("traefik.frontend.headers.forceSTSHeader")),
    row("FrameDeny", "FrameDeny", From::Bool("traefik.frontend.headers.frameDeny")),
    row(
        "CustomFrameOptionsValue",
        "CustomFrameOptionsValue",
        From::Text("traefik.frontend.headers.customFrameOptionsValue", ""),
    ),
    row("ContentTypeNosniff", "ContentTypeNosniff", From::Bool("traefik.frontend.headers.contentTypeNosniff")),
    row("BrowserXSSFilter", "BrowserXSSFilter", From::Bool("traefik.frontend.headers.browserXSSFilter")),
    row(
        "CustomBrowserXSSValue",
        "CustomBrowserXSSValue",
        From::Text("traefik.frontend.headers.customBrowserXSSValue", ""),
    ),
    row(
        "ContentSecurityPolicy",
        "ContentSecurityPolicy",
        From::Text("traefik.frontend.headers.contentSecurityPolicy", ""),
    ),
    row("PublicKey", "PublicKey", From::Text("traefik.frontend.headers.publicKey", "")),
    row("ReferrerPolicy", "ReferrerPolicy", From::Text("traefik.frontend.headers.referrerPolicy", "")),
    row("IsDevelopment", "IsDevelopment", From::Bool("traefik.frontend.headers.isDevelopment")),
    filled("AllowedHosts", "AllowedHosts", From::List("traefik.frontend.headers.allowedHosts")),
    filled("HostsProxyHeaders", "HostsProxyHeaders", From::List("traefik.frontend.headers.hostsProxyHeaders")),
    filled("CustomRequestHeaders", "customRequestHeaders", From::Map("traefik.frontend.headers.customRequestHeaders")),
    filled(
        "CustomResponseHeaders",
        "customResponseHeaders",
        From::Map("traefik.frontend.headers.customResponseHeaders"),
    ),
    filled("SSLProxyHeaders", "SSLProxyHeaders", From::Map("traefik.frontend.headers.SSLProxyHeaders")),
];

fn has_auth(reader: &Reader<'_>) -> bool {
    [BASIC, DIGEST, FORWARD].iter().any(|kind| reader.any(kind))
}

/// The label that is nothing but a prefix today still holds the users, where it isn't empty.
fn basic_users(reader: &Reader<'_>) -> Setting {
    let Some(value) = reader.filled(BASIC) else { return Setting::List(reader.list(BASIC_USERS)) };
    reader.note(BASIC, value, LabelProblem::Deprecated { instead: BASIC_USERS });
    Setting::List(reader.list(BASIC))
}

fn has_source_range(reader: &Reader<'_>) -> bool {
    if let Some(value) = reader.filled(OLD_SOURCE_RANGE) {
        reader.note(OLD_SOURCE_RANGE, value, LabelProblem::Deprecated { instead: SOURCE_RANGE });
    }
    !reader.list(SOURCE_RANGE).is_empty() || !reader.list(OLD_SOURCE_RANGE).is_empty()
}

fn source_range(reader: &Reader<'_>) -> Setting {
    let ranges = reader.list(SOURCE_RANGE);
    Setting::List(if ranges.is_empty() { reader.list(OLD_SOURCE_RANGE) } else { ranges })
}

fn uses_forwarded_for(reader: &Reader<'_>) -> Setting {
    let given = !reader.list(SOURCE_RANGE).is_empty();
    Setting::Bool(given && reader.bool("traefik.frontend.whiteList.useXForwardedFor", false))
}

fn has_redirect(reader: &Reader<'_>) -> bool {
    if reader.filled(REDIRECT_ENTRY_POINT).is_some() {
        return true;
    }
    let (Some(regex), Some(_)) = (reader.filled(REDIRECT_REGEX), reader.filled(REDIRECT_REPLACEMENT)) else {
        return false;
    };
    let quotable = unquote(&format!("\"{regex}\"")).is_ok();
    if !quotable {
        reader.note(REDIRECT_REGEX, regex, LabelProblem::Unquotable);
    }
    quotable
}

/// What counts only where no entry point is named.
fn without_entry_point(reader: &Reader<'_>, label: &str) -> Setting {
    let named = reader.filled(REDIRECT_ENTRY_POINT).is_some();
    Setting::Text(reader.filled(label).filter(|_| !named).unwrap_or_default().to_owned())
}

fn has_headers(reader: &Reader<'_>) -> bool {
    HEADERS.iter().any(|row| !row.read(reader).setting.is_empty())
}
