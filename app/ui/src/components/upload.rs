//! One file from a camera or a folder. The kinds and the size are said before the control.

use super::field::notes;
use super::filled::Slot;
use crate::i18n::Words;
use crate::islands::Resume;
use leptos::prelude::*;

/// What the portal takes, in bytes.
pub const LIMIT: u32 = 25_000_000;

/// Stands in a `Form` with `multipart=true`. Takes photos and PDF up to 25 MB; the server looks at the content.
///
/// With `resume`, the id of what the file is for, scripts send it in parts to `/files` (tus 1.0, metadata `purpose`)
/// and then post the form with `upload`, the upload's address, in place of the file.
#[component]
pub fn Upload(
    w: Words,
    field: Slot,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] resume: Option<String>,
    /// What a browser offers to choose.
    #[prop(default = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf")]
    accept: &'static str,
) -> impl IntoView {
    let hint = hint.unwrap_or_else(|| w.t("common.upload_hint"));
    let described = field.described_by(true);
    let too_large = w.with("errors.file_too_large", &[("limit", &w.number(i64::from(LIMIT / 1_000_000)))]);
    let resume = resume.map(|purpose| {
        view! {
            <div
                class="upload-progress"
                hidden
                data-field=field.name.clone()
                data-endpoint="/files"
                data-purpose=purpose
                data-limit=LIMIT.to_string()
                data-sending=w.t("common.upload.sending")
                data-waiting=w.t("common.upload.waiting")
                data-sent=w.t("common.upload.sent")
                data-too-large=too_large
            >
                <progress class="progress" max="100" value="0" aria-label=label.clone()></progress>
                <p class="upload-words"></p>
                <button class="button button-quiet" type="button">{w.t("common.cancel")}</button>
            </div>
            <Resume/>
        }
    });
    view! {
        <div class="field upload" class:has-error=field.flaw.is_some()>
            <label class="label" for=field.id.clone()>{label.clone()}</label>
            {notes(w, &field, Some(hint))}
            <input
                class="file"
                id=field.id.clone()
                name=field.name.clone()
                type="file"
                accept=accept
                aria-describedby=described
                aria-invalid=field.invalid()
            />
            {resume}
        </div>
    }
}
