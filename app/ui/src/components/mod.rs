//! The parts every page is made of. Each has its stylesheet of the same name in `style/components/`, or needs none.
//!
//! `w: Words` says the language; all other texts come in already translated.
//!
//! ```text
//! // a form: state in, the same state out when it is refused
//! let filled = Filled::of([("email", person.email.as_str())]);         // first showing
//! let filled = Filled::refused(values, flaws);                         // 422: what was typed, what is wrong
//! view! {
//!     <ErrorSummary w filled=filled.clone()/>                          // above the h1; draws nothing without flaws
//!     <Form w action=paths::account(w.locale) act="rename">              // POST, novalidate, <input name="act" value="rename">
//!         <Field w field=filled.field("email") label=w.t("…") hint=w.t("…") kind=Kind::Email autocomplete="email"/>
//!         <Field w field=filled.field("code") label=w.t("…") kind=Kind::Code width=Width::Short/>
//!         <DateField w field=filled.field("birth_date") label=w.t("…")/> // posts birth_date-day, -month, -year
//!         <Area w field=filled.field("note") label=w.t("…") optional=true rows=6/>
//!         <Choice w field=filled.field("payer") legend=w.t("…") options=vec![Pick::new("none", w.t("…")).hint(…)]/>
//!         <Check w field=filled.field("agree") label=w.t("…")/>        // posts agree=yes
//!         <Upload w field=filled.field("file") label=w.t("…") resume=request.to_string()/> // multipart=true on the form
//!         <Button>{w.t("common.continue")}</Button>                    // look=Look::Quiet | Look::Danger, name=, value=
//!     </Form>
//! }
//! ```
//! `heading=true` on Field, Area, DateField and Choice makes the label the page's `h1` (one question a page).
//!
//! [`Select`] is for staff, where a list is long: `groups=vec![Group::of(picks)]`.
//!
//! Closures inside `view!` that use `w` or a model are `move`.
//!
//! - [`Filled`] `.prefixed("second")` keeps ids apart where two forms of a page share a field's name; a flaw's sentence is
//!   `errors.<field>_<code>`, else `errors.<code>`; a flaw without a field stands in the summary alone.
//! - [`Form`] `enhance=true` lets the script post it and swap the [`Region`]s of the answer. `multipart=true` for files.
//! - [`Region`] `id="log"`: the part of a page a fragment replaces; put into both the page and the fragment.
//! - [`PasskeyButton`] `ceremony=Ceremony::SignIn { from }`: in a form of its own, which is posted with `credential`.
//!   Hidden where the browser cannot do it.
//! - [`Upload`] `resume=…`: scripts send the file in parts to `/files` (tus, metadata `purpose`), then post the form
//!   with `upload`, the address of what arrived, in place of the file. [`LIMIT`] is the size it says.
//! - [`Notice`] `tone=Tone::Info|Success|Act|Wrong title=…`: one a page, above the h1. [`Action`]: the one thing a
//!   patient must do, amber, cannot be dismissed.
//! - [`Rail`] with [`Stop`]s: stages, task lists, timelines. `mark=Mark::Done|Here|Open|Wrong|Act`, `state` is the word
//!   beside the mark, `to` links the whole row.
//! - [`Summary`] with [`Answer`]s: check answers, with Change links.
//! - [`Table`] `caption=…`: scrolls inside its own region. [`Tag`] `tone=…`. [`Details`] `summary=…`. [`Facts`]/[`Fact`].
//! - [`Emergency`] `title=…`: red, for 911 and 988 only. [`Prose`] `html=markup::render(…)`: approved text.
//! - [`Back`] `to=…`, [`ButtonLink`] `to=…`, [`Link`] `to=… hidden=…`.
//! - [`Phone`] `number=…`, [`Isolate`] (names people typed), [`Id`] (case numbers), [`When`], [`OnDay`]: always isolated.

// the component macro writes public items into private modules
#![allow(unreachable_pub)]

mod action;
mod answers;
mod button;
mod choice;
mod date_field;
mod details;
mod emergency;
mod error_summary;
mod field;
mod filled;
mod form;
mod isolate;
mod link;
mod notice;
mod passkey_button;
mod prose;
mod rail;
mod select;
mod table;
mod tag;
mod upload;
mod when;

pub use action::Action;
pub use answers::{Answer, Fact, Facts, Summary};
pub use button::{Button, ButtonLink, Look};
pub use choice::{Check, Choice, Pick};
pub use date_field::DateField;
pub use details::Details;
pub use emergency::Emergency;
pub use error_summary::ErrorSummary;
pub use field::{Area, Field, Kind, Width};
pub use filled::{Filled, Slot};
pub use form::{Form, Region};
pub use isolate::{Id, Isolate, Phone};
pub use link::{Back, Link};
pub use notice::{Notice, Tone};
pub use passkey_button::{Ceremony, PasskeyButton};
pub use prose::Prose;
pub use rail::{Mark, Rail, Stop};
pub use select::{Group, Select};
pub use table::Table;
pub use tag::Tag;
pub use upload::{LIMIT, Upload};
pub use when::{OnDay, When};
