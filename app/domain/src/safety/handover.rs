//! A record as pharmacovigilance takes it: put together as an ICH E2B(R3) report. Nothing is made up; what nobody knows is
//! said to be unknown.

use super::e2b;
use super::e2b::{
    Action, Dose, Drug, Envelope, FirstSender, Kind, Null, Party, Patient, Qualification, Reaction, Report,
    Reporter, Role, Sender, SenderKind, Seriousness, Us, Value, Verbatim, When, Words, language,
};
use super::types::{Brief, Course, Destination, Details, Outcome, Serious, Trade};
use crate::error::{Error, Result};
use crate::people::Person;
use crate::time::Timestamp;

/// What a report is made of.
pub struct Material<'a> {
    pub brief: &'a Brief,
    pub verbatim: &'a str,
    pub details: &'a Details,
    /// The patient, where known.
    pub person: Option<&'a Person>,
    /// The name of the medicine the patient is enrolled for, where known.
    pub medicine: Option<&'a str>,
    pub destination: &'a Destination,
    /// 1, and more when it goes out again.
    pub turn: i64,
    pub now: Timestamp,
}

/// What its batch is called, and its files: `SR-000042-1`.
pub fn batch(brief: &Brief, turn: i64) -> String {
    format!("{}-{turn}", brief.number)
}

/// The number it has all over the world: country, organisation, the record's own.
pub fn number(brief: &Brief, destination: &Destination) -> String {
    format!("{}-{}-{}", destination.country, destination.sender, brief.number)
}

/// The report.
///
/// # Errors
/// `Internal` when an instant cannot be written.
pub fn report(from: &Material<'_>) -> Result<Report> {
    let when = |at: Timestamp| When::at(at, 0).map_err(|_| Error::internal("an instant for a safety report"));
    let (brief, details, destination) = (from.brief, from.details, from.destination);
    let envelope = |id: String| -> Result<Envelope> {
        Ok(Envelope {
            id,
            sender: destination.sender.clone(),
            receiver: destination.receiver.clone(),
            created: when(from.now)?,
        })
    };
    let number = number(brief, destination);
    let told = Verbatim { text: from.verbatim.to_owned(), language: language(brief.locale).to_owned() };
    let words = |text: &str| Verbatim { text: text.to_owned(), ..told.clone() };
    let reaction = if details.reaction.is_empty() { told.clone() } else { words(&details.reaction) };
    Ok(Report {
        batch: envelope(batch(brief, from.turn))?,
        message: envelope(number.clone())?,
        number: number.clone(),
        worldwide: number,
        created: when(from.now)?,
        kind: if details.is_solicited { Kind::Study } else { Kind::Spontaneous },
        received: when(brief.aware_at)?,
        updated: when(from.now)?,
        has_documents: false,
        documents: Vec::new(),
        expedited: Value::Given(!details.serious.is_empty()),
        first_sender: FirstSender::Other,
        other_ids: Vec::new(),
        linked: Vec::new(),
        us: Us::default(),
        reporters: vec![reporter(from)],
        sender: Sender {
            kind: SenderKind::Company,
            party: Party {
                organisation: Some(Value::Given(destination.organisation.clone())),
                country: Some(Value::Given(destination.country.clone())),
                ..Party::default()
            },
        },
        patient: patient(from),
        reactions: vec![Reaction {
            id: uuid_of(brief, 1),
            verbatim: Some(reaction),
            translation: None,
            term: None,
            highlighted: None,
            seriousness: seriousness(&details.serious),
            began: details.began_on.map(|day| Value::Given(When::day(day))),
            ended: None,
            outcome: outcome(details.course),
            is_confirmed: None,
            country: Some(destination.country.clone()),
        }],
        drugs: vec![drug(from)],
        narrative: from.verbatim.to_owned(),
        reporters_comment: None,
        senders_comment: comment(details, brief.triaged_as),
        summaries: vec![told],
    })
}

