//! Each source of credentials, won on loopback, and told by its name.

use std::fs;
use std::time::Duration;

use super::fleet::Fleet;
use super::program::{SECRET, folder, run, signed_in, unsigned};
use super::server::FakeAws;

/// Runs a pass that must sign in with this key, told as that.
fn signs_in(variables: &[(&str, &str)], arguments: &[&str], aws: &FakeAws, key: &str, told: &str) {
    let arguments = [&["snapshot", "--auto-discover-clusters", "-v"], arguments].concat();
    let ran = run(&arguments, variables);
    assert_eq!(ran.status, 0, "{told}: {}", ran.stderr);
    assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
    let signed =
        aws.requests().into_iter().filter(|request| request.action == "ListTasks").all(|request| request.key == key);
    assert!(signed, "{told}: {:?}", aws.requests());
}

fn aws() -> FakeAws {
    FakeAws::start(Fleet::whole(), &[], Duration::ZERO)
}

fn write(name: &str, file: &str, text: &str) -> String {
    let path = folder(name).join(file);
    fs::write(&path, text).expect("it can be written");
    path.to_str().expect("the path is text").to_owned()
}

#[test]
fn the_settings_before_the_environment() {
    let aws = aws();
    let url = aws.url();
    let secret = format!("--providers.ecs.secretAccessKey={SECRET}");
    let keys = ["--providers.ecs.accessKeyID=AKIASETTINGS", secret.as_str(), "--providers.ecs.region=eu-central-1"];
    signs_in(&signed_in(&url), &keys, &aws, "AKIASETTINGS", "credentials from the provider's settings");
    let told = "region eu-central-1, from the provider's setting `region`";
    signs_in(&signed_in(&url), &keys, &aws, "AKIASETTINGS", told);
    assert!(aws.requests().iter().all(|request| request.region == "eu-central-1"));
}

#[test]
fn the_environment() {
    let aws = aws();
    let url = aws.url();
    signs_in(&signed_in(&url), &[], &aws, "AKIAENVIRONMENT", "credentials from the environment");
}

#[test]
fn a_profile_with_keys_and_a_region() {
    let aws = aws();
    let url = aws.url();
    let file = write(
        "profile",
        "credentials",
        &format!("[work]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = {SECRET}\nregion = eu-west-1\n"),
    );
    let variables = [
        ("AWS_ENDPOINT_URL", url.as_str()),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_SHARED_CREDENTIALS_FILE", &file),
        ("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
    ];
    signs_in(&variables, &["--profile=work"], &aws, "AKIAPROFILE", "credentials from the profile `work` (keys)");
    let named = [("AWS_PROFILE", "work")];
    signs_in(&[&variables[..3], &named].concat(), &[], &aws, "AKIAPROFILE", "region eu-west-1, from the profile");
}

#[test]
fn a_profile_with_a_role() {
    let aws = aws();
    let url = aws.url();
    let file = write(
        "role",
        "config",
        &format!(
            "[profile base]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = {SECRET}\n\
             [profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n"
        ),
    );
    let variables = [&unsigned(&url)[..], &[("AWS_CONFIG_FILE", &file)]].concat();
    signs_in(&variables, &["--profile=role"], &aws, "AKIAROLE", "credentials from the profile `role` (a role)");
}

#[test]
fn a_process() {
    let aws = aws();
    let url = aws.url();
    let script = write(
        "process",
        "keys.json",
        &format!(
            "{{\"Version\": 1, \"AccessKeyId\": \"AKIAPROCESS\", \"SecretAccessKey\": \"{SECRET}\", \"SessionToken\": \"t\"}}"
        ),
    );
    let file = write("process-config", "config", &format!("[default]\ncredential_process = /bin/cat {script}\n"));
    let variables = [&unsigned(&url)[..], &[("AWS_CONFIG_FILE", &file)]].concat();
    signs_in(&variables, &[], &aws, "AKIAPROCESS", "credentials from the profile `default` (a process)");
}

#[test]
fn sso() {
    let aws = aws();
    let url = aws.url();
    let home = folder("sso");
    let cache = home.join(".aws/sso/cache");
    fs::create_dir_all(&cache).expect("it can be written");
    let config = "[profile work]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\nregion = eu-west-1\n\
                  [sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n";
    fs::write(home.join(".aws/config"), config).expect("it can be written");
    // The name is the SHA-1 of the session's.
    let token = cache.join("a0f1490a20d0211c997b44bc357e1972deab8ae3.json");
    let write = |expires: &str| {
        let text = format!(
            "{{\"accessToken\": \"{SECRET}\", \"expiresAt\": \"{expires}\", \"region\": \"eu-west-1\", \
                            \"startUrl\": \"https://example.awsapps.com/start\"}}"
        );
        fs::write(&token, text).expect("it can be written");
    };
    write("2100-01-01T00:00:00Z");
    let home = home.to_str().expect("the path is text");
    let variables = [&unsigned(&url)[..], &[("HOME", home)]].concat();
    signs_in(&variables, &["--profile=work"], &aws, "AKIASSO", "credentials from the profile `work` (SSO)");
    write("2020-01-01T00:00:00Z");
    let expired = run(&["snapshot", "--profile=work"], &variables);
    assert_eq!(expired.status, 3, "{}", expired.stderr);
    assert!(expired.stderr.contains("aws sso login --profile work"), "{}", expired.stderr);
    assert!(expired.time < Duration::from_secs(2), "{:?}", expired.time);
}

#[test]
fn a_web_identity() {
    let aws = aws();
    let url = aws.url();
    let token = write("web", "token", SECRET);
    let variables = [
        &unsigned(&url)[..],
        &[("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r")],
    ]
    .concat();
    signs_in(&variables, &[], &aws, "AKIAWEB", "credentials from a web identity token");
}

#[test]
fn a_container() {
    let aws = aws();
    let url = aws.url();
    let full = format!("{url}/container");
    let variables = [&unsigned(&url)[..], &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", full.as_str())]].concat();
    signs_in(&variables, &[], &aws, "AKIACONTAINER", "credentials from the container's role");
}

#[test]
fn an_instance_with_its_region() {
    let aws = aws();
    let url = aws.url();
    let variables = [("AWS_ENDPOINT_URL", url.as_str()), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url)];
    signs_in(&variables, &[], &aws, "AKIAINSTANCE", "credentials from the instance's role");
    signs_in(&variables, &[], &aws, "AKIAINSTANCE", "region eu-north-1, from the instance metadata service");
    assert!(aws.requests().iter().any(|request| request.action == "ListTasks" && request.region == "eu-north-1"));
}

#[test]
fn a_role_assumed_first() {
    let aws = aws();
    let url = aws.url();
    let arguments = ["--role-arn=arn:aws:iam::123456789012:role/r", "--external-id=id-7"];
    signs_in(&signed_in(&url), &arguments, &aws, "AKIAROLE", "credentials from the environment");
    let told = "with them the role arn:aws:iam::123456789012:role/r is assumed";
    signs_in(&signed_in(&url), &arguments[..1], &aws, "AKIAROLE", told);
    let assumed: Vec<_> = aws.requests().into_iter().filter(|request| request.action == "AssumeRole").collect();
    assert_eq!(assumed.len(), 2, "once a run");
    assert!(assumed[0].body.contains("ExternalId=id-7"), "{}", assumed[0].body);
}
