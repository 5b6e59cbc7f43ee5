//! Call 911, call 988. The only red there is.

use super::Phone;
use leptos::prelude::*;

/// `phone` is shown as a large button to tap.
#[component]
pub fn Emergency(
    #[prop(into)] title: String,
    #[prop(optional, into)] phone: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="emergency" role="alert">
            <h2>{title}</h2>
            {children()}
            {phone.map(|number| view! { <p class="emergency-phone"><Phone number/></p> })}
        </section>
    }
}
