//! XML to a report: ours and others'. What a `Report` cannot carry (devices, tests, files inside) is passed over.

mod case;
mod drugs;
mod parts;
mod party;
mod patient;
mod reactions;

use super::codes::root;
use super::error::{Error, Result};
use super::parse::parse;
use super::tree::Element;
use super::types::{Envelope, Report};
use parts::{child, extension, time};

/// The one report in a file.
///
/// # Errors
/// Any of `Error`: a file may come from anywhere. It is refused rather than half understood where a required element is
/// missing or holds a code that is in no list.
pub fn read(bytes: &[u8]) -> Result<Report> {
    let batch = parse(bytes)?;
    if batch.name != "MCCI_IN200100UV01" {
        return Err(Error::AnotherRoot);
    }
    let messages = batch.all("PORR_IN049016UV");
    let message = match messages.as_slice() {
        [] => return Err(Error::Missing("N.2.r")),
        [message] => *message,
        several => return Err(Error::ManyReports(several.len())),
    };
    let process = child(message, "controlActProcess", "C.1.2")?;
    let created = time(child(process, "effectiveTime", "C.1.2")?, "C.1.2")?;
    let batch_roots = [root::BATCH, root::BATCH_SENDER, root::BATCH_RECEIVER];
    let message_roots = [root::REPORT, root::MESSAGE_SENDER, root::MESSAGE_RECEIVER];
    case::report(
        process.first("subject/investigationEvent").ok_or(Error::Missing("C.1.1"))?,
        created,
        envelope(&batch, batch_roots, ["N.1.2", "N.1.3", "N.1.4", "N.1.5"])?,
        envelope(message, message_roots, ["N.2.r.1", "N.2.r.2", "N.2.r.3", "N.2.r.4"])?,
    )
}

fn envelope(
    of: &Element,
    roots: [&str; 3],
    [id, sender, receiver, created]: [&'static str; 4],
) -> Result<Envelope> {
    Ok(Envelope {
        id: extension(of.all("id"), roots[0], id)?,
        sender: extension(of.all("sender/device/id"), roots[1], sender)?,
        receiver: extension(of.all("receiver/device/id"), roots[2], receiver)?,
        created: time(child(of, "creationTime", created)?, created)?,
    })
}
