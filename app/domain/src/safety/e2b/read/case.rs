//! The case (C.1), with who told it, who sends it, and the comments (H).

use super::parts::{about, child, coded, either, extension, extensions, flag, some_flag, time};
use super::{drugs, party, patient, reactions};
use crate::safety::e2b::codes::{Topic, root, topic};
use crate::safety::e2b::error::{Error, Result};
use crate::safety::e2b::tree::Element;
use crate::safety::e2b::types::{Envelope, OtherId, Report, Us, Verbatim};
use crate::safety::e2b::when::When;

pub(super) fn report(event: &Element, created: When, batch: Envelope, message: Envelope) -> Result<Report> {
    let events = event.all("component/observationEvent");
    let assessment = event.first("component/adverseEventAssessment").ok_or(Error::Missing("E.i"))?;
    let role = assessment.first("subject1/primaryRole").ok_or(Error::Missing("D.1"))?;
    let value = |topic, number| about(&events, topic).ok_or(Error::Missing(number));
    Ok(Report {
        batch,
        message,
        number: extension(event.all("id"), root::REPORT, "C.1.1")?,
        worldwide: extension(event.all("id"), root::WORLDWIDE, "C.1.8.1")?,
        created,
        kind: coded(characteristic(event, topic::REPORT_TYPE).ok_or(Error::Missing("C.1.3"))?, "C.1.3")?,
        received: time(event.first("effectiveTime/low").ok_or(Error::Missing("C.1.4"))?, "C.1.4")?,
        updated: time(child(event, "availabilityTime", "C.1.5")?, "C.1.5")?,
        has_documents: flag(value(topic::DOCUMENTS_AVAILABLE, "C.1.6.1")?, "C.1.6.1")?,
        documents: documents(event),
        expedited: either(value(topic::EXPEDITED, "C.1.7")?, "C.1.7", |value| flag(value, "C.1.7"))?,
        first_sender: coded(first_sender(event).ok_or(Error::Missing("C.1.8.2"))?, "C.1.8.2")?,
        other_ids: other_ids(event),
        linked: linked(event),
        us: us(&events)?,
        reporters: party::reporters(&investigations(event))?,
        sender: party::sender(event)?,
        patient: patient::patient(role)?,
        reactions: reactions::reactions(role)?,
        drugs: drugs::drugs(role, assessment)?,
        narrative: child(event, "text", "H.1")?.text.clone(),
        reporters_comment: comment(assessment, topic::SOURCE),
        senders_comment: comment(assessment, topic::SENDER),
        summaries: summaries(&events),
    })
}

fn characteristic(event: &Element, topic: Topic) -> Option<&Element> {
    about(&event.all("subjectOf2/investigationCharacteristic"), topic)
}

fn documents(event: &Element) -> Vec<String> {
    let held = event.all("reference/document").into_iter().filter(|one| one.is_about(topic::HELD_DOCUMENT.0));
    held.filter_map(|one| one.child("title")).map(|title| title.text.clone()).collect()
}

/// Each relation to another report or to a source, with what stands inside.
fn investigations(event: &Element) -> Vec<(&Element, &Element)> {
    let relations = event.children.iter().filter(|one| one.name == "outboundRelationship");
    relations.filter_map(|one| Some((one, one.child("relatedInvestigation")?))).collect()
}

fn first_sender(event: &Element) -> Option<&Element> {
    let (_, initial) = investigations(event).into_iter().find(|(_, one)| one.is_about(topic::INITIAL.0))?;
    initial.first("subjectOf2/controlActEvent/author/assignedEntity/code")
}

fn linked(event: &Element) -> Vec<String> {
    extensions(
        event.all("outboundRelationship/relatedInvestigation/subjectOf2/controlActEvent/id"),
        root::WORLDWIDE,
    )
    .collect()
}

fn other_ids(event: &Element) -> Vec<OtherId> {
    let ids = event.all("subjectOf1/controlActEvent/id");
    ids.into_iter()
        .filter(|id| id.get("root") == Some(root::OTHER_CASE))
        .filter_map(|id| {
            let source = id.get("assigningAuthorityName").unwrap_or_default();
            Some(OtherId { source: source.to_owned(), id: id.get("extension")?.to_owned() })
        })
        .collect()
}

fn us(events: &[&Element]) -> Result<Us> {
    let kind = about(events, topic::US_REPORT_TYPE).map(|value| coded(value, "FDA.C.1.7.1")).transpose()?;
    let is_combination = some_flag(about(events, topic::US_COMBINATION), "FDA.C.1.12")?;
    Ok(Us { kind, is_combination })
}

fn comment(assessment: &Element, (whose, _): Topic) -> Option<String> {
    let comments = assessment.all("component1/observationEvent");
    let comment = comments.into_iter().find(|one| {
        one.is_about(topic::COMMENT.0)
            && one.first("author/assignedEntity").is_some_and(|who| who.is_about(whose))
    })?;
    Some(comment.child("value")?.text.clone())
}

fn summaries(events: &[&Element]) -> Vec<Verbatim> {
    let summaries = events.iter().filter(|one| one.is_about(topic::SUMMARY.0));
    summaries.filter_map(|one| one.child("value")).map(verbatim).collect()
}

pub(super) fn verbatim(element: &Element) -> Verbatim {
    let language = element.get("language").unwrap_or_default().to_owned();
    Verbatim { text: element.text.clone(), language }
}
