//! Enrolling through the pages, as a person without scripts would.

use super::{Browser, Page, TestPortal};
use domain::ids::{CaseId, PersonId};

/// A patient who answers for himself: page to fields.
pub const LUIS: &[(&str, &[(&str, &str)])] = &[
    ("who/filler", &[("filler", "self")]),
    ("patient/name", &[("name", "Luis Ruiz")]),
    (
        "patient/birth_date",
        &[("birth_date-day", "2"), ("birth_date-month", "3"), ("birth_date-year", "1955")],
    ),
    ("patient/written_language", &[("written_language", "es")]),
    ("patient/spoken_language", &[("spoken_language", "español")]),
    ("patient/interpreter", &[("interpreter", "yes")]),
    ("contact/email", &[("email", "luis.ruiz@example.com")]),
    ("contact/phone", &[("phone", "(555) 555-0142")]),
    ("contact/address", &[("address", "")]),
    ("contact/best_time", &[("best_time", "morning")]),
    ("insurance/payer_type", &[("payer_type", "medicare")]),
    ("insurance/payer_name", &[("payer_name", "Medicare")]),
    ("insurance/member_id", &[("member_id", "")]),
    ("prescriber/prescriber_name", &[("prescriber_name", "Dr. Osei")]),
    ("prescriber/prescriber_phone", &[("prescriber_phone", "")]),
    ("prescriber/prescribed", &[("prescribed", "yes")]),
    ("prescriber/note", &[("note", "")]),
];

/// What he answers for himself: program services and text messages yes, signed, e-mail and advertising no.
pub const CONSENTS: &[(&str, &[(&str, &str)])] = &[
    ("program_services", &[("agree", "yes"), ("channel-sms", "yes")]),
    ("health_authorization", &[("agree", "yes"), ("signature", "Luis Ruiz")]),
    ("marketing", &[]),
];

/// Ana, who helps: the pages before the patient's own.
pub const ANA: &[(&str, &[(&str, &str)])] = &[
    ("who/filler", &[("filler", "caregiver")]),
    ("who/relationship", &[("relationship", "child")]),
    ("who/filler_name", &[("filler_name", "Ana Ruiz")]),
    ("who/filler_email", &[("filler_email", "ana.ruiz@example.com")]),
];

/// The value of a hidden field.
pub fn hidden(page: &Page, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split_once(&mark).unwrap_or_else(|| panic!("no field {name} on {}", page.at)).1;
    rest.split('"').next().unwrap().to_owned()
}

/// Begins the form and answers the questions.
pub async fn begin(browser: &Browser, locale: &str, answers: &[(&str, &[(&str, &str)])]) {
    let enroll = format!("/{locale}/programs/breathe/enroll");
    browser.post(&enroll, &[("act", "start")]).await.is(200).arrives_at(&format!("{enroll}/who/filler"));
    fill(browser, locale, answers).await;
}

/// Answers questions of a form that was begun.
pub async fn fill(browser: &Browser, locale: &str, answers: &[(&str, &[(&str, &str)])]) {
    for (page, fields) in answers {
        let path = format!("/{locale}/programs/breathe/enroll/{page}");
        browser.get(&path).await.is(200).arrives_at(&path);
        let mut all = vec![("act", "answer")];
        all.extend_from_slice(fields);
        browser.post(&path, &all).await.is(200);
    }
}

/// Answers a page of consents with the editions it shows.
pub async fn consent(browser: &Browser, path: &str, purpose: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(path).await.is(200);
    let mut editions = Vec::new();
    for channel in ["portal", "email", "sms", "phone", "post"] {
        let name = format!("edition-{channel}");
        if page.body.contains(&format!("name=\"{name}\"")) {
            let edition = hidden(&page, &name);
            editions.push((name, edition));
        }
    }
    let mut all = vec![("act", "consents"), ("purpose", purpose)];
    all.extend(editions.iter().map(|(name, edition)| (name.as_str(), edition.as_str())));
    all.extend_from_slice(fields);
    browser.post(path, &all).await
}

/// The patient's own consents, in the form.
pub async fn consents(browser: &Browser, locale: &str, answers: &[(&str, &[(&str, &str)])]) {
    for (purpose, fields) in answers {
        let path = format!("/{locale}/programs/breathe/enroll/consents/{purpose}");
        consent(browser, &path, purpose, fields).await.is(200);
    }
}

/// Looks the answers over and sends them.
pub async fn send(browser: &Browser, locale: &str) -> Page {
    let path = format!("/{locale}/programs/breathe/enroll/check");
    let page = browser.get(&path).await.is(200);
    let version = hidden(&page, "version");
    browser.post(&path, &[("act", "submit"), ("version", &version)]).await
}

/// A whole enrollment of Luis for himself, up to the confirmation.
pub async fn enroll(browser: &Browser, locale: &str) -> Page {
    begin(browser, locale, LUIS).await;
    consents(browser, locale, CONSENTS).await;
    send(browser, locale).await.is(200).arrives_at(&format!("/{locale}/programs/breathe/enroll/done"))
}

impl TestPortal {
    /// The only case there is, and its person.
    pub async fn only_case(&self) -> (CaseId, PersonId) {
        let mut conn = self.portal().db.read().await.unwrap();
        let rows: Vec<(String, String)> =
            sqlx::query_as("select id, person_id from cases").fetch_all(&mut *conn).await.unwrap();
        let [(case, person)] = rows.as_slice() else { panic!("{} cases", rows.len()) };
        (case.parse().unwrap(), person.parse().unwrap())
    }

    /// One text of the database, for what no page shows.
    pub async fn text(&self, sql: impl Into<String>) -> String {
        let mut conn = self.portal().db.read().await.unwrap();
        sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(sql.into())).fetch_one(&mut *conn).await.unwrap()
    }

    /// Does what no verb does: breaks something, so that a test sees what follows.
    pub async fn run(&self, sql: &'static str) {
        let mut conn = self.portal().db.read().await.unwrap();
        sqlx::query(sql).execute(&mut *conn).await.unwrap();
    }

    /// One number of the database.
    pub async fn count(&self, sql: impl Into<String>) -> i64 {
        let mut conn = self.portal().db.read().await.unwrap();
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql.into())).fetch_one(&mut *conn).await.unwrap()
    }
}
