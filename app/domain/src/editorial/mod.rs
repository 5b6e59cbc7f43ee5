//! Editorial: how words come to readers. An author writes an edition, three desks sign the very bytes, another person
//! publishes them, translations follow their source, and the clock takes away what fell due.
//!
//! `content` is what readers have; this room is the way there. Between the two stands the hash.

pub mod clarity;
#[cfg(feature = "store")]
pub mod diff;

pub mod rules;
#[cfg(feature = "store")]
mod service;
#[cfg(feature = "store")]
mod store;
pub mod types;

#[cfg(feature = "store")]
pub use service::{
    clock::{Ticked, tick},
    exchange::{Brought, Outcome, bring, everything},
    library::{coverage, dossier, library, save_of, saves, waiting},
    measures::{Measures, measures},
    media::{add_media, attach_media, captions, media_file, media_of},
    package::{Package, Packed, package},
    publishing::{publish, withdraw, withdraw_claim},
    review::{approve, ask_for_changes, remark, resolve},
    writing::{begin_edition, begin_translation, create, hand_in, save, set_clarity, take_back},
};
pub use types::{
    ClarityAnswers, Comment, Coverage, Dossier, Filter, Line, MetaWriting, NewItem, OnChange, Page, Review,
    ReviewState, Sheet, Sibling, Signature, State, Use, Waiting, Writing,
};
