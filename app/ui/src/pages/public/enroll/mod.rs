//! The enrollment: its start, the list of tasks, one question a page, the consents, the answers looked over, the
//! confirmation. The questions are data, their words approved content.

mod check;
mod consents;
mod done;
mod question;
mod start;
mod tasks;

pub use check::{Check, Line, check};
pub use consents::{Channeled, ConsentPage, Whose, consents, fields as consent_fields};
pub(super) use done::received;
pub use done::{Account, Done, Invitation, Picture, account, done, link};
pub use question::{Question, question};
pub use start::{Sent, Start, Why, sent, start};
pub use tasks::{SafetyWords, Task, Tasks, tasks, told};

use crate::i18n::Words;
use crate::markup::{self, Links, SafeHtml};
use domain::content::{Body, FormQuestion, Shown};
use domain::enrollments::rules::CONSENTS;
use domain::locale::Locale;

/// The form's approved words, and whose they are.
#[derive(Debug, Clone)]
pub struct FormWords {
    pub shown: Shown,
    /// The program's code, for links.
    pub program: String,
}

impl FormWords {
    pub fn title(&self) -> String {
        self.shown.variant.title.clone()
    }

    pub fn intro(&self, w: Words) -> SafeHtml {
        let text = match &self.shown.variant.body {
            Body::Form { intro, .. } => intro.as_str(),
            _ => "",
        };
        markup::render(text, Links { locale: w.locale, program: Some(&self.program) })
    }

    /// The name of a task.
    pub fn task(&self, w: Words, id: &str) -> String {
        let named = match &self.shown.variant.body {
            Body::Form { tasks, .. } => {
                tasks.iter().find(|task| task.id == id).map(|task| task.title.clone())
            }
            _ => None,
        };
        match named {
            Some(title) => title,
            None if id == CONSENTS => w.t("enrollments.consents_task"),
            None => id.to_owned(),
        }
    }

    pub fn question(&self, id: &str) -> Option<&FormQuestion> {
        match &self.shown.variant.body {
            Body::Form { questions, .. } => questions.iter().find(|question| question.id == id),
            _ => None,
        }
    }

    /// The words' language, where it is not the page's.
    pub fn other_language(&self) -> Option<Locale> {
        self.shown.is_fallback.then_some(self.shown.variant.locale)
    }
}
