//! What became of the questions, week by week and language by language.

use crate::components::Table;
use crate::i18n::Words;
use domain::assistant::gaps::Figures;
use leptos::prelude::*;

pub(super) fn view(w: Words, figures: &[Figures]) -> AnyView {
    let columns = [
        "week",
        "language",
        "asked",
        "answered",
        "offered",
        "unanswered",
        "handed_over",
        "safety",
        "helpful",
    ]
    .map(|column| view! { <th scope="col">{w.t(&format!("questions.figure.{column}"))}</th> })
    .collect_view();
    let rows = figures.iter().map(|week| row(w, week)).collect_view();
    let table = match figures.is_empty() {
        true => view! { <p>{w.t("questions.no_figures")}</p> }.into_any(),
        false => view! {
            <Table caption=w.t("questions.figures") hide_caption=true name="figures">
                <thead><tr>{columns}</tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any(),
    };
    view! {
        <div class="stack">
            <h2>{w.t("questions.figures")}</h2>
            {table}
        </div>
    }
    .into_any()
}

fn row(w: Words, week: &Figures) -> AnyView {
    let helpful = match week.rated {
        0 => w.t("questions.nobody_said"),
        rated => w.with("questions.of_rated", &[("n", &w.number(week.helpful)), ("of", &w.number(rated))]),
    };
    let numbers = [week.asked, week.answered, week.offered, week.unanswered, week.handed_over, week.safety]
        .map(|n| view! { <td>{w.number(n)}</td> })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{w.day(week.week)}</th>
            <td lang=week.locale.tag()>{week.locale.name()}</td>
            {numbers}
            <td>{helpful}</td>
        </tr>
    }
    .into_any()
}
