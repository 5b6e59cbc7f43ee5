//! Rows and columns. On a narrow screen the table scrolls inside its own region, the page never does.

use leptos::prelude::*;

/// `children` are `<thead>` and `<tbody>`. `name` must be unlike others of the page: it makes the caption's id.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    #[prop(default = "table")] name: &'static str,
    #[prop(optional)] hide_caption: bool,
    children: Children,
) -> impl IntoView {
    let id = format!("{name}-caption");
    let labelled_by = id.clone();
    view! {
        <div class="table-region" role="region" tabindex="0" aria-labelledby=labelled_by>
            <table class="table">
                <caption id=id class:hidden=hide_caption>{caption}</caption>
                {children()}
            </table>
        </div>
    }
}
