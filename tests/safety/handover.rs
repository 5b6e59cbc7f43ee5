//! A report on its way to pharmacovigilance and back (SC-4, SC-5): nothing is closed before they say that they have it.

use super::{newest, officer};
use crate::support::cases::Patient;
use crate::support::enrolling::hidden;
use crate::support::{Browser, TestPortal, portal};
use domain::safety::e2b;
use domain::time::MINUTE;
use std::path::PathBuf;

const ACCEPTED: &str = include_str!("../e2b/R3ack-positive.ack");
const REFUSED: &str = include_str!("../e2b/R3ack-negative.ack");

/// A record that Samuel has, and its address.
async fn taken_on(t: &TestPortal, words: &str) -> (Browser, String) {
    t.patient(Patient::default()).await;
    let luis = t.signed_in("luis@example.com").await;
    luis.post("/en/ask?program=breathe", &[("act", "ask"), ("question", words)]).await.is(200);
    let samuel = officer(t, "Samuel Park", "samuel@example.com").await;
    let at = newest(t).await;
    act(&samuel, &at, &[("act", "acknowledge")]).await.is(200);
    (samuel, at)
}

async fn act(browser: &Browser, at: &str, fields: &[(&str, &str)]) -> crate::support::Page {
    let version = hidden(&browser.get(at).await, "version");
    let mut fields = fields.to_vec();
    fields.push(("version", &version));
    browser.post(at, &fields).await
}

fn folder(t: &TestPortal, name: &str) -> PathBuf {
    t.dir.join("safety").join(name)
}

fn names(t: &TestPortal, name: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder(t, name)) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The published answer, as if it were to this batch.
fn answer(sample: &str, batch: &str) -> String {
    let root = "root=\"2.16.840.1.113883.3.989.2.1.3.22\"";
    let at = sample.find(root).expect("the sample names the batch it answers");
    let from = sample[..at].rfind("extension=\"").unwrap() + "extension=\"".len();
    let until = from + sample[from..].find('"').unwrap();
    let whole = format!("{}{batch}{}", &sample[..from], &sample[until..]);
    assert!(e2b::acknowledgements(whole.as_bytes()).unwrap().iter().all(|one| one.batch_id == batch));
    whole
}

