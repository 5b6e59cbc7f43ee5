//! The account: how one signs in, and where one is signed in.

use crate::components::{
    Button, Ceremony, ErrorSummary, Fact, Facts, Field, Filled, Form, Isolate, Kind, Look, Mark, Notice,
    PasskeyButton, Rail, Stop, Tone, When, Width,
};
use crate::i18n::Words;
use crate::pages::public::sign_in::with_passkey;
use crate::paths;
use domain::sessions::{Factors, Methods, PasskeyView, SessionView};
use domain::time::Timestamp;
use leptos::prelude::*;

pub struct Account {
    pub methods: Methods,
    pub sessions: Vec<SessionView>,
    /// The refused form; its prefix names it.
    pub filled: Filled,
    /// What was just done, the last part of its key.
    pub told: Option<&'static str>,
    pub has_passkeys: bool,
    pub zone: String,
}

pub fn page(w: Words, model: Account) -> impl IntoView {
    let Account { methods, sessions, filled, told, has_passkeys, zone } = model;
    let told = told.filter(|_| !filled.is_refused());
    let of = |prefix: &'static str| {
        if filled.prefix == prefix { filled.clone() } else { Filled::default().prefixed(prefix) }
    };
    let changes = if methods.fresh {
        let keys = has_passkeys.then(|| passkeys(w, &methods.passkeys, of("passkey"), &zone));
        view! { {password(w, &methods, of("password"))} {codes(w, &methods)} {keys} }.into_any()
    } else {
        view! { {prove(w, &methods, of("prove"), has_passkeys)} }.into_any()
    };
    view! {
        <ErrorSummary w filled=filled.clone()/>
        {told.map(|told| view! { <Notice tone=Tone::Success title=w.t(&format!("account.told.{told}"))/> })}
        <h1>{w.t("account.title")}</h1>
        <section>
            <h2>{w.t("account.ways")}</h2>
            {ways(w, &methods, &zone)}
        </section>
        {changes}
        {devices(w, sessions, &zone)}
    }
}

/// How one can sign in now.
fn ways(w: Words, methods: &Methods, zone: &str) -> impl IntoView + use<> {
    let password = since(w, methods.password_set_at, "account.none", zone);
    let codes = since(w, methods.totp_since, "account.off", zone);
    let email = methods.email.clone();
    let passkeys = match methods.passkeys.len() {
        0 => w.t("account.none"),
        count => w.number(i64::try_from(count).unwrap_or(i64::MAX)),
    };
    view! {
        <Facts>
            <Fact label=w.t("sessions.email")><Isolate text=email/></Fact>
            <Fact label=w.t("sessions.password")>{password}</Fact>
            <Fact label=w.t("account.codes.title")>{codes}</Fact>
            <Fact label=w.t("account.passkeys.title")>{passkeys}</Fact>
        </Facts>
    }
}

fn since(w: Words, at: Option<Timestamp>, none: &str, zone: &str) -> AnyView {
    let zone = zone.to_owned();
    match at {
        Some(at) => view! { {w.t("account.since")}" "<When w at zone/> }.into_any(),
        None => w.t(none).into_any(),
    }
}

/// Before a change: who is asking?
fn prove(w: Words, methods: &Methods, filled: Filled, has_passkeys: bool) -> impl IntoView + use<> {
    let by_password = methods.password_set_at.map(|_| {
        let code = methods.totp_since.map(|_| {
            view! {
                <Field
                    w
                    field=filled.field("code")
                    label=w.t("sessions.second.code")
                    hint=w.t("sessions.second.code_hint")
                    kind=Kind::Code
                    width=Width::Short
                />
            }
        });
        view! {
            <Form w action=paths::account(w.locale) act="prove">
                <Field
                    w
                    field=filled.field("password")
                    label=w.t("account.prove.password")
                    kind=Kind::Password
                    autocomplete="current-password"
                />
                {code}
                <Button look=Look::Quiet>{w.t("common.continue")}</Button>
            </Form>
        }
    });
    let by_passkey = (has_passkeys && !methods.passkeys.is_empty())
        .then(|| with_passkey(w, paths::account(w.locale), "prove_passkey", String::new()));
    view! {
        <section>
            <h2>{w.t("account.prove.title")}</h2>
            <p>{w.t("account.prove.text")}</p>
            {by_password}
        </section>
        {by_passkey}
    }
}

fn password(w: Words, methods: &Methods, filled: Filled) -> impl IntoView + use<> {
    let hint =
        if methods.totp_since.is_some() { "account.password.hint_short" } else { "account.password.hint" };
    let title =
        if methods.password_set_at.is_some() { "account.password.change" } else { "account.password.set" };
    let email = methods.email.clone();
    view! {
        <section>
            <h2>{w.t(title)}</h2>
            <Form w action=paths::account(w.locale) act="password">
                <input type="hidden" name="username" autocomplete="username" value=email/>
                <Field
                    w
                    field=filled.field("new_password")
                    label=w.t("sessions.second.new_password")
                    hint=w.t(hint)
                    kind=Kind::Password
                    autocomplete="new-password"
                />
                <Button look=Look::Quiet>{w.t("account.password.save")}</Button>
            </Form>
            <p class="hint">{w.t("account.password.others")}</p>
        </section>
    }
}

fn codes(w: Words, methods: &Methods) -> impl IntoView + use<> {
    let (act, label, look) = match methods.totp_since {
        None => ("codes_on", "account.codes.turn_on", Look::Quiet),
        Some(_) => ("codes_off", "account.codes.turn_off", Look::Danger),
    };
    view! {
        <section>
            <h2>{w.t("account.codes.title")}</h2>
            <p>{w.t("account.codes.text")}</p>
            <Form w action=paths::account(w.locale) act>
                <Button look>{w.t(label)}</Button>
            </Form>
        </section>
    }
}

