//! People in organisations: who told it (C.2.r) and who sends it (C.3).

use super::parts::{coded, coded_or_null, either, some_words, words};
use crate::safety::e2b::codes::topic;
use crate::safety::e2b::error::{Error, Result};
use crate::safety::e2b::tree::Element;
use crate::safety::e2b::types::{Party, Reporter, Sender};

pub(super) fn reporters(investigations: &[(&Element, &Element)]) -> Result<Vec<Reporter>> {
    let sources = investigations.iter().filter(|(_, one)| one.is_about(topic::SOURCE_REPORT.0));
    sources.map(|(relation, source)| reporter(relation, source)).collect()
}

fn reporter(relation: &Element, source: &Element) -> Result<Reporter> {
    let entity =
        source.first("subjectOf2/controlActEvent/author/assignedEntity").ok_or(Error::Missing("C.2.r"))?;
    let qualification = entity.first("assignedPerson/asQualifiedEntity/code");
    Ok(Reporter {
        party: party(entity, "C.2.r")?,
        qualification: qualification.map(|code| coded_or_null(code, "C.2.r.4")).transpose()?,
        is_primary: relation.child("priorityNumber").and_then(|number| number.get("value")) == Some("1"),
    })
}

pub(super) fn sender(event: &Element) -> Result<Sender> {
    let entity =
        event.first("subjectOf1/controlActEvent/author/assignedEntity").ok_or(Error::Missing("C.3.1"))?;
    let kind = entity.child("code").ok_or(Error::Missing("C.3.1"))?;
    Ok(Sender { kind: coded(kind, "C.3.1")?, party: party(entity, "C.3")? })
}

fn party(entity: &Element, number: &'static str) -> Result<Party> {
    let given = entity.all("assignedPerson/name/given");
    let one = |path| some_words(entity.first(path), number);
    let outer = "representedOrganization";
    Ok(Party {
        title: one("assignedPerson/name/prefix")?,
        given: some_words(given.first().copied(), number)?,
        middle: some_words(given.get(1).copied(), number)?,
        family: one("assignedPerson/name/family")?,
        organisation: one(&format!("{outer}/assignedEntity/{outer}/name"))?,
        department: one(&format!("{outer}/name"))?,
        street: entity
            .all("addr/streetAddressLine")
            .into_iter()
            .map(|line| words(line, number))
            .collect::<Result<_>>()?,
        city: one("addr/city")?,
        state: one("addr/state")?,
        postcode: one("addr/postalCode")?,
        phone: telecom(entity, "tel:"),
        fax: telecom(entity, "fax:"),
        email: telecom(entity, "mailto:"),
        country: entity
            .first("assignedPerson/asLocatedEntity/location/code")
            .map(|code| {
                either(code, number, |code| Ok(code.get("code").ok_or(Error::Missing(number))?.to_owned()))
            })
            .transpose()?,
    })
}

fn telecom(entity: &Element, scheme: &str) -> Option<String> {
    let telecoms = entity.all("telecom");
    telecoms.into_iter().find_map(|one| one.get("value")?.strip_prefix(scheme)).map(str::to_owned)
}
