//! What a person was asked for and what they sent.

use crate::pages::{Head, Reply, Visit};
use domain::content::{Body, Kind, Shown};
use domain::documents::{self, Asked, State};
use domain::error::Result;
use domain::locale::Locale;
use ui::document::Nav;
use ui::pages::patient::document::{Said, Sent, Wanted};
use ui::pages::patient::documents as view;

pub async fn show(visit: Visit) -> Reply {
    let asked = documents::for_person(&visit.ctx).await?;
    let program = asked.first().map(|asked| asked.program.clone());
    let wanted = asked.iter().map(|asked| wanted(&visit, asked)).collect::<Result<Vec<_>>>()?;
    let w = visit.words();
    let mut head = Head::new(w.t("documents.title")).nav(Nav::Documents);
    if let Some(program) = &program {
        head = head.program(program);
    }
    Ok(visit.show(head, move || view::page(w, wanted)))
}

/// A request in the reader's words.
pub(super) fn wanted(visit: &Visit, asked: &Asked) -> Result<Wanted> {
    let (locale, shelf) = (visit.locale(), visit.ctx.library().shelf());
    let reason = |code: &str| {
        let shown = shelf.find(asked.program.id, Kind::Rejection, code, locale)?;
        match &shown.variant.body {
            Body::Rejection { text } => Some(said(&shown, locale, text)),
            _ => None,
        }
    };
    let sent = asked
        .documents
        .iter()
        .map(|document| Sent {
            document: document.clone(),
            reason: document.reason.as_deref().filter(|_| document.state == State::Rejected).and_then(reason),
        })
        .collect();
    let (name, why, how) = words(asked, locale);
    Ok(Wanted {
        request: asked.request.clone(),
        name,
        why,
        how,
        today: asked.program.day(visit.ctx.now)?,
        zone: asked.program.zone.clone(),
        phone: asked.program.phone.clone(),
        sent,
    })
}

/// Name, why and how; only a code where the library no longer holds the kind.
pub(crate) fn words(asked: &Asked, locale: Locale) -> (Said, Option<Said>, Option<Said>) {
    match asked.words.as_ref().map(|shown| (shown, &shown.variant.body)) {
        Some((shown, Body::Document { name, why, how })) => {
            (said(shown, locale, name), Some(said(shown, locale, why)), Some(said(shown, locale, how)))
        }
        _ => (Said { text: asked.request.kind.replace('_', " "), lang: Some(Locale::En) }, None, None),
    }
}

pub(crate) fn said(shown: &Shown, locale: Locale, text: &str) -> Said {
    let written = shown.variant.locale;
    Said { text: text.to_owned(), lang: (written != locale).then_some(written) }
}
