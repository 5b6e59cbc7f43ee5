//! A report to XML: the batch, its one message, and inside it the case. The order is that of published reports.

mod case;
mod drugs;
mod parts;
mod party;
mod patient;
mod reactions;

use super::check::check;
use super::codes::{HL7, XSI, root};
use super::error::Result;
use super::print::print;
use super::tree::{Element, opening};
use super::types::{Envelope, Report};
use parts::{id, time};

const BATCH: &str = "MCCI_IN200100UV01";
const MESSAGE: &str = "PORR_IN049016UV";

/// The file, in UTF-8. The same report gives the same bytes.
///
/// # Errors
/// `Missing` or `BadValue` where the report lacks what every report has (see `Report`), with the number of the element.
pub fn write(report: &Report) -> Result<String> {
    check(report)?;
    print(&batch(report))
}

fn batch(report: &Report) -> Element {
    let envelope = &report.batch;
    Element::new(BATCH)
        .attr("xmlns", HL7)
        .attr("xmlns:xsi", XSI)
        .attr("ITSVersion", "XML_1.0")
        .attr("xsi:schemaLocation", &format!("{HL7} {BATCH}.xsd"))
        .with(id(&envelope.id, root::BATCH).note("N.1.2"))
        .with(time("creationTime", &envelope.created).note("N.1.5"))
        .with(opening("responseModeCode code=D"))
        .with(interaction(BATCH))
        .with(
            opening("name code=1 displayName=ichicsr codeSystem=2.16.840.1.113883.3.989.2.1.1.1")
                .note("N.1.1"),
        )
        .with(message(report))
        .with_all(ends(envelope, (root::BATCH_RECEIVER, "N.1.4"), (root::BATCH_SENDER, "N.1.3")))
}

fn message(report: &Report) -> Element {
    let envelope = &report.message;
    Element::new(MESSAGE)
        .with(id(&envelope.id, root::REPORT).note("N.2.r.1"))
        .with(time("creationTime", &envelope.created).note("N.2.r.4"))
        .with(interaction(MESSAGE))
        .with(opening("processingCode code=P"))
        .with(opening("processingModeCode code=I"))
        .with(opening("acceptAckCode code=AL"))
        .with_all(ends(envelope, (root::MESSAGE_RECEIVER, "N.2.r.3"), (root::MESSAGE_SENDER, "N.2.r.2")))
        .with(
            opening("controlActProcess classCode=CACT moodCode=EVN")
                .with(opening("code code=PORR_TE049016UV").attr("codeSystem", root::TRIGGER))
                .with(time("effectiveTime", &report.created).note("C.1.2"))
                .with(case::event(report).inside(&["subject typeCode=SUBJ"])),
        )
}

fn interaction(name: &str) -> Element {
    Element::new("interactionId").attr("extension", name).attr("root", root::INTERACTION)
}

/// Receiver and sender, as devices.
fn ends(
    envelope: &Envelope,
    (receiver_root, receiver_note): (&str, &'static str),
    (sender_root, sender_note): (&str, &'static str),
) -> [Element; 2] {
    let device = "device classCode=DEV determinerCode=INSTANCE";
    [
        id(&envelope.receiver, receiver_root).note(receiver_note).inside(&["receiver typeCode=RCV", device]),
        id(&envelope.sender, sender_root).note(sender_note).inside(&["sender typeCode=SND", device]),
    ]
}
