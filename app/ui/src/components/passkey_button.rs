//! Sign in or register with a passkey. Browsers that cannot do it show nothing.

use crate::i18n::Words;
use crate::islands::Passkey;
use leptos::prelude::*;

/// What is asked of the browser, and where its options come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ceremony {
    /// Prove a passkey; the options' JSON is fetched by a post to this address when the button is pressed.
    SignIn { from: String },
    /// Make a passkey; the same.
    Register { from: String },
}

/// Stands in a `Form` of its own, which is then posted with the field `credential`: the browser's answer as JSON.
#[component]
pub fn PasskeyButton(w: Words, ceremony: Ceremony, #[prop(into)] label: String) -> impl IntoView {
    let (ask, from) = match ceremony {
        Ceremony::SignIn { from } => ("get", from),
        Ceremony::Register { from } => ("create", from),
    };
    view! {
        <button class="button" type="button" hidden data-passkey=ask data-from=from data-failed=w.t("common.passkey_failed")>
            {label}
        </button>
        <p class="error" role="alert"></p>
        <Passkey/>
    }
}
