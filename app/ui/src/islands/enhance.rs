//! Posts the form it stands in and swaps in the regions of the answer. Whatever goes wrong, the form is submitted
//! the plain way.

use leptos::prelude::*;

/// The last child of a form with `data-enhance`: the word for an answer that takes longer than a second.
#[island]
pub fn Enhance() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    client::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod client {
    use crate::islands::browser::{
        Done, announce, document, focus, listen, submit_plainly, swap, take_each, wait, window,
    };
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{
        AbortController, Element, FormData, HtmlElement, HtmlFormElement, RequestInit, Response, SubmitEvent,
        UrlSearchParams,
    };

    /// An answer that takes longer is not waited for: the browser shows its own progress instead.
    const PATIENCE: i32 = 20_000;

    #[derive(Default)]
    struct Under {
        /// A post is on its way; a second press does nothing.
        busy: Cell<bool>,
        /// A search on its way is given up for a newer one.
        abort: RefCell<Option<AbortController>>,
    }

    pub(super) fn wake() {
        take_each("form[data-enhance]", |form: HtmlFormElement| take_over(&form));
    }

    fn take_over(form: &HtmlFormElement) {
        let form = form.clone();
        let under = Rc::new(Under::default());
        let sending = form.get_attribute("data-enhance").unwrap_or_default();
        listen(&form.clone(), "submit", false, move |event: SubmitEvent| {
            event.prevent_default();
            let searching = form.method() == "get";
            if under.busy.get() && !searching {
                return;
            }
            if let Some(older) = under.abort.take() {
                older.abort();
            }
            let (form, under, sending) = (form.clone(), under.clone(), sending.clone());
            let submitter = event.submitter().and_then(|button| button.dyn_into::<HtmlElement>().ok());
            spawn_local(async move {
                let controller = AbortController::new().ok();
                under.busy.set(true);
                under.abort.replace(controller.clone());
                let _ = form.set_attribute("aria-busy", "true");
                say_if_slow(under.clone(), sending);
                give_up_if_slow(under.clone(), &form, controller.clone());
                let outcome = send(&form, submitter.as_ref(), controller.as_ref()).await;
                let newer = under.abort.borrow().as_ref() != controller.as_ref();
                if newer {
                    return;
                }
                under.busy.set(false);
                under.abort.replace(None);
                let _ = form.remove_attribute("aria-busy");
                if outcome.is_err() {
                    submit_plainly(&form, submitter.as_ref());
                }
            });
        });
    }

    fn say_if_slow(under: Rc<Under>, sending: String) {
        spawn_local(async move {
            wait(1_000).await;
            if under.busy.get() {
                announce(&sending);
            }
        });
    }

    /// Not for files: those take as long as they take.
    fn give_up_if_slow(under: Rc<Under>, form: &HtmlFormElement, controller: Option<AbortController>) {
        if form.enctype() == "multipart/form-data" {
            return;
        }
        spawn_local(async move {
            wait(PATIENCE).await;
            let same = under.abort.borrow().as_ref() == controller.as_ref();
            if let (true, Some(controller)) = (under.busy.get() && same, controller) {
                controller.abort();
            }
        });
    }

    async fn send(
        form: &HtmlFormElement,
        submitter: Option<&HtmlElement>,
        controller: Option<&AbortController>,
    ) -> Done {
        let data = FormData::new_with_form(form)?;
        if let Some((name, value)) = submitter.and_then(|button| {
            Some((button.get_attribute("name")?, button.get_attribute("value").unwrap_or_default()))
        }) {
            data.append_with_str(&name, &value)?;
        }
        let init = RequestInit::new();
        let headers = web_sys::Headers::new()?;
        headers.set("X-Fragment", "1")?;
        init.set_headers(&headers);
        init.set_signal(controller.map(AbortController::signal).as_ref());
        let plain = || UrlSearchParams::new_with_str_sequence_sequence(&js_sys::Array::from(&data));
        let mut url = form.get_attribute("action").unwrap_or_default();
        if form.method() == "get" {
            url = [url, "?".to_owned(), plain()?.to_string().into()].concat();
        } else {
            init.set_method("POST");
            if form.enctype() == "multipart/form-data" {
                init.set_body(&data)
            } else {
                init.set_body(&plain()?.into())
            }
        }
        let window = window()?;
        let response: Response =
            JsFuture::from(window.fetch_with_str_and_init(&url, &init)).await?.dyn_into()?;
        if let Some(to) = response.headers().get("X-Location")? {
            return window.location().assign(&to);
        }
        if response.redirected() {
            return window.location().assign(&response.url());
        }
        let focused = document()?.active_element().map(|element| element.id()).unwrap_or_default();
        let html = JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)?;
        let changed = swap(&html)?;
        if changed.is_empty() {
            return Err(JsValue::NULL);
        }
        if form.method() == "get" {
            window.history()?.replace_state_with_url(&JsValue::NULL, "", Some(&url))?;
        }
        announce("");
        settle(&changed, &focused)
    }

    /// Where the reader goes on: at what is wrong; in a conversation, where they were writing; else at the heading
    /// of what changed.
    fn settle(changed: &[Element], focused: &str) -> Done {
        let find =
            |selector: &str| changed.iter().find_map(|region| region.query_selector(selector).ok().flatten());
        if let Some(summary) = find(".error-summary").or_else(|| find("[aria-invalid=true]")) {
            focus(&summary);
            return Ok(());
        }
        let log = changed.iter().find(|region| region.get_attribute("role").as_deref() == Some("log"));
        if let Some(end) = log.and_then(|log| log.last_element_child()) {
            end.scroll_into_view();
            match document()?.get_element_by_id(focused).filter(|_| !focused.is_empty()) {
                Some(field) => focus(&field),
                None => focus(&end),
            }
            return Ok(());
        }
        if let Some(heading) = find("h1,h2,h3,[role=status]").or_else(|| changed.first().cloned()) {
            focus(&heading);
        }
        Ok(())
    }
}
