//! Findings as JUnit XML: one failed case each, by file; a file without findings has one that passed.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Found, Linted, github::message};
use crate::lint::SourceFile;
use crate::render::printable;

impl Linted {
    /// The report.
    ///
    /// # Errors
    /// When it can't be written as XML.
    pub fn junit(&self, files: &[SourceFile]) -> Result<Vec<u8>, quick_junit::SerializeError> {
        let mut suites: BTreeMap<&str, Vec<&Found>> =
            files.iter().map(|file| (file.name.as_str(), Vec::new())).collect();
        for found in &self.findings {
            let file = found.place.as_ref().map_or("fleet", |place| &place.file);
            suites.entry(file).or_default().push(found);
        }
        let mut report = Report::new("ecsroute lint");
        for (file, findings) in suites {
            let mut suite = TestSuite::new(printable(file).into_owned());
            if findings.is_empty() {
                suite.add_test_case(TestCase::new("nothing found", TestCaseStatus::success()));
            }
            suite.add_test_cases(findings.into_iter().map(case));
            report.add_test_suite(suite);
        }
        let mut text = report.to_string()?;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(text.into_bytes())
    }
}

/// A finding as a case that failed; a note alone doesn't fail.
fn case(found: &Found) -> TestCase {
    let line = found.place.as_ref().map(|place| format!(":{}", place.line)).unwrap_or_default();
    let subject = found.subject.as_deref().map(|subject| format!(" {subject}")).unwrap_or_default();
    let name = printable(&format!("{}{subject}{line}", found.rule)).into_owned();
    let text = printable(&message(found)).into_owned();
    if found.severity == "note" {
        let mut case = TestCase::new(name, TestCaseStatus::success());
        case.set_system_out(text);
        return case;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(found.name).set_message(text);
    TestCase::new(name, status)
}
