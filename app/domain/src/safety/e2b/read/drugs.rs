//! The drugs (G.k), and what part each has.

use super::parts::{about, bounds, coded, own_id, some_moment, some_quantity, some_words, term};
use crate::safety::e2b::codes::{Role, topic};
use crate::safety::e2b::error::{Error, Result};
use crate::safety::e2b::tree::Element;
use crate::safety::e2b::types::{Dose, Drug, Indication};
use std::collections::BTreeMap;

pub(super) fn drugs(role: &Element, assessment: &Element) -> Result<Vec<Drug>> {
    let roles = roles(assessment)?;
    let groups = role.all("subjectOf2/organizer").into_iter().filter(|group| group.is_about(topic::DRUGS.0));
    groups
        .flat_map(|group| group.all("component/substanceAdministration"))
        .map(|one| drug(one, &roles))
        .collect()
}

/// By the id of the drug (G.k.1).
fn roles(assessment: &Element) -> Result<BTreeMap<&str, Role>> {
    let mut roles = BTreeMap::new();
    for one in assessment.all("component/causalityAssessment") {
        let id = one.first("subject2/productUseReference/id").and_then(|id| id.get("root"));
        if let (true, Some(id), Some(value)) = (one.is_about(topic::ROLE.0), id, one.child("value")) {
            roles.insert(id, coded(value, "G.k.1")?);
        }
    }
    Ok(roles)
}

fn drug(element: &Element, roles: &BTreeMap<&str, Role>) -> Result<Drug> {
    let id = own_id(element, "G.k")?;
    let role = *roles.get(id.as_str()).ok_or(Error::Missing("G.k.1"))?;
    let name =
        element.first("consumable/instanceOfKind/kindOfProduct/name").ok_or(Error::Missing("G.k.2.2"))?;
    let doses =
        element.all("outboundRelationship2").into_iter().filter(|one| one.get("typeCode") == Some("COMP"));
    let indications = element.all("inboundRelationship/observation").into_iter();
    let action = element.first("inboundRelationship/act/code");
    Ok(Drug {
        role,
        name: name.text.clone(),
        doses: doses.flat_map(|one| one.all("substanceAdministration")).map(dose).collect::<Result<_>>()?,
        gestation: some_quantity(
            about(&element.all("outboundRelationship2/observation"), topic::GESTATION),
            "G.k.6",
        )?,
        indications: indications
            .filter(|one| one.is_about(topic::INDICATION.0))
            .map(indication)
            .collect::<Result<_>>()?,
        action: action.map(|code| coded(code, "G.k.8")).transpose()?,
        id,
    })
}

fn dose(element: &Element) -> Result<Dose> {
    let [began, ended] = bounds(element);
    let lot = element.first("consumable/instanceOfKind/productInstanceInstance/lotNumberText");
    Ok(Dose {
        text: element.child("text").map(|text| text.text.clone()),
        began: some_moment(began, "G.k.4.r.4")?,
        ended: some_moment(ended, "G.k.4.r.5")?,
        route: some_words(element.first("routeCode/originalText"), "G.k.4.r.10.1")?,
        lot: some_words(lot, "G.k.4.r.7")?,
    })
}

fn indication(element: &Element) -> Result<Indication> {
    let value = element.child("value").ok_or(Error::Missing("G.k.7.r"))?;
    Ok(Indication { words: some_words(value.child("originalText"), "G.k.7.r.1")?, term: term(value) })
}
