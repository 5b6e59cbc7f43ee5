//! The patient (D).

use super::parts::{about, coded_or_null, some_moment, some_quantity, some_words, words};
use crate::safety::e2b::codes::{Coded, Topic, topic};
use crate::safety::e2b::error::{Error, Result};
use crate::safety::e2b::tree::Element;
use crate::safety::e2b::types::{Patient, Value};

pub(super) fn patient(role: &Element) -> Result<Patient> {
    let player = role.child("player1").ok_or(Error::Missing("D.1"))?;
    let observations = role.all("subjectOf2/observation");
    Ok(Patient {
        name: words(player.child("name").ok_or(Error::Missing("D.1"))?, "D.1")?,
        born: some_moment(player.child("birthTime"), "D.2.1")?,
        age: some_quantity(about(&observations, topic::AGE), "D.2.2")?,
        age_group: about(&observations, topic::AGE_GROUP)
            .map(|group| coded_or_null(group, "D.2.3"))
            .transpose()?,
        sex: player.child("administrativeGenderCode").map(|sex| coded_or_null(sex, "D.5")).transpose()?,
        last_period: some_moment(about(&observations, topic::LAST_PERIOD), "D.6")?,
        gestation: some_quantity(about(&observations, topic::GESTATION), "D.2.2.1")?,
        died: some_moment(player.child("deceasedTime"), "D.9.1")?,
        history: some_words(history(role), "D.7.2")?,
        races: every(&observations, topic::RACE, "FDA.D.11.r")?,
        ethnicity: every(&observations, topic::ETHNICITY, "FDA.D.12")?.into_iter().next(),
    })
}

fn history(role: &Element) -> Option<&Element> {
    let groups = role.all("subjectOf2/organizer");
    let history = groups.into_iter().find(|group| group.is_about(topic::HISTORY.0))?;
    about(&history.all("component/observation"), topic::HISTORY_TEXT)
}

fn every<C: Coded>(
    observations: &[&Element],
    (topic, _): Topic,
    number: &'static str,
) -> Result<Vec<Value<C>>> {
    let about = observations.iter().filter(|one| one.is_about(topic));
    about.filter_map(|one| one.child("value")).map(|value| coded_or_null(value, number)).collect()
}
