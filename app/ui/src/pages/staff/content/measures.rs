//! How the editorial room works: figures of the last ninety days.

use crate::components::{Fact, Facts, Table};
use crate::i18n::Words;
use domain::editorial::Measures;
use domain::locale::Locale;
use leptos::prelude::*;

pub fn view(w: Words, measures: Measures) -> impl IntoView {
    let days = match measures.median_days {
        Some(days) => w.count("editorial.measures.days", days),
        None => w.t("editorial.measures.too_few"),
    };
    let live = Locale::ALL
        .into_iter()
        .map(|locale| {
            let count = w.number(measures.live.get(&locale).copied().unwrap_or(0));
            view! { <Fact label=locale.name()>{count}</Fact> }
        })
        .collect_view();
    let used = measures
        .used
        .iter()
        .map(|used| {
            view! {
                <tr>
                    <th scope="row" translate="no">{used.item.clone()}</th>
                    <td>{used.locale.name()}" "{w.with("editorial.edition", &[("n", &w.number(used.edition))])}</td>
                    <td>{w.number(used.opened)}</td>
                    <td>{w.number(used.helpful)}</td>
                    <td>{w.number(used.not_helpful)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = ["item", "language", "opened", "helpful", "not_helpful"]
        .map(|column| view! { <th scope="col">{w.t(&format!("editorial.column.{column}"))}</th> })
        .collect_view();
    view! {
        <h1>{w.t("editorial.measures.title")}</h1>
        <p class="lead">{w.t("editorial.measures.lead")}</p>
        <Facts>
            <Fact label=w.t("editorial.measures.cycle")>{days}</Fact>
            <Fact label=w.t("editorial.measures.approved")>{w.number(measures.approved)}</Fact>
            <Fact label=w.t("editorial.measures.handed_in")>{w.number(measures.handed_in)}</Fact>
            <Fact label=w.t("editorial.measures.sent_back")>{w.number(measures.sent_back)}</Fact>
            <Fact label=w.t("editorial.measures.due")>{w.number(measures.due_in_60)}</Fact>
        </Facts>
        <h2>{w.t("editorial.measures.live")}</h2>
        <Facts>{live}</Facts>
        <h2>{w.t("editorial.measures.used")}</h2>
        <Table caption=w.t("editorial.measures.used") hide_caption=true>
            <thead><tr>{columns}</tr></thead>
            <tbody>{used}</tbody>
        </Table>
    }
}
