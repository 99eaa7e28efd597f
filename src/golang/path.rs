//! Go's package `path`: slash-separated paths, taken as text.

/// `path.Clean`: the shortest path that means the same.
pub fn clean(path: &[u8]) -> Vec<u8> {
    let rooted = path.first() == Some(&b'/');
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => match parts.last() {
                Some(last) if *last != b".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(part),
            },
            _ => parts.push(part),
        }
    }
    let joined = parts.join(&b'/');
    match (rooted, joined.is_empty()) {
        (true, _) => [b"/", &joined[..]].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}

/// `path.Base`: what follows the last slash, trailing ones aside.
pub fn base(path: &[u8]) -> &[u8] {
    if path.is_empty() {
        return b".";
    }
    let end = path.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    if end == 0 {
        return b"/";
    }
    let start = path[..end].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    &path[start..end]
}

/// `path.Dir`: all but what follows the last slash.
pub fn dir(path: &[u8]) -> Vec<u8> {
    let end = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    clean(&path[..end])
}

/// `path.Ext`: from the last point of the last part on.
pub fn ext(path: &[u8]) -> &[u8] {
    let last = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    path[last..].iter().rposition(|byte| *byte == b'.').map_or(&[], |point| &path[last + point..])
}

#[cfg(test)]
mod tests {
    use super::{base, clean, dir, ext};

    #[test]
    fn paths_are_taken_apart_as_text() {
        assert_eq!(clean(b"/a/../b//c/."), b"/b/c");
        assert_eq!(clean(b"../../a"), b"../../a");
        assert_eq!(clean(b"/../a/"), b"/a");
        assert_eq!(clean(b""), b".");
        assert_eq!((base(b"a/b/"), base(b""), base(b"///")), (&b"b"[..], &b"."[..], &b"/"[..]));
        assert_eq!((dir(b"/a/b.txt"), dir(b"a/b/"), dir(b"x")), (b"/a".to_vec(), b"a/b".to_vec(), b".".to_vec()));
        assert_eq!((ext(b"a.b/c"), ext(b".bashrc"), ext(b"a.")), (&b""[..], &b".bashrc"[..], &b"."[..]));
    }
}
