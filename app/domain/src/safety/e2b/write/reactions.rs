//! What happened to the patient (E.i).

use super::parts::{coded_value, flag, no_information, observation, span, term, text_value};
use crate::safety::e2b::codes::{COUNTRIES, Topic, topic};
use crate::safety::e2b::tree::{Element, opening};
use crate::safety::e2b::types::{Reaction, Seriousness, Verbatim};

pub(super) fn reaction(reaction: &Reaction) -> Element {
    let place = reaction.country.as_ref().map(|country| {
        Element::new("code").attr("code", country).attr("codeSystem", COUNTRIES).note("E.i.9").inside(&[
            "location typeCode=LOC",
            "locatedEntity classCode=LOCE",
            "locatedPlace classCode=COUNTRY determinerCode=INSTANCE",
        ])
    });
    let mut start = observation(topic::REACTION);
    start.children.insert(0, Element::new("id").attr("root", &reaction.id));
    start
        .with_all(span(
            opening("effectiveTime xsi:type=IVL_TS"),
            (reaction.began.as_ref(), "E.i.4"),
            (reaction.ended.as_ref(), "E.i.5"),
        ))
        .with(term(reaction.term.as_ref()).with_all(reaction.verbatim.as_ref().map(verbatim)).note("E.i.2.1"))
        .with_all(place)
        .with_all(details(reaction))
}

fn verbatim(words: &Verbatim) -> Element {
    Element::new("originalText").attr("language", &words.language).text(&words.text).note("E.i.1.1")
}

fn details(reaction: &Reaction) -> Vec<Element> {
    let detail = |topic: Topic, value: Element| {
        observation(topic).with(value).inside(&["outboundRelationship2 typeCode=PERT"])
    };
    let mut all = Vec::new();
    all.extend(
        reaction
            .translation
            .as_ref()
            .map(|text| detail(topic::TRANSLATION, text_value(text).note("E.i.1.2"))),
    );
    all.extend(reaction.highlighted.map(|yes| detail(topic::HIGHLIGHTED, coded_value(yes).note("E.i.3.1"))));
    all.extend(serious(reaction.seriousness).into_iter().map(|(topic, is_so, note)| {
        detail(topic, if is_so { flag(true) } else { no_information() }.note(note))
    }));
    all.extend(reaction.is_confirmed.map(|is_so| detail(topic::CONFIRMED, flag(is_so).note("E.i.8"))));
    all.push(detail(topic::OUTCOME, coded_value(reaction.outcome).note("E.i.7")));
    all
}

fn serious(so: Seriousness) -> Vec<(Topic, bool, &'static str)> {
    let mut all = vec![
        (topic::DEATH, so.death, "E.i.3.2a"),
        (topic::LIFE_THREATENING, so.life_threatening, "E.i.3.2b"),
        (topic::HOSPITAL, so.hospital, "E.i.3.2c"),
        (topic::DISABLING, so.disabling, "E.i.3.2d"),
        (topic::CONGENITAL, so.congenital, "E.i.3.2e"),
        (topic::IMPORTANT, so.important, "E.i.3.2f"),
    ];
    all.extend(so.intervention.map(|is_so| (topic::INTERVENTION, is_so, "FDA.E.i.3.2h")));
    all
}
