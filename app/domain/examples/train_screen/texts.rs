//! The texts to learn from, and what each says about each head.

use domain::safety::screen::model::{Head, LANGUAGES, Window, features_of};
use domain::safety::screen::{Kind, by_lists};
use serde::Deserialize;
use std::error::Error;
use std::path::Path;

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Written by us for training.
    Own,
    /// Sentences of drug reviews.
    Reviews,
    /// Questions like those a portal is asked, none a report.
    Portal,
    /// Letters to counsellors.
    Letters,
    /// Phrases by which other projects probe for crises.
    Probes,
}

pub struct Text {
    pub origin: Origin,
    /// Place in [`LANGUAGES`].
    pub language: usize,
    /// Whether it must reach a person.
    pub label: bool,
    /// `none`, `ae`, `crisis`, `emergency`, `pqc`, `special`; empty where the set does not say.
    pub kind: String,
    pub windows: Vec<Window>,
    /// What the lists alone find.
    pub listed: Vec<Kind>,
}

impl Text {
    /// Whether the head should fire; nothing where the set does not say.
    pub fn target(&self, head: Head) -> Option<bool> {
        match (head, self.origin) {
            (_, Origin::Portal) => Some(false),
            (Head::Crisis, Origin::Letters | Origin::Probes) => Some(self.label),
            // some reviews do speak of wanting to die
            (Head::Crisis, Origin::Reviews) => (!self.listed.contains(&Kind::Crisis)).then_some(false),
            (Head::Reaction, Origin::Reviews) => Some(self.label),
            (Head::Reaction, Origin::Probes) => (!self.label).then_some(false),
            (_, Origin::Own) => match (head, self.kind.as_str()) {
                (_, "none") => Some(false),
                (Head::Reaction, "crisis") => None,
                (Head::Reaction, kind) => Some(kind == "ae" || kind == "emergency"),
                (Head::Crisis, kind) => Some(kind == "crisis"),
            },
            _ => None,
        }
    }

    /// How much it counts. A review without a reaction still sounds like a patient and often names an illness: it counts
    /// less than a question to a portal, or reactions would be missed.
    pub fn weight(&self, head: Head) -> f32 {
        match (head, self.origin, self.label) {
            (Head::Reaction, Origin::Reviews, false) => 0.4,
            // few and to the point
            (_, Origin::Own | Origin::Probes, _) => 3.0,
            _ => 1.0,
        }
    }
}

#[derive(Deserialize)]
struct Line {
    text: String,
    label: u8,
    source: String,
    lang: String,
}

/// Reads all files, in the order given.
pub fn read_all(files: &[impl AsRef<Path>]) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for file in files {
        let file = file.as_ref();
        let content = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let at = |number: usize| format!("{} line {}", file.display(), number + 1);
        if file.extension().is_some_and(|e| e == "toml") {
            texts.extend(approved_questions(file, &content)?);
            continue;
        }
        let own = file.extension().is_some_and(|e| e == "tsv");
        let language = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        for (number, line) in
            content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
        {
            let text = if own { own_text(line, language) } else { public_text(line) };
            texts.push(text.ok_or_else(|| at(number))?);
        }
    }
    Ok(texts)
}

/// The approved questions of a program and their other phrasings (`faq.en.toml`): what people ask, and no report.
fn approved_questions(file: &Path, content: &str) -> Result<Vec<Text>, Box<dyn Error>> {
    #[derive(Deserialize)]
    struct Faq {
        question: String,
        #[serde(default)]
        phrasings: Vec<String>,
    }
    #[derive(Deserialize)]
    struct All {
        faq: Vec<Faq>,
    }
    let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let language = name.rsplit('.').next().unwrap_or_default();
    let all: All = toml::from_str(content)?;
    let texts = all.faq.iter().flat_map(|faq| std::iter::once(&faq.question).chain(&faq.phrasings));
    Ok(texts.filter_map(|text| text_of(Origin::Own, language, false, "none", text)).collect())
}

fn own_text(line: &str, language: &str) -> Option<Text> {
    let mut fields = line.split('\t');
    let (label, kind, text) = (fields.next()?, fields.next()?, fields.next()?);
    text_of(Origin::Own, language, matches!(label, "1" | "yes" | "must"), kind, text)
}

fn public_text(line: &str) -> Option<Text> {
    let line: Line = serde_json::from_str(line).ok()?;
    let origin = match line.source.split(':').next()? {
        "PsyTAR" => Origin::Reviews,
        "VIRA" | "CLINC-oos" => Origin::Portal,
        "counsel-chat" => Origin::Letters,
        "empathySync" | "UGM-AICare" => Origin::Probes,
        _ => return None,
    };
    text_of(origin, &line.lang, line.label == 1, "", &line.text)
}

fn text_of(origin: Origin, language: &str, label: bool, kind: &str, text: &str) -> Option<Text> {
    let tag = language;
    let language = LANGUAGES.iter().position(|l| *l == tag)?;
    Some(Text {
        origin,
        language,
        label,
        kind: kind.to_owned(),
        windows: features_of(text, tag),
        listed: by_lists(text, tag).kinds,
    })
}
