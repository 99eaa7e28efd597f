//! Paths: `path` and, on the systems that Traefik runs on, `filepath` do the same.

use super::arguments::bytes;
use crate::golang::path::{base, clean, dir, ext};
use crate::golang::value::Value;
use crate::template::function::{Function, Param};

const TEXT: &[Param] = &[Param::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base", TEXT, |a, _| Ok(Value::text(base(bytes(a, 0)))), &[("{{ base \"/a/b.txt\" }}", "b.txt")]),
    Function::new("osBase", TEXT, |a, _| Ok(Value::text(base(bytes(a, 0)))), &[("{{ osBase \"/a/b.txt\" }}", "b.txt")]),
    Function::new("dir", TEXT, |a, _| Ok(Value::bytes(dir(bytes(a, 0)))), &[("{{ dir \"/a/b.txt\" }}", "/a")]),
    Function::new("osDir", TEXT, |a, _| Ok(Value::bytes(dir(bytes(a, 0)))), &[("{{ osDir \"/a/b.txt\" }}", "/a")]),
    Function::new("clean", TEXT, |a, _| Ok(Value::bytes(clean(bytes(a, 0)))), &[("{{ clean \"/a/../b\" }}", "/b")]),
    Function::new("osClean", TEXT, |a, _| Ok(Value::bytes(clean(bytes(a, 0)))), &[("{{ osClean \"a//b\" }}", "a/b")]),
    Function::new("ext", TEXT, |a, _| Ok(Value::text(ext(bytes(a, 0)))), &[("{{ ext \"a.txt\" }}", ".txt")]),
    Function::new("osExt", TEXT, |a, _| Ok(Value::text(ext(bytes(a, 0)))), &[("{{ osExt \"a.txt\" }}", ".txt")]),
    Function::new("isAbs", TEXT, |a, _| Ok(is_absolute(bytes(a, 0))), &[("{{ isAbs \"/a\" }}", "true")]),
    Function::new("osIsAbs", TEXT, |a, _| Ok(is_absolute(bytes(a, 0))), &[("{{ osIsAbs \"a\" }}", "false")]),
];

fn is_absolute(path: &[u8]) -> Value {
    Value::Bool(path.starts_with(b"/"))
}
