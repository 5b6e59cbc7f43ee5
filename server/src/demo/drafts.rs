//! What the content team has on its desks: an edition in review with a remark, and one being written.

use super::conversations::acting;
use super::staff;
use domain::actor::Role;
use domain::content::{Body, Kind};
use domain::ctx::Ctx;
use domain::editorial::{self, Filter, Writing};
use domain::error::Result;
use domain::ids::VariantId;
use domain::locale::Locale;
use domain::time::HOUR;

/// Hands in a new edition of one lesson and begins another.
pub(super) async fn begin(ctx: &Ctx) -> Result<()> {
    let yesterday = Ctx { now: ctx.now.plus(-20 * HOUR), ..ctx.clone() };
    let priya = acting(&yesterday, staff::id("priya"), Some(Role::Author));
    let Some(lesson) = live(&priya, "EDU-103").await? else { return Ok(()) };
    let draft = editorial::begin_edition(&priya, lesson).await?;
    let sheet = editorial::dossier(&priya, draft).await?.sheet;
    let Body::Module { summary, .. } = &sheet.body else { return Ok(()) };
    let summary = format!("{summary} A nurse can practice it with you.");
    let leaves = [("summary".to_owned(), summary)].into_iter().collect();
    let writing = Writing { title: sheet.title.clone(), leaves, meta: None };
    let version = editorial::save(&priya, draft, sheet.version, &writing, true).await?;
    editorial::hand_in(&priya, draft, version).await?;
    let kwame = acting(ctx, staff::id("kwame"), Some(Role::MedicalReviewer));
    editorial::remark(&kwame, draft, "summary#1", "Say how to reach the nurse.").await?;
    if let Some(answer) = live(&priya, "FAQ-020").await? {
        editorial::begin_edition(&priya, answer).await?;
    }
    Ok(())
}

/// The live English variant of an item.
async fn live(ctx: &Ctx, code: &str) -> Result<Option<VariantId>> {
    let filter = Filter { text: code.to_owned(), locale: Some(Locale::En), ..Filter::default() };
    let page = editorial::library(ctx, &filter, None).await?;
    let fits = |kind: Kind| matches!(kind, Kind::Module | Kind::Faq);
    Ok(page.lines.iter().find(|line| line.code == code && fits(line.kind)).map(|line| line.id))
}
