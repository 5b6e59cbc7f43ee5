//! The pieces every part of a report is read with. Each takes the number of the element, for the error.

use crate::safety::e2b::check::is_quantity;
use crate::safety::e2b::codes::{Coded, MEDDRA, Null, Topic};
use crate::safety::e2b::error::{Error, Result};
use crate::safety::e2b::tree::Element;
use crate::safety::e2b::types::{Quantity, Term, Value, Words};
use crate::safety::e2b::when::When;

pub(super) fn child<'a>(of: &'a Element, name: &str, number: &'static str) -> Result<&'a Element> {
    of.child(name).ok_or(Error::Missing(number))
}

/// Of the first id with this root.
pub(super) fn extension(ids: Vec<&Element>, root: &str, number: &'static str) -> Result<String> {
    extensions(ids, root).next().ok_or(Error::Missing(number))
}

pub(super) fn extensions<'a>(ids: Vec<&'a Element>, root: &'a str) -> impl Iterator<Item = String> + 'a {
    ids.into_iter()
        .filter(move |id| id.get("root") == Some(root))
        .filter_map(|id| id.get("extension"))
        .map(str::to_owned)
}

/// The id without an extension, by which parts of a report name one another.
pub(super) fn own_id(of: &Element, number: &'static str) -> Result<String> {
    Ok(of.child("id").and_then(|id| id.get("root")).ok_or(Error::Missing(number))?.to_owned())
}

pub(super) fn time(element: &Element, number: &'static str) -> Result<When> {
    let text = element.get("value").ok_or(Error::Missing(number))?;
    text.parse().map_err(|_| Error::BadValue(number))
}

/// What an element holds, or the reason it gives for holding nothing.
pub(super) fn either<T>(
    element: &Element,
    number: &'static str,
    filled: impl FnOnce(&Element) -> Result<T>,
) -> Result<Value<T>> {
    match element.get("nullFlavor") {
        None => filled(element).map(Value::Given),
        Some(code) => Null::of(code).map(Value::Null).ok_or(Error::BadValue(number)),
    }
}

pub(super) fn words(element: &Element, number: &'static str) -> Result<Value<String>> {
    either(element, number, |element| Ok(element.text.clone()))
}

pub(super) fn some_words(element: Option<&Element>, number: &'static str) -> Result<Words> {
    element.map(|element| words(element, number)).transpose()
}

pub(super) fn some_moment(element: Option<&Element>, number: &'static str) -> Result<Option<Value<When>>> {
    element.map(|element| either(element, number, |element| time(element, number))).transpose()
}

pub(super) fn coded<C: Coded>(element: &Element, number: &'static str) -> Result<C> {
    let is_ours = element.get("codeSystem").is_none_or(|system| system == C::SYSTEM);
    let code = element.get("code").ok_or(Error::Missing(number))?;
    C::of(code).filter(|_| is_ours).ok_or(Error::BadValue(number))
}

pub(super) fn coded_or_null<C: Coded>(element: &Element, number: &'static str) -> Result<Value<C>> {
    either(element, number, |element| coded(element, number))
}

pub(super) fn flag(element: &Element, number: &'static str) -> Result<bool> {
    match element.get("value").ok_or(Error::Missing(number))? {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Error::BadValue(number)),
    }
}

/// None where the file gives a reason for there being none.
pub(super) fn some_flag(element: Option<&Element>, number: &'static str) -> Result<Option<bool>> {
    match element {
        Some(element) if element.get("nullFlavor").is_none() => flag(element, number).map(Some),
        _ => Ok(None),
    }
}

/// None where the file gives a reason for there being none.
pub(super) fn some_quantity(element: Option<&Element>, number: &'static str) -> Result<Option<Quantity>> {
    let Some(element) = element.filter(|element| element.get("nullFlavor").is_none()) else {
        return Ok(None);
    };
    let part = |name| element.get(name).map(str::to_owned).ok_or(Error::Missing(number));
    let quantity = Quantity { value: part("value")?, unit: part("unit")? };
    if is_quantity(&quantity) { Ok(Some(quantity)) } else { Err(Error::BadValue(number)) }
}

pub(super) fn term(element: &Element) -> Option<Term> {
    let code = element.get("code").filter(|_| element.get("codeSystem") == Some(MEDDRA))?;
    let version = element.get("codeSystemVersion").unwrap_or_default();
    Some(Term { code: code.to_owned(), version: version.to_owned() })
}

/// The value of the first of these observations that is about a topic.
pub(super) fn about<'a>(observations: &[&'a Element], (topic, _): Topic) -> Option<&'a Element> {
    observations.iter().find(|one| one.is_about(topic)).and_then(|one| one.child("value"))
}

/// From and to, directly or in an expression of several parts.
pub(super) fn bounds(of: &Element) -> [Option<&Element>; 2] {
    let Some(time) = of.child("effectiveTime") else { return [None, None] };
    [("low", "comp/low"), ("high", "comp/high")]
        .map(|(direct, within)| time.child(direct).or_else(|| time.first(within)))
}
