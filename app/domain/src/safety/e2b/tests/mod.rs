//! Reports of ours held against those the US agency publishes, and files of any kind given to the readers.

mod answers; // acknowledgements
mod form; // what we write, held against published reports
mod hostile; // files that mean harm, and files that are broken
mod samples; // published reports, read
mod words; // any text, out and in again

use super::*;
use crate::time::{Day, Timestamp};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/e2b/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn sample(number: u8) -> Vec<u8> {
    file(&format!("FAERS2022Scenario{number}.xml"))
}

fn given(text: &str) -> Words {
    Some(Value::Given(text.into()))
}

fn on(text: &str) -> Option<Value<When>> {
    Some(Value::Given(text.parse().unwrap()))
}

fn envelope(id: &str) -> Envelope {
    let created = When::at(Timestamp(1_797_736_440_000), -300).unwrap();
    Envelope { id: id.into(), sender: "HANDRAIL".into(), receiver: "SAFETY".into(), created }
}

/// What a patient's words to the assistant become, with nothing asked yet.
fn consumer() -> Report {
    let aware = When::at(Timestamp(1_797_736_000_000), -300).unwrap();
    Report {
        batch: envelope("SR-000042-1"),
        message: envelope("SR-000042-1"),
        number: "US-HANDRAIL-SR-000042".into(),
        worldwide: "US-HANDRAIL-SR-000042".into(),
        created: envelope("").created,
        kind: Kind::Spontaneous,
        received: aware.clone(),
        updated: aware,
        has_documents: false,
        documents: Vec::new(),
        expedited: Value::Null(Null::NoInformation),
        first_sender: FirstSender::Other,
        other_ids: Vec::new(),
        linked: Vec::new(),
        us: Us { kind: Some(UsKind::NotExpedited), is_combination: Some(false) },
        reporters: vec![Reporter {
            party: Party { country: given("US"), ..Party::default() },
            qualification: Some(Value::Given(Qualification::Consumer)),
            is_primary: true,
        }],
        sender: Sender {
            kind: SenderKind::Other,
            party: Party { organisation: given("Aerovent Support"), ..Party::default() },
        },
        patient: patient(),
        reactions: vec![reaction("154eb889-958b-45f2-a02f-42d4d6f4657f")],
        drugs: vec![drug("68d6f5ce-3b3b-45c7-92dd-69e06730c3a9")],
        narrative: "Desde que lo uso me sale un sarpullido y me pica mucho".into(),
        reporters_comment: None,
        senders_comment: None,
        summaries: Vec::new(),
    }
}

fn patient() -> Patient {
    Patient {
        name: Value::Null(Null::Masked),
        born: None,
        age: None,
        age_group: None,
        sex: Some(Value::Null(Null::NotAsked)),
        last_period: None,
        gestation: None,
        died: None,
        history: Some(Value::Null(Null::NotAsked)),
        races: Vec::new(),
        ethnicity: Some(Value::Null(Null::NotAsked)),
    }
}

fn reaction(id: &str) -> Reaction {
    Reaction {
        id: id.into(),
        verbatim: Some(Verbatim { text: "me sale un sarpullido".into(), language: "spa".into() }),
        translation: None,
        term: None,
        highlighted: None,
        seriousness: Seriousness { intervention: Some(false), ..Seriousness::default() },
        began: Some(Value::Null(Null::NotAsked)),
        ended: None,
        outcome: Outcome::Unknown,
        is_confirmed: Some(false),
        country: Some("US".into()),
    }
}

fn drug(id: &str) -> Drug {
    Drug {
        id: id.into(),
        role: Role::Suspect,
        name: "Aerovent".into(),
        doses: Vec::new(),
        gestation: None,
        indications: Vec::new(),
        action: Some(Action::Unknown),
    }
}