#[tokio::test]
async fn a_report_goes_out_and_is_closed_when_they_have_it() {
    let t = portal().await;
    let (samuel, at) = taken_on(&t, "Since I use it I have a rash & it itches <very> much").await;
    t.wait(9 * MINUTE);
    let details = [
        ("act", "detail"),
        ("lot", "A-0815"),
        ("dose", "one puff a day"),
        ("reaction", "rash on both arms"),
        ("began_on-day", "20"),
        ("began_on-month", "11"),
        ("began_on-year", "2026"),
        ("course", "not_recovered"),
        ("serious-important", "yes"),
    ];
    act(&samuel, &at, &details).await.is(200).says("Saved.").holds("value=\"A-0815\"");
    // not before somebody says what it is
    act(&samuel, &at, &[("act", "send")]).await.is(422);
    act(&samuel, &at, &[("act", "triage"), ("as", "ae")]).await.is(200).says("The assessment is saved.");
    act(&samuel, &at, &[("act", "close"), ("reason", "done")]).await.is(422);
    act(&samuel, &at, &[("act", "send")]).await.is(200).says("The report is on its way.");
    act(&samuel, &at, &[("act", "send")]).await.is(422).says("Its answer is awaited");
    act(&samuel, &at, &[("act", "triage"), ("as", "not_safety")]).await.is(422);
    t.settle().await;
    t.settle().await;
    assert_eq!(names(&t, "outbox"), ["SR-000001-1.pdf", "SR-000001-1.xml"]);
    let xml = std::fs::read(folder(&t, "outbox").join("SR-000001-1.xml")).unwrap();
    let report = e2b::read(&xml).unwrap();
    assert_eq!(report.narrative, "Since I use it I have a rash & it itches <very> much");
    assert_eq!(report.worldwide, "US-HANDRAIL-SR-000001");
    let aware = t.count("select aware_at from safety_records").await;
    assert_eq!(report.received.instant().map(|at| at.0), Some(aware - aware % 1000));
    assert!(!String::from_utf8_lossy(&xml).contains("Luis"), "names stay with us");
    let said = String::from_utf8_lossy(&xml).into_owned();
    assert!(said.contains("A-0815") && said.contains("rash on both arms") && said.contains("Aerovent"));

    let page = samuel.get(&at).await.is(200).says("Sent, not answered yet").says_not("Close this record");
    page.says("Report as PDF");
    samuel.get(&format!("{at}/report/xml")).await.is(200);
    assert!(samuel.get(&format!("{at}/report/pdf")).await.is(200).body.starts_with("%PDF"));
    samuel.get(&format!("{at}/report/exe")).await.is(404);
    act(&samuel, &at, &[("act", "close"), ("reason", "done")]).await.is(422).says("has not said yet");

    // refused: it says why, and goes out again
    std::fs::write(folder(&t, "inbox").join("a.ack"), answer(REFUSED, "SR-000001-1")).unwrap();
    std::fs::write(folder(&t, "inbox").join("b.xml"), "<odd/>").unwrap();
    std::fs::write(folder(&t, "inbox").join("c.ack"), answer(ACCEPTED, "SR-000009-1")).unwrap();
    std::fs::write(folder(&t, "inbox").join("d.ack.part"), "under way").unwrap();
    t.settle().await;
    assert_eq!(
        (names(&t, "done"), names(&t, "inbox")),
        (vec!["a.ack".to_owned()], vec!["d.ack.part".to_owned()])
    );
    assert_eq!(names(&t, "odd"), ["b.xml", "c.ack"]);
    samuel.get(&at).await.is(200).says("Not taken").says("Why it was not taken");
    act(&samuel, &at, &[("act", "send")]).await.is(200);
    t.settle().await;
    std::fs::write(folder(&t, "inbox").join("e.ack"), answer(ACCEPTED, "SR-000001-2")).unwrap();
    t.settle().await;
    // another file of the same name takes nothing away
    std::fs::write(folder(&t, "inbox").join("b.xml"), "<other/>").unwrap();
    t.settle().await;
    assert_eq!(names(&t, "odd"), ["2-b.xml", "b.xml", "c.ack"]);
    // told twice, the first answer counts
    std::fs::write(folder(&t, "inbox").join("f.ack"), answer(REFUSED, "SR-000001-2")).unwrap();
    t.settle().await;
    samuel.get(&at).await.is(200).says("Taken by pharmacovigilance").says("33439257");
    act(&samuel, &at, &[("act", "close"), ("reason", "They have it.")])
        .await
        .is(200)
        .says("The record is closed.");
    assert_eq!(t.text("select closed_as from safety_records").await, "ae");
    assert_eq!(t.count("select count(*) from safety_reports").await, 2);

    let page = samuel
        .get("/en/staff/safety/reconciliation")
        .await
        .is(200)
        .says("SR-000001")
        .says("1 of 1")
        .says("33439257");
    page.says_not("Missing");
    let file = samuel.get("/en/staff/safety/reconciliation?as=csv").await.is(200);
    assert!(file.header("content-disposition").contains(".csv"));
    assert_eq!(file.body.lines().count(), 2);
    samuel.get("/en/staff/safety/reconciliation?month=2026-01").await.is(200).says_not("SR-000001");
    samuel.get("/en/staff/safety/reconciliation?month=nonsense").await.is(200);
}

#[tokio::test]
async fn a_report_with_something_missing_waits_for_it() {
    let t = portal().await;
    let visitor = t.visitor();
    let ask = [("act", "ask"), ("question", "I got a rash all over my body")];
    visitor.post("/en/ask?program=clearpath", &ask).await.is(200);
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    let at = newest(&t).await;
    act(&samuel, &at, &[("act", "acknowledge")]).await.is(200);
    act(&samuel, &at, &[("act", "triage"), ("as", "ae")]).await.is(200);
    act(&samuel, &at, &[("act", "send")]).await.is(422).says("Not all four criteria are known");
    let long = "x".repeat(300);
    act(&samuel, &at, &[("act", "detail"), ("reaction", ""), ("patient", &long)]).await.is(422).holds(&long);
    let known = [
        ("act", "detail"),
        ("patient", "M. R."),
        ("reporter", "her sister"),
        ("product", "Clearpath"),
        ("reaction", ""),
    ];
    act(&samuel, &at, &known).await.is(200).says("4 of 4");
    act(&samuel, &at, &[("act", "send")]).await.is(200).says("The report is on its way.");
    t.settle().await;
    let xml = std::fs::read(folder(&t, "outbox").join("SR-000001-1.xml")).unwrap();
    assert!(e2b::read(&xml).is_ok());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_loses_nothing() {
    let t = portal().await;
    let (samuel, at) = taken_on(&t, "Since I use it I have a rash").await;
    std::fs::create_dir_all(t.dir.join("safety")).unwrap();
    std::fs::write(folder(&t, "outbox"), "a file where the folder should be").unwrap();
    act(&samuel, &at, &[("act", "triage"), ("as", "ae")]).await.is(200);
    act(&samuel, &at, &[("act", "send")]).await.is(200);
    assert!(server::jobs::run_all(&t.app).await.is_err());
    samuel.get(&at).await.is(200).says("On its way");
    std::fs::remove_file(folder(&t, "outbox")).unwrap();
    t.wait(5 * MINUTE);
    t.settle().await;
    assert_eq!(names(&t, "outbox").len(), 2);
    samuel.get(&at).await.is(200).says("Sent, not answered yet");
}
