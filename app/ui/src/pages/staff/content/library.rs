//! The library: every variant somebody works on or somebody reads. Its filter is the address.

use super::{Named, kind, state};
use crate::components::{
    Button, ButtonLink, Field, Filled, Group, Id, Kind as Input, Look, Pick, Select, Table,
};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::cases::Stage;
use domain::content::Kind;
use domain::editorial::{Filter, Line, Page, State};
use domain::locale::Locale;
use leptos::prelude::*;

pub struct Model {
    pub filter: Filter,
    pub page: Page,
    pub programs: Vec<Named>,
    pub may_write: bool,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let here = address(w, &model);
    let rows = model.page.lines.iter().map(|line| row(w, &model, line)).collect_view();
    let list = if model.page.lines.is_empty() {
        view! { <p class="lead">{w.t("editorial.library.none")}</p> }.into_any()
    } else {
        let columns = ["item", "kind", "language", "state", "due"]
            .map(|column| view! { <th scope="col">{w.t(&format!("editorial.column.{column}"))}</th> })
            .collect_view();
        view! {
            <div class="worklist">
                <Table caption=w.t("editorial.library.title") hide_caption=true>
                    <thead><tr>{columns}</tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
            </div>
        }
        .into_any()
    };
    let next = model.page.next.clone().map(|mark| {
        view! { <p><a class="button button-quiet" href=here.query("after", &mark) rel="next">{w.t("worklist.next")}</a></p> }
    });
    let new = model.may_write.then(|| {
        view! { <ButtonLink to=paths::content_new(w.locale) look=Look::Quiet>{w.t("editorial.new.title")}</ButtonLink> }
    });
    view! {
        <h1>{w.t("editorial.library.title")}</h1>
        <nav class="tabs" aria-label=w.t("editorial.library.views")>
            <ul role="list">
                <li><a href=paths::content(w.locale) aria-current="page">{w.t("editorial.library.title")}</a></li>
                <li><a href=paths::content_coverage(w.locale)>{w.t("editorial.coverage.title")}</a></li>
                <li><a href=paths::content_measures(w.locale)>{w.t("editorial.measures.title")}</a></li>
            </ul>
        </nav>
        {filters(w, &model)}
        {list}
        {next}
        <p class="row">{new}</p>
    }
}

fn address(w: Words, model: &Model) -> Path {
    let filter = &model.filter;
    let program = filter.program.and_then(|id| model.programs.iter().find(|known| known.id == id));
    let values = [
        ("text", filter.text.clone()),
        ("program", program.map(|known| known.code.clone()).unwrap_or_default()),
        ("kind", filter.kind.map(|kind| kind.code().to_owned()).unwrap_or_default()),
        ("language", filter.locale.map(|locale| locale.tag().to_owned()).unwrap_or_default()),
        ("state", filter.state.map(|state| state.code().to_owned()).unwrap_or_default()),
        ("stage", filter.stage.map(|stage| stage.code().to_owned()).unwrap_or_default()),
        ("due", filter.due_by.map(|day| day.to_string()).unwrap_or_default()),
    ];
    let said = values.into_iter().filter(|(_, value)| !value.is_empty());
    said.fold(paths::content(w.locale), |to, (name, value)| to.query(name, &value))
}

fn filters(w: Words, model: &Model) -> AnyView {
    let filter = &model.filter;
    let program = filter.program.and_then(|id| model.programs.iter().find(|known| known.id == id));
    let filled = Filled::of([
        ("text", filter.text.as_str()),
        ("program", program.map_or("", |known| known.code.as_str())),
        ("kind", filter.kind.map_or("", Kind::code)),
        ("language", filter.locale.map_or("", Locale::tag)),
        ("state", filter.state.map_or("", State::code)),
        ("stage", filter.stage.map_or("", Stage::code)),
    ]);
    let any = || w.t("worklist.any");
    let programs = model.programs.iter().map(|known| Pick::new(&known.code, &known.name)).collect();
    let kinds = Kind::ALL.into_iter().map(|one| Pick::new(one.code(), kind(w, one))).collect();
    let languages =
        Locale::ALL.into_iter().map(|one| Pick::new(one.tag(), one.name()).lang(one.tag())).collect();
    let states =
        State::ALL.iter().map(|one| Pick::new(one.code(), w.t(&format!("editorial.state.{one}")))).collect();
    let stages =
        Stage::ALL.iter().map(|one| Pick::new(one.code(), w.t(&format!("cases.stage.{one}")))).collect();
    view! {
        <form class="filters" method="get" action=paths::content(w.locale) role="search" aria-label=w.t("editorial.library.search")>
            <Field w field=filled.field("text") label=w.t("editorial.library.words") kind=Input::Search/>
            <Select w field=filled.field("kind") label=w.t("editorial.column.kind") empty=any() groups=vec![Group::of(kinds)]/>
            <Select w field=filled.field("language") label=w.t("editorial.column.language") empty=any() groups=vec![Group::of(languages)]/>
            <Select w field=filled.field("state") label=w.t("editorial.column.state") empty=any() groups=vec![Group::of(states)]/>
            <Select w field=filled.field("stage") label=w.t("editorial.column.stage") empty=any() groups=vec![Group::of(stages)]/>
            <Select w field=filled.field("program") label=w.t("editorial.column.program") empty=any() groups=vec![Group::of(programs)]/>
            <Button look=Look::Quiet>{w.t("worklist.apply")}</Button>
        </form>
    }
    .into_any()
}

fn row(w: Words, model: &Model, line: &Line) -> AnyView {
    let to = paths::content_variant(w.locale, line.id);
    let program = model.programs.iter().find(|known| known.id == line.program);
    let name = program.map(|known| known.name.clone()).unwrap_or_default();
    let branded = line.is_branded.then(|| w.t("editorial.branded"));
    let stage = line.stage.map(|stage| w.t(&format!("cases.stage.{stage}")));
    let under = [Some(name), stage, branded].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (lang, dir) = (line.locale.tag(), line.locale.direction().tag());
    let due = line.review_due_on.map(|day| w.day(day));
    view! {
        <tr>
            <th scope="row">
                <a href=to><bdi lang=lang dir=dir>{line.title.clone()}</bdi></a>
                <span class="small quiet"><Id text=line.code.clone()/>" · "{under}</span>
            </th>
            <td>{kind(w, line.kind)}</td>
            <td>{line.locale.name()}<span class="small quiet">{w.with("editorial.edition", &[("n", &w.number(line.edition))])}</span></td>
            <td>{state(w, line.state)}</td>
            <td>{due}</td>
        </tr>
    }
    .into_any()
}
