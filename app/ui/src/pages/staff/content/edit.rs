//! Writing: every leaf a field, beside it the source or how it reads; saved as often as one likes.

use super::compare::run;
use super::place;
use crate::components::{
    Area, Back, Button, Check, Choice, DateField, Details, ErrorSummary, Fact, Facts, Field, Filled, Form,
    Group, Look, Pick, Select, Upload, Width,
};
use crate::i18n::Words;
use crate::paths;
use domain::cases::Stage;
use domain::consents::Channel;
use domain::content::leaves::{Leaf, Shape};
use domain::content::{Audience, MediaFile};
use domain::editorial::clarity::{Finding, Grade, INDEX, Reading};
use domain::editorial::diff::Change;
use domain::editorial::{OnChange, Sheet};
use leptos::prelude::*;

/// One field: the leaf as it stands, the source's words beside it, and what changed in them since.
pub struct Line {
    pub leaf: Leaf,
    pub source: Option<String>,
    pub changed: Option<Vec<(Change, String)>>,
}

pub struct Model {
    pub sheet: Sheet,
    pub lines: Vec<Line>,
    pub reading: Reading,
    pub filled: Filled,
    pub told: Option<String>,
    pub conflict: Option<&'static str>,
    /// Versions one can look at: number, name, time in words.
    pub saves: Vec<(i64, String, String)>,
    /// The item's pictures and videos.
    pub media: Vec<MediaFile>,
}

/// References a form has room for.
pub const REFERENCES: usize = 4;

pub fn view(w: Words, model: Model) -> impl IntoView {
    let sheet = &model.sheet;
    let outcome = super::outcome(w, model.told.as_deref(), model.conflict);
    let (filled, summary) = (model.filled.clone(), model.filled.clone());
    let title = filled.field("title");
    let lines = model.lines.iter().map(|line| field(w, &filled, line)).collect_view();
    let meta = sheet.is_source().then(|| meta(w, &model));
    let is_module = model.lines.iter().any(|line| line.leaf.path.starts_with("pages."));
    let more = is_module.then(|| {
        view! {
            <Button look=Look::Quiet name="more" value="page">{w.t("editorial.edit.more_pages")}</Button>
            <Button look=Look::Quiet name="more" value="quiz">{w.t("editorial.edit.more_questions")}</Button>
        }
    });
    let (version, here) = (sheet.version.to_string(), paths::content_edit(w.locale, sheet.id));
    let (clarity, media, saves) = (clarity(w, &model), media(w, &model), saves(w, &model));
    view! {
        <Back w to=paths::content_variant(w.locale, sheet.id) text=sheet.title.clone()/>
        <ErrorSummary w filled=summary/>
        {outcome}
        <p class="eyebrow" translate="no">{sheet.code.clone()}</p>
        <h1>{w.t("editorial.edit.title")}</h1>
        <p class="lead">{place(w, sheet.edition, sheet.locale)}</p>
        <div class="columns editorial">
            <Form w action=here act="save" autosave=true>
                <input type="hidden" name="version" value=version/>
                <Field w field=title label=w.t("editorial.field.title")/>
                {lines}
                <p class="hint">{w.t("editorial.edit.markdown")}</p>
                {meta}
                <p class="row">
                    <Button>{w.t("editorial.edit.save")}</Button>
                    {more}
                </p>
            </Form>
            <div class="stack">
                {clarity}
                {media}
                {saves}
            </div>
        </div>
    }
}

/// One leaf; where it is a translation, its source above it.
fn field(w: Words, filled: &Filled, line: &Line) -> AnyView {
    let label = label(w, &line.leaf.path);
    let slot = filled.field(&line.leaf.path);
    let input = match line.leaf.shape {
        Shape::Line => view! { <Field w field=slot label/> }.into_any(),
        Shape::Number => view! { <Field w field=slot label width=Width::Short/> }.into_any(),
        Shape::Words => view! { <Area w field=slot label rows=2/> }.into_any(),
        Shape::Lines => {
            view! { <Area w field=slot label hint=w.t("editorial.edit.one_a_line") rows=5/> }.into_any()
        }
        Shape::Markdown => view! { <Area w field=slot label rows=8/> }.into_any(),
    };
    let source = line.source.clone().map(|text| {
        let words = match &line.changed {
            Some(runs) => runs.iter().map(|(change, text)| run(w, *change, text)).collect_view().into_any(),
            None => text.into_any(),
        };
        view! { <div class="source as-typed" dir="auto"><bdi>{words}</bdi></div> }
    });
    view! { <div class="writing">{source}{input}</div> }.into_any()
}

