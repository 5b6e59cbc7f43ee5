//! One variant: its words, who signed them, what it stands on, its other languages and editions, and what may be done now.

use super::{both_factors, kind, place, state};
use crate::components::{
    Area, Back, Button, ButtonLink, Check, DateField, Details, ErrorSummary, Fact, Facts, Field, Filled,
    Form, Group, Id, Look, Pick, Prose, Select, Table, When, Width,
};
use crate::i18n::Words;
use crate::pages::approved::Text;
use crate::paths;
use domain::content::{Desk, Kind};
use domain::editorial::{Dossier, OnChange, ReviewState, Sheet, Signature, State, Use};
use domain::locale::Locale;
use leptos::prelude::*;

/// What this staff member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct May {
    pub write: bool,
    pub review: bool,
    pub publish: bool,
    pub withdraw: bool,
}

pub struct Model {
    pub dossier: Dossier,
    pub zone: String,
    /// The words as readers get them, leaf by leaf: path and safe HTML.
    pub words: Vec<(String, Text)>,
    pub may: May,
    pub filled: Filled,
    /// What was just done, as the last part of a key.
    pub told: Option<String>,
    /// Why it could not be done, as the code of a conflict.
    pub conflict: Option<&'static str>,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let sheet = &model.dossier.sheet;
    let outcome = super::outcome(w, model.told.as_deref(), model.conflict);
    let (lang, dir) = (sheet.locale.tag(), sheet.locale.direction().tag());
    let filled = model.filled.clone();
    let (facts, words, acts) = (facts(w, &model), words(w, &model), acts(w, &model));
    let (stamp, siblings, uses) = (stamp(w, &model), siblings(w, &model), uses(w, &model));
    view! {
        <Back w to=paths::content(w.locale) text=w.t("editorial.library.title")/>
        <ErrorSummary w filled/>
        {outcome}
        <p class="eyebrow"><Id text=sheet.code.clone()/>" · "{kind(w, sheet.kind)}" · "{place(w, sheet.edition, sheet.locale)}</p>
        <h1 lang=lang dir=dir>{sheet.title.clone()}</h1>
        <p>{state(w, sheet.state)}</p>
        <div class="columns editorial">
            <div class="stack">
                {words}
                {acts}
            </div>
            <div class="stack">
                {facts}
                {stamp}
                {uses}
                {siblings}
            </div>
        </div>
    }
}

