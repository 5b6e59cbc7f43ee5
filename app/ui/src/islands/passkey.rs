//! Signs in or registers with a passkey: asks the browser and posts the answer in the form it stands in.
//! Browsers that cannot do it never show the button.

use leptos::prelude::*;

/// Stands in a form beside a hidden field `credential`. `ask` is `get` or `create`. The options are the JSON of the
/// server (`{"publicKey": …}`), given at once or fetched from `from` by a post when the button is pressed.
#[island]
pub fn Passkey(label: String, failed: String, ask: String, options: String, from: String) -> impl IntoView {
    let button = NodeRef::<leptos::html::Button>::new();
    let note = NodeRef::<leptos::html::P>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let (Some(button), Some(note)) = (button.get(), note.get()) {
            client::offer(button.into(), note.into(), &failed, &ask, &options, &from);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (failed, ask, options, from);
    view! {
        <button node_ref=button class="button" type="button" hidden>{label}</button>
        <p node_ref=note class="error" role="alert"></p>
    }
}

#[cfg(feature = "hydrate")]
mod client {
    use crate::islands::browser::{Done, form_of, listen, set_hidden, window};
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Event, HtmlElement, RequestInit, Response};

    pub(super) fn offer(
        button: HtmlElement,
        note: HtmlElement,
        failed: &str,
        ask: &str,
        options: &str,
        from: &str,
    ) {
        let parser =
            if ask == "create" { "parseCreationOptionsFromJSON" } else { "parseRequestOptionsFromJSON" };
        let Ok(kind) = get_path(&["PublicKeyCredential"]) else { return };
        if method(&kind, parser).is_err() {
            return;
        }
        button.set_hidden(false);
        let (ask, options, from, failed) =
            (ask.to_owned(), options.to_owned(), from.to_owned(), failed.to_owned());
        listen(&button.clone(), "click", false, move |_: Event| {
            let (button, note, kind) = (button.clone(), note.clone(), kind.clone());
            let (ask, options, from, failed) = (ask.clone(), options.clone(), from.clone(), failed.clone());
            note.set_text_content(None);
            spawn_local(async move {
                let _ = button.set_attribute("aria-disabled", "true");
                if go(&button, &kind, parser, &ask, &options, &from).await.is_err() {
                    note.set_text_content(Some(&failed));
                }
                let _ = button.remove_attribute("aria-disabled");
            });
        });
    }

    async fn go(
        button: &HtmlElement,
        kind: &JsValue,
        parser: &str,
        ask: &str,
        options: &str,
        from: &str,
    ) -> Done {
        let form = form_of(button).ok_or(JsValue::NULL)?;
        let json = if from.is_empty() { options.to_owned() } else { fetch(from).await? };
        let whole = JSON::parse(&json)?;
        let inner = Reflect::get(&whole, &"publicKey".into())?;
        let public_key = method(kind, parser)?.call1(kind, &inner)?;
        let request = Object::new();
        Reflect::set(&request, &"publicKey".into(), &public_key)?;
        let credentials = get_path(&["navigator", "credentials"])?;
        let promise: Promise = method(&credentials, ask)?.call1(&credentials, &request)?.dyn_into()?;
        let credential = JsFuture::from(promise).await?;
        let plain = method(&credential, "toJSON")?.call0(&credential)?;
        let text = JSON::stringify(&plain)?.as_string().ok_or(JsValue::NULL)?;
        set_hidden(&form, "credential", &text)?;
        form.request_submit()
    }

    async fn fetch(from: &str) -> Done<String> {
        let init = RequestInit::new();
        init.set_method("POST");
        let response: Response =
            JsFuture::from(window()?.fetch_with_str_and_init(from, &init)).await?.dyn_into()?;
        if !response.ok() {
            return Err(JsValue::NULL);
        }
        JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
    }

    fn get_path(names: &[&str]) -> Done<JsValue> {
        let mut value: JsValue = window()?.into();
        for name in names {
            value = Reflect::get(&value, &(*name).into())?;
        }
        if value.is_undefined() || value.is_null() { Err(JsValue::NULL) } else { Ok(value) }
    }

    fn method(of: &JsValue, name: &str) -> Done<Function> {
        Reflect::get(of, &name.into())?.dyn_into()
    }
}
