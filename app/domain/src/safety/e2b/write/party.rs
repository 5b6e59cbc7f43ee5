//! People in organisations: who told it (C.2.r) and who sends it (C.3).

use super::parts::{coded, either, words};
use crate::safety::e2b::codes::{COUNTRIES, Coded, SenderKind};
use crate::safety::e2b::tree::{Element, opening};
use crate::safety::e2b::types::{Party, Reporter, Sender};

/// What the parts of a party are called in the one place and in the other.
struct Numbers {
    title: &'static str,
    given: &'static str,
    middle: &'static str,
    family: &'static str,
    organisation: &'static str,
    department: &'static str,
    street: &'static str,
    city: &'static str,
    state: &'static str,
    postcode: &'static str,
    phone: &'static str,
    fax: &'static str,
    email: &'static str,
    country: &'static str,
}

const REPORTER: Numbers = Numbers {
    title: "C.2.r.1.1",
    given: "C.2.r.1.2",
    middle: "C.2.r.1.3",
    family: "C.2.r.1.4",
    organisation: "C.2.r.2.1",
    department: "C.2.r.2.2",
    street: "C.2.r.2.3",
    city: "C.2.r.2.4",
    state: "C.2.r.2.5",
    postcode: "C.2.r.2.6",
    phone: "C.2.r.2.7",
    fax: "",
    email: "FDA.C.2.r.2.8",
    country: "C.2.r.3",
};

const SENDER: Numbers = Numbers {
    title: "C.3.3.2",
    given: "C.3.3.3",
    middle: "C.3.3.4",
    family: "C.3.3.5",
    organisation: "C.3.2",
    department: "C.3.3.1",
    street: "C.3.4.1",
    city: "C.3.4.2",
    state: "C.3.4.3",
    postcode: "C.3.4.4",
    phone: "C.3.4.6",
    fax: "C.3.4.7",
    email: "C.3.4.8",
    country: "C.3.4.5",
};

const ENTITY: &str = "assignedEntity classCode=ASSIGNED";
const ORGANISATION: &str = "representedOrganization classCode=ORG determinerCode=INSTANCE";

pub(super) fn reporter(reporter: &Reporter) -> Element {
    let qualification = reporter.qualification.map(|qualification| {
        either("code", &qualification, |element, code| coded(element, *code))
            .note("C.2.r.4")
            .inside(&["asQualifiedEntity classCode=QUAL"])
    });
    entity(opening(ENTITY), &reporter.party, &REPORTER, qualification)
}

pub(super) fn sender(sender: &Sender) -> Element {
    let kind =
        opening("code").attr("code", sender.kind.code()).attr("codeSystem", SenderKind::SYSTEM).note("C.3.1");
    entity(opening(ENTITY).with(kind), &sender.party, &SENDER, None)
}

fn entity(start: Element, party: &Party, numbers: &Numbers, qualification: Option<Element>) -> Element {
    start
        .with_all(address(party, numbers))
        .with_all(telecoms(party, numbers))
        .with_all(person(party, numbers, qualification))
        .with_all(organisation(party, numbers))
}

fn address(party: &Party, numbers: &Numbers) -> Option<Element> {
    let lines = party.street.iter().map(|line| words("streetAddressLine", line).note(numbers.street));
    let rest = [
        ("city", &party.city, numbers.city),
        ("state", &party.state, numbers.state),
        ("postalCode", &party.postcode, numbers.postcode),
    ];
    let rest = rest
        .into_iter()
        .filter_map(|(name, value, note)| value.as_ref().map(|value| words(name, value).note(note)));
    some(Element::new("addr").with_all(lines).with_all(rest))
}

fn telecoms(party: &Party, numbers: &Numbers) -> Vec<Element> {
    [
        ("tel:", &party.phone, numbers.phone),
        ("fax:", &party.fax, numbers.fax),
        ("mailto:", &party.email, numbers.email),
    ]
    .into_iter()
    .filter_map(|(scheme, value, note)| {
        let value = value.as_ref()?;
        Some(Element::new("telecom").attr("value", &format!("{scheme}{value}")).note(note))
    })
    .collect()
}

fn person(party: &Party, numbers: &Numbers, qualification: Option<Element>) -> Option<Element> {
    let names = [
        ("prefix", &party.title, numbers.title),
        ("given", &party.given, numbers.given),
        ("given", &party.middle, numbers.middle),
        ("family", &party.family, numbers.family),
    ];
    let names = names
        .into_iter()
        .filter_map(|(name, value, note)| value.as_ref().map(|value| words(name, value).note(note)));
    let country = party.country.as_ref().map(|country| {
        either("code", country, |element, code| element.attr("code", code).attr("codeSystem", COUNTRIES))
            .note(numbers.country)
            .inside(&["asLocatedEntity classCode=LOCE", "location classCode=COUNTRY determinerCode=INSTANCE"])
    });
    some(
        opening("assignedPerson classCode=PSN determinerCode=INSTANCE")
            .with_all(some(Element::new("name").with_all(names)))
            .with_all(qualification)
            .with_all(country),
    )
}

/// The department stands outside, the organisation it belongs to inside.
fn organisation(party: &Party, numbers: &Numbers) -> Option<Element> {
    let department = party.department.as_ref().map(|name| words("name", name).note(numbers.department));
    let organisation = party
        .organisation
        .as_ref()
        .map(|name| words("name", name).note(numbers.organisation).inside(&[ENTITY, ORGANISATION]));
    some(opening(ORGANISATION).with_all(department).with_all(organisation))
}

/// Nothing where nothing is in it.
fn some(element: Element) -> Option<Element> {
    (!element.children.is_empty()).then_some(element)
}
