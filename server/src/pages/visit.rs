//! One visit of one person to one page: the context for the domain, and the ways to answer.

use super::Problem;
use crate::config::Config;
use crate::state::App;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use domain::content::{Body, Kind};
use domain::ctx::Ctx;
use domain::error::Error;
use domain::locale::Locale;
use domain::programs::Program;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::prelude::IntoView;
use std::net::IpAddr;
use std::sync::Arc;
use ui::document::{Audience, Nav, ProgramLine, Shell, staff_entries};
use ui::i18n::Words;
use ui::paths::{self, Path};
use ui::problem::{self, Kept};

/// A request below `/{locale}`, with who and where.
#[derive(Clone)]
pub struct Visit {
    pub app: App,
    pub ctx: Ctx,
    /// The page itself, with its query.
    pub here: Path,
    /// A script asked for the changed regions only.
    pub is_fragment: bool,
    pub origin: Origin,
}

/// Where a request comes from. Never logged, never stored as it is.
#[derive(Debug, Clone)]
pub struct Origin {
    pub address: IpAddr,
    /// `Firefox · Android`: enough to recognise one's own device in a list.
    pub device: String,
}

/// The head of a page.
#[derive(Debug, Clone, Default)]
pub struct Head {
    title: String,
    nav: Option<Nav>,
    program: Option<Arc<Program>>,
    refresh: Option<u32>,
}

impl Head {
    /// The title holds no name, medicine or condition: it stands in browser histories.
    pub fn new(title: impl Into<String>) -> Head {
        Head { title: title.into(), ..Head::default() }
    }

    pub fn nav(mut self, nav: Nav) -> Head {
        self.nav = Some(nav);
        self
    }

    /// Whose phone and safety information stand at the foot.
    pub fn program(mut self, program: &Arc<Program>) -> Head {
        self.program = Some(program.clone());
        self
    }

    /// Loads itself again after so many seconds, without scripts.
    pub fn refresh(mut self, seconds: u32) -> Head {
        self.refresh = Some(seconds);
        self
    }
}

impl Visit {
    pub fn locale(&self) -> Locale {
        self.ctx.locale
    }

    pub fn words(&self) -> Words {
        Words::of(self.ctx.locale)
    }

