//! The case itself (C.1), with who told it, who sends it, and the assessment of what happened (H).

use super::parts::{
    about, author, coded, coded_value, flag, flag_or_null, id, no_information, observation_event, text_value,
    time,
};
use super::{drugs, party, patient};
use crate::safety::e2b::codes::{Topic, root, topic};
use crate::safety::e2b::tree::{Element, opening};
use crate::safety::e2b::types::{OtherId, Report, Reporter, Us, Verbatim};

const COMPONENT: &str = "component typeCode=COMP";
const EVENT: &str = "controlActEvent classCode=CACT moodCode=EVN";
const INVESTIGATION: &str = "relatedInvestigation classCode=INVSTG moodCode=EVN";
const AUTHOR: [&str; 2] = [EVENT, "author typeCode=AUT"];

pub(super) fn event(report: &Report) -> Element {
    opening("investigationEvent classCode=INVSTG moodCode=EVN")
        .with(id(&report.number, root::REPORT).note("C.1.1"))
        .with(id(&report.worldwide, root::WORLDWIDE).note("C.1.8.1"))
        .with(opening("code code=PAT_ADV_EVNT codeSystem=2.16.840.1.113883.5.4"))
        .with(opening("text mediaType=text/plain").text(&report.narrative).note("H.1"))
        .with(opening("statusCode code=active"))
        .with(time("low", &report.received).note("C.1.4").inside(&["effectiveTime"]))
        .with(time("availabilityTime", &report.updated).note("C.1.5"))
        .with_all(report.documents.iter().map(|title| document(title)))
        .with(assessment(report).inside(&[COMPONENT]))
        .with_all(characteristics(report))
        .with(first_sender(report))
        .with_all(report.linked.iter().map(|id| linked(id)))
        .with_all(report.reporters.iter().map(reporter))
        .with(sender(report))
        .with_all(report.other_ids.iter().map(other_id))
        .with_all(ends(report))
}

fn document(title: &str) -> Element {
    opening("document classCode=DOC moodCode=EVN")
        .with(about(topic::HELD_DOCUMENT))
        .with(Element::new("title").text(title).note("C.1.6.1.r.1"))
        .inside(&["reference typeCode=REFR"])
}

fn assessment(report: &Report) -> Element {
    opening("adverseEventAssessment classCode=INVSTG moodCode=EVN")
        .with(patient::role(report).inside(&["subject1 typeCode=SBJ"]))
        .with_all(report.drugs.iter().map(drugs::role))
        .with_all(report.reporters_comment.as_ref().map(|text| comment(text, topic::SOURCE, "H.2")))
        .with_all(report.senders_comment.as_ref().map(|text| comment(text, topic::SENDER, "H.4")))
}

fn comment(text: &str, whose: Topic, note: &'static str) -> Element {
    observation_event(topic::COMMENT)
        .with(text_value(text).note(note))
        .with(author(whose))
        .inside(&["component1 typeCode=COMP"])
}

fn characteristics(report: &Report) -> Vec<Element> {
    let mut all = vec![
        observation_event(topic::DOCUMENTS_AVAILABLE).with(flag(report.has_documents).note("C.1.6.1")),
        observation_event(topic::EXPEDITED).with(flag_or_null(&report.expedited).note("C.1.7")),
    ];
    all.extend(us_characteristics(report.us));
    all.extend(report.summaries.iter().map(summary));
    all.into_iter().map(|one| one.inside(&[COMPONENT])).collect()
}

fn us_characteristics(us: Us) -> impl Iterator<Item = Element> {
    let kind = us
        .kind
        .map(|kind| observation_event(topic::US_REPORT_TYPE).with(coded_value(kind).note("FDA.C.1.7.1")));
    let combination = us
        .is_combination
        .map(|is_so| observation_event(topic::US_COMBINATION).with(flag(is_so).note("FDA.C.1.12")));
    combination.into_iter().chain(kind)
}

fn summary(summary: &Verbatim) -> Element {
    observation_event(topic::SUMMARY)
        .with(text_value(&summary.text).attr("language", &summary.language).note("H.5.r.1"))
        .with(author(topic::REPORTER))
}

fn first_sender(report: &Report) -> Element {
    coded(Element::new("code"), report.first_sender)
        .note("C.1.8.2")
        .inside(&[
            "subjectOf2 typeCode=SUBJ",
            EVENT,
            "author typeCode=AUT",
            "assignedEntity classCode=ASSIGNED",
        ])
        .behind(about(topic::INITIAL), INVESTIGATION)
        .inside(&["outboundRelationship typeCode=SPRT"])
}

fn linked(number: &str) -> Element {
    id(number, root::WORLDWIDE)
        .note("C.1.10.r")
        .inside(&["subjectOf2 typeCode=SUBJ", EVENT])
        .behind(opening("code nullFlavor=NA"), INVESTIGATION)
        .inside(&["outboundRelationship typeCode=SPRT"])
}

fn reporter(reporter: &Reporter) -> Element {
    let primary = reporter.is_primary.then(|| opening("priorityNumber value=1").note("C.2.r.5"));
    let investigation = party::reporter(reporter)
        .inside(&AUTHOR)
        .inside(&["subjectOf2 typeCode=SUBJ"])
        .behind(about(topic::SOURCE_REPORT), INVESTIGATION);
    opening("outboundRelationship typeCode=SPRT").with_all(primary).with(investigation)
}

fn sender(report: &Report) -> Element {
    party::sender(&report.sender).inside(&AUTHOR).inside(&["subjectOf1 typeCode=SUBJ"])
}

fn other_id(other: &OtherId) -> Element {
    Element::new("id")
        .attr("assigningAuthorityName", &other.source)
        .attr("extension", &other.id)
        .attr("root", root::OTHER_CASE)
        .note("C.1.9.1.r")
        .inside(&["subjectOf1 typeCode=SUBJ", EVENT])
}

/// The kind of report, and whether others called it something.
fn ends(report: &Report) -> [Element; 2] {
    let others = if report.other_ids.is_empty() { no_information() } else { flag(true) };
    [(topic::REPORT_TYPE, coded_value(report.kind).note("C.1.3")), (topic::OTHER_IDS, others.note("C.1.9.1"))]
        .map(|(topic, value)| {
            opening("investigationCharacteristic classCode=OBS moodCode=EVN")
                .with(about(topic))
                .with(value)
                .inside(&["subjectOf2 typeCode=SUBJ"])
        })
}
