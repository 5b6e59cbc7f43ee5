//! The patient (D), and around them the reactions and the drugs.

use super::parts::{about, coded, coded_or_null, either, moment, observation, quantity, text_value, words};
use super::{drugs, reactions};
use crate::safety::e2b::codes::{Coded, Topic, topic};
use crate::safety::e2b::tree::{Element, opening};
use crate::safety::e2b::types::{Patient, Report, Value};

pub(super) const SUBJECT: &str = "subjectOf2 typeCode=SBJ";

pub(super) fn role(report: &Report) -> Element {
    opening("primaryRole classCode=INVSBJ")
        .with(player(&report.patient))
        .with_all(observations(&report.patient).into_iter().map(|one| one.inside(&[SUBJECT])))
        .with_all(report.reactions.iter().map(|reaction| reactions::reaction(reaction).inside(&[SUBJECT])))
        .with(drugs::organizer(&report.drugs).inside(&[SUBJECT]))
}

fn player(patient: &Patient) -> Element {
    let sex = patient
        .sex
        .as_ref()
        .map(|sex| either("administrativeGenderCode", sex, |element, sex| coded(element, *sex)).note("D.5"));
    opening("player1 classCode=PSN determinerCode=INSTANCE")
        .with(words("name", &patient.name).note("D.1"))
        .with_all(sex)
        .with_all(patient.born.as_ref().map(|born| moment("birthTime", born).note("D.2.1")))
        .with_all(patient.died.as_ref().map(|died| moment("deceasedTime", died).note("D.9.1")))
}

fn observations(patient: &Patient) -> Vec<Element> {
    let one = |topic: Topic, value: Element| observation(topic).with(value);
    let mut all = Vec::new();
    all.extend(patient.age.as_ref().map(|age| one(topic::AGE, quantity(age).note("D.2.2"))));
    all.extend(patient.gestation.as_ref().map(|age| one(topic::GESTATION, quantity(age).note("D.2.2.1"))));
    all.extend(
        patient.age_group.as_ref().map(|group| one(topic::AGE_GROUP, coded_or_null(group).note("D.2.3"))),
    );
    all.extend(
        patient
            .last_period
            .as_ref()
            .map(|when| one(topic::LAST_PERIOD, moment("value", when).attr("xsi:type", "TS").note("D.6"))),
    );
    all.extend(patient.races.iter().map(|race| us(topic::RACE, race, "FDA.D.11.r")));
    all.extend(patient.ethnicity.iter().map(|ethnicity| us(topic::ETHNICITY, ethnicity, "FDA.D.12")));
    all.extend(patient.history.as_ref().map(history));
    all
}

fn us<C: Coded>(topic: Topic, value: &Value<C>, note: &'static str) -> Element {
    observation(topic).with(coded_or_null(value).note(note))
}

fn history(history: &Value<String>) -> Element {
    let value = match history {
        Value::Given(text) => text_value(text),
        Value::Null(null) => text_value("").attr("nullFlavor", null.code()),
    };
    observation(topic::HISTORY_TEXT)
        .with(value.note("D.7.2"))
        .inside(&["component typeCode=COMP"])
        .behind(about(topic::HISTORY), "organizer classCode=CATEGORY moodCode=EVN")
}
