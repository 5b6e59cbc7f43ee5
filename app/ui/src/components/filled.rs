//! What a person has typed into a form so far, and what is wrong with it.

use domain::error::Flaw;
use std::collections::BTreeMap;

/// The state of a form: empty at first, the person's own words when it was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    pub values: BTreeMap<String, String>,
    pub flaws: Vec<Flaw>,
    /// Put before the ids of fields, where a page has two forms with a field of the same name.
    pub prefix: &'static str,
}

/// One field of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    pub name: String,
    /// The element's id, where the error summary leads.
    pub id: String,
    pub value: String,
    pub flaw: Option<Flaw>,
    /// Day, month and year as typed, for `DateField`.
    pub parts: [String; 3],
}

impl Filled {
    /// Nothing wrong yet, with what is already known.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Filled {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Filled { values, ..Filled::default() }
    }

    /// A refused form: every value kept.
    pub fn refused(values: BTreeMap<String, String>, flaws: Vec<Flaw>) -> Filled {
        Filled { values, flaws, prefix: "" }
    }

    pub fn prefixed(mut self, prefix: &'static str) -> Filled {
        self.prefix = prefix;
        self
    }

    pub fn is_refused(&self) -> bool {
        !self.flaws.is_empty()
    }

    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The id of a field's first input.
    pub fn id(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}-{name}", self.prefix) }
    }

    pub fn field(&self, name: &str) -> Slot {
        let whole = self.value(name);
        let mut known = whole.split('-').map(|part| part.trim_start_matches('0'));
        let [year, month, day] = [(); 3].map(|()| known.next().unwrap_or_default());
        let part = |suffix: &str, known: &str| {
            self.values.get(&format!("{name}-{suffix}")).cloned().unwrap_or_else(|| known.to_owned())
        };
        Slot {
            name: name.to_owned(),
            id: self.id(name),
            value: whole.to_owned(),
            flaw: self.flaws.iter().find(|flaw| flaw.field == name).cloned(),
            parts: [part("day", day), part("month", month), part("year", year)],
        }
    }
}

impl Slot {
    pub(super) fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    pub(super) fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }

    /// `aria-describedby`: the hint and the error, those that are there.
    pub(super) fn described_by(&self, hint: bool) -> Option<String> {
        let ids: Vec<_> = [hint.then(|| self.hint_id()), self.flaw.as_ref().map(|_| self.error_id())]
            .into_iter()
            .flatten()
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.flaw.as_ref().map(|_| "true")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_comes_apart_and_what_was_typed_wins() {
        let known = Filled::of([("born", "1955-03-02")]).field("born");
        assert_eq!(known.parts, ["2", "3", "1955"]);
        let typed = Filled::of([("born-day", "31"), ("born-month", "x"), ("born-year", "")]).field("born");
        assert_eq!(typed.parts, ["31", "x", ""]);
    }
}
