//! `check-policy` for CI servers: a test for each action that is asked for, one for each document that IAM refuses.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{ActionRow, PolicyReport};
use crate::failure::Failure;
use crate::render::printable;

impl PolicyReport {
    /// For CI servers.
    ///
    /// # Errors
    /// When the report can't be written as XML.
    pub fn junit(&self, allow_conditional: bool) -> Result<Vec<u8>, Failure> {
        let mut report = Report::new("ecsroute check-policy");
        let mut actions = TestSuite::new("actions");
        actions.add_test_cases(self.actions.iter().map(|action| test(action, allow_conditional)));
        report.add_test_suite(actions);
        let refused = self.findings.iter().filter(|finding| finding.severity == "error");
        let mut documents = TestSuite::new("documents");
        documents.add_test_cases(refused.map(|finding| {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(printable(&finding.message).into_owned());
            status.set_type(finding.code);
            TestCase::new(format!("{}:{}:{}", finding.file, finding.line, finding.column), status)
        }));
        if !documents.test_cases.is_empty() {
            report.add_test_suite(documents);
        }
        let text = report
            .to_string()
            .map_err(|error| Failure::system("the JUnit report could not be written").because(&error))?;
        Ok(text.into_bytes())
    }
}

fn test(action: &ActionRow, allow_conditional: bool) -> TestCase {
    let holds = action.verdict == "allowed" || allow_conditional && action.verdict == "depends";
    let status = match action.need {
        "required" if holds => TestCaseStatus::success(),
        "required" => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(action.verdict);
            let messages = action.requests.iter().filter(|request| request.verdict != "allowed");
            let text = messages.map(|request| printable(&request.message).into_owned()).collect::<Vec<_>>().join("; ");
            status.set_message(text);
            status
        }
        _ => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(printable(&format!("{}: {}", action.need, action.because)).into_owned());
            status
        }
    };
    TestCase::new(action.action.clone(), status)
}
