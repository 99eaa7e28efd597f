//! How a migration can differ from its original: a closed list, explained in `docs/moving-from-v1.md`.

/// How what is migrated can differ from its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// v1 redirects `/a/` to `/a` and back for `Path`, `PathStrip`, `PathStripRegex`; v3 compares exactly.
    TrailingSlash,
    /// v3 takes a dot at the end of a host for nothing, and cuts IPv6 addresses and malformed ports otherwise.
    HostForm,
    /// v3 matches paths with reserved characters still encoded (`%2F`), v1 with everything decoded; and v3's entry
    /// points clean them of `//`, `.` and `..` before any rule sees them.
    PathForm,
    /// v3's `Query` looks at every value of a parameter, v1's at the first.
    RepeatedParameter,
    /// v1 answers 404 where a strip finds nothing: always with a variable in it, and where another one was before it.
    /// v3 passes such a request on, or has no router for it.
    NothingToStrip,
    /// v3 refuses the rule or a part of it: characters beyond ASCII in a host.
    Refused,
    /// Of a path that is stripped whole v1 leaves a slash and v3 nothing; of one that is stripped by a template v1 leaves
    /// none, and v3 one.
    StrippedSlash,
    /// Containers, or segments of one, that share a backend and don't agree: v1 takes options, frontend and server of
    /// each name from whichever it meets first, v3 drops what contradicts and asks one port of each container.
    SharedBackend,
    /// A template of one's own, or the one of v1.4, says what is published.
    OwnTemplate,
    /// v1 takes tasks that are `RUNNING` and have an IPv4 address; v3 takes those of an instance that is `running`, in
    /// that spelling alone, and IPv6 addresses.
    Records,
}

impl Difference {
    /// Every difference there may be.
    pub const ALL: [Self; 10] = [
        Self::TrailingSlash,
        Self::HostForm,
        Self::PathForm,
        Self::RepeatedParameter,
        Self::NothingToStrip,
        Self::Refused,
        Self::StrippedSlash,
        Self::SharedBackend,
        Self::OwnTemplate,
        Self::Records,
    ];

    /// Those that any rule has: they are of requests that few clients send.
    pub const EVERYWHERE: [Self; 2] = [Self::HostForm, Self::PathForm];

    /// A stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::TrailingSlash => "trailing-slash",
            Self::HostForm => "host-form",
            Self::PathForm => "path-form",
            Self::RepeatedParameter => "repeated-parameter",
            Self::NothingToStrip => "nothing-to-strip",
            Self::Refused => "refused",
            Self::StrippedSlash => "stripped-slash",
            Self::SharedBackend => "shared-backend",
            Self::OwnTemplate => "own-template",
            Self::Records => "records",
        }
    }

    /// What differs, for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::TrailingSlash => {
                "v1 redirects a path that differs in its trailing slash alone; v3 does not match it, so add the other \
                 spelling or a redirection where clients use it"
            }
            Self::HostForm => {
                "v3 takes `a.com.` for `a.com`, v1 does not; and hosts with brackets or more than one colon are cut \
                 differently"
            }
            Self::PathForm => {
                "v3 compares paths with reserved characters still encoded (`%2F`), v1 decodes all of them first; and v3 \
                 cleans paths of `//`, `.` and `..` before any rule sees them"
            }
            Self::RepeatedParameter => "of a parameter that comes twice v1 looks at the first value, v3 at all",
            Self::NothingToStrip => {
                "v1 answers 404 where a strip finds nothing to take off, as with a variable in it or after another strip; v3 \
                 passes the request on, or has no router for it"
            }
            Self::Refused => "v3 takes only ASCII in a `Host`; write the name in its punycode form",
            Self::StrippedSlash => {
                "what is left of a stripped path has a slash at its start in one of the two only, which shows in what is \
                 put before it or replaced in it"
            }
            Self::SharedBackend => {
                "containers or segments that share a backend don't agree: v1 takes options, rule and the server of each \
                 name from whichever it meets first, v3 drops what contradicts and asks one port of each container"
            }
            Self::OwnTemplate => {
                "a template of one's own, or that of v1.4, says what v1 publishes; v3 has only the default rule for it"
            }
            Self::Records => {
                "v1 takes tasks that are RUNNING and have an IPv4 address; v3 looks at the instance under a task instead, \
                 whose state is `running` in that spelling alone, and takes IPv6 addresses"
            }
        }
    }
}
