//! `/{locale}/`: the front page.

use super::languages::remember;
use crate::pages::{Head, Reply, Visit, approved};
use axum::response::{IntoResponse, Redirect};
use ui::document::Nav;
use ui::pages::public::portal::{self, Entry};
use ui::paths;

pub async fn show(visit: Visit) -> Reply {
    let w = visit.words();
    let programs = visit.app.portal.programs.all();
    let entries: Vec<Entry> = programs
        .iter()
        .map(|program| {
            let (tagline, lang) = approved::line(&visit, program, "tagline");
            Entry { code: program.code.clone(), name: program.name.clone(), tagline, lang }
        })
        .collect();
    let head = Head::new(w.t("public.portal.title")).nav(Nav::Portal);
    let response = visit.show(head, move || portal::view(w, entries));
    Ok(remember(response, visit.locale(), visit.app.config.is_https()))
}

/// `/{locale}` is the front page too.
pub async fn add_slash(visit: Visit) -> Reply {
    Ok(Redirect::permanent(paths::portal(visit.locale()).as_str()).into_response())
}
