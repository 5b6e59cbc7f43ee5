//! `/{locale}/staff/content/{variant}/review`: remarks, signatures, changes.

use super::super::{Asked, asked, said};
use super::{InPath, html, id, ticked, zone};
use crate::pages::{Head, Posted, Reply, Visit};
use domain::actor::Actor;
use domain::content::Desk;
use domain::content::leaves::{self, Shape};
use domain::editorial::{self, Sheet, rules};
use domain::error::{Error, Result};
use domain::ids::VariantId;
use domain::policy::Action;
use domain::sessions;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::content::review::{self as view, Block, Model};
use ui::paths;

pub async fn show(visit: Visit, path: InPath, query: Asked) -> Reply {
    let query = asked(query);
    let told = said(&query, "done").map(str::to_owned);
    draw(&visit, id(&path)?, Filled::default(), String::new(), told, None).await
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let id = id(&path)?;
    let whose = match posted.act() {
        "remark" => posted.get("block").to_owned(),
        _ => posted.get("desk").to_owned(),
    };
    match act(&visit, id, &posted).await {
        Ok((done, anchor)) => {
            let to = paths::content_review(visit.locale(), id).query("done", done);
            Ok(visit.go(&match anchor {
                Some(anchor) => to.at(&view::id(&anchor)),
                None => to,
            }))
        }
        Err(Error::Invalid(flaws)) => {
            draw(&visit, id, Filled::refused(kept(&posted), flaws), whose, None, None).await
        }
        Err(Error::Conflict(code)) => {
            draw(&visit, id, Filled::refused(kept(&posted), Vec::new()), whose, None, Some(code)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn kept(posted: &Posted) -> std::collections::BTreeMap<String, String> {
    let mut values = posted.values();
    values.remove("password");
    values
}

async fn act(visit: &Visit, id: VariantId, posted: &Posted) -> Result<(&'static str, Option<String>)> {
    let ctx = &visit.ctx;
    let version = posted.get("version").parse().unwrap_or(0);
    let desk = || posted.get("desk").parse::<Desk>().map_err(|_| Error::NotFound);
    Ok(match posted.act() {
        "approve" => {
            ctx.require(Action::ReviewContent).await?;
            let ticks = ticked(&posted.values(), "tick-");
            // what is owed is said before a code is used up
            let owed = rules::unticked(desk()?, &ticks);
            if !owed.is_empty() {
                return Err(Error::Invalid(owed));
            }
            let proof = sessions::show_again(ctx, posted.raw("password"), posted.get("code")).await?;
            editorial::approve(ctx, id, version, desk()?, &ticks, proof).await?;
            ("signed", None)
        }
        "changes" => {
            editorial::ask_for_changes(ctx, id, version, desk()?, posted.get("reason")).await?;
            ("changes_asked", None)
        }
        "remark" => {
            let block = posted.get("block").to_owned();
            editorial::remark(ctx, id, &block, posted.get("remark")).await?;
            ("remarked", Some(block))
        }
        "resolve" => {
            let remark = posted.get("remark_id").parse().map_err(|_| Error::NotFound)?;
            editorial::resolve(ctx, id, remark).await?;
            ("settled", None)
        }
        _ => return Err(Error::NotFound),
    })
}

async fn draw(
    visit: &Visit,
    id: VariantId,
    filled: Filled,
    refused: String,
    told: Option<String>,
    conflict: Option<&'static str>,
) -> Reply {
    let dossier = editorial::dossier(&visit.ctx, id).await?;
    let desks = match &visit.ctx.actor {
        Actor::Staff { roles, .. } => {
            Desk::ALL.into_iter().filter(|desk| roles.contains(&rules::role(*desk))).collect()
        }
        _ => Vec::new(),
    };
    // ids of the fields carry their desk, so the summary must lead there
    let filled = match refused.as_str() {
        "medical" => filled.prefixed("medical"),
        "legal" => filled.prefixed("legal"),
        "regulatory" => filled.prefixed("regulatory"),
        _ => filled,
    };
    let is_refused = filled.is_refused() || conflict.is_some();
    let blocks = blocks(visit, &dossier.sheet);
    let zone = zone(visit, &dossier);
    let model = Model { dossier, zone, blocks, desks, filled, refused, told, conflict };
    let w = visit.words();
    let head = Head::new(w.t("editorial.reviews.title")).nav(Nav::Reviews);
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}

/// Every block of every leaf, as readers get it.
fn blocks(visit: &Visit, sheet: &Sheet) -> Vec<Block> {
    let mut all = vec![Block {
        anchor: "title".into(),
        path: "title".into(),
        html: html(visit, sheet, Shape::Line, &sheet.title),
    }];
    for leaf in leaves::of(&sheet.body).into_iter().filter(|leaf| !leaf.text.is_empty()) {
        for (at, block) in leaf.blocks().into_iter().enumerate() {
            all.push(Block {
                anchor: format!("{}#{}", leaf.path, at + 1),
                path: leaf.path.clone(),
                html: html(visit, sheet, leaf.shape, block),
            });
        }
    }
    all
}