/// The words themselves, in their own language.
fn words(w: Words, model: &Model) -> AnyView {
    let sheet = &model.dossier.sheet;
    let (lang, dir) = (sheet.locale.tag(), sheet.locale.direction().tag());
    let leaves = model
        .words
        .iter()
        .map(|(path, text)| {
            let label = w.t(&format!("editorial.field.{}", domain::content::leaves::label(path)));
            let html = text.html.clone();
            view! {
                <section class="leaf">
                    <h3 class="leaf-name">{label}</h3>
                    <div lang=lang dir=dir><Prose html=html/></div>
                </section>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="words">
            <h2 id="words">{w.t("editorial.sheet.words")}</h2>
            <div class="leaves">{leaves}</div>
        </section>
    }
    .into_any()
}

fn facts(w: Words, model: &Model) -> AnyView {
    let sheet = &model.dossier.sheet;
    let meta = &sheet.meta;
    let mut facts: Vec<AnyView> = Vec::new();
    let mut said = |key: &str, text: String| {
        if !text.is_empty() {
            let label = w.t(&format!("editorial.sheet.{key}"));
            facts.push(view! { <Fact label><bdi>{text}</bdi></Fact> }.into_any());
        }
    };
    said("author", sheet.author_name.clone());
    said("audience", w.t(&format!("editorial.audience.{}", meta.audience.code())));
    said("stage", meta.stage.map(|stage| w.t(&format!("cases.stage.{stage}"))).unwrap_or_default());
    said("brand", w.t(if meta.is_branded { "editorial.branded" } else { "editorial.unbranded" }));
    let channels = meta.channels.iter().map(|one| w.t(&format!("editorial.channel.{one}")));
    said("channels", channels.collect::<Vec<_>>().join(", "));
    said("label", meta.label_edition.clone());
    said("indication", meta.indication.clone());
    for one in &meta.references {
        let until = one.expires_on.map(|day| format!(" · {}", w.day(day))).unwrap_or_default();
        said("reference", format!("{} {}{until}", one.document, one.page));
    }
    said("note", sheet.note.clone());
    let at = |at: domain::time::Timestamp| w.instant(at, &model.zone);
    for (key, when) in [
        ("saved", Some(at(sheet.saved_at))),
        ("submitted", sheet.submitted_at.map(at)),
        ("scheduled", sheet.scheduled_for.map(at)),
        ("live", sheet.live_from.map(at)),
        ("reviewed", sheet.reviewed_on.map(|day| w.day(day))),
        ("due", sheet.review_due_on.map(|day| w.day(day))),
        ("stale_since", sheet.stale_since.map(at)),
        ("stale_until", sheet.stale_until.map(at)),
        ("ended", sheet.ended_at.map(at)),
    ] {
        said(key, when.unwrap_or_default());
    }
    said("ended_why", ended_why(w, sheet));
    view! {
        <section aria-labelledby="about">
            <h2 id="about">{w.t("editorial.sheet.about")}</h2>
            <Facts>{facts}</Facts>
        </section>
    }
    .into_any()
}

fn ended_why(w: Words, sheet: &Sheet) -> String {
    let why = sheet.ended_why.clone().unwrap_or_default();
    w.find(&format!("editorial.ended.{why}")).unwrap_or(why)
}

/// Who signed, when, and what the signature means.
fn stamp(w: Words, model: &Model) -> AnyView {
    let reviews = model
        .dossier
        .reviews
        .iter()
        .map(|review| {
            let desk = w.t(&format!("editorial.desk.{}", review.desk.code()));
            let state = w.t(&format!("editorial.review_state.{}", review.state));
            let reason =
                review.reason.clone().map(|text| view! { <p class="as-typed"><bdi>{text}</bdi></p> });
            let due = review.due_at.filter(|_| review.state == ReviewState::Open).map(|at| {
                let zone = model.zone.clone();
                view! { <p class="small quiet">{w.t("editorial.column.due")}" "<When w at zone/></p> }
            });
            view! { <li><strong>{desk}</strong>" · "{state}{reason}{due}</li> }
        })
        .collect_view();
    let signatures =
        model.dossier.signatures.iter().map(|one| signature(w, one, model.zone.clone())).collect_view();
    let none = model
        .dossier
        .signatures
        .is_empty()
        .then(|| view! { <p class="quiet">{w.t("editorial.sheet.unsigned")}</p> });
    view! {
        <section aria-labelledby="stamp">
            <h2 id="stamp">{w.t("editorial.sheet.review")}</h2>
            <ul role="list" class="desks">{reviews}</ul>
            {none}
            <ul role="list" class="signatures">{signatures}</ul>
        </section>
    }
    .into_any()
}

/// Printed name, time, meaning, and the beginning of the hash it covers (21 CFR 11.50).
pub(super) fn signature(w: Words, one: &Signature, zone: String) -> AnyView {
    let meaning =
        w.find(&format!("editorial.meaning.{}", one.meaning)).unwrap_or_else(|| one.meaning.clone());
    let role = w.t(&format!("editorial.desk.{}", one.role));
    let hash = one.hash.get(..16).unwrap_or_default().to_owned();
    view! {
        <li class="signature">
            <p><strong><bdi>{one.name.clone()}</bdi></strong>" · "{role}</p>
            <p>{meaning}</p>
            <p class="small quiet"><When w at=one.signed_at zone/>" · "<span class="code" dir="ltr">{hash}</span></p>
        </li>
    }
    .into_any()
}

fn siblings(w: Words, model: &Model) -> AnyView {
    let rows = model
        .dossier
        .siblings
        .iter()
        .map(|one| {
            let to = paths::content_variant(w.locale, one.id);
            let current = (one.id == model.dossier.sheet.id).then_some("page");
            view! {
                <tr>
                    <th scope="row"><a href=to aria-current=current>{place(w, one.edition, one.locale)}</a></th>
                    <td>{state(w, one.state)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div>
            <h2>{w.t("editorial.sheet.siblings")}</h2>
            <Table caption=w.t("editorial.sheet.siblings") hide_caption=true name="siblings">
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
    .into_any()
}

/// Of a claim: everything that stands on it. Of others: the claims they stand on.
fn uses(w: Words, model: &Model) -> AnyView {
    if model.dossier.uses.is_empty() {
        return ().into_any();
    }
    let is_claim = model.dossier.sheet.kind == Kind::Claim;
    let rows = model.dossier.uses.iter().map(|one| used(w, one, is_claim)).collect_view();
    let title = w.t(if is_claim { "editorial.sheet.used_by" } else { "editorial.sheet.stands_on" });
    view! {
        <section aria-labelledby="uses">
            <h2 id="uses">{title}</h2>
            <ul role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn used(w: Words, one: &Use, is_claim: bool) -> AnyView {
    if !is_claim {
        let edition = w.with("editorial.edition", &[("n", &w.number(one.claim_edition))]);
        return view! { <li><span translate="no">{one.claim.clone()}</span>" · "{edition}</li> }.into_any();
    }
    let to = paths::content_variant(w.locale, one.variant);
    view! {
        <li>
            <a href=to><bdi>{one.title.clone()}</bdi></a>" "{state(w, one.state)}
            <span class="small quiet">" "{place(w, one.edition, one.locale)}</span>
        </li>
    }
    .into_any()
}

/// What may be done with it now.
fn acts(w: Words, model: &Model) -> AnyView {
    let (sheet, may) = (&model.dossier.sheet, model.may);
    let mut parts: Vec<AnyView> = Vec::new();
    let preview = paths::content_preview(w.locale, sheet.id);
    let compare = paths::content_compare(w.locale, sheet.id);
    let open_review = matches!(sheet.state, State::InReview).then(|| {
        view! { <ButtonLink to=paths::content_review(w.locale, sheet.id)>{w.t("editorial.sheet.to_review")}</ButtonLink> }
    });
    let edit = (sheet.state == State::Draft && may.write).then(|| {
        view! { <ButtonLink to=paths::content_edit(w.locale, sheet.id)>{w.t("editorial.sheet.edit")}</ButtonLink> }
    });
    parts.push(
        view! {
            <p class="row">
                {edit}
                {open_review}
                <ButtonLink to=preview look=Look::Quiet>{w.t("editorial.preview.title")}</ButtonLink>
                <ButtonLink to=compare look=Look::Quiet>{w.t("editorial.compare.title")}</ButtonLink>
            </p>
        }
        .into_any(),
    );
    if may.write {
        parts.push(writing(w, model));
    }
    if may.publish && sheet.state == State::Approved {
        parts.push(publishing(w, model));
    }
    if may.withdraw && domain::editorial::rules::may_withdraw(sheet.state) {
        parts.push(withdrawing(w, model));
    }
    view! { <section class="stack acts" aria-label=w.t("editorial.sheet.acts")>{parts}</section> }.into_any()
}

fn version(sheet: &Sheet) -> AnyView {
    let version = sheet.version.to_string();
    view! { <input type="hidden" name="version" value=version/> }.into_any()
}

/// The form of an act on this sheet: its version, then what the act needs.
fn form(w: Words, sheet: &Sheet, act: &'static str, inside: AnyView) -> AnyView {
    let (here, version) = (paths::content_variant(w.locale, sheet.id), version(sheet));
    view! { <Form w action=here act>{version}{inside}</Form> }.into_any()
}

fn writing(w: Words, model: &Model) -> AnyView {
    let sheet = &model.dossier.sheet;
    let has_open_source =
        model.dossier.siblings.iter().any(|one| one.locale == sheet.source_locale && one.state.is_open());
    let hand_in = (sheet.state == State::Draft).then(|| {
        let inside = view! {
            <p class="hint">{w.t("editorial.sheet.hand_in_hint")}</p>
            <Button>{w.t("editorial.sheet.hand_in")}</Button>
        };
        form(w, sheet, "hand_in", inside.into_any())
    });
    let take_back = matches!(sheet.state, State::Draft | State::InReview).then(|| {
        let inside = view! { <Button look=Look::Quiet>{w.t("editorial.sheet.take_back")}</Button> };
        form(w, sheet, "take_back", inside.into_any())
    });
    let edition = (!has_open_source && !sheet.state.is_open()).then(|| {
        let inside = view! { <Button look=Look::Quiet>{w.t("editorial.sheet.new_edition")}</Button> };
        form(w, sheet, "new_edition", inside.into_any())
    });
    let may_translate =
        sheet.is_source() && matches!(sheet.state, State::Approved | State::Scheduled | State::Live);
    // a language that is there, or being worked on, is not begun again
    let is_taken = |locale: Locale| {
        let mut tries = model.dossier.siblings.iter().filter(|one| one.edition == sheet.edition);
        tries.any(|one| one.locale == locale && (one.state.is_open() || one.state == State::Live))
    };
    let languages: Vec<Pick> = Locale::ALL
        .into_iter()
        .filter(|locale| !is_taken(*locale))
        .map(|one| Pick::new(one.tag(), one.name()).lang(one.tag()))
        .collect();
    let translate = (may_translate && !languages.is_empty()).then(|| {
        let field = model.filled.field("language");
        let inside = view! {
            <Select w field label=w.t("editorial.sheet.translate_to") groups=vec![Group::of(languages)]/>
            <Button look=Look::Quiet>{w.t("editorial.sheet.translate")}</Button>
        };
        form(w, sheet, "translate", inside.into_any())
    });
    view! { {hand_in}{translate}{edition}{take_back} }.into_any()
}

fn publishing(w: Words, model: &Model) -> AnyView {
    let (sheet, filled) = (&model.dossier.sheet, &model.filled);
    let policy = (sheet.is_source() && sheet.edition > 1).then(|| {
        let text = match sheet.on_change {
            OnChange::Previous => w.count("editorial.on_change.previous_days", sheet.on_change_days),
            other => w.t(&format!("editorial.on_change.{other}")),
        };
        view! { <p>{w.t("editorial.publish.translations")}" "{text}</p> }
    });
    let (on, time, factors) = (filled.field("on"), filled.field("time"), both_factors(w, filled));
    let inside = view! {
        {policy}
        <DateField w field=on label=w.t("editorial.publish.on") hint=w.t("editorial.publish.on_hint")/>
        <Field w field=time label=w.t("editorial.publish.time") hint=w.t("editorial.publish.time_hint") width=Width::Short optional=true/>
        <p>{w.t("editorial.meaning.published")}</p>
        {factors}
        <Button>{w.t("editorial.publish.act")}</Button>
    };
    let form = form(w, sheet, "publish", inside.into_any());
    view! { <Details summary=w.t("editorial.publish.title") open=true>{form}</Details> }.into_any()
}

fn withdrawing(w: Words, model: &Model) -> AnyView {
    let sheet = &model.dossier.sheet;
    let filled = model.filled.clone();
    let (reason, everywhere) = (filled.field("reason"), filled.field("everywhere"));
    let is_refused = reason.flaw.is_some();
    let pulls = model.dossier.uses.iter().filter(|one| one.state.is_out()).count() as i64;
    let hint = match sheet.kind {
        Kind::Claim => w.count("editorial.withdraw.pulls", pulls),
        _ => w.t("editorial.withdraw.hint"),
    };
    let inside = view! {
        <p class="hint">{hint}</p>
        <Area w field=reason label=w.t("editorial.withdraw.reason") rows=2/>
        <Check w field=everywhere label=w.t("editorial.withdraw.everywhere")/>
        <Button look=Look::Danger>{w.t("editorial.withdraw.act")}</Button>
    };
    let form = form(w, sheet, "withdraw", inside.into_any());
    view! { <Details summary=w.t("editorial.withdraw.title") open=is_refused>{form}</Details> }.into_any()
}

/// A desk as forms and lists name it.
pub fn desk(w: Words, desk: Desk) -> String {
    w.t(&format!("editorial.desk.{}", desk.code()))
}
