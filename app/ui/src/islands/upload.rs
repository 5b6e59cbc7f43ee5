//! Sends one file in parts (tus 1.0), so that a lost connection or a reload loses nothing.

use leptos::prelude::*;

/// Beside a hidden `.upload-progress` in the form of a file field: `data-field`, `data-endpoint`, `data-purpose`
/// (what the file is for), `data-limit` in bytes, and the words `data-sending` (with `%{n}`, the percentage),
/// `data-waiting`, `data-sent`, `data-too-large`. When the file has arrived whole, the form is submitted with
/// `upload` (the upload's address) and `upload_name` in place of the file.
#[island]
pub fn Resume() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    client::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod client {
    use crate::islands::browser::{
        Done, announce, form_of, listen, set_hidden, submit_plainly, take_each, wait, window,
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
    const PART: u32 = 1_048_576;
    /// After so many tries in a row the plain form has its turn.
    const TRIES: u32 = 8;

    struct Sender {
        form: HtmlFormElement,
        input: HtmlInputElement,
        panel: Element,
        abort: RefCell<Option<AbortController>>,
        arrived: Cell<bool>,
        said_at: Cell<f64>,
    }

    pub(super) fn wake() {
        take_each(".upload-progress[data-field]", |panel: Element| {
            let _ = take_over(&panel);
        });
    }

    fn take_over(panel: &Element) -> Option<()> {
        let form = form_of(panel)?;
        let field = panel.get_attribute("data-field")?;
        let input = form.query_selector(&["input[type=file][name=\"", &field, "\"]"].concat()).ok()??;
        let sender = Rc::new(Sender {
            form: form.clone(),
            input: input.dyn_into().ok()?,
            panel: panel.clone(),
            abort: RefCell::default(),
            arrived: Cell::default(),
            said_at: Cell::default(),
        });
        let pressed = sender.clone();
        listen(&form, "submit", true, move |event: SubmitEvent| {
            let Some(file) = pressed.input.files().and_then(|files| files.get(0)) else { return };
            let size = size(&file);
            if pressed.arrived.get() || size == 0 {
                return;
            }
            event.prevent_default();
            event.stop_immediate_propagation();
            if pressed.abort.borrow().is_some() {
                return;
            }
            if pressed.data("data-limit").parse::<u32>().is_ok_and(|limit| size > limit) {
                pressed.say(&pressed.data("data-too-large"), true);
                return;
            }
            let submitter = event.submitter().and_then(|button| button.dyn_into::<HtmlElement>().ok());
            spawn_local(run(pressed.clone(), file, submitter));
        });
        let button = panel.query_selector("button").ok()??;
        listen(&button, "click", false, move |_: Event| sender.cancel());
        Some(())
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
                sender.say(&sender.data("data-sent"), true);
                let _ = set_hidden(&sender.form, "upload", &address);
                let _ = set_hidden(&sender.form, "upload_name", &file.name());
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
        fn data(&self, name: &str) -> String {
            self.panel.get_attribute(name).unwrap_or_default()
        }

        /// The address of the upload, once every byte has arrived.
        async fn send(&self, file: &File) -> Done<String> {
            let key = self.key(file);
            let (address, mut offset) = match self.resumed(&key).await {
                Some(known) => known,
                None => (self.create(file).await?, 0),
            };
            remember(&key, &address);
            let mut tries = 0;
            let size = size(file);
            while offset < size {
                self.progress(offset / (size / 100).max(1));
                let end = offset.saturating_add(PART).min(size);
                match self.part(&address, file, offset, end).await {
                    Ok(arrived) => {
                        offset = arrived;
                        tries = 0;
                    }
                    Err(_) if self.is_cancelled() || tries >= TRIES => return Err(JsValue::NULL),
                    Err(_) => {
                        tries += 1;
                        self.say(&self.data("data-waiting"), false);
                        wait(500 << tries.min(5)).await;
                        if let Ok(arrived) = self.offset(&address).await {
                            offset = arrived;
                        }
                    }
                }
            }
            self.progress(100);
            Ok(address)
        }

        async fn create(&self, file: &File) -> Done<String> {
            let encode = |text: &str| window()?.btoa(text);
            let (purpose, kind) = (encode(&self.data("data-purpose"))?, encode(&file.type_())?);
            let metadata = ["purpose ", &purpose, ",type ", &kind].concat();
            let response = self
                .request(
                    "POST",
                    &self.data("data-endpoint"),
                    &[("Upload-Length", &size(file).to_string()), ("Upload-Metadata", &metadata)],
                    None,
                )
                .await?;
            response.headers().get("Location")?.ok_or(JsValue::NULL)
        }

        async fn part(&self, address: &str, file: &File, from: u32, to: u32) -> Done<u32> {
            let bytes: JsValue = file.slice_with_f64_and_f64(from.into(), to.into())?.into();
            let headers = [
                ("Upload-Offset", from.to_string()),
                ("Content-Type", "application/offset+octet-stream".into()),
            ];
            let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
            arrived(&self.request("PATCH", address, &headers, Some(&bytes)).await?)
        }

        async fn offset(&self, address: &str) -> Done<u32> {
            arrived(&self.request("HEAD", address, &[], None).await?)
        }

        async fn resumed(&self, key: &str) -> Option<(String, u32)> {
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
            let changed = (file.last_modified() / 1000.0) as u32;
            ["upload", &self.data("data-purpose"), &size(file).to_string(), &changed.to_string()].join(" ")
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

        fn progress(&self, percent: u32) {
            let percent = percent.min(100).to_string();
            if let Ok(Some(bar)) = self.panel.query_selector("progress") {
                let _ = bar.set_attribute("value", &percent);
            }
            self.say(&self.data("data-sending").replace("%{n}", &percent), false);
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

    /// Whole bytes; what is larger than 4 GB is far past every limit.
    fn size(file: &File) -> u32 {
        file.size() as u32
    }

    fn arrived(response: &Response) -> Done<u32> {
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
