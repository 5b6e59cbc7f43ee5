//! What a report must hold before it is written. Whether a regulator would take it is more than this: see the module's docs.

use super::error::{Error, Result};
use super::parse::is_lawful;
use super::types::{Envelope, Quantity, Report, Reporter, Value, Verbatim};
use std::collections::BTreeSet;

/// # Errors
/// `Missing` and `BadValue`, with the number of the element.
pub(super) fn check(report: &Report) -> Result<()> {
    envelope(&report.batch, ["N.1.2", "N.1.3", "N.1.4", "N.1.5"])?;
    envelope(&report.message, ["N.2.r.1", "N.2.r.2", "N.2.r.3", "N.2.r.4"])?;
    identifier(&report.number, "C.1.1")?;
    identifier(&report.worldwide, "C.1.8.1")?;
    report.linked.iter().try_for_each(|id| identifier(id, "C.1.10.r"))?;
    right(report.created.has_seconds(), "C.1.2")?;
    right(report.received.date().is_some(), "C.1.4")?;
    right(report.updated.date().is_some(), "C.1.5")?;
    right(report.reporters.iter().filter(|reporter| reporter.is_primary).count() == 1, "C.2.r.5")?;
    for reporter in &report.reporters {
        right(!reporter.is_primary || reporter.qualification.is_some(), "C.2.r.4")?;
        right(reporter.party.middle.is_none() || reporter.party.given.is_some(), "C.2.r.1.2")?;
        country(reporter.party.country.as_ref().and_then(Value::given), "C.2.r.3")?;
        if reporter.is_primary && !is_placed(reporter, report) {
            return Err(Error::Missing("C.2.r.3"));
        }
    }
    let sender = &report.sender.party;
    sender.organisation.as_ref().and_then(Value::given).ok_or(Error::Missing("C.3.2"))?;
    right(sender.middle.is_none() || sender.given.is_some(), "C.3.3.3")?;
    country(sender.country.as_ref().and_then(Value::given), "C.3.4.5")?;
    report.summaries.iter().try_for_each(|summary| language(summary, "H.5.r.1b"))?;
    quantity(report.patient.age.as_ref(), "D.2.2")?;
    quantity(report.patient.gestation.as_ref(), "D.2.2.1")?;
    reactions(report)?;
    drugs(report)
}

/// The primary reporter's country says whose case it is. It may be kept back only where the reactions' country (E.i.9) is told.
fn is_placed(reporter: &Reporter, report: &Report) -> bool {
    match &reporter.party.country {
        Some(Value::Given(_)) => true,
        Some(Value::Null(_)) => report.reactions.iter().all(|reaction| reaction.country.is_some()),
        None => false,
    }
}

fn reactions(report: &Report) -> Result<()> {
    unique(report.reactions.iter().map(|reaction| reaction.id.as_str()), "E.i")?;
    for reaction in &report.reactions {
        reaction.verbatim.iter().try_for_each(|words| language(words, "E.i.1.1b"))?;
        country(reaction.country.as_ref(), "E.i.9")?;
    }
    Ok(())
}

fn drugs(report: &Report) -> Result<()> {
    unique(report.drugs.iter().map(|drug| drug.id.as_str()), "G.k")?;
    for drug in &report.drugs {
        right(!drug.name.trim().is_empty(), "G.k.2.2")?;
        quantity(drug.gestation.as_ref(), "G.k.6")?;
    }
    Ok(())
}

fn right(is_right: bool, element: &'static str) -> Result<()> {
    if is_right { Ok(()) } else { Err(Error::BadValue(element)) }
}

fn envelope(envelope: &Envelope, [id, sender, receiver, created]: [&'static str; 4]) -> Result<()> {
    identifier(&envelope.id, id)?;
    identifier(&envelope.sender, sender)?;
    identifier(&envelope.receiver, receiver)?;
    right(envelope.created.has_seconds(), created)
}

fn identifier(id: &str, element: &'static str) -> Result<()> {
    if id.trim().is_empty() {
        return Err(Error::Missing(element));
    }
    right(id.chars().all(|c| is_lawful(c) && !c.is_control()), element)
}

/// At least one, all in the form of a UUID or of an object identifier, no two the same.
fn unique<'a>(ids: impl Iterator<Item = &'a str>, element: &'static str) -> Result<()> {
    let mut seen = BTreeSet::new();
    for id in ids {
        let is_form =
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
        right(is_form && seen.insert(id), element)?;
    }
    if seen.is_empty() { Err(Error::Missing(element)) } else { Ok(()) }
}

fn language(words: &Verbatim, element: &'static str) -> Result<()> {
    right(words.language.len() == 3 && words.language.bytes().all(|b| b.is_ascii_alphabetic()), element)
}

fn country(country: Option<&String>, element: &'static str) -> Result<()> {
    right(
        country.is_none_or(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())),
        element,
    )
}

fn quantity(quantity: Option<&Quantity>, element: &'static str) -> Result<()> {
    right(quantity.is_none_or(is_quantity), element)
}

/// A number as people write it, and some unit.
pub(super) fn is_quantity(quantity: &Quantity) -> bool {
    let (whole, part) = quantity.value.split_once('.').unwrap_or((&quantity.value, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number(whole)
        && is_number(part)
        && !quantity.unit.is_empty()
        && quantity.unit.bytes().all(|b| b.is_ascii_graphic())
}
