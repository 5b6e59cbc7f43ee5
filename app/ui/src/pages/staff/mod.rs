//! Pages for staff.

pub mod audit;
pub mod case;
pub mod case_documents; // what was asked for on a case
pub mod content; // the editorial room
pub mod document; // one document on a reviewer's desk
pub mod invitation; // a new one-time link for a patient
pub mod messages;
pub mod questions; // what the assistant could not answer
pub mod safety; // the safety queue and its records
pub mod tasks;
pub mod thread; // a conversation handed over
pub mod worklist;

use crate::components::{Notice, Tone};
use crate::i18n::Words;
use leptos::prelude::*;

/// What was just done on a page, where the key says something.
fn told(w: Words, key: Option<String>) -> Option<AnyView> {
    let title = w.find(&key?)?;
    Some(view! { <Notice tone=Tone::Success title/> }.into_any())
}
