//! The one thing a patient must do. It goes away when it is done, and in no other way.

use crate::paths::Path;
use leptos::prelude::*;

/// `title` is a verb and its object; `children` say by when.
#[component]
pub fn Action(to: Path, #[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="action">
            <a class="action-link" href=to>{title}</a>
            <div class="action-note">{children()}</div>
        </div>
    }
}