/// `Page 2: words of the page`.
fn label(w: Words, path: &str) -> String {
    let name = w.t(&format!("editorial.field.{}", domain::content::leaves::label(path)));
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        [_, place, ..] if parts.len() > 2 => {
            w.with("editorial.edit.part", &[("part", place), ("name", &name)])
        }
        _ => name,
    }
}

/// What the edition carries beside its words.
fn meta(w: Words, model: &Model) -> AnyView {
    let filled = &model.filled;
    let audiences = Audience::ALL
        .into_iter()
        .map(|one| Pick::new(one.code(), w.t(&format!("editorial.audience.{}", one.code()))))
        .collect();
    let stages =
        Stage::ALL.iter().map(|one| Pick::new(one.code(), w.t(&format!("cases.stage.{one}")))).collect();
    let policies = OnChange::ALL
        .iter()
        .map(|one| Pick::new(one.code(), w.t(&format!("editorial.on_change.{one}"))))
        .collect();
    let channels = [Channel::Portal, Channel::Email, Channel::Sms]
        .map(|one| {
            let mut slot = filled.field(&format!("channel-{one}"));
            slot.flaw = None;
            view! { <Check w field=slot label=w.t(&format!("editorial.channel.{one}"))/> }
        })
        .collect_view();
    let references = (1..=REFERENCES)
        .map(|n| {
            let (document, page, until) = (format!("ref-{n}-document"), format!("ref-{n}-page"), format!("ref-{n}-until"));
            let number = w.number(n as i64);
            view! {
                <div class="reference">
                    <Field w field=filled.field(&document) label=w.with("editorial.edit.reference", &[("n", &number)])/>
                    <Field w field=filled.field(&page) label=w.t("editorial.edit.reference_page") width=Width::Short/>
                    <DateField w field=filled.field(&until) label=w.t("editorial.edit.reference_until")/>
                </div>
            }
        })
        .collect_view();
    let policy = (model.sheet.edition > 1).then(|| {
        view! {
            <Choice w field=filled.field("on_change") legend=w.t("editorial.on_change.title") options=policies/>
            <Field w field=filled.field("on_change_days") label=w.t("editorial.on_change.days") width=Width::Short/>
            <Area w field=filled.field("note") label=w.t("editorial.edit.note") rows=2/>
        }
    });
    let [audience, stage, branded, label, indication] =
        ["audience", "stage", "branded", "label_edition", "indication"].map(|name| filled.field(name));
    view! {
        {policy}
        <Details summary=w.t("editorial.edit.carries")>
            <Select w field=audience label=w.t("editorial.sheet.audience") groups=vec![Group::of(audiences)]/>
            <Select w field=stage label=w.t("editorial.column.stage") empty=w.t("editorial.coverage.any_stage") groups=vec![Group::of(stages)]/>
            <Check w field=branded label=w.t("editorial.edit.branded")/>
            <fieldset class="field"><legend class="label">{w.t("editorial.sheet.channels")}</legend>{channels}</fieldset>
            <Field w field=label label=w.t("editorial.sheet.label") width=Width::Short/>
            <Field w field=indication label=w.t("editorial.sheet.indication")/>
            {references}
        </Details>
    }
    .into_any()
}

