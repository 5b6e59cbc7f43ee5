//! The three published reports, read; what is read is written and read again without a difference.

use super::*;

fn read_sample(number: u8) -> Report {
    read(&sample(number)).unwrap()
}

fn when(text: &str) -> When {
    text.parse().unwrap()
}

#[test]
fn the_first_scenario_is_read_whole() {
    let report = read_sample(1);
    assert_eq!(report.batch.id, "FAERS2022Scenario1-4069-a2dd-08002b30309d");
    assert_eq!((report.batch.sender.as_str(), report.batch.receiver.as_str()), ("4567AB89012", "ZZFDA"));
    assert_eq!(report.batch.created, when("20220614101010-0500"));
    assert_eq!(report.message.id, "21ec1492-3aea-4069-a2ab-08002b30309d");
    assert_eq!((report.message.sender.as_str(), report.message.receiver.as_str()), ("4567AB89012", "CDER"));
    assert_eq!(report.message.created, when("20140714151617-0500"));
    assert_eq!(
        (report.number.as_str(), report.worldwide.as_str()),
        ("US-APHARMA-8744554B", "US-APHARMA-8744554B")
    );
    assert_eq!(report.created, when("20140714151617-0500"));
    assert_eq!((report.kind, report.first_sender), (Kind::Spontaneous, FirstSender::Regulator));
    assert_eq!(
        (report.received.text(), report.updated.text()),
        ("20220614101010-0500", "20220614101010-0500")
    );
    assert_eq!((report.has_documents, report.expedited), (false, Value::Given(true)));
    assert_eq!(report.us, Us { kind: Some(UsKind::FifteenDay), is_combination: Some(false) });
    assert_eq!((report.other_ids, report.linked, report.documents), (vec![], vec![], vec![]));
    assert!(report.narrative.starts_with("Case Narrative Including Clinical Course"));
    assert_eq!(report.reporters_comment.as_deref(), Some("Repoeter Comments"));
    assert_eq!(report.senders_comment.as_deref(), Some("Sender Comments"));
    people_of_the_first(&report.reporters, &report.sender);
    patient_of_the_first(&report.patient);
    reactions_of_the_first(&report.reactions);
    drugs_of_the_first(&report.drugs);
}

fn people_of_the_first(reporters: &[Reporter], sender: &Sender) {
    let reporter = Party {
        title: given("Doctor"),
        given: given("Roger"),
        family: given("Robertson"),
        street: vec![Value::Given("13 Elm St.".into())],
        city: given("Metropolis"),
        state: given("UT"),
        postcode: given("65498"),
        phone: Some("6102227777".into()),
        email: Some("alladdresses@site.com".into()),
        country: given("US"),
        ..Party::default()
    };
    let qualification = Some(Value::Given(Qualification::Physician));
    assert_eq!(reporters, [Reporter { party: reporter, qualification, is_primary: true }]);
    assert_eq!(sender.kind, SenderKind::Company);
    assert_eq!(sender.party.organisation, given("Big Pharma Drug"));
    assert_eq!(sender.party.department, given("Management"));
    assert_eq!((&sender.party.given, &sender.party.middle), (&given("Charles Castile"), &None));
    assert_eq!(sender.party.fax.as_deref(), Some("6109991122"));
    assert_eq!(sender.party.email.as_deref(), Some("emailAddress@company.com"));
}

fn patient_of_the_first(patient: &Patient) {
    let expected = Patient {
        name: Value::Given("JD".into()),
        born: on("20010615"),
        age: Some(Quantity { value: "48".into(), unit: "a".into() }),
        age_group: Some(Value::Given(AgeGroup::Adult)),
        sex: Some(Value::Given(Sex::Male)),
        last_period: None,
        gestation: None,
        died: None,
        history: given("None"),
        races: vec![Value::Given(Race::Asian), Value::Given(Race::PacificIslander)],
        ethnicity: Some(Value::Given(Ethnicity::NotHispanic)),
    };
    assert_eq!(*patient, expected);
}

fn reactions_of_the_first(reactions: &[Reaction]) {
    let [first, second] = reactions else { panic!("{} reactions", reactions.len()) };
    assert_eq!(first.id, "154eb889-958b-45f2-a02f-42d4d6f4657f");
    assert_eq!(first.translation.as_deref(), Some("THROMBOSE VEINEUSE PROFONDE"));
    assert_eq!(first.term, Some(Term { code: "10027940".into(), version: "25.0".into() }));
    assert_eq!((first.highlighted, first.outcome), (Some(Highlight::YesSerious), Outcome::NotRecovered));
    assert_eq!((&first.began, &first.ended), (&on("20141010"), &None));
    let expected =
        Seriousness { disabling: true, important: true, intervention: Some(false), ..Seriousness::default() };
    assert_eq!(first.seriousness, expected);
    assert_eq!((&first.verbatim, first.is_confirmed, first.country.as_deref()), (&None, None, Some("US")));
    assert_eq!(second.translation.as_deref(), Some("COLITE ISCHEMIQUE"));
    assert_eq!(second.outcome, Outcome::Recovered);
}

