//! `/{locale}/staff/content/{variant}/edit`: every leaf a field.

use super::super::{Asked, asked, said};
use super::{InPath, id, ticked};
use crate::pages::{Head, Posted, Reply, Visit};
use axum::response::{IntoResponse, Response};
use domain::consents::Channel;
use domain::content::leaves::{self, Leaf, Shape};
use domain::content::{Audience, Meta, Reference};
use domain::editorial::{
    self, ClarityAnswers, Dossier, MetaWriting, OnChange, Sheet, State, Writing, clarity, diff,
};
use domain::error::{Error, Flaw, Result};
use domain::ids::VariantId;
use domain::policy::Action;
use http::StatusCode;
use std::collections::BTreeMap;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::content::edit::{self as view, Line, Model, REFERENCES};
use ui::paths;

pub async fn show(visit: Visit, path: InPath, query: Asked) -> Reply {
    let query = asked(query);
    visit.ctx.require(Action::WriteContent).await?;
    let id = id(&path)?;
    let dossier = editorial::dossier(&visit.ctx, id).await?;
    if dossier.sheet.state != State::Draft {
        return Ok(visit.go(&paths::content_variant(visit.locale(), id)));
    }
    let mut filled = stored(&dossier.sheet);
    match said(&query, "more") {
        Some("page") => add(&mut filled, &dossier.sheet, "pages", &["title", "body"]),
        Some("quiz") => {
            add(&mut filled, &dossier.sheet, "quiz", &["question", "options", "right", "because"])
        }
        _ => {}
    }
    let told = said(&query, "done").map(str::to_owned);
    draw(&visit, dossier, filled, told, None).await
}

/// One more empty page or question.
fn add(filled: &mut Filled, sheet: &Sheet, list: &str, names: &[&str]) {
    let prefix = format!("{list}.");
    let last = leaves::of(&sheet.body)
        .iter()
        .filter_map(|leaf| leaf.path.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok())
        .max();
    for name in names {
        filled.values.insert(format!("{list}.{}.{name}", last.unwrap_or(0) + 1), String::new());
    }
}

