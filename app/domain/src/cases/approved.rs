//! Approved words about a case, from the live library: in the reader's language, or in English and marked.

use super::SubStatus;
use super::views::{Phrase, Sentence};
use crate::content::{Body, Kind, Library, Shelf, Shown};
use crate::ids::ProgramId;
use crate::locale::Locale;
use std::sync::Arc;

/// The shelf as one reader of one program sees it. Taken once a page.
pub(crate) struct Approved {
    shelf: Arc<Shelf>,
    program: ProgramId,
    locale: Locale,
}

impl Approved {
    pub(crate) fn new(library: &Library, program: ProgramId, locale: Locale) -> Approved {
        Approved { shelf: library.shelf(), program, locale }
    }

    fn find(&self, kind: Kind, slug: &str) -> Option<Shown> {
        self.shelf.find(self.program, kind, slug, self.locale)
    }

    /// The sentence of a sub-status.
    pub(crate) fn sentence(&self, sub_status: SubStatus) -> Option<Sentence> {
        let variant = self.find(Kind::Sentence, sub_status.code())?.variant;
        let Body::Sentence { now, next, you, short, script } = variant.body.clone() else { return None };
        Some(Sentence {
            now,
            next,
            you,
            short,
            script,
            locale: variant.locale,
            code: variant.code.clone(),
            edition: variant.edition,
            reviewed_on: variant.reviewed_on,
        })
    }

    /// Its label.
    pub(crate) fn short(&self, sub_status: SubStatus) -> Phrase {
        match self.sentence(sub_status) {
            Some(sentence) => Phrase { text: sentence.short, locale: sentence.locale },
            None => Phrase { text: sub_status.code().replace('_', " "), locale: Locale::En },
        }
    }

    /// The item and edition a patient is shown, for the status row.
    pub(crate) fn sentence_shown(&self, sub_status: SubStatus) -> Option<(String, i64)> {
        let variant = self.find(Kind::Sentence, sub_status.code())?.variant;
        Some((variant.item.clone(), variant.edition))
    }

    /// Why a case went back.
    pub(crate) fn backward(&self, reason: &str) -> Option<Phrase> {
        let variant = self.find(Kind::Backward, reason)?.variant;
        let Body::Backward { text } = variant.body.clone() else { return None };
        Some(Phrase { text, locale: variant.locale })
    }

    /// Every reason a patient can be told, in its order.
    pub(crate) fn backward_reasons(&self) -> Vec<(String, Phrase)> {
        self.shelf
            .list_or_fallback(self.program, Kind::Backward, self.locale)
            .into_iter()
            .filter_map(|shown| {
                let slug = shown.variant.slug.clone();
                self.backward(&slug).map(|phrase| (slug, phrase))
            })
            .collect()
    }

    /// The name of a type of document.
    pub(crate) fn document(&self, kind: &str) -> Phrase {
        let found = self.find(Kind::Document, kind).map(|shown| shown.variant);
        match found.as_deref().map(|variant| (&variant.body, variant.locale)) {
            Some((Body::Document { name, .. }, locale)) => Phrase { text: name.clone(), locale },
            _ => Phrase { text: kind.replace('_', " "), locale: Locale::En },
        }
    }

    /// Why a document could not be taken.
    pub(crate) fn rejection(&self, code: &str) -> Option<Phrase> {
        let variant = self.find(Kind::Rejection, code)?.variant;
        let Body::Rejection { text } = variant.body.clone() else { return None };
        Some(Phrase { text, locale: variant.locale })
    }

    /// What a consent is called, by `purpose.channel`.
    pub(crate) fn consent(&self, slug: &str) -> Option<Phrase> {
        let variant = self.find(Kind::Consent, slug)?.variant;
        Some(Phrase { text: variant.title.clone(), locale: variant.locale })
    }

    /// The name of an item of the checklist.
    pub(crate) fn check_item(&self, code: &str) -> Phrase {
        let found = self.find(Kind::Checklist, code).map(|shown| shown.variant);
        match found.as_deref().map(|variant| (&variant.body, variant.locale)) {
            Some((Body::Checklist { name }, locale)) => Phrase { text: name.clone(), locale },
            _ => Phrase { text: code.replace('_', " "), locale: Locale::En },
        }
    }

    /// The name of a stage and what happens in it.
    pub(crate) fn stage(&self, place: usize) -> Option<(Phrase, Phrase)> {
        let variant = self.find(Kind::Page, &format!("step.{place}"))?.variant;
        let Body::Page { text } = variant.body.clone() else { return None };
        let phrase = |text| Phrase { text, locale: variant.locale };
        Some((phrase(variant.title.clone()), phrase(text)))
    }

    pub(crate) fn stages(&self) -> [Option<(Phrase, Phrase)>; 4] {
        [self.stage(1), self.stage(2), self.stage(3), self.stage(4)]
    }

    /// Questions and answers of the enrollment, in the order of the form; what has no words keeps its code.
    pub(crate) fn answers(
        &self,
        answers: &str,
        order: &[crate::programs::Question],
    ) -> Vec<(String, String)> {
        let Ok(answers) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(answers) else {
            return Vec::new();
        };
        let form = self.shelf.list_or_fallback(self.program, Kind::Form, self.locale);
        let words = form.first().and_then(|shown| match &shown.variant.body {
            Body::Form { questions, .. } => Some(questions),
            _ => None,
        });
        order
            .iter()
            .filter_map(|question| {
                let given = answers.get(&question.id)?.as_str()?.trim();
                if given.is_empty() {
                    return None;
                }
                let words = words.and_then(|words| words.iter().find(|word| word.id == question.id));
                let label = words.map_or_else(|| question.id.replace('_', " "), |word| word.short.clone());
                let value = words.and_then(|word| word.options.get(given).cloned());
                Some((label, value.unwrap_or_else(|| given.to_owned())))
            })
            .collect()
    }
}