fn drugs_of_the_first(drugs: &[Drug]) {
    let names: Vec<_> = drugs.iter().map(|drug| (drug.name.as_str(), drug.role)).collect();
    assert_eq!(names, [("Drug A", Role::Suspect), ("Drug B", Role::Suspect), ("Drug C", Role::Concomitant)]);
    let dose = Dose { route: given("Oral"), lot: given("UNKNOWN"), ..Dose::default() };
    assert_eq!(drugs[0].doses, [dose]);
    assert_eq!(drugs[0].indications, [Indication { words: given("Embolism venous"), term: None }]);
    assert_eq!(drugs[0].action, Some(Action::Unknown));
    assert_eq!((&drugs[1].doses, drugs[1].action), (&vec![], None));
}

#[test]
fn the_second_scenario_has_days_without_hours() {
    let report = read_sample(2);
    assert_eq!(report.number, "US-APHARMA-8744554B-UPDATE-TESTING222");
    assert_eq!((report.received.text(), report.received.instant()), ("20220615", None));
    assert_eq!(report.us, Us { kind: Some(UsKind::NotExpedited), is_combination: Some(true) });
    assert_eq!(report.expedited, Value::Given(false));
    assert_eq!(report.reactions[0].id, "154eb889-958b-45f2-a02f-42d4d6f4555f");
    assert_eq!((report.reactions.len(), report.drugs.len()), (2, 3));
}

#[test]
fn the_sixth_scenario_has_everything_and_we_take_ours() {
    let report = read_sample(6);
    assert_eq!(report.documents, ["Sample Autopsy Report", "Medication Information"]);
    assert_eq!(report.linked, ["FR-PHARMA-3448976655", "FR-QPHARMA-12345678"]);
    let sources: Vec<_> =
        report.other_ids.iter().map(|other| (other.source.as_str(), other.id.as_str())).collect();
    let expected =
        [("Reporting Ltd Corporation", "FR-RPTLTD-15998"), ("European Medicines Agency", "EU-EMA-999999")];
    assert_eq!(sources, expected);
    let [first, second] = report.reporters.as_slice() else { panic!("{} reporters", report.reporters.len()) };
    assert_eq!((first.is_primary, second.is_primary), (true, false));
    assert_eq!((&first.party.given, &first.party.middle), (&given("Jerome"), &given("James")));
    assert_eq!(first.party.street, ["123 Main St.", "Apartment 4G"].map(|line| Value::Given(line.into())));
    assert_eq!(second.party.organisation, given("Medium Size Pharma"));
    assert_eq!(second.qualification, Some(Value::Given(Qualification::Pharmacist)));
    let patient = &report.patient;
    assert_eq!((&patient.died, &patient.last_period), (&on("20090101"), &on("20090101")));
    assert_eq!(patient.age_group, Some(Value::Null(Null::NoInformation)));
    assert_eq!(patient.gestation, Some(Quantity { value: "10".into(), unit: "wk".into() }));
    assert_eq!((patient.races.len(), patient.ethnicity), (5, Some(Value::Given(Ethnicity::Hispanic))));
    assert!(
        matches!(&patient.history, Some(Value::Given(text)) if text.starts_with("The patient's medical history"))
    );
    let verbatim = Verbatim { text: "consciência alterada".into(), language: "por".into() };
    assert_eq!(report.reactions[0].verbatim, Some(verbatim));
    assert_eq!((report.reactions[0].is_confirmed, &report.reactions[0].ended), (Some(true), &on("20090102")));
    assert_eq!(report.reactions[1].began, Some(Value::Null(Null::NotAsked)));
    assert_eq!(report.summaries, [Verbatim { text: "H.5.r.1a 1".into(), language: "eng".into() }]);
    let drug = &report.drugs[0];
    assert_eq!((drug.role, report.drugs[1].role), (Role::Suspect, Role::Interacting));
    assert_eq!(drug.doses.len(), 2);
    assert_eq!((&drug.doses[0].began, &drug.doses[0].ended), (&on("20090101"), &on("20090101")));
    assert_eq!(
        (&drug.doses[0].lot, &drug.doses[0].route),
        (&given("4577BN2"), &given("Free text route content"))
    );
    assert_eq!(drug.gestation, Some(Quantity { value: "10".into(), unit: "wk".into() }));
    assert_eq!((drug.indications.len(), drug.action), (2, Some(Action::Reduced)));
    assert_eq!(drug.indications[1].words, None);
}

#[test]
fn what_was_read_is_written_and_read_again_unchanged() {
    for number in [1, 2, 6] {
        let report = read_sample(number);
        let written = write(&report).unwrap();
        assert!(read(written.as_bytes()).unwrap() == report, "scenario {number}");
    }
    for report in [consumer(), full(), silent()] {
        let written = write(&report).unwrap();
        assert_eq!(read(written.as_bytes()).unwrap(), report);
        assert_eq!(write(&report).unwrap(), written, "the same report, the same bytes");
    }
}
