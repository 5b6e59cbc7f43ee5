//! The whole suite, one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, unreachable_pub, dead_code)]

mod guards;
mod journeys;
mod support;

mod assistant; // questions, approved answers, the people behind them
mod cases; // where a case stands, and how staff move it
mod consents; // contact choices
mod content; // signed, whole in every language
mod demo; // every state, once
mod documents; // asked for, sent, checked, decided; whatever a file can be
mod editorial; // words on their way: written, signed, translated, published, withdrawn
mod enrollments; // the form, its submit, invitations
mod exchange; // content as plain files, and approval packages checked far away
mod house; // health, headers, CSRF, problem pages: what every address keeps
mod messages; // mail through a real server
mod public; // what anyone may read
mod safety; // every free text screened, every flagged one before a named person
mod sessions; // signing in, staying in, and being kept out
mod worklist; // what waits, in the order it waits; tasks; the trail
