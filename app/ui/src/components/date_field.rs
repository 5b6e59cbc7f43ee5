//! A date a person knows by heart, in three inputs: posts `name-day`, `name-month`, `name-year`.

use super::field::notes;
use super::filled::Slot;
use crate::i18n::Words;
use leptos::prelude::*;

/// For a date of birth set `birthday=true`, so that a browser may fill it in.
#[component]
pub fn DateField(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] birthday: bool,
    #[prop(optional)] heading: bool,
) -> impl IntoView {
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = field.described_by(hint.is_some());
    let legend = if heading {
        view! { <legend><h1 class="question">{label}</h1></legend> }.into_any()
    } else {
        view! { <legend class="label">{label}</legend> }.into_any()
    };
    let [day, month, year] = field.parts.clone();
    // the summary's link goes to the field's own id: the first input has it
    let part = |suffix: &'static str, fill: &'static str, value: String| {
        let id = if suffix == "day" { field.id.clone() } else { format!("{}-{suffix}", field.id) };
        view! {
            <div class="date-part">
                <label for=id.clone()>{w.t(&format!("common.{suffix}"))}</label>
                <input
                    class=if suffix == "year" { "input input-year" } else { "input input-two" }
                    id=id
                    name=format!("{}-{suffix}", field.name)
                    type="text"
                    inputmode="numeric"
                    dir="ltr"
                    autocomplete=birthday.then_some(fill)
                    value=value
                    aria-invalid=field.invalid()
                />
            </div>
        }
    };
    let (day, month, year) =
        (part("day", "bday-day", day), part("month", "bday-month", month), part("year", "bday-year", year));
    // people write a date in the order they speak it
    let parts = if w.locale == domain::locale::Locale::En {
        view! { {month}{day}{year} }.into_any()
    } else {
        view! { {day}{month}{year} }.into_any()
    };
    view! {
        <fieldset class="field" class:has-error=field.flaw.is_some() role="group" aria-describedby=described>
            {legend}
            {notes(w, &field, hint)}
            <div class="date-parts">{parts}</div>
        </fieldset>
    }
}
