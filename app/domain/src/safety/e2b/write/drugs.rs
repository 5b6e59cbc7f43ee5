//! The drugs (G.k), and what part each has.

use super::parts::{about, coded, coded_value, observation, quantity, span, term, words};
use crate::safety::e2b::codes::topic;
use crate::safety::e2b::tree::{Element, opening};
use crate::safety::e2b::types::{Dose, Drug, Indication, Value};

const GIVING: &str = "substanceAdministration classCode=SBADM moodCode=EVN";
const COMPONENT: &str = "component typeCode=COMP";
const KIND: [&str; 2] = ["consumable typeCode=CSM", "instanceOfKind classCode=INST"];

pub(super) fn organizer(drugs: &[Drug]) -> Element {
    opening("organizer classCode=CATEGORY moodCode=EVN")
        .with(about(topic::DRUGS))
        .with_all(drugs.iter().map(|one| drug(one).inside(&[COMPONENT])))
}

fn drug(drug: &Drug) -> Element {
    let name = Element::new("name").text(&drug.name).note("G.k.2.2");
    let product = name.inside(&["kindOfProduct classCode=MMAT determinerCode=KIND"]).inside(&KIND);
    let gestation = drug.gestation.as_ref().map(|age| {
        observation(topic::GESTATION)
            .with(quantity(age).note("G.k.6"))
            .inside(&["outboundRelationship2 typeCode=PERT"])
    });
    let action = drug.action.map(|action| {
        coded(Element::new("code"), action)
            .note("G.k.8")
            .inside(&["inboundRelationship typeCode=CAUS", "act classCode=ACT moodCode=EVN"])
    });
    opening(GIVING)
        .with(Element::new("id").attr("root", &drug.id))
        .with(product)
        .with_all(drug.doses.iter().map(|one| dose(one).inside(&["outboundRelationship2 typeCode=COMP"])))
        .with_all(gestation)
        .with_all(drug.indications.iter().map(indication))
        .with_all(action)
}

fn dose(dose: &Dose) -> Element {
    let route = dose
        .route
        .as_ref()
        .map(|route| words("originalText", route).note("G.k.4.r.10.1").inside(&["routeCode"]));
    let lot = dose.lot.as_ref().map(|lot| {
        words("lotNumberText", lot)
            .note("G.k.4.r.7")
            .inside(&["productInstanceInstance classCode=MMAT determinerCode=INSTANCE"])
            .inside(&KIND)
    });
    opening(GIVING)
        .with_all(dose.text.as_ref().map(|text| Element::new("text").text(text).note("G.k.4.r.8")))
        .with_all(taken(dose))
        .with_all(route)
        .with_all(lot)
}

/// From when to when. The schema wants two parts or more of such an expression: the first, how often, says nothing.
fn taken(dose: &Dose) -> Option<Element> {
    let days = span(
        opening("comp xsi:type=IVL_TS operator=A"),
        (dose.began.as_ref(), "G.k.4.r.4"),
        (dose.ended.as_ref(), "G.k.4.r.5"),
    )?;
    Some(days.behind(opening("comp xsi:type=PIVL_TS"), "effectiveTime xsi:type=SXPR_TS"))
}

fn indication(indication: &Indication) -> Element {
    let text =
        indication.words.as_ref().map(|text: &Value<String>| words("originalText", text).note("G.k.7.r.1"));
    observation(topic::INDICATION)
        .with(term(indication.term.as_ref()).with_all(text))
        .with(about(topic::SOURCE).inside(&["performer typeCode=PRF", "assignedEntity classCode=ASSIGNED"]))
        .inside(&["inboundRelationship typeCode=RSON"])
}

/// What part a drug has, by its id (G.k.1).
pub(super) fn role(drug: &Drug) -> Element {
    let product = Element::new("id")
        .attr("root", &drug.id)
        .inside(&["subject2 typeCode=SUBJ", "productUseReference classCode=SBADM moodCode=EVN"]);
    opening("causalityAssessment classCode=OBS moodCode=EVN")
        .with(about(topic::ROLE))
        .with(coded_value(drug.role).note("G.k.1"))
        .with(product)
        .inside(&[COMPONENT])
}
