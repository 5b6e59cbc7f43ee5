//! What happened to the patient (E.i).

use super::case::verbatim;
use super::parts::{about, bounds, coded, own_id, some_flag, some_moment, term};
use crate::safety::e2b::codes::topic;
use crate::safety::e2b::error::{Error, Result};
use crate::safety::e2b::tree::Element;
use crate::safety::e2b::types::{Reaction, Seriousness};

pub(super) fn reactions(role: &Element) -> Result<Vec<Reaction>> {
    let observations = role.all("subjectOf2/observation").into_iter();
    observations.filter(|one| one.is_about(topic::REACTION.0)).map(reaction).collect()
}

fn reaction(element: &Element) -> Result<Reaction> {
    let details = element.all("outboundRelationship2/observation");
    let value = element.child("value");
    let [began, ended] = bounds(element);
    Ok(Reaction {
        id: own_id(element, "E.i")?,
        verbatim: value.and_then(|value| value.child("originalText")).map(verbatim),
        translation: about(&details, topic::TRANSLATION).map(|value| value.text.clone()),
        term: value.and_then(term),
        highlighted: about(&details, topic::HIGHLIGHTED).map(|value| coded(value, "E.i.3.1")).transpose()?,
        seriousness: seriousness(&details)?,
        began: some_moment(began, "E.i.4")?,
        ended: some_moment(ended, "E.i.5")?,
        outcome: coded(about(&details, topic::OUTCOME).ok_or(Error::Missing("E.i.7"))?, "E.i.7")?,
        is_confirmed: some_flag(about(&details, topic::CONFIRMED), "E.i.8")?,
        country: element
            .first("location/locatedEntity/locatedPlace/code")
            .and_then(|code| code.get("code"))
            .map(str::to_owned),
    })
}

fn seriousness(details: &[&Element]) -> Result<Seriousness> {
    let is_so = |topic, number| Ok(some_flag(about(details, topic), number)?.unwrap_or(false));
    Ok(Seriousness {
        death: is_so(topic::DEATH, "E.i.3.2a")?,
        life_threatening: is_so(topic::LIFE_THREATENING, "E.i.3.2b")?,
        hospital: is_so(topic::HOSPITAL, "E.i.3.2c")?,
        disabling: is_so(topic::DISABLING, "E.i.3.2d")?,
        congenital: is_so(topic::CONGENITAL, "E.i.3.2e")?,
        important: is_so(topic::IMPORTANT, "E.i.3.2f")?,
        intervention: match about(details, topic::INTERVENTION) {
            Some(_) => Some(is_so(topic::INTERVENTION, "FDA.E.i.3.2h")?),
            None => None,
        },
    })
}
