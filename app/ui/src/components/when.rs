//! Days and instants, with the machine's form beside the reader's.

use crate::i18n::{self, Words};
use domain::time::{Day, Timestamp};
use leptos::prelude::*;

/// Date and time on the clock of a time zone.
#[component]
pub fn When(w: Words, at: Timestamp, #[prop(into)] zone: String) -> impl IntoView {
    view! { <time datetime=i18n::machine(at)>{w.instant(at, &zone)}</time> }
}

/// A day with its weekday; `full=true` says the year instead.
#[component]
pub fn OnDay(w: Words, day: Day, #[prop(optional)] full: bool) -> impl IntoView {
    let text = if full { w.day(day) } else { w.weekday_day(day) };
    view! { <time datetime=day.to_string()>{text}</time> }
}
