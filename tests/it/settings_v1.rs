//! What Traefik 1.7.34's own parsers of flags and files make of settings, as they were seen to, through the built
//! binary.

use std::fs;

use serde_json::Value;

use super::live::program::{folder, run};

/// A file with settings at the root and in the section.
const FILE: &str = "constraints = ['tag==a', 'tag!=b']\n[ecs]\nconstraints = ['tag==c']\nregion = 'x'\n";

/// What options come to, by name and value; or what is said of the flags.
type Expected = Result<&'static [(&'static str, &'static str)], &'static str>;

/// Flags, over the file or without it, and what they come to.
const CASES: &[(bool, &[&str], Expected)] = &[
    (true, &[], Ok(&[("constraints", "tag==a,tag!=b"), ("ecs.constraints", "tag==c"), ("ecs.region", "x")])),
    (true, &["--constraints=tag==z"], Ok(&[("constraints", "tag==z"), ("ecs.constraints", "tag==c")])),
    (true, &["--ecs.constraints=tag==y"], Ok(&[("constraints", "tag==a,tag!=b"), ("ecs.constraints", "tag==y")])),
    (
        true,
        &["--ecs.constraints=tag==y", "--ecs.constraints=tag==w,tag!=q"],
        Ok(&[("ecs.constraints", "tag==y,tag==w,tag!=q")]),
    ),
    (true, &["--ecs=false"], Ok(&[("ecs.region", "x"), ("ecs.constraints", "tag==c")])),
    (true, &["--ecs"], Ok(&[("ecs.region", ""), ("ecs.constraints", ""), ("constraints", "tag==a,tag!=b")])),
    (true, &["--ecs.domain=y", "--ecs"], Ok(&[("ecs.region", ""), ("ecs.domain", "y")])),
    (true, &["--ecs=true", "--ecs=false"], Ok(&[("ecs.region", "x")])),
    (true, &["--ecs.clusters=q"], Ok(&[("ecs.clusters", "q"), ("ecs.region", "x")])),
    (
        false,
        &["--ecs.watch=false", "--ecs.clusters=a", "--ecs.clusters=b;c"],
        Ok(&[("ecs.watch", "false"), ("ecs.clusters", "a,b,c")]),
    ),
    (false, &["--ecs=false", "--ecs.region=x"], Ok(&[("ecs.region", "x")])),
    (false, &["--ecs.region=x", "--ecs.region=y"], Ok(&[("ecs.region", "y")])),
    (false, &["--ECS.Region=x"], Ok(&[("ecs.region", "x")])),
    (false, &["--ecs", "foo", "--ecs.region=x"], Ok(&[("ecs.region", "x")])),
    (false, &["--ecs", "--", "--ecs.region=x"], Ok(&[("ecs.region", "")])),
    (false, &["-dl", "DEBUG", "--ecs.region=x"], Ok(&[("ecs.region", "x")])),
    (false, &["traefik", "--ecs.region=x"], Ok(&[("ecs.region", "x")])),
    (false, &["--ecs.clusters=a, b"], Ok(&[("ecs.clusters", "a, b")])),
    (false, &["--ecs.refreshseconds=0x10"], Ok(&[("ecs.refreshSeconds", "16")])),
    (false, &["--ecs.refreshseconds=010"], Ok(&[("ecs.refreshSeconds", "8")])),
    (false, &["--ecs.refreshseconds=1_0"], Ok(&[("ecs.refreshSeconds", "10")])),
    (false, &["--ecs.refreshseconds=abc"], Err("`abc` is not an integer")),
    (false, &["--ecs.watch="], Err("`` is not true or false")),
    (false, &["--ecs=yes"], Err("--ecs: ")),
    (false, &["--ecs.region", "x"], Err("flag needs an argument: --ecs.region")),
    (false, &["--constraints", "tag==a"], Err("flag needs an argument: --constraints")),
    (false, &["--constraints="], Err("neither `==` nor `!=`")),
    (false, &["--constraints=tag==a,"], Err("neither `==` nor `!=`")),
    (false, &["--constraints=tag==a, tag==b"], Err("a constraint is about tags")),
    (false, &["--configfile", "t.toml"], Err("flag needs an argument: --configfile")),
    (false, &["-c"], Err("flag needs an argument: 'c' in -c")),
    (false, &["-ecs"], Err("unknown shorthand flag: 'e' in -ecs")),
    (false, &["--=a"], Err("bad flag syntax: --=a")),
    (false, &["--ecs.bla=1"], Err("unknown flag: --ecs.bla")),
    (false, &["foo", "--ecs"], Err("command foo not found")),
];

#[test]
fn flags_and_files_come_to_what_they_come_to_in_traefik() {
    let file = folder("settings-v1").join("traefik.toml");
    fs::write(&file, FILE).expect("the folder can be written");
    let file = format!("--static-config={}", file.display());
    for (with_file, flags, expected) in CASES {
        let form = if *with_file { file.as_str() } else { "--no-static-config" };
        let asked = ["discover", "--traefik=v1", "--show-settings", "--format=json", form, "--"];
        let ran = run(&[&asked, *flags].concat(), &[]);
        match expected {
            Ok(options) => {
                assert_eq!(ran.status, 0, "{flags:?}\n{}", ran.stderr);
                let document = ran.json();
                for (name, value) in *options {
                    assert_eq!(of(&document, name), Some(*value), "{flags:?}: {name}");
                }
            }
            Err(said) => {
                assert_eq!(ran.status, 2, "{flags:?}\n{}", ran.stdout);
                assert!(ran.stderr.contains(said), "{flags:?}\n{}", ran.stderr);
            }
        }
    }
}

/// An option's value.
fn of<'d>(document: &'d Value, name: &str) -> Option<&'d str> {
    let settings = document["settings"].as_array()?;
    settings.iter().find(|setting| setting["name"] == name)?["value"].as_str()
}