/// A report in which everything there is was told.
fn full() -> Report {
    let quantity = |value: &str, unit: &str| Some(Quantity { value: value.into(), unit: unit.into() });
    let party = Party {
        title: given("Dr"),
        given: given("Ana"),
        middle: given("María"),
        family: given("Núñez"),
        organisation: given("Clínica Norte"),
        department: given("Neumología"),
        street: vec![Value::Given("Calle 1".into()), Value::Given("Piso 2".into())],
        city: given("Laredo"),
        state: given("TX"),
        postcode: given("78040"),
        phone: Some("+19565550100".into()),
        fax: None,
        email: Some("ana@example.org".into()),
        country: given("US"),
    };
    let reporter = Reporter {
        party: party.clone(),
        qualification: Some(Value::Given(Qualification::Physician)),
        is_primary: false,
    };
    let mut report = consumer();
    report.kind = Kind::Study;
    report.has_documents = true;
    report.documents = vec!["Photo of the rash".into()];
    report.expedited = Value::Given(true);
    report.us = Us { kind: Some(UsKind::FifteenDay), is_combination: Some(true) };
    report.other_ids = vec![OtherId { source: "Hub".into(), id: "H-7".into() }];
    report.linked = vec!["US-HANDRAIL-SR-000007".into()];
    report.reporters.push(reporter);
    report.sender.party = Party { fax: Some("+19565550101".into()), ..party };
    report.patient = Patient {
        name: Value::Given("A. N.".into()),
        born: on("195503"),
        age: quantity("48.5", "a"),
        age_group: Some(Value::Given(AgeGroup::Adult)),
        sex: Some(Value::Given(Sex::Female)),
        last_period: Some(Value::Given(When::day(Day { year: 2026, month: 9, day: 1 }))),
        gestation: quantity("10", "wk"),
        died: on("20261120"),
        history: given("None"),
        races: vec![Value::Given(Race::White), Value::Given(Race::Asian)],
        ethnicity: Some(Value::Given(Ethnicity::Hispanic)),
    };
    let serious = Seriousness {
        death: true,
        life_threatening: true,
        hospital: true,
        disabling: true,
        congenital: true,
        important: true,
        intervention: Some(true),
    };
    report.reactions.push(Reaction {
        translation: Some("I get a rash".into()),
        term: Some(Term { code: "10037844".into(), version: "25.0".into() }),
        highlighted: Some(Highlight::YesSerious),
        seriousness: serious,
        began: on("2026"),
        ended: on("20261101101010-0500"),
        is_confirmed: Some(true),
        ..reaction("2baa28d6-c9e8-4e6c-93e9-5b860b314220")
    });
    report.drugs.push(Drug {
        role: Role::Concomitant,
        doses: vec![
            Dose::default(),
            Dose {
                text: Some("two puffs, twice a day".into()),
                began: on("202610"),
                ended: on("20261101"),
                route: given("inhaled"),
                lot: given("A7-441"),
            },
        ],
        gestation: quantity("8", "wk"),
        indications: vec![Indication {
            words: given("asthma"),
            term: Some(Term { code: "10003553".into(), version: "25.0".into() }),
        }],
        action: Some(Action::Withdrawn),
        ..drug("3c91b4d5-e039-4a7a-9c30-67671b0ef9e4")
    });
    report.reporters_comment = Some("It began the day I started".into());
    report.senders_comment = Some("Called back on the same day".into());
    report.summaries = vec![Verbatim { text: "Sarpullido".into(), language: "spa".into() }];
    report
}

/// The same, with every part that may be kept back or unknown so.
fn silent() -> Report {
    let mut report = full();
    let no = || Some(Value::Null(Null::Masked));
    for reporter in &mut report.reporters {
        reporter.qualification = Some(Value::Null(Null::Unknown));
        reporter.party = Party {
            title: no(),
            given: no(),
            middle: no(),
            family: no(),
            organisation: no(),
            department: no(),
            street: vec![Value::Null(Null::Masked)],
            city: no(),
            state: no(),
            postcode: no(),
            country: no(),
            ..Party::default()
        };
    }
    let patient = &mut report.patient;
    patient.name = Value::Null(Null::Masked);
    (patient.born, patient.last_period) = (Some(Value::Null(Null::Masked)), Some(Value::Null(Null::Masked)));
    patient.died = Some(Value::Null(Null::Masked));
    patient.sex = Some(Value::Null(Null::AskedButUnknown));
    patient.age_group = Some(Value::Null(Null::NoInformation));
    patient.history = Some(Value::Null(Null::Unknown));
    patient.races = vec![Value::Null(Null::NotAsked)];
    patient.ethnicity = Some(Value::Null(Null::NotAsked));
    for reaction in &mut report.reactions {
        reaction.began = Some(Value::Null(Null::NotAsked));
        reaction.ended = Some(Value::Null(Null::AskedButUnknown));
    }
    for drug in &mut report.drugs {
        drug.indications = vec![Indication { words: Some(Value::Null(Null::Unknown)), term: None }];
        for dose in &mut drug.doses {
            dose.began = Some(Value::Null(Null::NotAsked));
            dose.ended = Some(Value::Null(Null::Masked));
            (dose.route, dose.lot) =
                (Some(Value::Null(Null::Unknown)), Some(Value::Null(Null::AskedButUnknown)));
        }
    }
    report
}
