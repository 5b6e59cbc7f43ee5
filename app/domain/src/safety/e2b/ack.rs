//! What a receiver answers: which batch, which report, taken or not, and why (ICH ICSR acknowledgement).

use super::codes::root;
use super::error::{Error, Result};
use super::parse::parse;
use super::tree::Element;
use super::types::Report;
use super::when::When;

/// What became of the batch (ACK.A.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchVerdict {
    /// All of it was taken (`AA`).
    Accepted,
    /// Some of it was not (`AE`).
    Partly,
    /// None of it could be read (`AR`).
    Rejected,
}

/// The answer to one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Its own (ACK.M.1).
    pub id: String,
    /// ACK.M.4.
    pub time: When,
    /// N.1.2 of what was sent (ACK.A.1).
    pub batch_id: String,
    pub batch: BatchVerdict,
    /// N.2.r.1 of what was sent (ACK.B.r.1), as it came back: receivers put the report's number here, alone or behind. None
    /// where a whole batch could not be read.
    pub message_id: Option<String>,
    /// The second word of it, where there is one: C.1.1 of what was sent.
    pub report_id: Option<String>,
    /// What the receiver calls the report (ACK.B.r.2).
    pub local_id: Option<String>,
    /// Whether this report was taken (ACK.B.r.6).
    pub accepted: bool,
    /// Why not; empty when it was (ACK.B.r.7, ACK.A.5).
    pub errors: Vec<String>,
    /// What else was said, warnings too.
    pub remarks: Vec<String>,
}

impl Acknowledgement {
    /// Whether it answers this very version of the report.
    pub fn answers(&self, report: &Report) -> bool {
        let names = [&report.message.id, &report.number];
        let is_named = |id: &Option<String>| id.as_ref().is_some_and(|id| names.contains(&id));
        self.batch_id == report.batch.id
            && (self.message_id.is_none() || is_named(&self.message_id) || is_named(&self.report_id))
    }
}

/// Every answer in a file, at least one.
///
/// # Errors
/// Any of `Error`, as when a report is read.
pub fn acknowledgements(bytes: &[u8]) -> Result<Vec<Acknowledgement>> {
    let file = parse(bytes)?;
    if file.name != "MCCI_IN200101UV01" {
        return Err(Error::AnotherRoot);
    }
    let whole = whole(&file)?;
    let answers = file.all("MCCI_IN000002UV01");
    match (answers.is_empty(), whole.batch) {
        (true, BatchVerdict::Rejected) => Ok(vec![whole]),
        (true, _) => Err(Error::Missing("ACK.B.r")),
        (false, _) => answers.into_iter().map(|answer| one(&whole, answer)).collect(),
    }
}

/// What is said of the batch, as the answer to a report that could not even be told apart.
fn whole(file: &Element) -> Result<Acknowledgement> {
    let verdict = file.child("acknowledgement").ok_or(Error::Missing("ACK.A.4"))?;
    let batch = match verdict.get("typeCode") {
        Some("AA") => BatchVerdict::Accepted,
        Some("AE") => BatchVerdict::Partly,
        Some("AR") => BatchVerdict::Rejected,
        _ => return Err(Error::BadValue("ACK.A.4")),
    };
    let time =
        file.child("creationTime").and_then(|time| time.get("value")).ok_or(Error::Missing("ACK.M.4"))?;
    Ok(Acknowledgement {
        id: extension(file, "id", root::ACK_BATCH).ok_or(Error::Missing("ACK.M.1"))?.to_owned(),
        time: time.parse().map_err(|_| Error::BadValue("ACK.M.4"))?,
        batch_id: extension(verdict, "targetBatch/id", root::BATCH)
            .ok_or(Error::Missing("ACK.A.1"))?
            .to_owned(),
        batch,
        message_id: None,
        report_id: None,
        local_id: None,
        accepted: false,
        errors: sentences(verdict),
        remarks: Vec::new(),
    })
}

fn one(whole: &Acknowledgement, answer: &Element) -> Result<Acknowledgement> {
    let verdict = answer.child("acknowledgement").ok_or(Error::Missing("ACK.B.r.6"))?;
    let is_taken = match verdict.get("typeCode") {
        Some("CA") => true,
        Some("CR" | "CE") => false,
        _ => return Err(Error::BadValue("ACK.B.r.6")),
    };
    let accepted = is_taken && whole.batch != BatchVerdict::Rejected;
    let target = extension(verdict, "targetMessage/id", root::REPORT).ok_or(Error::Missing("ACK.B.r.1"))?;
    let mut words = target.split_whitespace().map(str::to_owned);
    let said: Vec<String> = sentences(verdict).into_iter().chain(whole.errors.clone()).collect();
    let (errors, remarks) = if accepted { (Vec::new(), said) } else { (said, Vec::new()) };
    Ok(Acknowledgement {
        message_id: words.next(),
        report_id: words.next(),
        local_id: extension(answer, "id", root::LOCAL_REPORT).map(str::to_owned),
        accepted,
        errors,
        remarks,
        ..whole.clone()
    })
}

fn extension<'a>(of: &'a Element, path: &str, root: &str) -> Option<&'a str> {
    of.all(path).into_iter().find(|id| id.get("root") == Some(root))?.get("extension")
}

/// Receivers put several in one text, between semicolons.
fn sentences(verdict: &Element) -> Vec<String> {
    let texts = verdict.all("acknowledgementDetail/text");
    let sentences = texts.into_iter().flat_map(|text| text.text.split(';'));
    sentences.map(str::trim).filter(|sentence| !sentence.is_empty()).map(str::to_owned).collect()
}
