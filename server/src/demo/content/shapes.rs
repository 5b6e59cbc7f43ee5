//! What the files of content look like, one shape a file.

use domain::content::{FormQuestion, FormTask, ModulePage};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgramWords {
    pub name: String,
    pub tagline: String,
    pub about: String,
    pub medicine_title: String,
    pub medicine: String,
    pub cost_title: String,
    pub cost: String,
    pub safety_title: String,
    pub safety: String,
    pub safety_short: String,
    pub hours: String,
    pub language_line: String,
    pub ask_reaction: String,
    pub ask_began: String,
    pub ask_better: String,
    pub ask_product: String,
    pub ask_lot: String,
    pub emergency: String,
    pub crisis: String,
    pub safety_received: String,
    pub no_answer: String,
    pub handed_over: String,
    pub demo_note: String,
    pub services: BTreeMap<String, String>,
    pub step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub title: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentences {
    pub sentence: Vec<Sentence>,
    pub backward: Vec<Backward>,
    pub document: Vec<Document>,
    pub rejection: Vec<Rejection>,
    pub checklist: Vec<Checklist>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentence {
    pub id: String,
    pub sub_status: String,
    pub now: String,
    pub next: String,
    pub you: String,
    pub short: String,
    pub script: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Backward {
    pub id: String,
    pub reason: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub r#type: String,
    pub name: String,
    pub why: String,
    pub how: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rejection {
    pub code: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Checklist {
    pub code: String,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consents {
    pub consent: Vec<Consent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    pub id: String,
    pub purpose: String,
    pub channel: String,
    pub title: String,
    pub meaning: String,
    pub wording: String,
    pub remuneration: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Messages {
    pub message: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub action: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub title: String,
    pub intro: String,
    pub task: Vec<FormTask>,
    pub question: Vec<FormQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modules {
    pub module: Vec<Module>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Module {
    pub id: String,
    pub stage: String,
    pub minutes: i64,
    pub title: String,
    pub summary: String,
    pub reviewed: String,
    #[serde(rename = "review_due")]
    _review_due: String,
    pub branded: bool,
    pub page: Vec<ModulePage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Faqs {
    pub faq: Vec<Faq>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Faq {
    pub id: String,
    pub stage: String,
    pub question: String,
    pub phrasings: Vec<String>,
    pub answer: String,
    pub reviewed: String,
    pub version: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    pub claim: Vec<ClaimWords>,
    pub script: Vec<Script>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimWords {
    pub id: String,
    pub title: String,
    pub text: String,
    pub document: String,
    pub page: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    pub id: String,
    pub title: String,
    pub text: String,
}