/// How it reads: findings, grade, actions, and the index as a checklist. It helps and never gates.
fn clarity(w: Words, model: &Model) -> AnyView {
    let reading = &model.reading;
    let (lang, dir) = (model.sheet.locale.tag(), model.sheet.locale.direction().tag());
    let grade = match reading.grade {
        Some(Grade::FleschKincaid(grade)) => {
            w.with("editorial.clarity.grade", &[("grade", &format!("{grade:.1}"))])
        }
        Some(Grade::FernandezHuerta(ease)) => {
            w.with("editorial.clarity.ease", &[("ease", &w.number(ease.round() as i64))])
        }
        None => w.t("editorial.clarity.no_formula"),
    };
    let average = reading.words.checked_div(reading.sentences).unwrap_or(0);
    let findings = reading
        .findings
        .iter()
        .map(|finding| {
            let (key, quote, more) = match finding {
                Finding::Long { sentence, words } => {
                    ("long", sentence.clone(), Some(w.count("editorial.clarity.words", *words)))
                }
                Finding::Passive { sentence } => ("passive", sentence.clone(), None),
                Finding::Jargon { word, plain } => ("jargon", word.clone(), Some((*plain).to_owned())),
            };
            view! {
                <li>
                    <strong>{w.t(&format!("editorial.clarity.{key}"))}</strong>" "
                    <q lang=lang dir=dir>{quote}</q>
                    {more.map(|more| view! { " "<span lang=lang dir=dir class="quiet">{more}</span> })}
                </li>
            }
        })
        .collect_view();
    let ticks = INDEX
        .iter()
        .map(|code| {
            let id = format!("clarity-{code}");
            let is_met = model.sheet.clarity.met.iter().any(|met| met == code);
            view! {
                <div class="choice">
                    <input type="checkbox" id=id.clone() name=format!("met-{code}") value="yes" checked=is_met/>
                    <label for=id><span class="choice-label">{w.t(&format!("editorial.clarity.index.{code}"))}</span></label>
                </div>
            }
        })
        .collect_view();
    let met = w.number(model.sheet.clarity.met.len() as i64);
    let of = w.number(INDEX.len() as i64);
    let (version, here) = (model.sheet.version.to_string(), paths::content_edit(w.locale, model.sheet.id));
    let mut reason =
        Filled::of([("override", model.sheet.clarity.override_reason.as_str())]).field("override");
    reason.flaw = None;
    let (average, actions) = (w.count("editorial.clarity.words", average), w.number(reading.actions));
    let index = w.with("editorial.clarity.index_title", &[("met", &met), ("of", &of)]);
    view! {
        <section aria-labelledby="clarity">
            <h2 id="clarity">{w.t("editorial.clarity.title")}</h2>
            <Facts>
                <Fact label=w.t("editorial.clarity.how")>{grade}</Fact>
                <Fact label=w.t("editorial.clarity.average")>{average}</Fact>
                <Fact label=w.t("editorial.clarity.actions")>{actions}</Fact>
            </Facts>
            <ul class="findings">{findings}</ul>
            <Details summary=index>
                <Form w action=here act="clarity">
                    <input type="hidden" name="version" value=version/>
                    <div class="choices">{ticks}</div>
                    <Area w field=reason label=w.t("editorial.clarity.override") rows=2 optional=true/>
                    <Button look=Look::Quiet>{w.t("editorial.clarity.save")}</Button>
                </Form>
            </Details>
        </section>
    }
    .into_any()
}

/// The item's pictures and videos with what to write to show them, and a form for one more.
fn media(w: Words, model: &Model) -> AnyView {
    let shown = model
        .media
        .iter()
        .map(|file| {
            let (from, id, alt) = (paths::media(w.locale, file.id), file.id, w.t("editorial.picture.alt"));
            let (look, text) = if file.is_video() {
                let cue = format!("00:00.000 --> 00:05.000\n{}", w.t("editorial.picture.cue"));
                let text = format!("![{alt}](video:{id})\n\n```captions\n{cue}\n```");
                (view! { <video class="thumb" controls preload="metadata" src=from aria-label=alt.clone()></video> }.into_any(), text)
            } else {
                (view! { <img class="thumb" src=from alt="" loading="lazy"/> }.into_any(), format!("![{alt}](media:{id})"))
            };
            view! { <li>{look}<pre class="code small" dir="ltr" tabindex="0">{text}</pre></li> }
        })
        .collect_view();
    let mut slot = model.filled.field("file");
    slot.value = String::new();
    let here = paths::content_media(w.locale, model.sheet.id);
    view! {
        <section aria-labelledby="pictures">
            <h2 id="pictures">{w.t("editorial.picture.title")}</h2>
            <ul role="list" class="pictures">{shown}</ul>
            <Form w action=here multipart=true>
                <Upload w field=slot label=w.t("editorial.picture.file") hint=w.t("editorial.picture.hint") accept="image/jpeg,image/png,image/heic,image/heif,.heic,.heif,video/mp4"/>
                <Button look=Look::Quiet>{w.t("editorial.picture.add")}</Button>
            </Form>
        </section>
    }
    .into_any()
}

fn saves(w: Words, model: &Model) -> AnyView {
    if model.saves.is_empty() {
        return ().into_any();
    }
    let rows = model
        .saves
        .iter()
        .map(|(version, name, at)| {
            let to =
                paths::content_compare(w.locale, model.sheet.id).query("with", &format!("save-{version}"));
            view! { <li><a href=to>{at.clone()}</a>" "<bdi class="quiet">{name.clone()}</bdi></li> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="saves">
            <h2 id="saves">{w.t("editorial.edit.saves")}</h2>
            <ul role="list">{rows}</ul>
        </section>
    }
    .into_any()
}
