//! Sends one file in parts (tus 1.0), so that a lost connection or a reload loses nothing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is said while a file is on its way. `%{n}` of `sending` is the percentage.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResumeWords {
    pub sending: String,
    pub waiting: String,
    pub sent: String,
    pub too_large: String,
    pub cancel: String,
}

/// Stands in the form of a file field `field`. When the file has arrived whole, the form is submitted with `upload`
/// (the upload's address) in place of the file. `purpose` tells the server what the file is for.
#[island]
pub fn Resume(
    field: String,
    endpoint: String,
    purpose: String,
    limit: u32,
    words: ResumeWords,
) -> impl IntoView {
    let mark = NodeRef::<leptos::html::Div>::new();
    let cancel = words.cancel.clone();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(mark) = mark.get() {
            client::take_over(&mark, &field, &endpoint, &purpose, f64::from(limit), &words);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (field, endpoint, purpose, limit);
    view! {
        <div node_ref=mark class="upload-progress" hidden>
            <progress class="progress" max="100" value="0"></progress>
            <p class="upload-words"></p>
            <button class="button button-quiet" type="button">{cancel}</button>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod client {
    use super::ResumeWords;
    use crate::islands::browser::{
        Done, announce, form_of, listen, set_hidden, submit_plainly, wait, window,
    };
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{
        AbortController, Element, Event, File, Headers, HtmlElement, HtmlFormElement, HtmlInputElement,
        RequestInit, Response, SubmitEvent,
    };

    /// 1 MB: little is lost with a connection, and few requests are made.
    const PART: f64 = 1_048_576.0;
    /// After so many tries in a row the plain form has its turn.
    const TRIES: u32 = 8;

    struct Sender {
        form: HtmlFormElement,
        input: HtmlInputElement,
        panel: Element,
        endpoint: String,
        purpose: String,
        words: ResumeWords,
        abort: RefCell<Option<AbortController>>,
        arrived: Cell<bool>,
        said_at: Cell<f64>,
    }

    pub(super) fn take_over(
        mark: &Element,
        field: &str,
        endpoint: &str,
        purpose: &str,
        limit: f64,
        words: &ResumeWords,
    ) {
        let Some(form) = form_of(mark) else { return };
        let Ok(Some(input)) = form.query_selector(&format!("input[type=file][name=\"{field}\"]")) else {
            return;
        };
        let Ok(input) = input.dyn_into::<HtmlInputElement>() else { return };
        let sender = Rc::new(Sender {
            form: form.clone(),
            input,
            panel: mark.clone(),
            endpoint: endpoint.to_owned(),
            purpose: purpose.to_owned(),
            words: words.clone(),
            abort: RefCell::default(),
            arrived: Cell::default(),
            said_at: Cell::default(),
        });
        let pressed = sender.clone();
        listen(&form, "submit", true, move |event: SubmitEvent| {
            let Some(file) = pressed.input.files().and_then(|files| files.get(0)) else { return };
            if pressed.arrived.get() || file.size() == 0.0 {
                return;
            }
            event.prevent_default();
            event.stop_immediate_propagation();
            if pressed.abort.borrow().is_some() {
                return;
            }
            if file.size() > limit {
                pressed.say(&pressed.words.too_large, true);
                return;
            }
            let submitter = event.submitter().and_then(|button| button.dyn_into::<HtmlElement>().ok());
            spawn_local(run(pressed.clone(), file, submitter));
        });
        if let Ok(Some(button)) = mark.query_selector("button") {
            listen(&button, "click", false, move |_: Event| sender.cancel());
        }
    }

    async fn run(sender: Rc<Sender>, file: File, submitter: Option<HtmlElement>) {
        let controller = AbortController::new().ok();
        sender.abort.replace(controller.clone());
        let _ = sender.form.set_attribute("aria-busy", "true");
        let outcome = sender.send(&file).await;
        let cancelled = controller.is_some_and(|controller| controller.signal().aborted());
        sender.abort.replace(None);
        let _ = sender.form.remove_attribute("aria-busy");
        if cancelled {
            return;
        }
        match outcome {
            Ok(address) => {
                sender.arrived.set(true);
                forget(&sender.key(&file));
                sender.say(&sender.words.sent, true);
                let _ = set_hidden(&sender.form, "upload", &address);
                sender.input.set_disabled(true);
                let again = match &submitter {
                    Some(button) => sender.form.request_submit_with_submitter(Some(button)),
                    None => sender.form.request_submit(),
                };
                let _ = again;
            }
            Err(_) => submit_plainly(&sender.form, submitter.as_ref()),
        }
    }

    impl Sender {
        /// The address of the upload, once every byte has arrived.
        async fn send(&self, file: &File) -> Done<String> {
            let key = self.key(file);
            let (address, mut offset) = match self.resumed(&key).await {
                Some(known) => known,
                None => (self.create(file).await?, 0.0),
            };
            remember(&key, &address);
            let mut tries = 0;
            while offset < file.size() {
                self.progress(offset / file.size());
                let end = (offset + PART).min(file.size());
                match self.part(&address, file, offset, end).await {
                    Ok(arrived) => {
                        offset = arrived;
                        tries = 0;
                    }
                    Err(_) if self.is_cancelled() || tries >= TRIES => return Err(JsValue::NULL),
                    Err(_) => {
                        tries += 1;
                        self.say(&self.words.waiting, false);
                        wait(500 << tries.min(5)).await;
                        if let Ok(arrived) = self.offset(&address).await {
                            offset = arrived;
                        }
                    }
                }
            }
            self.progress(1.0);
            Ok(address)
        }

        async fn create(&self, file: &File) -> Done<String> {
            let encode = |text: &str| window()?.btoa(text);
            let metadata = format!("purpose {},type {}", encode(&self.purpose)?, encode(&file.type_())?);
            let response = self
                .request(
                    "POST",
                    &self.endpoint,
                    &[("Upload-Length", &file.size().to_string()), ("Upload-Metadata", &metadata)],
                    None,
                )
                .await?;
            response.headers().get("Location")?.ok_or(JsValue::NULL)
        }

        async fn part(&self, address: &str, file: &File, from: f64, to: f64) -> Done<f64> {
            let bytes: JsValue = file.slice_with_f64_and_f64(from, to)?.into();
            let headers = [
                ("Upload-Offset", from.to_string()),
                ("Content-Type", "application/offset+octet-stream".into()),
            ];
            let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
            arrived(&self.request("PATCH", address, &headers, Some(&bytes)).await?)
        }

        async fn offset(&self, address: &str) -> Done<f64> {
            arrived(&self.request("HEAD", address, &[], None).await?)
        }

        async fn resumed(&self, key: &str) -> Option<(String, f64)> {
            let address = storage()?.get_item(key).ok()??;
            let offset = self.offset(&address).await.ok()?;
            Some((address, offset))
        }

        async fn request(
            &self,
            verb: &str,
            address: &str,
            headers: &[(&str, &str)],
            body: Option<&JsValue>,
        ) -> Done<Response> {
            let init = RequestInit::new();
            init.set_method(verb);
            init.set_signal(self.abort.borrow().as_ref().map(AbortController::signal).as_ref());
            if let Some(body) = body {
                init.set_body(body);
            }
            let all = Headers::new()?;
            all.set("Tus-Resumable", "1.0.0")?;
            headers.iter().try_for_each(|(name, value)| all.set(name, value))?;
            init.set_headers(&all);
            let response: Response =
                JsFuture::from(window()?.fetch_with_str_and_init(address, &init)).await?.dyn_into()?;
            if response.ok() { Ok(response) } else { Err(JsValue::NULL) }
        }

        /// Which file this is, without its name.
        fn key(&self, file: &File) -> String {
            format!("upload {} {} {}", self.purpose, file.size(), file.last_modified())
        }

        fn is_cancelled(&self) -> bool {
            self.abort.borrow().as_ref().is_some_and(|controller| controller.signal().aborted())
        }

        fn cancel(&self) {
            if let Some(controller) = self.abort.borrow().as_ref() {
                controller.abort();
            }
            let _ = self.panel.set_attribute("hidden", "");
            announce("");
        }

        fn progress(&self, part: f64) {
            let percent = (part * 100.0).floor().to_string();
            if let Ok(Some(bar)) = self.panel.query_selector("progress") {
                let _ = bar.set_attribute("value", &percent);
            }
            self.say(&self.words.sending.replace("%{n}", &percent), false);
        }

        /// Shows it, and says it: at most once in two seconds unless it is the last word.
        fn say(&self, text: &str, last: bool) {
            let _ = self.panel.remove_attribute("hidden");
            if let Ok(Some(words)) = self.panel.query_selector(".upload-words") {
                words.set_text_content(Some(text));
            }
            let now = js_sys::Date::now();
            if last || now - self.said_at.get() >= 2_000.0 {
                self.said_at.set(now);
                announce(text);
            }
        }
    }

    fn arrived(response: &Response) -> Done<f64> {
        response.headers().get("Upload-Offset")?.and_then(|offset| offset.parse().ok()).ok_or(JsValue::NULL)
    }

    fn storage() -> Option<web_sys::Storage> {
        window().ok()?.local_storage().ok()?
    }

    fn remember(key: &str, address: &str) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(key, address);
        }
    }

    fn forget(key: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(key);
        }
    }
}
