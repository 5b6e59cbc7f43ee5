//! The pieces every part of a report is made of.

use crate::safety::e2b::codes::{Coded, MEDDRA, Topic};
use crate::safety::e2b::tree::{Element, opening};
use crate::safety::e2b::types::{Quantity, Term, Value};
use crate::safety::e2b::when::When;

pub(super) fn id(extension: &str, root: &str) -> Element {
    Element::new("id").attr("extension", extension).attr("root", root)
}

pub(super) fn time(name: &str, when: &When) -> Element {
    Element::new(name).attr("value", when.text())
}

/// The element of a value, or an empty one that says why there is none.
pub(super) fn either<T>(
    name: &str,
    value: &Value<T>,
    filled: impl FnOnce(Element, &T) -> Element,
) -> Element {
    let element = Element::new(name);
    match value {
        Value::Given(given) => filled(element, given),
        Value::Null(null) => element.attr("nullFlavor", null.code()),
    }
}

pub(super) fn words(name: &str, value: &Value<String>) -> Element {
    either(name, value, |element, text| element.text(text))
}

pub(super) fn moment(name: &str, value: &Value<When>) -> Element {
    either(name, value, |element, when| element.attr("value", when.text()))
}

/// `code`, `displayName` and `codeSystem` of a list.
pub(super) fn coded<C: Coded>(element: Element, code: C) -> Element {
    element.attr("code", code.code()).attr("displayName", code.words()).attr("codeSystem", C::SYSTEM)
}

/// What something is about.
pub(super) fn about(((code, system), words): Topic) -> Element {
    Element::new("code").attr("code", code).attr("codeSystem", system).attr("displayName", words)
}

pub(super) fn observation(topic: Topic) -> Element {
    opening("observation classCode=OBS moodCode=EVN").with(about(topic))
}

pub(super) fn observation_event(topic: Topic) -> Element {
    opening("observationEvent classCode=OBS moodCode=EVN").with(about(topic))
}

fn value(kind: &str) -> Element {
    Element::new("value").attr("xsi:type", kind)
}

pub(super) fn text_value(text: &str) -> Element {
    value("ED").text(text)
}

pub(super) fn flag(is_so: bool) -> Element {
    value("BL").attr("value", if is_so { "true" } else { "false" })
}

pub(super) fn flag_or_null(is_so: &Value<bool>) -> Element {
    match is_so {
        Value::Given(is_so) => flag(*is_so),
        Value::Null(null) => value("BL").attr("nullFlavor", null.code()),
    }
}

pub(super) fn no_information() -> Element {
    value("BL").attr("nullFlavor", "NI")
}

pub(super) fn coded_value<C: Coded>(code: C) -> Element {
    coded(value("CE"), code)
}

pub(super) fn coded_or_null<C: Coded>(code: &Value<C>) -> Element {
    match code {
        Value::Given(code) => coded_value(*code),
        Value::Null(null) => value("CE").attr("nullFlavor", null.code()),
    }
}

pub(super) fn quantity(quantity: &Quantity) -> Element {
    value("PQ").attr("value", &quantity.value).attr("unit", &quantity.unit)
}

/// A MedDRA term, or its place without one: the system is named and the code left out, as in published reports.
pub(super) fn term(term: Option<&Term>) -> Element {
    let value = value("CE");
    match term {
        Some(term) => {
            value.attr("code", &term.code).attr("codeSystem", MEDDRA).attr("codeSystemVersion", &term.version)
        }
        None => value.attr("codeSystem", MEDDRA),
    }
}

/// From and to, where either is mentioned.
pub(super) fn span(
    name: Element,
    (began, began_note): (Option<&Value<When>>, &'static str),
    (ended, ended_note): (Option<&Value<When>>, &'static str),
) -> Option<Element> {
    if began.is_none() && ended.is_none() {
        return None;
    }
    let low = began.map(|when| moment("low", when).note(began_note));
    let high = ended.map(|when| moment("high", when).note(ended_note));
    Some(name.with_all(low).with_all(high))
}

/// Whose words something is.
pub(super) fn author(topic: Topic) -> Element {
    about(topic).inside(&["author typeCode=AUT", "assignedEntity classCode=ASSIGNED"])
}