pub async fn post(visit: Visit, path: InPath, posted: Posted) -> Reply {
    let id = id(&path)?;
    let version = posted.get("version").parse().unwrap_or(0);
    let done = match posted.act() {
        "clarity" => {
            let answers = ClarityAnswers {
                met: ticked(&posted.values(), "met-"),
                override_reason: posted.get("override").to_owned(),
            };
            editorial::set_clarity(&visit.ctx, id, version, &answers).await.map(|()| "clarity")
        }
        "save" | "autosave" => {
            let dossier = editorial::dossier(&visit.ctx, id).await?;
            match writing(&dossier.sheet, &posted) {
                Ok(writing) => {
                    let keep = posted.act() == "save";
                    match editorial::save(&visit.ctx, id, version, &writing, keep).await {
                        Ok(version) if !keep => return Ok(saved(version)),
                        saved => saved.map(|_| "saved"),
                    }
                }
                Err(error) => Err(error),
            }
        }
        _ => return Err(Error::NotFound.into()),
    };
    match done {
        Ok(done) => {
            let to = paths::content_edit(visit.locale(), id).query("done", done);
            Ok(visit.go(&match posted.get("more") {
                "" => to,
                more => to.query("more", more),
            }))
        }
        Err(Error::Invalid(flaws)) => {
            let dossier = editorial::dossier(&visit.ctx, id).await?;
            draw(&visit, dossier, Filled::refused(posted.values(), flaws), None, None).await
        }
        Err(Error::Conflict(code)) => {
            // what was typed is still there, to be taken over
            let dossier = editorial::dossier(&visit.ctx, id).await?;
            draw(&visit, dossier, Filled::refused(posted.values(), Vec::new()), None, Some(code)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What a script hears that saved by itself: the version it goes on with.
fn saved(version: i64) -> Response {
    (StatusCode::OK, [("x-version", version.to_string()), ("x-page", "1".to_owned())]).into_response()
}

/// The page again, with what keeps the draft from being handed in.
pub(super) async fn refused(visit: &Visit, id: VariantId, flaws: Vec<Flaw>) -> Reply {
    let dossier = editorial::dossier(&visit.ctx, id).await?;
    let filled = Filled { flaws, ..stored(&dossier.sheet) };
    draw(visit, dossier, filled, None, None).await
}

/// The stored words as a form's values.
fn stored(sheet: &Sheet) -> Filled {
    let mut values: BTreeMap<String, String> =
        leaves::of(&sheet.body).into_iter().map(|leaf| (leaf.path, leaf.text)).collect();
    values.insert("title".into(), sheet.title.clone());
    let meta = &sheet.meta;
    let mut put = |name: &str, value: String| {
        values.insert(name.to_owned(), value);
    };
    put("audience", meta.audience.code().into());
    put("stage", meta.stage.map(|stage| stage.code().to_owned()).unwrap_or_default());
    put("branded", if meta.is_branded { "yes".into() } else { String::new() });
    put("label_edition", meta.label_edition.clone());
    put("indication", meta.indication.clone());
    put("on_change", sheet.on_change.code().into());
    put("on_change_days", sheet.on_change_days.to_string());
    put("note", sheet.note.clone());
    for channel in &meta.channels {
        put(&format!("channel-{channel}"), "yes".into());
    }
    for (at, reference) in meta.references.iter().enumerate() {
        put(&format!("ref-{}-document", at + 1), reference.document.clone());
        put(&format!("ref-{}-page", at + 1), reference.page.clone());
        put(
            &format!("ref-{}-until", at + 1),
            reference.expires_on.map(|day| day.to_string()).unwrap_or_default(),
        );
    }
    Filled { values, ..Filled::default() }
}

/// What was posted, as the verb takes it.
fn writing(sheet: &Sheet, posted: &Posted) -> Result<Writing> {
    let fixed = ["title", "act", "version", "more"];
    let leaves = posted.values().into_iter().filter(|(name, _)| !fixed.contains(&name.as_str())).collect();
    let meta = if sheet.is_source() { Some(meta(sheet, posted)?) } else { None };
    Ok(Writing { title: posted.get("title").to_owned(), leaves, meta })
}

fn meta(sheet: &Sheet, posted: &Posted) -> Result<MetaWriting> {
    let audience = Audience::ALL.into_iter().find(|one| one.code() == posted.get("audience"));
    let channels: Vec<Channel> = [Channel::Portal, Channel::Email, Channel::Sms]
        .into_iter()
        .filter(|one| posted.get(&format!("channel-{one}")) == "yes")
        .collect();
    let mut references = Vec::new();
    for n in 1..=REFERENCES {
        let (document, until) =
            (posted.get(&format!("ref-{n}-document")), posted.date(&format!("ref-{n}-until")));
        if document.is_empty() {
            continue;
        }
        let expires_on = match until.as_str() {
            "" => None,
            day => Some(day.parse().map_err(|_| Error::invalid(format!("ref-{n}-until"), "date_invalid"))?),
        };
        let page = posted.get(&format!("ref-{n}-page")).to_owned();
        references.push(Reference { document: document.to_owned(), page, expires_on });
    }
    Ok(MetaWriting {
        meta: Meta {
            audience: audience.unwrap_or(sheet.meta.audience),
            stage: posted.get("stage").parse().ok(),
            is_branded: posted.get("branded") == "yes",
            indication: posted.get("indication").chars().take(500).collect(),
            label_edition: posted.get("label_edition").chars().take(40).collect(),
            channels,
            references,
        },
        on_change: OnChange::posted(posted.get("on_change")),
        on_change_days: posted.get("on_change_days").parse().unwrap_or(0).clamp(0, 90),
        note: posted.get("note").chars().take(1_000).collect(),
    })
}

async fn draw(
    visit: &Visit,
    dossier: Dossier,
    filled: Filled,
    told: Option<String>,
    conflict: Option<&'static str>,
) -> Reply {
    let w = visit.words();
    let saves = editorial::saves(&visit.ctx, dossier.sheet.id).await?;
    let zone = super::zone(visit, &dossier);
    let saves = saves.into_iter().map(|(version, name, at)| (version, name, w.instant(at, &zone))).collect();
    let lines = lines(visit, &dossier, &filled).await?;
    let text: String = lines
        .iter()
        .filter(|line| matches!(line.leaf.shape, Shape::Words | Shape::Markdown))
        .map(|line| clarity::plain(&line.leaf.text))
        .collect();
    let reading = clarity::read(&text, dossier.sheet.locale);
    let is_refused = filled.is_refused() || conflict.is_some();
    let media = editorial::media_of(&visit.ctx, &dossier.sheet.item).await?;
    let model = Model { sheet: dossier.sheet, lines, reading, filled, told, conflict, saves, media };
    let head = Head::new(w.t("editorial.edit.title")).nav(Nav::Content);
    Ok(visit.show_or_refuse(is_refused, head, move || view::view(w, model)))
}

/// The fields: what stands in the form, and for a translation the source's words and what changed in them.
async fn lines(visit: &Visit, dossier: &Dossier, filled: &Filled) -> Result<Vec<Line>> {
    let sheet = &dossier.sheet;
    let body = leaves::with(&sheet.body, &filled.values);
    let source = match sheet.made_from {
        Some(source) => Some(editorial::dossier(&visit.ctx, source).await?.sheet),
        None => None,
    };
    let earlier = match &source {
        Some(source) => earlier_source(visit, dossier, source).await?,
        None => None,
    };
    let texts = |sheet: &Option<Sheet>| -> BTreeMap<String, String> {
        let leaves = sheet.as_ref().map(|sheet| leaves::of(&sheet.body)).unwrap_or_default();
        leaves.into_iter().map(|leaf: Leaf| (leaf.path, leaf.text)).collect()
    };
    let (now, before) = (texts(&source), texts(&earlier));
    Ok(leaves::of(&body)
        .into_iter()
        .map(|leaf| {
            let text = now.get(&leaf.path).cloned().filter(|text| !text.is_empty());
            let changed = match (&text, before.get(&leaf.path)) {
                (Some(text), Some(before)) if before != text => Some(diff::words(before, text)),
                _ => None,
            };
            Line { leaf, source: text, changed }
        })
        .collect())
}

/// The source the translation before was made from.
async fn earlier_source(visit: &Visit, dossier: &Dossier, source: &Sheet) -> Result<Option<Sheet>> {
    let earlier = dossier
        .siblings
        .iter()
        .filter(|one| one.locale == source.locale && one.edition < source.edition && !one.state.is_open())
        .filter(|one| one.state != State::Changes)
        .max_by_key(|one| one.edition);
    match earlier {
        Some(earlier) => Ok(Some(editorial::dossier(&visit.ctx, earlier.id).await?.sheet)),
        None => Ok(None),
    }
}
