//! The worklist: the cases that wait, in the order they wait. Everything that chooses them stands in the address.

use crate::components::{Button, Filled, Group, Id, Look, OnDay, Pick, Select, Table, Tag, Tone};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::cases::{Stage, SubStatus};
use domain::ids::ProgramId;
use domain::locale::Locale;
use domain::time::{DAY, Timestamp};
use domain::worklist::{Filter, Page, Row, View};
use leptos::prelude::*;

/// What the page needs beside the rows.
#[derive(Debug, Clone)]
pub struct Model {
    pub filter: Filter,
    pub page: Page,
    /// The page does not begin at the first row.
    pub is_later: bool,
    pub programs: Vec<Known>,
    pub queues: Vec<String>,
    pub now: Timestamp,
}

/// A program, as a list names it.
#[derive(Debug, Clone)]
pub struct Known {
    pub id: ProgramId,
    /// In addresses.
    pub code: String,
    pub name: String,
    pub zone: String,
}

/// The page.
pub fn view(w: Words, model: Model) -> impl IntoView {
    let count = model.page.rows.len() as i64;
    let caption = format!(
        "{} · {}",
        w.t(&format!("worklist.views.{}", model.filter.view)),
        w.count("worklist.rows", count)
    );
    let next = model.page.next.clone().map(|mark| {
        let to = address(w, &model, model.filter.view).query("after", &mark);
        view! { <a class="button button-quiet" href=to rel="next">{w.t("worklist.next")}</a> }
    });
    let first = model.is_later.then(|| {
        let to = address(w, &model, model.filter.view);
        view! { <a href=to>{w.t("worklist.first")}</a> }
    });
    let rows = model.page.rows.iter().map(|row| self::row(w, &model, row)).collect_view();
    let list = if count == 0 {
        view! { <p class="lead" id="list">{w.t("worklist.empty")}</p> }.into_any()
    } else {
        view! {
            <div class="worklist" id="list">
                <Table caption>
                    <thead>
                        <tr>
                            {["case", "status", "waiting", "since", "expected", "owner", "queue"]
                                .map(|column| view! { <th scope="col">{w.t(&format!("worklist.columns.{column}"))}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Table>
            </div>
        }
        .into_any()
    };
    view! {
        <h1>{w.t("worklist.title")}</h1>
        {views(w, &model)}
        {filters(w, &model)}
        {list}
        <p class="row">{next}{first}</p>
    }
}

/// The list's own address, with its filter.
fn address(w: Words, model: &Model, view: View) -> Path {
    let filter = &model.filter;
    let mut to = paths::worklist(w.locale).query("view", view.code());
    if let Some(queue) = &filter.queue {
        to = to.query("queue", queue);
    }
    if let Some(stage) = filter.stage {
        to = to.query("stage", stage.code());
    }
    if let Some(locale) = filter.locale {
        to = to.query("language", locale.tag());
    }
    if let Some(program) = filter.program.and_then(|id| model.programs.iter().find(|known| known.id == id)) {
        to = to.query("program", &program.code);
    }
    to
}

fn views(w: Words, model: &Model) -> AnyView {
    let tabs = View::ALL
        .iter()
        .map(|&view| {
            let current = (view == model.filter.view).then_some("page");
            view! {
                <li><a href=address(w, model, view) aria-current=current>{w.t(&format!("worklist.views.{view}"))}</a></li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=w.t("worklist.views_label")><ul role="list">{tabs}</ul></nav> }
        .into_any()
}

fn filters(w: Words, model: &Model) -> AnyView {
    let filter = &model.filter;
    let program = filter.program.and_then(|id| model.programs.iter().find(|known| known.id == id));
    let filled = Filled::of([
        ("queue", filter.queue.as_deref().unwrap_or_default()),
        ("stage", filter.stage.map_or("", Stage::code)),
        ("language", filter.locale.map_or("", Locale::tag)),
        ("program", program.map_or("", |known| known.code.as_str())),
    ]);
    let queues = model.queues.iter().map(|queue| Pick::new(queue, queue)).collect();
    let stages = Stage::ALL
        .iter()
        .filter(|stage| **stage != Stage::Closed)
        .map(|stage| Pick::new(stage.code(), w.t(&format!("cases.stage.{stage}"))))
        .collect();
    let languages = Locale::ALL
        .into_iter()
        .map(|locale| Pick::new(locale.tag(), locale.name()).lang(locale.tag()))
        .collect();
    let programs = model.programs.iter().map(|known| Pick::new(&known.code, &known.name)).collect();
    let any = w.t("worklist.any");
    let is_filtered = filter.queue.is_some()
        || filter.stage.is_some()
        || filter.locale.is_some()
        || filter.program.is_some();
    let clear = is_filtered.then(|| {
        let to = paths::worklist(w.locale).query("view", filter.view.code());
        view! { <a href=to>{w.t("worklist.clear")}</a> }
    });
    view! {
        <form class="filters" method="get" action=paths::worklist(w.locale) aria-label=w.t("worklist.filter")>
            <input type="hidden" name="view" value=filter.view.code()/>
            <Select w field=filled.field("queue") label=w.t("worklist.queue") empty=any.clone() groups=vec![Group::of(queues)]/>
            <Select w field=filled.field("stage") label=w.t("worklist.stage") empty=any.clone() groups=vec![Group::of(stages)]/>
            <Select w field=filled.field("language") label=w.t("worklist.language") empty=any.clone() groups=vec![Group::of(languages)]/>
            <Select w field=filled.field("program") label=w.t("worklist.program") empty=any groups=vec![Group::of(programs)]/>
            <Button look=Look::Quiet>{w.t("worklist.apply")}</Button>
            {clear}
        </form>
    }
    .into_any()
}

fn row(w: Words, model: &Model, row: &Row) -> AnyView {
    let known = model.programs.iter().find(|known| known.id == row.program);
    let zone = known.map(|known| known.zone.clone()).unwrap_or_default();
    let program = known.map(|known| known.name.clone()).unwrap_or_default();
    let days = model.now.since(row.since).max(0) / DAY;
    let waited = if days == 0 { w.t("worklist.today") } else { w.count("common.days", days) };
    let expected = row.expected_on.map(|day| view! { <OnDay w day/>" " });
    let late = row.is_late.then(|| view! { <Tag tone=Tone::Act text=w.t("worklist.late")/> });
    // the clock of the first answer starts with the patient's consent
    let is_unanswered = row.first_response_at.is_none() && row.sub_status != SubStatus::ConsentPending;
    let answer = is_unanswered.then(|| {
        let when = w.instant(row.first_response_due, &zone);
        if row.first_response_due < model.now {
            view! { <Tag tone=Tone::Act text=w.with("worklist.answer_late", &[("when", &when)])/> }.into_any()
        } else {
            view! { <span class="small quiet">{w.with("worklist.answer_by", &[("when", &when)])}</span> }
                .into_any()
        }
    });
    let priority = (row.priority > 0).then(|| view! { " "<Tag text=w.t("worklist.priority")/> });
    let owner = row.owner.clone().map_or_else(
        || view! { <span class="quiet">{w.t("worklist.nobody")}</span> }.into_any(),
        |name| view! { <bdi>{name}</bdi> }.into_any(),
    );
    let short = row.short.clone();
    view! {
        <tr>
            <th scope="row">
                <a href=paths::staff_case(w.locale, row.case)><bdi>{row.name.clone()}</bdi></a>
                <span class="small quiet"><Id text=row.number.clone()/>{priority}</span>
            </th>
            <td>
                <span lang=(short.locale != w.locale).then_some(short.locale.tag())>{short.text}</span>
                <span class="small quiet">{w.t(&format!("cases.stage.{}", row.stage))}</span>
                {answer}
            </td>
            <td>{w.t(&format!("worklist.waiting_on.{}", row.waiting_on))}</td>
            <td>{waited}</td>
            <td>{expected}{late}</td>
            <td>{owner}</td>
            <td>
                <span>{row.queue.clone()}</span>
                <span class="small quiet" translate="no">{program}" · "{row.locale.tag()}</span>
            </td>
        </tr>
    }
    .into_any()
}
