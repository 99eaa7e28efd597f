//! The boundaries that the design draws, read from the sources: who may depend on whom, and on which crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which top-level modules each may use, beside itself. What is absent here may use none.
const EDGES: &[(&str, &[&str])] = &[
    ("cases", &["*"]),
    ("cli", &["model"]),
    ("command", &["*"]),
    ("console", &["failure", "render"]),
    ("constraint", &["golang", "model"]),
    ("cost", &["model", "settings"]),
    ("decode", &["golang", "model"]),
    ("diff", &["model"]),
    ("discover", &["model", "settings", "source"]),
    ("document", &[]),
    ("dynamic", &["decode", "golang", "model"]),
    ("failure", &["render"]),
    ("golang", &[]),
    ("iam", &["document", "model", "settings"]),
    (
        "lint",
        &[
            "constraint",
            "cost",
            "decode",
            "diff",
            "document",
            "dynamic",
            "golang",
            "model",
            "pipeline",
            "rule",
            "settings",
            "template",
            "v1",
        ],
    ),
    ("migrate", &["decode", "document", "dynamic", "golang", "model", "routing", "rule", "settings", "v1"]),
    ("model", &[]),
    ("nearest", &[]),
    ("pipeline", &["constraint", "decode", "dynamic", "golang", "model", "settings", "template"]),
    ("render", &[]),
    ("routing", &["dynamic", "golang", "model", "rule", "settings"]),
    ("rule", &["golang", "model"]),
    ("settings", &["constraint", "decode", "golang", "model", "template"]),
    ("source", &["model", "settings"]),
    ("template", &["golang", "model"]),
    ("v1", &["constraint", "golang", "model", "nearest", "rule", "settings", "template"]),
    ("view", &["*"]),
    ("watch", &["diff"]),
];

/// Which modules may name a crate.
const CRATES: &[(&str, &[&str])] = &[
    ("aws_", &["source"]),
    ("clap", &["cli", "command", "main"]),
    ("comfy_table", &["render"]),
    ("owo_colors", &["render"]),
    ("upon", &["render"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every source file with its top-level module.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("src can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let relative = path.strip_prefix(root().join("src")).expect("it is below src").to_owned();
                let first = relative.components().next().expect("a file has a name");
                let module = first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
                let text = fs::read_to_string(&path).expect("sources are text");
                found.push((module, relative, text));
            }
        }
    }
    found.sort();
    found
}

/// The code of a file: without comments and without its test modules.
fn code(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]").next().unwrap_or(text);
    shipped.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The top-level modules that a file names as `crate::x`.
fn used(code: &str) -> BTreeSet<String> {
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
        .map(|(at, found)| {
            let rest = &code[at + found.len()..];
            rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())].to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn dependencies_point_one_way() {
    let edges: BTreeMap<_, _> = EDGES.iter().copied().collect();
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let allowed = edges.get(module.as_str()).unwrap_or_else(|| panic!("{module} has a place in the design"));
        for name in used(&code(&text)) {
            if name != module && name != "nearest" && !allowed.contains(&"*") && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: {module} may not use {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let code = code(&text);
        for (name, places) in CRATES {
            let named = code.match_indices(name).any(|(at, _)| {
                !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '"')
                    && code[at..].contains("::")
                    && code[at + name.len()..]
                        .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
                        .starts_with("::")
            });
            if named && !places.contains(&module.as_str()) {
                wrong.push(format!("{}: {name} belongs to {}", path.display(), places.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_never_asks_the_system() {
    const SHELL: [&str; 5] = ["main", "command", "source", "discover", "cases"];
    const ASKED: [&str; 7] =
        ["println!", "eprintln!", "std::env::", "env::var", "Timestamp::now", "Instant::now", "SystemTime::now"];
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        if SHELL.contains(&module.as_str()) {
            continue;
        }
        let code = code(&text);
        for asked in ASKED {
            if code.contains(asked) {
                wrong.push(format!("{}: {asked}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_case_is_known_by_name() {
    let mut wrong = Vec::new();
    let names = vector_names();
    for (_, path, text) in sources() {
        let quoted: BTreeSet<_> = text.split('"').collect();
        let known = quoted.into_iter().filter(|name| names.contains(*name));
        wrong.extend(known.map(|name| format!("{}: {name}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The names of cases, as far as they can't be ordinary text: those with a slash.
fn vector_names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/vectors")).expect("the vectors are here").flatten() {
        if entry.path().extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("vectors are text");
        let cases: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a table is an array");
        let named = cases.iter().filter_map(|case| case["name"].as_str());
        names.extend(named.filter(|name| name.contains('/')).map(str::to_owned));
    }
    names
}

#[test]
fn shortcuts_are_not_left_standing() {
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        for shortcut in ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX"] {
            if text.contains(shortcut) {
                wrong.push(format!("{}: {shortcut}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
