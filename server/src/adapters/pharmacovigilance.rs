//! Pharmacovigilance on the other side of a folder that can be mounted or fetched by SFTP: `outbox` holds reports, a file
//! for machines and one for people; `inbox` takes answers, which go to `done`, or to `odd` where a person must look.

use crate::adapters::pdf::{self, Block, Document, Span};
use domain::error::{Error, Result};
use domain::safety::Unwritten;
use domain::safety::e2b::{self, Value};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Bytes an answer may have, and answers one round reads.
const LARGEST: u64 = 2_000_000;
const BATCH: usize = 100;

/// The folder both sides know.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    path: PathBuf,
    pub bytes: Vec<u8>,
}

impl Folder {
    pub fn at(dir: &Path) -> Folder {
        Folder(dir.to_owned())
    }

    /// Puts a report where it is fetched from: whole, or not at all.
    ///
    /// # Errors
    /// `Unavailable` when the folder cannot be written; it is tried again.
    pub fn lay_out(&self, name: &str, xml: &str, pdf: &[u8]) -> Result<()> {
        let outbox = self.part("outbox")?;
        // the file machines wait for comes last: when it is there, all of it is
        write(&outbox, &format!("{name}.pdf"), pdf)?;
        write(&outbox, &format!("{name}.xml"), xml.as_bytes())
    }

    /// What lies in the inbox, in the order of its names.
    pub fn answers(&self) -> Result<Vec<Answer>> {
        let inbox = self.part("inbox")?;
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&inbox)
            .map_err(unusable)?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file() && is_answer(path))
            .collect();
        paths.sort();
        paths.truncate(BATCH);
        let mut answers = Vec::new();
        for path in paths {
            let size = std::fs::metadata(&path).map_err(unusable)?.len();
            let bytes = if size > LARGEST { Vec::new() } else { std::fs::read(&path).map_err(unusable)? };
            answers.push(Answer { path, bytes });
        }
        Ok(answers)
    }

    /// Moves an answer that was read out of the inbox. One of the same name that lies there stays beside it.
    pub fn put_away(&self, answer: &Answer, is_understood: bool) -> Result<()> {
        let dir = self.part(if is_understood { "done" } else { "odd" })?;
        let name = answer.path.file_name().unwrap_or_default().to_string_lossy();
        let again = (2..).map(|n: u32| format!("{n}-{name}"));
        let free = std::iter::once(name.to_string()).chain(again).map(|name| dir.join(name));
        let to = free.into_iter().find(|path| !path.exists()).unwrap_or(dir);
        std::fs::rename(&answer.path, to).map_err(unusable)
    }

    fn part(&self, name: &str) -> Result<PathBuf> {
        let dir = self.0.join(name);
        std::fs::create_dir_all(&dir).map_err(unusable)?;
        Ok(dir)
    }
}

/// Files under way have another ending until they are whole.
fn is_answer(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["xml", "ack"].iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn write(dir: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let part = dir.join(format!("{name}.part"));
    let whole = || -> std::io::Result<()> {
        let mut file = std::fs::File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&part, dir.join(name))
    };
    whole().map_err(unusable)
}

fn unusable(error: std::io::Error) -> Error {
    tracing::error!(%error, "the folder for safety reports cannot be used");
    Error::Unavailable("folder for safety reports")
}

/// The same report for people, as a PDF in English: the language pharmacovigilance works in. The patient's words stay as
/// they were written.
pub fn readable(report: &Unwritten) -> Result<Vec<u8>> {
    let broken = |_| Error::internal("a safety report of ours cannot be read");
    let read = e2b::read(report.xml.as_bytes()).map_err(broken)?;
    let drug = read.drugs.first();
    let reaction = read.reactions.first();
    let when = |when: &e2b::When| when.text().to_owned();
    let mut facts = vec![
        ("Report".to_owned(), read.worldwide.clone()),
        ("Known since (C.1.4)".into(), when(&read.received)),
        ("Made (C.1.2)".into(), when(&read.created)),
        ("Kind (C.1.3)".into(), format!("{:?}", read.kind)),
        ("Medicine (G.k.2.2)".into(), drug.map(|drug| drug.name.clone()).unwrap_or_default()),
    ];
    if let Some(dose) = drug.and_then(|drug| drug.doses.first()) {
        facts.push(("Lot (G.k.4.r.7)".into(), told(&dose.lot)));
        facts.push(("Dose (G.k.4.r.8)".into(), dose.text.clone().unwrap_or_else(|| UNKNOWN.into())));
    }
    if let Some(reaction) = reaction {
        let began = reaction.began.as_ref().and_then(Value::given).map(when);
        facts.push(("Began (E.i.4)".into(), began.unwrap_or_else(|| UNKNOWN.into())));
        facts.push(("Outcome (E.i.7)".into(), format!("{:?}", reaction.outcome)));
        facts.push(("Serious (E.i.3.2)".into(), serious(reaction.seriousness)));
    }
    let born = read.patient.born.as_ref().and_then(Value::given).map(when);
    facts.push(("Patient born (D.2.1)".into(), born.unwrap_or_else(|| UNKNOWN.into())));
    let mut blocks = vec![Block::Facts(facts)];
    if let Some(words) = reaction.and_then(|reaction| reaction.verbatim.as_ref()) {
        blocks.push(Block::Heading { level: 2, text: "Reaction, as told (E.i.1.1)".into() });
        blocks.push(Block::Quote(vec![Span::plain(&*words.text)]));
    }
    blocks.push(Block::Heading { level: 2, text: "In their own words (H.1)".into() });
    blocks.push(Block::Quote(vec![Span::plain(&*read.narrative)]));
    if let Some(comment) = &read.senders_comment {
        blocks.push(Block::Heading { level: 2, text: "Comment of the sender (H.4)".into() });
        blocks.push(Block::Paragraph(vec![Span::plain(&**comment)]));
    }
    pdf::write(&Document { title: format!("Safety report {}", report.name), lang: "en", blocks })
}

const UNKNOWN: &str = "not known";

fn told(words: &e2b::Words) -> String {
    words.as_ref().and_then(Value::given).cloned().unwrap_or_else(|| UNKNOWN.into())
}

fn serious(by: e2b::Seriousness) -> String {
    let named = [
        (by.death, "death"),
        (by.life_threatening, "life-threatening"),
        (by.hospital, "hospital"),
        (by.disabling, "disabling"),
        (by.congenital, "congenital"),
        (by.important, "medically important"),
    ];
    let named: Vec<&str> = named.iter().filter(|(is_so, _)| *is_so).map(|(_, name)| *name).collect();
    if named.is_empty() { "no".into() } else { named.join(", ") }
}