/// Names stay with us: pharmacovigilance asks for them where it needs them.
fn reporter(from: &Material<'_>) -> Reporter {
    let name: Words = Some(Value::Null(if from.details.reporter.is_empty() && from.person.is_none() {
        Null::Unknown
    } else {
        Null::Masked
    }));
    let qualification = match from.details.trade.unwrap_or(Trade::Consumer) {
        Trade::Consumer => Qualification::Consumer,
        Trade::Physician => Qualification::Physician,
        Trade::Pharmacist => Qualification::Pharmacist,
        Trade::OtherProfessional => Qualification::OtherHealthProfessional,
    };
    Reporter {
        party: Party {
            given: name.clone(),
            family: name,
            country: Some(Value::Given(from.destination.country.clone())),
            ..Party::default()
        },
        qualification: Some(Value::Given(qualification)),
        is_primary: true,
    }
}

fn patient(from: &Material<'_>) -> Patient {
    let name = match (from.person, from.details.patient.as_str()) {
        (Some(_), _) => Value::Null(Null::Masked),
        (None, "") => Value::Null(Null::Unknown),
        (None, told) => Value::Given(told.to_owned()),
    };
    let born = from.person.and_then(|person| person.birth).map(|day| Value::Given(When::day(day)));
    Patient {
        name,
        born,
        age: None,
        age_group: None,
        sex: Some(Value::Null(Null::NotAsked)),
        last_period: None,
        gestation: None,
        died: None,
        history: None,
        races: Vec::new(),
        ethnicity: None,
    }
}

fn drug(from: &Material<'_>) -> Drug {
    let details = from.details;
    let name = if details.product.is_empty() { from.medicine.unwrap_or_default() } else { &details.product };
    let lot: Words = if details.lot.is_empty() {
        Some(Value::Null(Null::Unknown))
    } else {
        Some(Value::Given(details.lot.clone()))
    };
    let text = (!details.dose.is_empty()).then(|| details.dose.clone());
    Drug {
        id: uuid_of(from.brief, 2),
        role: Role::Suspect,
        name: name.to_owned(),
        doses: vec![Dose { text, lot, ..Dose::default() }],
        gestation: None,
        indications: Vec::new(),
        action: Some(Action::Unknown),
    }
}

fn seriousness(serious: &[Serious]) -> Seriousness {
    let has = |one: Serious| serious.contains(&one);
    Seriousness {
        death: has(Serious::Death),
        life_threatening: has(Serious::LifeThreatening),
        hospital: has(Serious::Hospital),
        disabling: has(Serious::Disabling),
        congenital: has(Serious::Congenital),
        important: has(Serious::Important),
        intervention: None,
    }
}

fn outcome(course: Option<Course>) -> e2b::Outcome {
    match course {
        None | Some(Course::Unknown) => e2b::Outcome::Unknown,
        Some(Course::Recovered) => e2b::Outcome::Recovered,
        Some(Course::Recovering) => e2b::Outcome::Recovering,
        Some(Course::NotRecovered) => e2b::Outcome::NotRecovered,
        Some(Course::Sequelae) => e2b::Outcome::RecoveredWithSequelae,
        Some(Course::Fatal) => e2b::Outcome::Fatal,
    }
}

/// What the officer wrote, and that the product itself may be at fault.
fn comment(details: &Details, triaged: Option<Outcome>) -> Option<String> {
    let mut said = Vec::new();
    if matches!(triaged, Some(Outcome::ProductComplaint | Outcome::Both)) {
        said.push("Product quality complaint.");
    }
    if !details.comment.is_empty() {
        said.push(&details.comment);
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// A name for a part of a report, the same in every turn of it.
fn uuid_of(brief: &Brief, part: u8) -> String {
    let own = brief.id.to_string();
    format!("{}{part:02x}", &own[..own.len() - 2])
}
