//! What the islands need of a browser.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, HtmlFormElement, Window};

pub(super) type Done<T = ()> = Result<T, JsValue>;

pub(super) fn window() -> Done<Window> {
    web_sys::window().ok_or(JsValue::NULL)
}

pub(super) fn document() -> Done<Document> {
    window()?.document().ok_or(JsValue::NULL)
}

/// Says something politely to those who cannot see the change.
pub(super) fn announce(text: &str) {
    if let Ok(document) = document()
        && let Some(live) = document.get_element_by_id("live")
    {
        live.set_text_content(Some(text));
    }
}

/// The form an island stands in.
pub(super) fn form_of(mark: &Element) -> Option<HtmlFormElement> {
    mark.closest("form").ok().flatten()?.dyn_into().ok()
}

/// Hands over every element that no island has taken yet.
pub(super) fn take_each<E: JsCast>(selector: &str, take: impl Fn(E)) {
    let Ok(Ok(found)) = document().map(|document| document.query_selector_all(selector)) else { return };
    for place in 0..found.length() {
        let Some(element) = found.get(place).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        if element.has_attribute("data-awake") || element.set_attribute("data-awake", "").is_err() {
            continue;
        }
        if let Ok(element) = element.dyn_into() {
            take(element);
        }
    }
}

/// Listens for as long as the page lives, or until the island is taken off it.
pub(super) fn listen<E: JsCast + 'static>(
    target: &EventTarget,
    event: &'static str,
    capture: bool,
    mut act: impl FnMut(E) + 'static,
) {
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(event.unchecked_into()));
    let function: &Function = closure.as_ref().unchecked_ref();
    let _ = target.add_event_listener_with_callback_and_bool(event, function, capture);
    closure.forget();
}

/// Resolves after so many milliseconds.
pub(super) async fn wait(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Ok(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Submits the plain way, with what the pressed button would have said.
pub(super) fn submit_plainly(form: &HtmlFormElement, submitter: Option<&HtmlElement>) {
    if let Some(name) = submitter.and_then(|button| button.get_attribute("name")) {
        let value = submitter.and_then(|button| button.get_attribute("value")).unwrap_or_default();
        let _ = set_hidden(form, &name, &value);
    }
    let _ = form.submit();
}

/// A hidden field of the form, made if it is not there.
pub(super) fn set_hidden(form: &HtmlFormElement, name: &str, value: &str) -> Done {
    let old = form.query_selector(&["input[type=hidden][name=\"", name, "\"]"].concat())?;
    let input = match old {
        Some(input) => input,
        None => {
            let input = document()?.create_element("input")?;
            input.set_attribute("type", "hidden")?;
            input.set_attribute("name", name)?;
            form.append_child(&input)?;
            input
        }
    };
    input.set_attribute("value", value)
}

/// Swaps in the regions of an answer; the regions changed, in the page's order. The page's title changes with them.
pub(super) fn swap(html: &str) -> Done<Vec<Element>> {
    let document = document()?;
    let answer = web_sys::DomParser::new()?.parse_from_string(html, web_sys::SupportedType::TextHtml)?;
    let news = answer.query_selector_all("[data-region]")?;
    let mut changed = Vec::new();
    for place in 0..news.length() {
        let Some(new) = news.get(place).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let Some(old) = document.get_element_by_id(&new.id()) else { continue };
        call_loader("rest", &old);
        if old.get_attribute("role").as_deref() == Some("log") {
            append_news(&old, &new)?;
        } else {
            old.set_inner_html(&new.inner_html());
        }
        call_loader("wake", &old);
        changed.push(old);
    }
    let title = answer.title();
    if !changed.is_empty() && !title.is_empty() {
        document.set_title(&title);
    }
    Ok(changed)
}

/// Keeps what is alike in a log, so that only what is new is read out.
fn append_news(old: &Element, new: &Element) -> Done {
    let mut alike = 0;
    while let (Some(a), Some(b)) = (old.children().item(alike), new.children().item(alike))
        && a.outer_html() == b.outer_html()
    {
        alike += 1;
    }
    while let Some(gone) = old.children().item(alike) {
        gone.remove();
    }
    while let Some(entry) = new.children().item(alike) {
        old.append_child(&entry)?;
    }
    Ok(())
}

/// The loader starts and rests islands: `islands.wake(region)`, `islands.rest(region)`.
fn call_loader(verb: &str, region: &Element) {
    let call = || -> Done {
        let islands = Reflect::get(window()?.as_ref(), &"islands".into())?;
        Reflect::get(&islands, &verb.into())?.dyn_into::<Function>()?.call1(&islands, region)?;
        Ok(())
    };
    let _ = call();
}

/// Moves focus to a thing that takes none by itself.
pub(super) fn focus(element: &Element) {
    if element.get_attribute("tabindex").is_none()
        && !element.matches("a,button,input,textarea,select").unwrap_or(true)
    {
        let _ = element.set_attribute("tabindex", "-1");
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
