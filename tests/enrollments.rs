//! Enrolling: one question a page, saved at each, sent once, routed by a rule; by oneself or for somebody else (ON-2,
//! ON-12, ON-13, ON-14).

mod form;
mod invitations;
mod sending;

use crate::support::Page;

const ENROLL: &str = "/en/programs/breathe/enroll";
const PASSWORD: &str = "seven kettles on a wall";

fn number(page: Page) -> String {
    let words = page.is(200).words();
    let at = words.find("BR-2026-").unwrap_or_else(|| panic!("no number: {words}"));
    words[at..at + 14].to_owned()
}
