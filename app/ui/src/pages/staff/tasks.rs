//! The tasks of staff: soonest due first, each with its way there, and buttons to take and to settle it.

use super::worklist::Known;
use crate::components::{
    Button, Filled, Form, Group, Id, Look, Notice, Pick, Select, Table, Tag, Tone, When,
};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::tasks::{Filter, How, Kind, Page, Task, Whose};
use domain::time::Timestamp;
use leptos::prelude::*;

/// What the page needs beside the tasks.
#[derive(Debug, Clone)]
pub struct Model {
    pub filter: Filter,
    pub page: Page,
    pub queues: Vec<String>,
    pub zone: String,
    pub programs: Vec<Known>,
    pub now: Timestamp,
    pub may_settle: bool,
    /// What was just done, as the last part of a key.
    pub told: Option<&'static str>,
}

/// The page.
pub fn view(w: Words, model: Model) -> impl IntoView {
    let told = model.told.map(|told| {
        let tone = if told == "changed" { Tone::Info } else { Tone::Success };
        view! { <Notice tone title=w.t(&format!("tasks.{told}"))/> }
    });
    let here = address(w, &model.filter);
    let rows = model.page.tasks.iter().map(|task| row(w, &model, task, &here)).collect_view();
    let list = if model.page.tasks.is_empty() {
        view! { <p class="lead">{w.t("tasks.empty")}</p> }.into_any()
    } else {
        view! {
            <div class="worklist">
                <Table caption=w.t(&format!("tasks.whose.{}", model.filter.whose))>
                    <thead>
                        <tr>
                            {["task", "case", "due", "queue", "owner", "settle"]
                                .map(|column| view! { <th scope="col">{w.t(&format!("tasks.columns.{column}"))}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Table>
            </div>
        }
        .into_any()
    };
    let next = model.page.next.clone().map(|mark| {
        let to = here.clone().query("after", &mark);
        view! { <p><a class="button button-quiet" href=to rel="next">{w.t("worklist.next")}</a></p> }
    });
    view! {
        {told}
        <h1>{w.t("tasks.title")}</h1>
        {tabs(w, &model.filter)}
        {filters(w, &model)}
        {list}
        {next}
    }
}

fn address(w: Words, filter: &Filter) -> Path {
    let mut to = paths::tasks(w.locale).query("whose", filter.whose.code());
    if let Some(queue) = &filter.queue {
        to = to.query("queue", queue);
    }
    if let Some(kind) = filter.kind {
        to = to.query("kind", kind.code());
    }
    to
}

fn tabs(w: Words, filter: &Filter) -> AnyView {
    let tabs = Whose::ALL
        .iter()
        .map(|&whose| {
            let to = address(w, &Filter { whose, ..filter.clone() });
            let current = (whose == filter.whose).then_some("page");
            view! { <li><a href=to aria-current=current>{w.t(&format!("tasks.whose.{whose}"))}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=w.t("tasks.whose_label")><ul role="list">{tabs}</ul></nav> }
        .into_any()
}

fn filters(w: Words, model: &Model) -> AnyView {
    let filter = &model.filter;
    let filled = Filled::of([
        ("queue", filter.queue.as_deref().unwrap_or_default()),
        ("kind", filter.kind.map_or("", Kind::code)),
    ]);
    let queues = model.queues.iter().map(|queue| Pick::new(queue, queue)).collect();
    let kinds =
        Kind::ALL.iter().map(|kind| Pick::new(kind.code(), w.t(&format!("tasks.kinds.{kind}")))).collect();
    let any = w.t("worklist.any");
    view! {
        <form class="filters" method="get" action=paths::tasks(w.locale) aria-label=w.t("worklist.filter")>
            <input type="hidden" name="whose" value=filter.whose.code()/>
            <Select w field=filled.field("kind") label=w.t("tasks.kind") empty=any.clone() groups=vec![Group::of(kinds)]/>
            <Select w field=filled.field("queue") label=w.t("worklist.queue") empty=any groups=vec![Group::of(queues)]/>
            <Button look=Look::Quiet>{w.t("worklist.apply")}</Button>
        </form>
    }
    .into_any()
}

/// Where a task is done.
fn place(w: Words, task: &Task) -> Option<Path> {
    let subject = task.subject.as_deref();
    match task.kind {
        Kind::AnswerThread => subject?.parse().ok().map(|thread| paths::staff_thread(w.locale, thread)),
        Kind::ReviewDocument => {
            subject?.parse().ok().map(|document| paths::staff_document(w.locale, document))
        }
        Kind::SafetyFollowUp => subject?.parse().ok().map(|record| paths::safety_record(w.locale, record)),
        Kind::MessageDead => Some(paths::messages(w.locale)),
        Kind::ContentReview | Kind::BrokenLink => {
            subject?.parse().ok().map(|variant| paths::content_variant(w.locale, variant))
        }
        Kind::DocumentFailed | Kind::FirstResponse | Kind::CallBack | Kind::ConsentWithdrawn => {
            task.case.map(|case| paths::staff_case(w.locale, case))
        }
    }
}

/// A queue as people name it: the assistant's have labels, a program's are names already.
fn queue(w: Words, queue: &str) -> String {
    w.find(&format!("assistant.staff.queues.{queue}")).unwrap_or_else(|| queue.to_owned())
}

fn row(w: Words, model: &Model, task: &Task, here: &Path) -> AnyView {
    let kind = w.t(&format!("tasks.kinds.{}", task.kind));
    let title = match place(w, task) {
        Some(to) => view! { <a href=to>{kind.clone()}</a> }.into_any(),
        None => view! { <span>{kind.clone()}</span> }.into_any(),
    };
    let case = task.case.map(|case| {
        view! {
            <a href=paths::staff_case(w.locale, case)><bdi>{task.name.clone().unwrap_or_default()}</bdi></a>
            <span class="small quiet"><Id text=task.number.clone().unwrap_or_default()/></span>
        }
    });
    let late = (task.due_at < model.now).then(|| view! { " "<Tag tone=Tone::Act text=w.t("tasks.late")/> });
    let owner = task.owner.as_ref().map_or_else(
        || view! { <span class="quiet">{w.t("tasks.nobody")}</span> }.into_any(),
        |(_, name)| view! { <bdi>{name.clone()}</bdi> }.into_any(),
    );
    let hidden = format!("{kind} {}", task.number.clone().unwrap_or_default());
    let acts = model.may_settle.then(|| {
        let (id, version) = (task.id.to_string(), task.version.to_string());
        let filled = Filled::of([("how", How::Done.code())]);
        let mut slot = filled.field("how");
        slot.id = format!("how-{}", task.id);
        let picks =
            How::ALL.iter().map(|how| Pick::new(how.code(), w.t(&format!("tasks.how.{how}")))).collect();
        let settle = if task.kind.ends_with_its_subject() {
            view! { <p class="small quiet">{w.t("tasks.by_itself")}</p> }.into_any()
        } else {
            view! {
                <Select w field=slot label=w.t("tasks.how_label") groups=vec![Group::of(picks)]/>
                <Button look=Look::Quiet name="act" value="settle" hidden=hidden.clone()>{w.t("tasks.settle")}</Button>
            }
            .into_any()
        };
        view! {
            <Form w action=here.clone()>
                <input type="hidden" name="task" value=id/>
                <input type="hidden" name="version" value=version/>
                <div class="task-acts">
                    {settle}
                    <Button look=Look::Quiet name="act" value="take" hidden>{w.t("tasks.take")}</Button>
                </div>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td>{case}</td>
            <td><When w at=task.due_at zone=model.zone.clone()/>{late}</td>
            <td>{queue(w, &task.queue)}</td>
            <td>{owner}</td>
            <td>{acts}</td>
        </tr>
    }
    .into_any()
}