    /// The page, 200.
    pub fn show<V: IntoView + 'static>(&self, head: Head, body: impl FnOnce() -> V) -> Response {
        self.answer(StatusCode::OK, head, false, body)
    }

    /// The same page again, 422, because its form was refused.
    pub fn refuse<V: IntoView + 'static>(&self, head: Head, body: impl FnOnce() -> V) -> Response {
        self.answer(StatusCode::UNPROCESSABLE_ENTITY, head, true, body)
    }

    /// 200 or 422, by whether the form was refused.
    pub fn show_or_refuse<V: IntoView + 'static>(
        &self,
        is_refused: bool,
        head: Head,
        body: impl FnOnce() -> V,
    ) -> Response {
        let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.answer(status, head, is_refused, body)
    }

    /// On to another page after something was done: 303, or for a script the place to go to.
    pub fn go(&self, to: &Path) -> Response {
        if self.is_fragment {
            let to = HeaderValue::from_str(to.as_str()).unwrap_or(HeaderValue::from_static("/"));
            return (StatusCode::OK, [("x-location", to), ("x-fragment", HeaderValue::from_static("1"))])
                .into_response();
        }
        (StatusCode::SEE_OTHER, [(header::LOCATION, to.as_str().to_owned())]).into_response()
    }

    fn answer<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        head: Head,
        refused: bool,
        body: impl FnOnce() -> V,
    ) -> Response {
        let (html, fragment) = if self.is_fragment {
            (ui::document::fragment_of(&self.shell(head, refused), body), "1")
        } else {
            (ui::document::html(&self.shell(head, refused), body), "0")
        };
        let mut response = (status, html).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.locale().tag()));
        headers.insert("x-page", HeaderValue::from_static("1"));
        if fragment == "1" {
            headers.insert("x-fragment", HeaderValue::from_static("1"));
        }
        response
    }

    fn shell(&self, head: Head, refused: bool) -> Shell {
        let (audience, signed_in) = match &self.ctx.actor {
            Actor::Staff { .. } => (Audience::Staff, true),
            Actor::Person { .. } => (Audience::Patient, true),
            Actor::Anonymous | Actor::System(_) => (Audience::Public, false),
        };
        Shell {
            audience,
            nav: head.nav,
            entries: if audience == Audience::Staff { staff_entries(&self.ctx.actor) } else { Vec::new() },
            signed_in,
            programs: self.lines(head.program.as_deref()),
            demo: self.app.config.demo.enabled,
            refused,
            refresh: head.refresh,
            ..Shell::new(self.words(), head.title, self.here.clone(), self.app.assets.for_pages())
        }
    }

    /// The lines of help at the foot: the page's program, or every program there is.
    fn lines(&self, program: Option<&Program>) -> Vec<ProgramLine> {
        match program {
            Some(program) => vec![self.help(program)],
            None if self.ctx.actor.is_staff() => Vec::new(),
            None => self.app.portal.programs.all().iter().map(|program| self.help(program)).collect(),
        }
    }

    /// The line of help of a program, from its approved content.
    pub fn help(&self, program: &Program) -> ProgramLine {
        self.help_in(program, self.locale())
    }

    /// The same in another language: staff see what a patient sees.
    pub fn help_in(&self, program: &Program, locale: Locale) -> ProgramLine {
        let shelf = self.ctx.library().shelf();
        let text = |slug| match shelf
            .find(program.id, Kind::Page, slug, locale)
            .map(|shown| shown.variant.body.clone())
        {
            Some(Body::Page { text }) => text,
            _ => String::new(),
        };
        ProgramLine {
            name: program.name.clone(),
            phone: program.phone.clone(),
            tty: Some(program.tty.clone()),
            hours: text("hours"),
            language_line: text("language_line"),
            safety: Some(paths::safety(locale, &program.code)),
        }
    }

    /// A page that explains an error and what to do next.
    pub fn problem(&self, error: &Error) -> Response {
        match error {
            Error::Internal(_) => tracing::error!(request = self.ctx.request, %error, "a page failed"),
            Error::Unavailable(_) => {
                tracing::warn!(request = self.ctx.request, %error, "a page could not be served")
            }
            _ => {}
        }
        self.draw(problem::Problem::of(error, Kept::Nothing))
    }

    /// A page for a request that no page could read.
    pub fn refusal(&self, status: StatusCode) -> Response {
        match status {
            StatusCode::NOT_FOUND => self.draw(problem::Problem::not_found()),
            status => self.draw(problem::Problem::bad_request(status.as_u16())),
        }
    }

    fn draw(&self, problem: problem::Problem) -> Response {
        let w = self.words();
        let program = self.app.portal.programs.all().first().cloned();
        let line = program.as_deref().map(|program| self.help(program));
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let title = problem.title(w);
        let retry = problem.retry_after_seconds;
        let mut response =
            self.answer(status, Head::new(title), false, move || problem::view(w, &problem, line.as_ref()));
        if let Some(seconds) = retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Problem> {
        parts
            .extensions
            .get::<Visit>()
            .cloned()
            .ok_or_else(|| Error::internal("a page outside of a visit").into())
    }
}

/// The name of the session's cookie: bound to this host where the portal is served over TLS.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-handrail" } else { "handrail" }
}

/// The session's token, if the browser sent one.
pub fn session_cookie(config: &Config, headers: &HeaderMap) -> Option<String> {
    cookie(headers, cookie_name(config))
}

/// A cookie by its name.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name && value.len() <= 200).then(|| value.to_owned()))
}

/// A device as its owner would name it.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    domain::sessions::rules::device_label(agent)
}
