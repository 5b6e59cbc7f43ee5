//! Signs in or registers with a passkey: asks the browser and posts the answer in the form it stands in.
//! Browsers that cannot do it never show the button.

use leptos::prelude::*;

/// Beside a hidden button with `data-passkey` (`get` or `create`), `data-from` (where the options' JSON,
/// `{"publicKey": …}`, is fetched by a post when it is pressed) and `data-failed`.
#[island]
pub fn Passkey() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    client::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod client {
    use crate::islands::browser::{Done, form_of, listen, set_hidden, take_each, window};
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Event, HtmlElement, RequestInit, Response};

    pub(super) fn wake() {
        take_each("button[data-passkey]", offer);
    }

    fn offer(button: HtmlElement) {
        let create = button.get_attribute("data-passkey").as_deref() == Some("create");
        let (parser, verb) = if create {
            ("parseCreationOptionsFromJSON", "create")
        } else {
            ("parseRequestOptionsFromJSON", "get")
        };
        let Ok(kind) = get_path(&["PublicKeyCredential"]) else { return };
        if method(&kind, parser).is_err() {
            return;
        }
        button.set_hidden(false);
        listen(&button.clone(), "click", false, move |_: Event| {
            let (button, kind) = (button.clone(), kind.clone());
            spawn_local(async move {
                let _ = button.set_attribute("aria-disabled", "true");
                say(&button, "");
                if go(&button, &kind, parser, verb).await.is_err() {
                    say(&button, &button.get_attribute("data-failed").unwrap_or_default());
                }
                let _ = button.remove_attribute("aria-disabled");
            });
        });
    }

    /// In the paragraph after the button, which is read out.
    fn say(button: &HtmlElement, text: &str) {
        if let Some(note) = button.next_element_sibling() {
            note.set_text_content(Some(text));
        }
    }

    async fn go(button: &HtmlElement, kind: &JsValue, parser: &str, verb: &str) -> Done {
        let form = form_of(button).ok_or(JsValue::NULL)?;
        let json = fetch(&button.get_attribute("data-from").unwrap_or_default()).await?;
        let whole = JSON::parse(&json)?;
        let inner = Reflect::get(&whole, &"publicKey".into())?;
        let public_key = method(kind, parser)?.call1(kind, &inner)?;
        let request = Object::new();
        Reflect::set(&request, &"publicKey".into(), &public_key)?;
        let credentials = get_path(&["navigator", "credentials"])?;
        let promise: Promise = method(&credentials, verb)?.call1(&credentials, &request)?.dyn_into()?;
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
