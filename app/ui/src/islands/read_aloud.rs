//! Reads a text aloud where the browser has a voice for its language. Where it has none, or scripts do not run, there is no
//! button: a voice of another language would only confuse.

use leptos::prelude::*;

/// Stands beside a hidden button with `data-read-aloud`, the language to read in, and `data-stop`, the word for stopping.
#[island]
pub fn ReadAloud() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    client::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod client {
    use crate::islands::browser::{document, listen, take_each, wait, window};
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{Event, HtmlElement, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

    /// Browsers load their voices late; after so many looks there is none.
    const LOOKS: u32 = 10;

    pub(super) fn wake() {
        take_each("button[data-read-aloud]", |button: HtmlElement| {
            spawn_local(async move {
                for _ in 0..LOOKS {
                    if let Some((speech, voice)) = voice_for(&button) {
                        offer(&button, speech, voice);
                        return;
                    }
                    wait(300).await;
                }
            });
        });
    }

    /// A voice of the text's language.
    fn voice_for(button: &HtmlElement) -> Option<(SpeechSynthesis, SpeechSynthesisVoice)> {
        let speech = window().ok()?.speech_synthesis().ok()?;
        let wanted = button.get_attribute("data-read-aloud")?;
        let voices = speech.get_voices();
        let voice = voices.iter().find_map(|voice| {
            let voice: SpeechSynthesisVoice = voice.dyn_into().ok()?;
            voice.lang().to_lowercase().starts_with(&wanted).then_some(voice)
        })?;
        Some((speech, voice))
    }

    fn offer(button: &HtmlElement, speech: SpeechSynthesis, voice: SpeechSynthesisVoice) {
        let start = button.text_content().unwrap_or_default();
        let stop = button.get_attribute("data-stop").unwrap_or_default();
        let _ = button.remove_attribute("hidden");
        let shown = button.clone();
        listen(button, "click", false, move |_: Event| {
            if speech.speaking() {
                speech.cancel();
                shown.set_text_content(Some(&start));
                return;
            }
            let words =
                document().ok().and_then(|document| document.query_selector("main .prose").ok().flatten());
            let words = words.and_then(|words| words.text_content()).unwrap_or_default();
            let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&words) else { return };
            utterance.set_voice(Some(&voice));
            utterance.set_lang(&voice.lang());
            let (ended, start) = (shown.clone(), start.clone());
            listen(&utterance, "end", false, move |_: Event| ended.set_text_content(Some(&start)));
            speech.speak(&utterance);
            shown.set_text_content(Some(&stop));
        });
    }
}
