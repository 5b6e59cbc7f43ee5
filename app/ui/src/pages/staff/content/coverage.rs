//! Stage by kind by language: every gap at a glance.

use super::{Named, kind};
use crate::components::{Table, Tag, Tone};
use crate::i18n::Words;
use crate::paths;
use domain::editorial::Coverage;
use domain::locale::Locale;
use leptos::prelude::*;

pub struct Model {
    pub rows: Vec<Coverage>,
    pub programs: Vec<Named>,
}

/// Ids of the tables, one a program.
const NAMES: [&str; 8] = ["gaps-1", "gaps-2", "gaps-3", "gaps-4", "gaps-5", "gaps-6", "gaps-7", "gaps-8"];

pub fn view(w: Words, model: Model) -> impl IntoView {
    let tables = model
        .programs
        .iter()
        .zip(NAMES)
        .map(|(program, name)| {
            let rows = model.rows.iter().filter(|row| row.program == program.id);
            let rows = rows.map(|row| line(w, program, row)).collect_view();
            let languages = Locale::ALL
                .into_iter()
                .map(|locale| view! { <th scope="col" lang=locale.tag()>{locale.name()}</th> })
                .collect_view();
            view! {
                <div>
                    <h2 translate="no">{program.name.clone()}</h2>
                    <Table caption=w.with("editorial.coverage.caption", &[("program", &program.name)]) hide_caption=true name>
                        <thead>
                            <tr>
                                <th scope="col">{w.t("editorial.column.kind")}</th>
                                <th scope="col">{w.t("editorial.column.stage")}</th>
                                {languages}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </Table>
                </div>
            }
        })
        .collect_view();
    view! {
        <h1>{w.t("editorial.coverage.title")}</h1>
        <p class="lead">{w.t("editorial.coverage.lead")}</p>
        <div class="stack coverage">{tables}</div>
    }
}

fn line(w: Words, program: &Named, row: &Coverage) -> AnyView {
    let cells = Locale::ALL
        .into_iter()
        .map(|locale| {
            let live = row.live.get(&locale).copied().unwrap_or(0);
            let missing = row.items - live;
            let to = paths::content(w.locale)
                .query("program", &program.code)
                .query("kind", row.kind.code())
                .query("language", locale.tag())
                .query("state", "live");
            let gap = (missing > 0).then(|| {
                view! { " "<Tag tone=Tone::Act text=w.count("editorial.coverage.missing", missing)/> }
            });
            view! { <td><a href=to>{w.number(live)}</a>{gap}</td> }
        })
        .collect_view();
    let stage = match row.stage {
        Some(stage) => w.t(&format!("cases.stage.{stage}")),
        None => w.t("editorial.coverage.any_stage"),
    };
    view! {
        <tr>
            <th scope="row">{kind(w, row.kind)}</th>
            <td>{stage}</td>
            {cells}
        </tr>
    }
    .into_any()
}
