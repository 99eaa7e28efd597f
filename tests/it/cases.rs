//! The built binary on fixtures: command lines with what they print, in `tests/cases/<command>/`.

/// Variables that would change what is printed, or reach a real account.
pub const SCRUBBED: [(&str, &str); 8] = [
    ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "example"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
    ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
    ("AWS_CONFIG_FILE", "/nonexistent"),
    ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
    ("NO_COLOR", "1"),
    ("HOME", "/nonexistent"),
];

#[test]
fn command_lines_print_what_the_cases_say() {
    let tests = trycmd::TestCases::new();
    for (name, value) in SCRUBBED {
        tests.env(name, value);
    }
    tests.register_bin("ecsroute", trycmd::cargo::cargo_bin!("ecsroute"));
    tests.case("tests/cases/*/*.toml");
    tests.run();
}
