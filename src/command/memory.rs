//! How much memory there is, so that a file that needs more is refused before it is read: a program that runs out of
//! memory on its way is ended without a word.

use std::fs;

/// How many bytes of memory each byte of a file takes at most while it is read and replayed.
const TIMES: u64 = 3;

/// What the program itself takes of its address space, before it reads anything.
const PROGRAM: u64 = 64 << 20;

/// How large a file may be that is read whole.
pub(super) fn room() -> u64 {
    [limit(), left(&text("/proc/meminfo"))].into_iter().flatten().min().map_or(u64::MAX, |bytes| bytes / TIMES)
}

/// Whether so many bytes more may be used, beside those that are used already.
pub(super) fn holds(more: u64) -> bool {
    let used = resident(&text("/proc/self/status")).unwrap_or_default();
    limit().is_none_or(|limit| used.saturating_add(more) <= limit)
        && left(&text("/proc/meminfo")).is_none_or(|left| more <= left)
}

/// Bytes of memory that the process may have: the least of what its group may use and of its own limit. Nothing where
/// there is no limit, or the system doesn't tell, as systems other than Linux.
fn limit() -> Option<u64> {
    let groups = text("/proc/self/cgroup");
    let group = limits_of(&groups).into_iter().filter_map(|path| fs::read_to_string(path).ok()?.trim().parse().ok());
    let own = address_space(&text("/proc/self/limits")).map(|bytes| bytes.saturating_sub(PROGRAM));
    group.chain(own).min()
}

fn text(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// The files that may hold the limit of a process's groups: of the second version, of the first, and as a container
/// sees them, which knows nothing of the path.
fn limits_of(groups: &str) -> Vec<String> {
    let mut files =
        vec!["/sys/fs/cgroup/memory.max".to_owned(), "/sys/fs/cgroup/memory/memory.limit_in_bytes".to_owned()];
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        match (parts.next(), parts.next()) {
            (Some(""), Some(path)) => files.push(format!("/sys/fs/cgroup{path}/memory.max")),
            (Some(controllers), Some(path)) if controllers.split(',').any(|name| name == "memory") => {
                files.push(format!("/sys/fs/cgroup/memory{path}/memory.limit_in_bytes"));
            }
            _ => {}
        }
    }
    files
}

/// The limit of the process's own address space, where it has one.
fn address_space(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// What the machine has left.
fn left(memory: &str) -> Option<u64> {
    kibibytes(memory, "MemAvailable:")
}

/// What the process holds of the machine's memory.
fn resident(status: &str) -> Option<u64> {
    kibibytes(status, "VmRSS:")
}

/// The bytes that a line gives in kibibytes.
fn kibibytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes.saturating_mul(1024))
}

#[cfg(test)]
mod tests {
    use super::{address_space, left, limits_of, resident};

    #[test]
    fn limits_are_read_as_linux_writes_them() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max address space         2048000000           unlimited            bytes     \n";
        assert_eq!(address_space(limits), Some(2_048_000_000));
        assert_eq!(address_space(&limits.replace("2048000000", "unlimited ")), None);
        assert_eq!(left("MemTotal:       24000000 kB\nMemAvailable:   20000000 kB\n"), Some(20_480_000_000));
        assert_eq!(left(""), None);
        assert_eq!(resident("Name:\tx\nVmRSS:\t  2048 kB\n"), Some(2_097_152));
    }

    #[test]
    fn groups_have_their_limits_in_files() {
        assert_eq!(limits_of("0::/a.slice/b\n")[2..], ["/sys/fs/cgroup/a.slice/b/memory.max"]);
        let first = "9:name=systemd:/\n4:cpu,memory:/x/y\n0::/\n";
        let found = ["/sys/fs/cgroup/memory/x/y/memory.limit_in_bytes", "/sys/fs/cgroup//memory.max"];
        assert_eq!(limits_of(first)[2..], found);
    }
}
