//! The safety officer's pages: the queue with its clocks, and one record.

mod month; // what was flagged, and what pharmacovigilance has
mod queue; // what waits, soonest first
mod record; // the words, the criteria, the decisions
mod report; // what a report says, and its way
mod second_looks; // at what the screen let pass

pub use month::{Model as Month, view as month};
pub use queue::{Model as Queue, Named, view as queue};
pub use record::{Model as Record, view as record};
pub use second_looks::{Model as SecondLooks, view as second_looks};

use crate::components::{Tag, Tone};
use crate::i18n::Words;
use domain::time::{DAY, HOUR, MINUTE, Timestamp};
use leptos::prelude::*;

/// `3 h 12 min left`, or amber when the time is over. The page says how it stood when it was drawn.
fn clock(w: Words, due: Timestamp, now: Timestamp) -> AnyView {
    let left = due.since(now);
    let time = span(w, left.abs());
    if left < 0 {
        let text = w.with("safety.late", &[("time", &time)]);
        return view! { <Tag tone=Tone::Act text/> }.into_any();
    }
    let text = w.with("safety.left", &[("time", &time)]);
    let machine = crate::i18n::machine(due);
    view! { <time class="clock" datetime=machine>{text}</time> }.into_any()
}

fn span(w: Words, millis: i64) -> String {
    let (days, hours, minutes) = (millis / DAY, millis / HOUR, millis / MINUTE);
    if hours >= 48 {
        return w.count("common.days", days);
    }
    if hours == 0 {
        return w.with("safety.minutes", &[("m", &w.number(minutes))]);
    }
    w.with("safety.hours_minutes", &[("h", &w.number(hours)), ("m", &w.number(minutes % 60))])
}

/// The kind, in one word; an emergency is marked.
fn kind(w: Words, code: &str) -> AnyView {
    let tone = if matches!(code, "emergency" | "crisis") { Tone::Wrong } else { Tone::Info };
    let text = w.find(&format!("safety.kind.{code}")).unwrap_or_else(|| code.to_owned());
    view! { <Tag tone text/> }.into_any()
}
