//! The doors of the enrollment.

mod check;
mod done;
mod form;

pub(super) use check::consent_value;
pub use check::{post as post_check, show as show_check};
pub use done::{picture, post as post_done, show as show_done};
pub(super) use form::given;
pub use form::{ask, post, post_answer, show};
pub(crate) use form::{safety_code, safety_words};

use crate::pages::{Posted, Visit, cookies};
use domain::consents::{Channel, Purpose, types::slug};
use domain::content::{Kind, Shown};
use domain::enrollments::rules::{self, CONSENTS};
use domain::enrollments::{ConsentForm, ConsentPage, Step};
use domain::error::{Error, Result};
use domain::programs::Program;
use http::HeaderMap;
use std::sync::Arc;
use ui::pages::public::enroll::{Channeled, FormWords};
use ui::paths::{self, Path};

/// How long a browser keeps a form's token: as long as the form lives.
const FORM_SECONDS: u32 = 30 * 24 * 60 * 60;

/// A program, its form's words, and this browser's token.
struct Place {
    program: Arc<Program>,
    words: FormWords,
    token: Option<String>,
}

impl Place {
    fn of(visit: &Visit, code: &str, headers: &HeaderMap) -> Result<Place> {
        let program = visit.ctx.portal.programs.by_code(code).ok_or(Error::NotFound)?;
        let shown = visit
            .ctx
            .library()
            .shelf()
            .find(program.id, Kind::Form, "enrollment", visit.locale())
            .ok_or_else(|| Error::internal("a program's form has no words"))?;
        let token = cookies::form(&visit.app.config, headers, &program.code);
        Ok(Place { words: FormWords { shown, program: program.code.clone() }, program, token })
    }

    fn step(&self, visit: &Visit, step: &Step<'_>) -> Path {
        paths::enroll_question(visit.locale(), &self.program.code, step.task(), step.id())
    }

    fn tasks(&self, visit: &Visit) -> Path {
        paths::enroll(visit.locale(), &self.program.code)
    }

    fn done(&self, visit: &Visit) -> Path {
        paths::enroll_done(visit.locale(), &self.program.code)
    }

    fn check(&self, visit: &Visit) -> Path {
        paths::enroll_check(visit.locale(), &self.program.code)
    }

    /// The form that was begun here is not there any more.
    fn gone(&self, visit: &Visit) -> Path {
        self.tasks(visit).query("gone", "1")
    }

    /// Whether the program has such a page at all, asked or not.
    fn knows(&self, task: &str, id: &str) -> bool {
        let form = &self.program.settings.form;
        form.iter().any(|question| question.task == task && question.id == id)
            || (task == CONSENTS && rules::consent_steps(&self.program).iter().any(|step| step.id() == id))
    }
}

/// The channels of a purpose with their live words.
pub(super) fn channeled(
    visit: &Visit,
    program: &Program,
    purpose: Purpose,
    channels: &[Channel],
) -> Result<Vec<Channeled>> {
    let shelf = visit.ctx.library().shelf();
    channels
        .iter()
        .map(|channel| {
            let words: Shown = shelf
                .find(program.id, Kind::Consent, &slug(purpose, *channel), visit.locale())
                .ok_or_else(|| Error::internal("a consent that is asked for has no wording"))?;
            Ok(Channeled { channel: *channel, words })
        })
        .collect()
}

/// A page of consents as it was posted.
pub(super) fn consent_page(posted: &Posted) -> ConsentPage {
    let ticked =
        Channel::ALL.iter().copied().filter(|channel| posted.get(&format!("channel-{channel}")) == "yes");
    let editions = Channel::ALL.iter().copied().filter_map(|channel| {
        posted.get(&format!("edition-{channel}")).parse().ok().map(|edition| (channel, edition))
    });
    ConsentPage {
        form: ConsentForm {
            agree: posted.get("agree").to_owned(),
            ticked: ticked.collect(),
            signature: posted.get("signature").to_owned(),
        },
        editions: editions.collect(),
    }
}
