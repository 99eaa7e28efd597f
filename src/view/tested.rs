//! What `test` says: each failure with the expected beside the actual, then the count.

use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde_json::json;

use crate::cases::{Mismatch, Outcome};
use crate::failure::Failure;
use crate::render::{Mark, Styles, printable};

/// Every case that ran.
#[derive(Debug, Default)]
pub struct Tested {
    /// In the order of the files.
    pub cases: Vec<TestedCase>,
}

/// One case that ran.
#[derive(Debug)]
pub struct TestedCase {
    /// The file it stands in.
    pub file: String,
    /// Its name, or its number.
    pub name: String,
    /// Its kind's id.
    pub kind: &'static str,
    /// What became of it.
    pub outcome: Outcome,
}

impl Tested {
    /// How many failed.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|case| case.has_failed()).count()
    }

    fn skipped(&self) -> usize {
        self.cases.iter().filter(|case| matches!(case.outcome, Outcome::Skipped(_))).count()
    }

    fn passed(&self) -> usize {
        self.cases.len() - self.failed() - self.skipped()
    }

    /// For reading.
    pub fn text(&self, styles: Styles) -> Vec<u8> {
        let mut text = String::new();
        for case in &self.cases {
            if let Outcome::Failed(mismatches) = &case.outcome {
                let _ = writeln!(text, "{} {}", styles.paint(Mark::Bad, "FAILED"), printable(&case.name));
                for mismatch in mismatches {
                    text.push_str(&side_by_side(mismatch));
                }
            }
        }
        let _ = writeln!(text, "{} passed, {} failed, {} skipped", self.passed(), self.failed(), self.skipped());
        text.into_bytes()
    }

    /// For programs.
    pub fn json(&self) -> Vec<u8> {
        let cases: Vec<_> = self.cases.iter().map(TestedCase::json).collect();
        let document = json!({
            "schema": "ecsroute.test/1",
            "summary": { "passed": self.passed(), "failed": self.failed(), "skipped": self.skipped() },
            "cases": cases,
        });
        format!("{document:#}\n").into_bytes()
    }

    /// For CI servers.
    ///
    /// # Errors
    /// When the report can't be written as XML.
    pub fn junit(&self) -> Result<Vec<u8>, Failure> {
        let mut report = Report::new("ecsroute test");
        for cases in self.cases.chunk_by(|a, b| a.file == b.file) {
            let mut suite = TestSuite::new(printable(&cases[0].file).into_owned());
            suite.add_test_cases(cases.iter().map(TestedCase::junit));
            report.add_test_suite(suite);
        }
        let text = report
            .to_string()
            .map_err(|error| Failure::system("the JUnit report could not be written").because(&error))?;
        Ok(text.into_bytes())
    }
}

impl TestedCase {
    fn json(&self) -> serde_json::Value {
        let (outcome, mismatches, why) = match &self.outcome {
            Outcome::Passed => ("passed", &[] as &[Mismatch], None),
            Outcome::Failed(mismatches) => ("failed", mismatches.as_slice(), None),
            Outcome::Skipped(why) => ("skipped", &[] as &[Mismatch], Some(why)),
        };
        let differences: Vec<_> = mismatches
            .iter()
            .map(|one| json!({ "what": one.what, "expected": one.expected, "actual": one.actual }))
            .collect();
        json!({ "file": self.file, "name": self.name, "kind": self.kind, "outcome": outcome,
                "skippedBecause": why, "differences": differences })
    }

    fn junit(&self) -> TestCase {
        let status = match &self.outcome {
            Outcome::Passed => TestCaseStatus::success(),
            Outcome::Skipped(why) => {
                let mut status = TestCaseStatus::skipped();
                status.set_message(why.clone());
                status
            }
            Outcome::Failed(mismatches) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                let text: String = mismatches.iter().map(side_by_side).collect();
                status.set_message(mismatches.first().map(|one| one.what.clone()).unwrap_or_default());
                status.set_description(text);
                status
            }
        };
        let mut case = TestCase::new(printable(&self.name).into_owned(), status);
        case.set_classname(self.kind);
        case
    }
}

fn side_by_side(mismatch: &Mismatch) -> String {
    let printed = |text: &str| printable(text).into_owned();
    format!(
        "  {}\n    expected: {}\n    actual:   {}\n",
        printed(&mismatch.what),
        printed(&mismatch.expected),
        printed(&mismatch.actual)
    )
}
