//! An error as a person reads it: what happened to what they typed, and what to do next.

use crate::components::Phone;
use crate::document::ProgramLine;
use crate::i18n::Words;
use crate::paths;
use domain::error::Error;
use leptos::prelude::*;

/// What became of what the person had typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// They had typed nothing.
    #[default]
    Nothing,
    /// It is stored and will be there when they come back.
    Saved,
    /// It could not be stored.
    Lost,
}

/// A page that tells of a problem.
#[derive(Debug, Clone)]
pub struct Problem {
    pub status: u16,
    /// The last part of its keys, `problem.<code>.…`.
    pub code: &'static str,
    pub kept: Kept,
    /// For the `Retry-After` header and the sentence.
    pub retry_after_seconds: Option<u32>,
}

impl Problem {
    pub fn of(error: &Error, kept: Kept) -> Problem {
        let (status, code, retry_after_seconds) = match error {
            Error::Invalid(_) => (422, "invalid", None),
            Error::Conflict(_) => (409, "conflict", None),
            Error::NotFound => (404, "not_found", None),
            Error::SignIn => (401, "sign_in", None),
            Error::Throttled { retry_after_seconds } => (429, "throttled", Some(*retry_after_seconds)),
            Error::Unavailable(_) => (503, "unavailable", Some(60)),
            Error::Internal(_) => (500, "internal", None),
        };
        Problem { status, code, kept, retry_after_seconds }
    }

    pub fn not_found() -> Problem {
        Problem::of(&Error::NotFound, Kept::Nothing)
    }

    /// Bytes that are no form, a body too large: the request itself was wrong.
    pub fn bad_request(status: u16) -> Problem {
        let code = if status == 413 { "too_large" } else { "bad_request" };
        Problem { status, code, kept: Kept::Lost, retry_after_seconds: None }
    }

    pub fn title(&self, w: Words) -> String {
        w.t(&format!("problem.{}.title", self.code))
    }
}

/// The body of the page.
pub fn view(w: Words, problem: &Problem, program: Option<&ProgramLine>) -> AnyView {
    let code = problem.code;
    let wait = problem.retry_after_seconds.filter(|_| code == "throttled").map(|seconds| {
        let minutes = i64::from(seconds.div_ceil(60).max(1));
        view! { <p>{w.count("problem.try_again_in", minutes)}</p> }
    });
    let kept = match problem.kept {
        Kept::Nothing => None,
        Kept::Saved => Some("problem.answers_saved"),
        Kept::Lost => Some("problem.answers_lost"),
    };
    let call = program.map(|program| {
        view! { <p>{w.t("problem.or_call")}" "<Phone number=program.phone.clone()/>". "{program.hours.clone()}</p> }
    });
    let next = match code {
        "sign_in" => {
            view! { <a class="button" href=paths::sign_in(w.locale)>{w.t("common.nav.sign_in")}</a> }
                .into_any()
        }
        _ => view! { <a href=paths::portal(w.locale)>{w.t("problem.to_the_first_page")}</a> }.into_any(),
    };
    view! {
        <h1>{problem.title(w)}</h1>
        <p class="lead">{w.t(&format!("problem.{code}.text"))}</p>
        {kept.map(|key| view! { <p>{w.t(key)}</p> })}
        {wait}
        {call}
        <p>{next}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::locale::Locale;

    #[test]
    fn every_error_is_told_in_every_language_without_its_inner_text() {
        let errors = [
            Error::Invalid(vec![]),
            Error::Conflict("inner"),
            Error::NotFound,
            Error::SignIn,
            Error::Throttled { retry_after_seconds: 61 },
            Error::Unavailable("inner"),
            Error::internal("inner"),
        ];
        let problems = errors.iter().map(|error| Problem::of(error, Kept::Saved));
        for problem in problems.chain([Problem::bad_request(400), Problem::bad_request(413)]) {
            for locale in Locale::ALL {
                let told = problem.clone();
                let page = crate::document::fragment(move || view(Words::of(locale), &told, None));
                assert!(!page.contains("inner") && !page.contains("problem."), "{locale}: {page}");
                assert_eq!(page.matches("<h1>").count(), 1);
            }
        }
    }

    #[test]
    fn who_tried_too_often_is_told_when_to_come_back() {
        let problem = Problem::of(&Error::Throttled { retry_after_seconds: 61 }, Kept::Nothing);
        let page = crate::document::fragment(move || view(Words::of(Locale::En), &problem, None));
        assert!(page.contains("Please try again in 2 minutes."), "{page}");
    }
}
