//! The account's doors: for patients and for staff alike.

use crate::pages::public::sign_in::{door, options, site};
use crate::pages::{Head, Posted, Reply, Visit, cookies};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use domain::error::{Error, Flaw, Result};
use domain::sessions::{self, Renewed};
use fast_qr::{ECL, QRBuilder};
use http::HeaderMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::patient::account as view;
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    told: String,
}

/// What the page may say after something was done.
const TOLD: [&str; 8] = [
    "proved",
    "password",
    "codes_on",
    "codes_off",
    "passkey_added",
    "passkey_removed",
    "ended",
    "others_ended",
];

pub async fn show(visit: Visit, asked: std::result::Result<Query<Asked>, QueryRejection>) -> Reply {
    let Query(asked) = asked.unwrap_or_default();
    page(&visit, Filled::default(), TOLD.into_iter().find(|told| *told == asked.told)).await
}

pub async fn post(visit: Visit, headers: HeaderMap, form: Posted) -> Reply {
    let done = act(&visit, &headers, &form).await;
    match done {
        Ok(Done::Told(told)) => Ok(back(&visit, told)),
        Ok(Done::Renewed(told, renewed)) => {
            Ok(cookies::open(&visit.app.config, back(&visit, told), &renewed.token, &renewed.mark))
        }
        Ok(Done::Codes(token)) => {
            let to = visit.go(&paths::account_codes(visit.locale()));
            Ok(cookies::wait(&visit.app.config, to, &token))
        }
        Err(Error::Invalid(flaws)) => {
            let mut values = form.values();
            values.retain(|name, _| name == "name"); // no password and no code comes back
            let filled = Filled::refused(values, flaws).prefixed(prefix(form.act()));
            page(&visit, filled, None).await
        }
        // ten minutes are over: the page asks again who it is, and says why
        Err(Error::Conflict("prove_again")) => {
            let flaws = vec![Flaw::new("", "prove_again")];
            page(&visit, Filled::refused(BTreeMap::new(), flaws).prefixed("prove"), None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What came of a form.
enum Done {
    Told(&'static str),
    /// The session goes on under a new token.
    Renewed(&'static str, Renewed),
    /// Codes wait for their first one.
    Codes(String),
}

async fn act(visit: &Visit, headers: &HeaderMap, form: &Posted) -> Result<Done> {
    let (ctx, config) = (&visit.ctx, &visit.app.config);
    let mark = cookies::mark(config, headers);
    let door = door(visit, mark.as_deref(), false);
    let step = || cookies::step(config, headers).ok_or_else(|| Error::invalid("", "passkey_failed"));
    Ok(match form.act() {
        "prove" => {
            let renewed = sessions::prove(ctx, form.raw("password"), form.get("code"), &door).await?;
            Done::Renewed("proved", renewed)
        }
        "prove_passkey" => {
            let (site, credential) = (site(visit)?, form.get("credential"));
            let renewed = sessions::prove_with_passkey(ctx, &site, &step()?, credential, &door).await;
            Done::Renewed("proved", over_is_failed(renewed)?)
        }
        "password" => {
            let renewed = sessions::change_password(ctx, form.raw("new_password"), &door).await?;
            Done::Renewed("password", renewed)
        }
        "codes_on" => Done::Codes(sessions::begin_totp(ctx, &issuer(visit)).await?.token),
        "codes_off" => {
            sessions::remove_totp(ctx).await?;
            Done::Told("codes_off")
        }
        "passkey_add" => {
            let (name, credential) = (form.get("name"), form.get("credential"));
            let added = sessions::finish_passkey(ctx, &site(visit)?, &step()?, name, credential).await;
            over_is_failed(added)?;
            Done::Told("passkey_added")
        }
        "passkey_remove" => {
            let passkey = form.get("passkey").parse().map_err(|_| Error::NotFound)?;
            sessions::remove_passkey(ctx, passkey).await?;
            Done::Told("passkey_removed")
        }
        "end" => {
            let session = form.get("session").parse().map_err(|_| Error::NotFound)?;
            sessions::revoke(ctx, session).await?;
            Done::Told("ended")
        }
        "end_others" => {
            sessions::revoke_others(ctx).await?;
            Done::Told("others_ended")
        }
        _ => return Err(Error::NotFound),
    })
}

/// A passkey step that ran out is begun again with the same button.
fn over_is_failed<T>(outcome: Result<T>) -> Result<T> {
    outcome.map_err(|error| match error {
        Error::SignIn | Error::NotFound => Error::invalid("", "passkey_failed"),
        other => other,
    })
}

/// The form of the page that an act belongs to.
fn prefix(act: &str) -> &'static str {
    match act {
        "password" => "password",
        "passkey_add" => "passkey",
        "prove" | "prove_passkey" => "prove",
        _ => "account",
    }
}

fn back(visit: &Visit, told: &'static str) -> Response {
    visit.go(&paths::account(visit.locale()).query("told", told))
}

async fn page(visit: &Visit, filled: Filled, told: Option<&'static str>) -> Reply {
    let w = visit.words();
    let zone = visit.app.portal.programs.all().first().map_or("UTC".to_owned(), |first| first.zone.clone());
    let model = view::Account {
        methods: sessions::methods(&visit.ctx).await?,
        sessions: sessions::list(&visit.ctx).await?,
        has_passkeys: site(visit)?.has_passkeys(),
        filled,
        told,
        zone,
    };
    let head = Head::new(w.t("account.title")).nav(Nav::Account);
    Ok(visit.show_or_refuse(model.filled.is_refused(), head, move || view::page(w, model)))
}

/// For the button that adds a passkey: what the browser must know, as JSON.
pub async fn passkey(visit: Visit) -> Reply {
    let begun = sessions::begin_passkey(&visit.ctx, &site(&visit)?).await?;
    Ok(options(&visit, begun))
}

pub async fn codes(visit: Visit, headers: HeaderMap) -> Reply {
    codes_page(&visit, &headers, Filled::default()).await
}

pub async fn post_codes(visit: Visit, headers: HeaderMap, form: Posted) -> Reply {
    let step = cookies::step(&visit.app.config, &headers).unwrap_or_default();
    match sessions::confirm_totp(&visit.ctx, &step, form.get("code")).await {
        Ok(()) => Ok(cookies::end_step(&visit.app.config, back(&visit, "codes_on"))),
        Err(Error::Invalid(flaws)) => {
            codes_page(&visit, &headers, Filled::refused(BTreeMap::new(), flaws)).await
        }
        Err(Error::NotFound) => Ok(visit.go(&paths::account(visit.locale()))),
        Err(error) => Err(error.into()),
    }
}

/// The setup that waits; without one there is only the account to go back to.
async fn codes_page(visit: &Visit, headers: &HeaderMap, filled: Filled) -> Reply {
    let step = cookies::step(&visit.app.config, headers).unwrap_or_default();
    let setup = match sessions::pending_totp(&visit.ctx, &issuer(visit), &step).await {
        Ok(setup) => setup,
        Err(Error::NotFound) => return Ok(visit.go(&paths::account(visit.locale()))),
        Err(error) => return Err(error.into()),
    };
    let w = visit.words();
    let (picture, size) = drawing(&setup.url)?;
    let model = view::Codes { filled, secret: setup.secret, url: setup.url, picture, size };
    let head = Head::new(w.t("account.codes.setup")).nav(Nav::Account);
    Ok(visit.show_or_refuse(model.filled.is_refused(), head, move || view::codes_page(w, model)))
}

fn issuer(visit: &Visit) -> String {
    visit.words().t("common.portal")
}

/// A QR code's dark squares as the path of a drawing, and its width in squares.
pub fn drawing(text: &str) -> Result<(String, usize)> {
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|_| Error::internal("an address does not fit into a picture code"))?;
    let mut path = String::new();
    for y in 0..code.size {
        for x in 0..code.size {
            if code.data.get(y * code.size + x).is_some_and(|module| module.value()) {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    Ok((path, code.size))
}
