//! `/{locale}/staff/content/{variant}`: one variant, and what may be done with it.

use super::super::{Asked, asked, said};
use super::{InPath, id, words, zone};
use crate::pages::{Head, Posted, Reply, Visit};
use domain::editorial;
use domain::error::{Error, Flaw, Result};
use domain::ids::VariantId;
use domain::policy::{Action, may};
use domain::sessions;
use domain::time::{Day, MINUTE, Timestamp};
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::content::sheet::{self as view, May, Model};
use ui::paths;

pub async fn show(visit: Visit, path: InPath, query: Asked) -> Reply {
    let query = asked(query);
    let told = said(&query, "done").map(str::to_owned);
    draw(&visit, id(&path)?, Filled::default(), told, None).await
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let id = id(&path)?;
    let l = visit.locale();
    let here = |done: &str| paths::content_variant(l, id).query("done", done);
    match act(&visit, id, &posted).await {
        Ok(Done::Here(done)) => Ok(visit.go(&here(done))),
        Ok(Done::Edit(draft)) => Ok(visit.go(&paths::content_edit(l, draft))),
        Err(Error::Invalid(flaws)) => {
            // what is wrong with the words is shown where they are written
            if posted.act() == "hand_in" {
                return super::edit::refused(&visit, id, flaws).await;
            }
            let mut values = posted.values();
            values.remove("password");
            draw(&visit, id, Filled::refused(values, flaws), None, None).await
        }
        Err(Error::Conflict(code)) => {
            let mut values = posted.values();
            values.remove("password");
            draw(&visit, id, Filled::refused(values, Vec::new()), None, Some(code)).await
        }
        Err(error) => Err(error.into()),
    }
}

enum Done {
    Here(&'static str),
    Edit(VariantId),
}

async fn act(visit: &Visit, id: VariantId, posted: &Posted) -> Result<Done> {
    let ctx = &visit.ctx;
    let version = posted.get("version").parse().unwrap_or(0);
    Ok(match posted.act() {
        "hand_in" => {
            editorial::hand_in(ctx, id, version).await?;
            Done::Here("handed_in")
        }
        "take_back" => {
            editorial::take_back(ctx, id, version).await?;
            Done::Here("taken_back")
        }
        "new_edition" => Done::Edit(editorial::begin_edition(ctx, id).await?),
        "translate" => {
            let locale = posted.get("language").parse().map_err(|_| Error::NotFound)?;
            Done::Edit(editorial::begin_translation(ctx, id, locale).await?)
        }
        "publish" => {
            ctx.require(Action::PublishContent).await?;
            let at = planned(visit, id, posted).await?;
            let proof = sessions::show_again(ctx, posted.raw("password"), posted.get("code")).await?;
            editorial::publish(ctx, id, version, at, proof).await?;
            Done::Here(if at.is_some() { "scheduled" } else { "published" })
        }
        "withdraw" => {
            let everywhere = posted.get("everywhere") == "yes";
            editorial::withdraw(ctx, id, version, posted.get("reason"), everywhere).await?;
            Done::Here("withdrawn")
        }
        _ => return Err(Error::NotFound),
    })
}

/// The instant somebody typed, in the program's zone; none means now.
async fn planned(visit: &Visit, id: VariantId, posted: &Posted) -> Result<Option<Timestamp>> {
    let on = posted.date("on");
    if on.is_empty() {
        return Ok(None);
    }
    let day: Day = on.parse().map_err(|_| Error::invalid("on", "date_invalid"))?;
    let minutes = match posted.get("time") {
        "" => 0,
        time => minutes(time).ok_or(Error::Invalid(vec![Flaw::new("time", "time_invalid")]))?,
    };
    let dossier = editorial::dossier(&visit.ctx, id).await?;
    let program = visit.ctx.portal.programs.get(dossier.sheet.program)?;
    let at = program.start_of(day)?.plus(minutes * MINUTE);
    if at <= visit.ctx.now {
        return Err(Error::invalid("on", "in_the_past"));
    }
    Ok(Some(at))
}

/// `08:30` as minutes after midnight.
fn minutes(time: &str) -> Option<i64> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

async fn draw(
    visit: &Visit,
    id: VariantId,
    filled: Filled,
    told: Option<String>,
    conflict: Option<&'static str>,
) -> Reply {
    let dossier = editorial::dossier(&visit.ctx, id).await?;
    let actor = &visit.ctx.actor;
    let may = May {
        write: may(actor, Action::WriteContent),
        review: may(actor, Action::ReviewContent),
        publish: may(actor, Action::PublishContent),
        withdraw: may(actor, Action::WithdrawContent),
    };
    let is_refused = filled.is_refused() || conflict.is_some();
    let model = Model {
        words: words(visit, &dossier.sheet),
        zone: zone(visit, &dossier),
        dossier,
        may,
        filled,
        told,
        conflict,
    };
    let w = visit.words();
    let head = Head::new(w.t("editorial.library.title")).nav(Nav::Content);
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}