fn passkeys(w: Words, passkeys: &[PasskeyView], filled: Filled, zone: &str) -> impl IntoView + use<> {
    let list =
        passkeys.iter().cloned().map(|passkey| one_passkey(w, passkey, zone.to_owned())).collect_view();
    let list = (!passkeys.is_empty())
        .then(|| view! { <Rail label=w.t("account.passkeys.title") unordered=true>{list}</Rail> });
    let from = String::from(paths::account_passkey(w.locale));
    view! {
        <section>
            <h2>{w.t("account.passkeys.title")}</h2>
            <p>{w.t("sessions.passkey.text")}</p>
            {list}
            <Form w action=paths::account(w.locale) act="passkey_add">
                <Field
                    w
                    field=filled.field("name")
                    label=w.t("account.passkeys.name")
                    hint=w.t("account.passkeys.name_hint")
                    width=Width::Half
                    autocomplete="off"
                />
                <PasskeyButton w ceremony=Ceremony::Register { from } label=w.t("account.passkeys.add")/>
            </Form>
            <p class="hint">{w.t("account.passkeys.no_button")}</p>
        </section>
    }
}

fn one_passkey(w: Words, passkey: PasskeyView, zone: String) -> impl IntoView {
    let added = zone.clone();
    let used = match passkey.last_used_at {
        Some(at) => view! { {w.t("account.passkeys.used")}" "<When w at zone/> }.into_any(),
        None => w.t("account.passkeys.never").into_any(),
    };
    let name = passkey.name.clone();
    view! {
        <Stop mark=Mark::Done title=passkey.name>
            <p class="quiet small">{w.t("account.passkeys.added")}" "<When w at=passkey.created_at zone=added/>". "{used}"."</p>
            <Form w action=paths::account(w.locale) act="passkey_remove">
                <input type="hidden" name="passkey" value=passkey.id.to_string()/>
                <Button look=Look::Danger hidden=name>{w.t("common.remove")}</Button>
            </Form>
        </Stop>
    }
}

fn devices(w: Words, sessions: Vec<SessionView>, zone: &str) -> impl IntoView + use<> {
    let others = sessions.len() > 1;
    let list = sessions.into_iter().map(|session| device(w, session, zone.to_owned())).collect_view();
    let end_others = others.then(|| {
        view! {
            <Form w action=paths::account(w.locale) act="end_others">
                <Button look=Look::Danger>{w.t("account.devices.end_others")}</Button>
            </Form>
        }
    });
    view! {
        <section>
            <h2>{w.t("account.devices.title")}</h2>
            <p>{w.t("account.devices.text")}</p>
            <Rail label=w.t("account.devices.title") unordered=true>{list}</Rail>
            {end_others}
        </section>
    }
}

fn device(w: Words, session: SessionView, zone: String) -> impl IntoView {
    let with = match session.factors {
        Factors::Password => "account.devices.with_password",
        Factors::PasswordAndCode => "account.devices.with_code",
        Factors::Passkey => "account.devices.with_passkey",
    };
    let (mark, state) = match session.current {
        true => (Mark::Here, Some(w.t("account.devices.this"))),
        false => (Mark::Open, None),
    };
    let seen = zone.clone();
    let name = session.device.clone();
    let end = (!session.current).then(|| {
        view! {
            <Form w action=paths::account(w.locale) act="end">
                <input type="hidden" name="session" value=session.id.to_string()/>
                <Button look=Look::Danger hidden=name>{w.t("common.sign_out")}</Button>
            </Form>
        }
    });
    let shared = session.shared.then(|| view! { <p class="quiet small">{w.t("account.devices.shared")}</p> });
    view! {
        <Stop mark title=session.device nostrip:state=state>
            <p class="quiet small">
                {w.t(with)}" "<When w at=session.created_at zone/>". "
                {w.t("account.devices.seen")}" "<When w at=session.seen_at zone=seen/>"."
            </p>
            {shared}
            {end}
        </Stop>
    }
}

pub struct Codes {
    pub filled: Filled,
    /// The secret as base 32.
    pub secret: String,
    /// The `otpauth:` address: on the same phone it opens the app.
    pub url: String,
    /// The picture's dark squares, as the path of a drawing, and how many squares it is wide.
    pub picture: String,
    pub size: usize,
}

pub fn codes_page(w: Words, model: Codes) -> impl IntoView {
    let Codes { filled, secret, url, picture, size } = model;
    let groups: Vec<String> =
        secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into()).collect();
    view! {
        <crate::components::Back w to=paths::account(w.locale)/>
        <ErrorSummary w filled=filled.clone()/>
        <h1>{w.t("account.codes.setup")}</h1>
        <p class="lead">{w.t("account.codes.get_app")}</p>
        <p>{w.t("account.codes.scan")}</p>
        <svg class="picture-code" role="img" aria-label=w.t("account.codes.picture") viewBox=format!("-4 -4 {0} {0}", size + 8)>
            <path d=picture/>
        </svg>
        <p><a href=url>{w.t("account.codes.open_app")}</a></p>
        <p>{w.t("account.codes.or_type")}</p>
        <p><code class="id" dir="ltr" translate="no">{groups.join(" ")}</code></p>
        <Form w action=paths::account_codes(w.locale) act="confirm">
            <Field
                w
                field=filled.field("code")
                label=w.t("account.codes.first_code")
                hint=w.t("sessions.second.code_hint")
                kind=Kind::Code
                width=Width::Short
            />
            <Button>{w.t("account.codes.turn_on")}</Button>
        </Form>
    }
}
