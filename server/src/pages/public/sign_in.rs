//! The doors of signing in and out.

use crate::pages::{Head, Posted, Reply, Visit, cookies, next};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use domain::error::{Error, Flaw};
use domain::sessions::{self, AccountKind, Door, Opened, SignedIn, Site};
use http::{HeaderMap, header};
use serde::Deserialize;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::public::sign_in as view;
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    next: String,
    out: String,
}

/// The address passkeys belong to.
pub fn site(visit: &Visit) -> Result<Site, Error> {
    Site::new(&visit.app.config.server.base_url, &visit.words().t("common.portal"))
}

/// The door this visit came through.
pub fn door<'a>(visit: &'a Visit, mark: Option<&'a str>, shared: bool) -> Door<'a> {
    Door { device: &visit.origin.device, mark, network: visit.origin.address, shared }
}

pub async fn show(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Reply {
    let Query(asked) = asked.unwrap_or_default();
    let kind = match visit.ctx.actor {
        Actor::Person { .. } => AccountKind::Person,
        Actor::Staff { .. } => AccountKind::Staff,
        Actor::Anonymous | Actor::System(_) => {
            let why = if !asked.out.is_empty() {
                view::Why::SignedOut
            } else if !asked.next.is_empty() {
                view::Why::Private
            } else {
                view::Why::Asked
            };
            return page(&visit, Filled::default(), &asked.next, why);
        }
    };
    Ok(visit.go(&next::destination(&asked.next, kind, visit.locale())))
}

pub async fn post(visit: Visit, headers: HeaderMap, form: Posted) -> Reply {
    let config = &visit.app.config;
    let mark = cookies::mark(config, &headers);
    let door = door(&visit, mark.as_deref(), form.get("shared") == "yes");
    let tried = match form.act() {
        "passkey" => {
            let step = cookies::step(config, &headers).unwrap_or_default();
            let credential = form.get("credential");
            sessions::finish_passkey_sign_in(&visit.ctx, &site(&visit)?, &step, credential, &door)
                .await
                .map(SignedIn::Session)
        }
        // a password is not trimmed: its spaces are its own
        _ => sessions::sign_in(&visit.ctx, form.get("email"), form.raw("password"), &door).await,
    };
    match tried {
        Ok(SignedIn::Session(opened)) => Ok(go_in(&visit, &opened, form.get("next"))),
        Ok(SignedIn::SecondFactor { token }) => {
            let path = paths::second_step(visit.locale());
            let wanted = next::carried(form.get("next"), visit.locale());
            let path = if wanted.is_empty() { path } else { path.query("next", &wanted) };
            Ok(cookies::wait(config, visit.go(&path), &token))
        }
        Err(Error::Invalid(flaws)) => {
            let filled = Filled::refused(without_secrets(&form), flaws);
            page(&visit, filled, form.get("next"), view::Why::Asked)
        }
        // a passkey step that ran out is begun again with the same button
        Err(Error::SignIn) => {
            let filled = Filled::refused(without_secrets(&form), vec![Flaw::new("", "passkey_failed")]);
            page(&visit, filled, form.get("next"), view::Why::Asked)
        }
        Err(error) => Err(error.into()),
    }
}

fn without_secrets(form: &Posted) -> std::collections::BTreeMap<String, String> {
    let mut values = form.values();
    values.retain(|name, _| matches!(name.as_str(), "email" | "shared"));
    values
}

fn page(visit: &Visit, filled: Filled, wanted: &str, why: view::Why) -> Reply {
    let w = visit.words();
    let model = view::SignIn {
        next: next::carried(wanted, visit.locale()),
        has_passkeys: site(visit)?.has_passkeys(),
        filled,
        why,
    };
    let head = Head::new(w.t("sessions.title")).nav(Nav::SignIn);
    Ok(visit.show_or_refuse(model.filled.is_refused(), head, move || view::page(w, model)))
}

fn go_in(visit: &Visit, opened: &Opened, wanted: &str) -> Response {
    let to = next::destination(wanted, opened.kind, visit.locale());
    cookies::open(&visit.app.config, visit.go(&to), &opened.token, &opened.mark)
}

/// For the passkey button: what the browser must know, as JSON.
pub async fn passkey(visit: Visit, headers: HeaderMap) -> Reply {
    let mark = cookies::mark(&visit.app.config, &headers);
    let door = door(&visit, mark.as_deref(), false);
    let begun = sessions::begin_passkey_sign_in(&visit.ctx, &site(&visit)?, &door).await?;
    Ok(options(&visit, begun))
}

/// Options of a passkey step, and its cookie.
pub fn options(visit: &Visit, begun: sessions::Begun) -> Response {
    let json = ([(header::CONTENT_TYPE, "application/json")], begun.options).into_response();
    cookies::wait(&visit.app.config, json, &begun.token)
}

pub async fn second_step(
    visit: Visit,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Reply {
    let Query(asked) = asked.unwrap_or_default();
    let token = cookies::step(&visit.app.config, &headers).ok_or(Error::SignIn)?;
    let choose = sessions::must_choose_password(&visit.ctx, &token).await?;
    second_page(&visit, Filled::default(), &asked.next, choose)
}

pub async fn post_second_step(visit: Visit, headers: HeaderMap, form: Posted) -> Reply {
    let config = &visit.app.config;
    let token = cookies::step(config, &headers).ok_or(Error::SignIn)?;
    let mark = cookies::mark(config, &headers);
    let door = door(&visit, mark.as_deref(), false);
    let new_password = Some(form.raw("new_password"));
    match sessions::second_factor(&visit.ctx, &token, form.get("code"), new_password, &door).await {
        Ok(opened) => Ok(go_in(&visit, &opened, form.get("next"))),
        Err(Error::Invalid(flaws)) => {
            let choose = sessions::must_choose_password(&visit.ctx, &token).await?;
            let filled = Filled::refused(std::collections::BTreeMap::new(), flaws);
            second_page(&visit, filled, form.get("next"), choose)
        }
        Err(error) => Err(error.into()),
    }
}

fn second_page(visit: &Visit, filled: Filled, wanted: &str, choose_password: bool) -> Reply {
    let w = visit.words();
    let model = view::SecondStep { next: next::carried(wanted, visit.locale()), filled, choose_password };
    let head = Head::new(w.t("sessions.title")).nav(Nav::SignIn);
    Ok(visit.show_or_refuse(model.filled.is_refused(), head, move || view::second_step(w, model)))
}

pub async fn sign_out(visit: Visit) -> Reply {
    if visit.ctx.actor == Actor::Anonymous {
        return Ok(visit.go(&paths::sign_in(visit.locale())));
    }
    let w = visit.words();
    Ok(visit.show(Head::new(w.t("common.sign_out")), move || view::sign_out(w)))
}

pub async fn post_sign_out(visit: Visit) -> Reply {
    sessions::sign_out(&visit.ctx).await?;
    let to = paths::sign_in(visit.locale()).query("out", "1");
    Ok(cookies::close(&visit.app.config, visit.go(&to)))
}

pub async fn recover(visit: Visit) -> Reply {
    let w = visit.words();
    let head = Head::new(w.t("sessions.recover.title")).nav(Nav::SignIn);
    Ok(visit.show(head, move || view::recover(w)))
}
