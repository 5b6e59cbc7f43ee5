//! One file from a camera or a folder. The kinds and the size are said before the control.

use super::field::notes;
use super::filled::Slot;
use crate::i18n::Words;
use leptos::prelude::*;

/// Stands in a `Form` with `multipart=true`. Takes photos and PDF up to 25 MB; the server looks at the content.
#[component]
pub fn Upload(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let hint = hint.unwrap_or_else(|| w.t("common.upload_hint"));
    let described = field.described_by(true);
    view! {
        <div class="field upload" class:has-error=field.flaw.is_some()>
            <label class="label" for=field.id.clone()>{label}</label>
            {notes(w, &field, Some(hint))}
            <input
                class="file"
                id=field.id.clone()
                name=field.name.clone()
                type="file"
                accept="image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf"
                aria-describedby=described
                aria-invalid=field.invalid()
            />
        </div>
    }
}
