//! Saves a form by itself when its writer pauses. Without scripts one saves by the button; with them nothing else changes:
//! words that could not be saved are still in the form.

use leptos::prelude::*;

/// The last child of a form with `data-autosave`, the words for what was saved; `data-autosave-failed` for what was not.
#[island]
pub fn Autosave() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    client::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod client {
    use crate::islands::browser::{Done, announce, listen, set_hidden, take_each, wait, window};
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{
        Event, FormData, Headers, HtmlFormElement, HtmlTextAreaElement, RequestInit, Response,
        UrlSearchParams,
    };

    /// How long a writer pauses before their words are saved.
    const PAUSE: i32 = 3_000;

    pub(super) fn wake() {
        take_each("form[data-autosave]", |form: HtmlFormElement| take_over(&form));
    }

    fn take_over(form: &HtmlFormElement) {
        let (form, typed) = (form.clone(), Rc::new(Cell::new(0_u32)));
        let pause = {
            let form = form.clone();
            move || save_after_a_pause(&form, &typed)
        };
        // who began to write before the script was there has said so already
        if is_changed(&form).unwrap_or(false) {
            pause();
        }
        listen(&form, "input", false, move |_: Event| pause());
    }

    /// Saves, unless somebody goes on writing.
    fn save_after_a_pause(form: &HtmlFormElement, typed: &Rc<Cell<u32>>) {
        let (form, typed) = (form.clone(), typed.clone());
        let turn = typed.get().wrapping_add(1);
        typed.set(turn);
        spawn_local(async move {
            wait(PAUSE).await;
            if typed.get() == turn {
                tell(&form, save(&form).await.unwrap_or(false));
            }
        });
    }

    /// Whether a text differs from what the server drew.
    fn is_changed(form: &HtmlFormElement) -> Done<bool> {
        let texts = form.query_selector_all("textarea")?;
        for place in 0..texts.length() {
            let text = texts.get(place).and_then(|node| node.dyn_into::<HtmlTextAreaElement>().ok());
            if text.is_some_and(|text| text.default_value().is_ok_and(|drawn| drawn != text.value())) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether it was saved. The form goes on with the version the server gave it.
    async fn save(form: &HtmlFormElement) -> Done<bool> {
        let data = FormData::new_with_form(form)?;
        data.set_with_str("act", "autosave")?;
        let init = RequestInit::new();
        let headers = Headers::new()?;
        headers.set("X-Fragment", "1")?;
        init.set_headers(&headers);
        init.set_method("POST");
        let plain = UrlSearchParams::new_with_str_sequence_sequence(&js_sys::Array::from(&data))?;
        init.set_body(&plain.into());
        let url = form.get_attribute("action").unwrap_or_default();
        let response: Response =
            JsFuture::from(window()?.fetch_with_str_and_init(&url, &init)).await?.dyn_into()?;
        match response.headers().get("X-Version")? {
            Some(version) => set_hidden(form, "version", &version).map(|()| true),
            None => Ok(false),
        }
    }

    fn tell(form: &HtmlFormElement, saved: bool) {
        let name = if saved { "data-autosave" } else { "data-autosave-failed" };
        let words = form.get_attribute(name).unwrap_or_default();
        if let Ok(Some(line)) = form.query_selector("[data-saved]") {
            line.set_text_content(Some(&words));
        }
        announce(&words);
    }
}
