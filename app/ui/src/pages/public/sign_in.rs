//! Signing in: the password or a passkey, the code after it, the way out, and what to do when nothing works.

use crate::components::{
    Back, Button, ButtonLink, Ceremony, Check, ErrorSummary, Field, Filled, Form, Kind, Look, Notice,
    PasskeyButton, Tone, Width,
};
use crate::i18n::Words;
use crate::paths::{self, Path};
use leptos::prelude::*;

/// Why somebody is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Why {
    #[default]
    Asked,
    /// The page they wanted is private.
    Private,
    /// They just signed out.
    SignedOut,
}

pub struct SignIn {
    pub filled: Filled,
    /// Where they wanted to go, to come back in the form.
    pub next: String,
    pub why: Why,
    /// This installation can offer passkeys.
    pub has_passkeys: bool,
}

pub fn page(w: Words, model: SignIn) -> impl IntoView {
    let SignIn { filled, next, why, has_passkeys } = model;
    let notice = match why {
        _ if filled.is_refused() => None,
        Why::Asked => None,
        Why::Private => Some((Tone::Info, "sessions.private")),
        Why::SignedOut => Some((Tone::Success, "sessions.signed_out")),
    };
    let carried = next.clone();
    let by_passkey = has_passkeys.then(|| with_passkey(w, paths::sign_in(w.locale), "passkey", next));
    view! {
        <ErrorSummary w filled=filled.clone()/>
        {notice.map(|(tone, key)| view! { <Notice tone title=w.t(key)/> })}
        <h1>{w.t("sessions.title")}</h1>
        <Form w action=paths::sign_in(w.locale) act="password">
            <input type="hidden" name="next" value=carried/>
            <Field w field=filled.field("email") label=w.t("sessions.email") kind=Kind::Email autocomplete="username"/>
            <Field
                w
                field=filled.field("password")
                label=w.t("sessions.password")
                kind=Kind::Password
                autocomplete="current-password"
            />
            <Check
                w
                field=filled.field("shared")
                label=w.t("sessions.shared")
                hint=w.t("sessions.shared_hint")
            />
            <Button>{w.t("sessions.sign_in")}</Button>
        </Form>
        <p><a href=paths::recover(w.locale)>{w.t("sessions.cannot")}</a></p>
        {by_passkey}
        <section>
            <h2>{w.t("sessions.no_account.title")}</h2>
            <p>{w.t("sessions.no_account.text")}</p>
            <p><a href=paths::portal(w.locale)>{w.t("sessions.no_account.link")}</a></p>
        </section>
    }
}

/// What a passkey is, and the button where the browser can use one.
pub fn with_passkey(w: Words, action: Path, act: &'static str, next: String) -> impl IntoView {
    let from = String::from(paths::passkey_sign_in(w.locale));
    view! {
        <section>
            <h2>{w.t("sessions.passkey.title")}</h2>
            <p>{w.t("sessions.passkey.text")}</p>
            <Form w action act>
                <input type="hidden" name="next" value=next/>
                <PasskeyButton w ceremony=Ceremony::SignIn { from } label=w.t("sessions.passkey.button")/>
            </Form>
            <p class="hint">{w.t("sessions.passkey.no_button")}</p>
        </section>
    }
}

pub struct SecondStep {
    pub filled: Filled,
    pub next: String,
    /// The first password was made for them: they choose their own.
    pub choose_password: bool,
}

pub fn second_step(w: Words, model: SecondStep) -> impl IntoView {
    let SecondStep { filled, next, choose_password } = model;
    let new_password = choose_password.then(|| {
        view! {
            <h2>{w.t("sessions.second.choose")}</h2>
            <p>{w.t("sessions.second.choose_text")}</p>
            <Field
                w
                field=filled.field("new_password")
                label=w.t("sessions.second.new_password")
                hint=w.t("account.password.hint_short")
                kind=Kind::Password
                autocomplete="new-password"
            />
        }
    });
    view! {
        <Back w to=paths::sign_in(w.locale) text=w.t("sessions.second.again")/>
        <ErrorSummary w filled=filled.clone()/>
        <h1>{w.t("sessions.second.title")}</h1>
        <p class="lead">{w.t("sessions.second.text")}</p>
        <Form w action=paths::second_step(w.locale) act="code">
            <input type="hidden" name="next" value=next/>
            <Field
                w
                field=filled.field("code")
                label=w.t("sessions.second.code")
                hint=w.t("sessions.second.code_hint")
                kind=Kind::Code
                width=Width::Short
            />
            {new_password}
            <Button>{w.t("sessions.sign_in")}</Button>
        </Form>
        <p><a href=paths::recover(w.locale)>{w.t("sessions.cannot")}</a></p>
    }
}

/// For those who came to the address of signing out without pressing its button.
pub fn sign_out(w: Words) -> impl IntoView {
    view! {
        <h1>{w.t("sessions.out.title")}</h1>
        <p class="lead">{w.t("sessions.out.text")}</p>
        <Form w action=paths::sign_out(w.locale)>
            <Button>{w.t("common.sign_out")}</Button>
        </Form>
        <p><a href=paths::home(w.locale)>{w.t("sessions.out.stay")}</a></p>
    }
}

/// What to do when signing in does not work. A person helps: nothing that comes by mail opens an account (N-04).
pub fn recover(w: Words) -> impl IntoView {
    view! {
        <Back w to=paths::sign_in(w.locale)/>
        <h1>{w.t("sessions.recover.title")}</h1>
        <ul>
            <li>{w.t("sessions.recover.spelling")}</li>
            <li>{w.t("sessions.recover.passkey")}</li>
            <li>{w.t("sessions.recover.wait")}</li>
            <li>{w.t("sessions.recover.code")}</li>
        </ul>
        <h2>{w.t("sessions.recover.call")}</h2>
        <p>{w.t("sessions.recover.call_text")}</p>
        <ButtonLink to=paths::help(w.locale) look=Look::Quiet>{w.t("common.phone_and_hours")}</ButtonLink>
    }
}
