//! Paths: `path` and, on the systems that Traefik runs on, `filepath` do the same.

use super::arguments::bytes;
use crate::golang::path::{base, clean, dir, ext};
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const TEXT: &[Param] = &[Param::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base", TEXT, run_base, &[("{{ base \"/a/b.txt\" }}", "b.txt")]),
    Function::new("osBase", TEXT, run_base, &[("{{ osBase \"/a/b.txt\" }}", "b.txt")]),
    Function::new("dir", TEXT, run_dir, &[("{{ dir \"/a/b.txt\" }}", "/a")]),
    Function::new("osDir", TEXT, run_dir, &[("{{ osDir \"/a/b.txt\" }}", "/a")]),
    Function::new("clean", TEXT, run_clean, &[("{{ clean \"/a/../b\" }}", "/b")]),
    Function::new("osClean", TEXT, run_clean, &[("{{ osClean \"a//b\" }}", "a/b")]),
    Function::new("ext", TEXT, run_ext, &[("{{ ext \"a.txt\" }}", ".txt")]),
    Function::new("osExt", TEXT, run_ext, &[("{{ osExt \"a.txt\" }}", ".txt")]),
    Function::new("isAbs", TEXT, is_absolute, &[("{{ isAbs \"/a\" }}", "true")]),
    Function::new("osIsAbs", TEXT, is_absolute, &[("{{ osIsAbs \"a\" }}", "false")]),
];

fn run_base(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    Ok(Value::text(base(bytes(arguments, 0))))
}

fn run_dir(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    Ok(Value::bytes(dir(bytes(arguments, 0))))
}

fn run_clean(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    Ok(Value::bytes(clean(bytes(arguments, 0))))
}

fn run_ext(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    Ok(Value::text(ext(bytes(arguments, 0))))
}

fn is_absolute(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    Ok(Value::Bool(bytes(arguments, 0).starts_with(b"/")))
}
