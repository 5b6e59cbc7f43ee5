//! Every column that keeps sealed words is screened by the verb that writes it, or exempt for a reason one can read
//! (EN-21, P2).

use std::collections::BTreeSet;
use std::path::Path;

/// `table.column`, and where its text is given to `safety::receive`.
const SCREENED: &[(&str, &str)] = &[
    ("case_notes.text_sealed", "app/domain/src/cases/service/work.rs"),
    ("case_statuses.staff_reason_sealed", "app/domain/src/cases/service/advance.rs"),
    ("case_statuses.exception_sealed", "app/domain/src/cases/service/advance.rs"),
    ("content_ratings.comment_sealed", "app/domain/src/content/learning.rs"),
    ("documents.note_sealed", "app/domain/src/documents/service/sending.rs"),
    ("drafts.answers_sealed", "app/domain/src/enrollments/service/draft.rs"),
    ("turn_ratings.comment_sealed", "app/domain/src/assistant/service/rate.rs"),
    ("turns.text_sealed", "app/domain/src/assistant/service/ask.rs"),
    ("turns.text_sealed", "app/domain/src/assistant/service/staff.rs"),
];

/// `table.column`, and why nobody screens it.
const EXEMPT: &[(&str, &str)] = &[
    ("accounts.email_sealed", "an address"),
    ("accounts.totp_sealed", "a secret of the portal's making"),
    ("ceremonies.state_sealed", "a state of the portal's making"),
    (
        "safety_questions.answer_sealed",
        "an answer to the safety desk, on its record; danger makes a record of its own",
    ),
    ("safety_records.details_sealed", "what a safety officer writes in a safety record"),
    ("safety_reports.why_sealed", "what pharmacovigilance says of a report"),
    ("safety_reports.xml_sealed", "a report of the portal's making"),
    ("safety_samples.text_sealed", "a text the screen has read and let pass"),
    ("cases.answers_sealed", "the draft's answers, screened there when they were written"),
    ("consents.signature_sealed", "a typed name, compared with the person's own"),
    ("documents.name_sealed", "a file's name, cleaned"),
    ("invitations.answers_sealed", "ticks of consents, no words"),
    ("people.address_sealed", "an address"),
    ("people.birth_sealed", "a date"),
    ("people.email_sealed", "an address"),
    ("people.name_sealed", "a name"),
    ("people.phone_sealed", "a number"),
    ("people.spoken_sealed", "names of languages"),
    ("safety_records.reason_sealed", "written by the safety officer on the record itself"),
    ("safety_records.verbatim_sealed", "what was screened"),
    ("uploads.name_sealed", "a file's name, cleaned"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Every `table.column` of the schema that keeps something sealed.
fn sealed_columns() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(root().join("migrations")).unwrap().flatten() {
        let sql = std::fs::read_to_string(file.path()).unwrap();
        let mut table = String::new();
        for line in sql.lines() {
            if let Some(rest) = line.trim_start().strip_prefix("create table ") {
                table = rest.split_whitespace().next().unwrap_or_default().to_owned();
            }
            let column = line.split_whitespace().next().unwrap_or_default();
            if column.ends_with("_sealed") {
                found.insert(format!("{table}.{column}"));
            }
        }
    }
    found
}

#[test]
fn every_sealed_text_is_screened_or_says_why_not() {
    let listed: BTreeSet<String> =
        SCREENED.iter().chain(EXEMPT).map(|(column, _)| (*column).to_owned()).collect();
    assert!(
        EXEMPT.iter().all(|(exempt, _)| SCREENED.iter().all(|(screened, _)| screened != exempt)),
        "listed twice"
    );
    let columns = sealed_columns();
    assert!(columns.len() > 10, "the schema was not found");
    let unlisted: Vec<_> = columns.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&columns).collect();
    assert!(unlisted.is_empty() && gone.is_empty(), "not listed: {unlisted:?}, no longer there: {gone:?}");
}

#[test]
fn every_verb_that_is_said_to_screen_does() {
    for (column, file) in SCREENED {
        let code = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(code.contains("safety::receive("), "{column}: {file} does not screen");
    }
}
