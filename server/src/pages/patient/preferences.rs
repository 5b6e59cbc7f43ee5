//! The door of the contact choices.

use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use domain::consents::{self, Channel, Purpose, types::slug};
use domain::error::Error;
use domain::ids::CaseId;
use serde::Deserialize;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::patient::preferences::{self as view, Told, row_id};
use ui::paths;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The row that was answered a moment ago.
    case: String,
    row: String,
}

pub async fn show(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Reply {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let saved = asked.case.parse().ok().map(|case| (case, asked.row));
    draw(&visit, saved, None, None).await
}

pub async fn post(visit: Visit, posted: Posted) -> Reply {
    let case: CaseId = posted.get("case").parse().map_err(|_| Error::NotFound)?;
    let purpose: Purpose = posted.get("purpose").parse().map_err(|_| Error::NotFound)?;
    let channel: Channel = posted.get("channel").parse().map_err(|_| Error::NotFound)?;
    let answered = match posted.act() {
        "give" => {
            let edition = posted.get("edition").parse().unwrap_or(0);
            let signature = Some(posted.get("signature"));
            consents::give(&visit.ctx, case, purpose, channel, edition, signature).await
        }
        "withdraw" => consents::withdraw(&visit.ctx, case, purpose, channel).await,
        _ => Err(Error::NotFound),
    };
    let slug = slug(purpose, channel);
    match answered {
        Ok(()) if visit.is_fragment => draw(&visit, Some((case, slug)), None, None).await,
        Ok(()) => {
            let to = paths::preferences(visit.locale())
                .query("case", &case.to_string())
                .query("row", &slug)
                .at(&row_id(case, &slug));
            Ok(visit.go(&to))
        }
        Err(Error::Invalid(flaws)) => {
            let filled = Filled::refused(posted.values(), flaws);
            draw(&visit, None, Some((filled, (case, slug))), None).await
        }
        Err(Error::Conflict("wording_changed")) => draw(&visit, None, None, Some(Told::Reworded)).await,
        Err(Error::Conflict(_)) => draw(&visit, None, None, Some(Told::Stale)).await,
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    visit: &Visit,
    saved: Option<(CaseId, String)>,
    refused: Option<(Filled, (CaseId, String))>,
    told: Option<Told>,
) -> Reply {
    let w = visit.words();
    let cases = consents::preferences(&visit.ctx).await?;
    let told = told.or_else(|| {
        let (id, row) = saved?;
        let case = cases.iter().find(|case| case.case == id)?;
        let choice = case.choices.iter().find(|choice| choice.live.slug == row)?;
        let is_needed = choice.purpose.is_needed() && choice.channel == Channel::Portal;
        Some(Told::Saved { is_given: choice.is_given, is_needed, title: choice.live.title.clone() })
    });
    let is_refused = refused.is_some() || matches!(told, Some(Told::Stale | Told::Reworded));
    let mut head = Head::new(w.t("consents.title")).nav(Nav::Preferences);
    if let Some(case) = cases.first() {
        head = head.program(&case.program);
    }
    let (filled, refused) = refused.map_or((Filled::default(), None), |(filled, row)| (filled, Some(row)));
    let model = view::Preferences { cases, filled, refused, told };
    Ok(visit.show_or_refuse(is_refused, head, move || view::preferences(w, model)))
}
