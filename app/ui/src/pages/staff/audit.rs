//! The audit trail: who did what, newest first. For auditors, who see ids and numbers, never names of patients.

use crate::components::{
    Button, ErrorSummary, Field, Filled, Group, Id, Link, Look, Pick, Select, Table, Tag, Tone, When, Width,
};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::audit::{Line, Lines, Search};
use leptos::prelude::*;

/// What the page needs.
#[derive(Debug, Clone)]
pub struct Model {
    pub search: Search,
    pub lines: Lines,
    pub is_later: bool,
    pub filled: Filled,
    pub zone: String,
}

/// The page.
pub fn view(w: Words, model: Model) -> impl IntoView {
    let rows = model.lines.lines.iter().map(|line| row(w, &model, line)).collect_view();
    let older = model.lines.next.map(|before| {
        let to = address(w, &model.search).query("before", &before.to_string());
        view! { <a class="button button-quiet" href=to rel="next">{w.t("audit.older")}</a> }
    });
    let newest =
        model.is_later.then(|| view! { <a href=address(w, &model.search)>{w.t("audit.newest")}</a> });
    let list = if model.lines.lines.is_empty() {
        view! { <p class="lead">{w.t("audit.empty")}</p> }.into_any()
    } else {
        view! {
            <div class="worklist audit">
                <Table caption=w.t("audit.title") hide_caption=true>
                    <thead>
                        <tr>
                            {["seq", "at", "actor", "act", "what", "case", "person", "hash"]
                                .map(|column| view! { <th scope="col">{w.t(&format!("audit.columns.{column}"))}</th> })
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
        <ErrorSummary w filled=model.filled.clone()/>
        <h1>{w.t("audit.title")}</h1>
        <p class="quiet">{w.t("audit.lead")}</p>
        {filters(w, &model)}
        {list}
        <p class="row">{older}{newest}</p>
    }
}

fn address(w: Words, search: &Search) -> Path {
    let fields =
        [("case", &search.case), ("person", &search.person), ("actor", &search.actor), ("kind", &search.act)];
    fields
        .into_iter()
        .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
        .fold(paths::audit(w.locale), |to, (name, value)| to.query(name, value))
}

fn filters(w: Words, model: &Model) -> AnyView {
    let acts = ["read", "write", "refused", "sent"]
        .map(|act| Pick::new(act, w.t(&format!("audit.acts.{act}"))))
        .to_vec();
    let kept = |name: &'static str, label: &str, value: &Option<String>| {
        value.clone().map(|value| {
            let only = w.with("audit.only", &[("what", &w.t(label))]);
            view! {
                <input type="hidden" name=name value=value.clone()/>
                <p class="small">{only}" "<Id text=value/></p>
            }
        })
    };
    let is_filtered = model.search != Search::default();
    let clear = is_filtered.then(|| view! { <a href=paths::audit(w.locale)>{w.t("worklist.clear")}</a> });
    view! {
        <form class="filters" method="get" action=paths::audit(w.locale) aria-label=w.t("worklist.filter")>
            <Field w field=model.filled.field("case") label=w.t("audit.case") hint=w.t("audit.case_hint") width=Width::Half/>
            <Select w field=model.filled.field("kind") label=w.t("audit.act") empty=w.t("worklist.any") groups=vec![Group::of(acts)]/>
            {kept("person", "audit.person", &model.search.person)}
            {kept("actor", "audit.actor", &model.search.actor)}
            <Button look=Look::Quiet>{w.t("worklist.apply")}</Button>
            {clear}
        </form>
    }
    .into_any()
}

fn row(w: Words, model: &Model, line: &Line) -> AnyView {
    let only = |change: &dyn Fn(&mut Search)| {
        let mut search = model.search.clone();
        change(&mut search);
        address(w, &search)
    };
    let (kind, id) = line.actor.split_once(':').unwrap_or((line.actor.as_str(), ""));
    let who = line
        .name
        .clone()
        .unwrap_or_else(|| w.find(&format!("audit.who.{kind}")).unwrap_or_else(|| kind.to_owned()));
    let mark = if line.name.is_some() { String::new() } else { short(id) };
    let actor = line.actor.clone();
    let to = only(&|search| search.actor = Some(actor.clone()));
    let case = line.case.clone().map(|case| {
        let to = only(&|search| search.case = Some(case.clone()));
        let number = line.number.clone().unwrap_or_else(|| short(&case));
        view! { <Link to><Id text=number/></Link> }
    });
    let person = line.person.clone().map(|person| {
        let to = only(&|search| search.person = Some(person.clone()));
        view! { <Link to><Id text=short(&person)/></Link> }
    });
    let tone = if line.act == "refused" { Tone::Act } else { Tone::Info };
    let label = w.find(&format!("events.{}", line.what));
    let code = line.what.clone();
    view! {
        <tr>
            <th scope="row" class="number"><Id text=line.seq.to_string()/></th>
            <td><When w at=line.at zone=model.zone.clone()/></td>
            <td><Link to><bdi>{who}</bdi>" "<Id text=mark/></Link></td>
            <td><Tag tone text=w.t(&format!("audit.acts.{}", line.act))/></td>
            <td>{label.map(|label| view! { <span>{label}</span> })}<span class="small quiet code" dir="ltr">{code}</span></td>
            <td>{case}</td>
            <td>{person}</td>
            <td><span class="small quiet code" dir="ltr">{line.hash.clone()}</span></td>
        </tr>
    }
    .into_any()
}

/// The end of an id: the part that differs.
fn short(id: &str) -> String {
    id.rsplit('-').next().unwrap_or(id).to_owned()
}
