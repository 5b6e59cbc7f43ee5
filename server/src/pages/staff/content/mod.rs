//! The doors of the editorial room.

pub mod compare;
pub mod edit;
pub mod library;
pub mod media;
pub mod preview;
pub mod review;
pub mod sheet;

use super::{InPath, id};
use crate::pages::Visit;
use domain::content::leaves::{self, Shape};
use domain::editorial::{Dossier, Sheet};
use std::collections::BTreeMap;
use ui::markup::{self, Links, SafeHtml};
use ui::pages::approved::Text;
use ui::pages::staff::content::Named;

/// The programs as lists name them.
pub(super) fn programs(visit: &Visit) -> Vec<Named> {
    let all = visit.ctx.portal.programs.all();
    let named = all.iter().map(|program| Named {
        id: program.id,
        code: program.code.clone(),
        name: program.name.clone(),
        zone: program.zone.clone(),
    });
    named.collect()
}

/// The words of a sheet as readers get them, leaf by leaf.
fn words(visit: &Visit, sheet: &Sheet) -> Vec<(String, Text)> {
    let shown = leaves::of(&sheet.body).into_iter().filter(|leaf| !leaf.text.is_empty());
    shown
        .map(|leaf| {
            let html = html(visit, sheet, leaf.shape, &leaf.text);
            let text = Text {
                title: String::new(),
                html,
                lang: None,
                reviewed_on: sheet.reviewed_on.unwrap_or(domain::time::Day { year: 2000, month: 1, day: 1 }),
            };
            (leaf.path, text)
        })
        .collect()
}

/// One text as a reader gets it; what is no Markdown is shown as it stands.
fn html(visit: &Visit, sheet: &Sheet, shape: Shape, text: &str) -> SafeHtml {
    let code =
        visit.ctx.portal.programs.get(sheet.program).map(|program| program.code.clone()).unwrap_or_default();
    let links = Links { locale: sheet.locale, program: Some(&code) };
    match shape {
        Shape::Markdown => markup::render(text, links),
        Shape::Lines => markup::plain(&text.lines().collect::<Vec<_>>()),
        Shape::Line | Shape::Words | Shape::Number => markup::plain(&[text]),
    }
}

/// The zone its program works in.
fn zone(visit: &Visit, dossier: &Dossier) -> String {
    visit
        .ctx
        .portal
        .programs
        .get(dossier.sheet.program)
        .map(|program| program.zone.clone())
        .unwrap_or_default()
}

/// The ticks of a form whose names begin so.
fn ticked(values: &BTreeMap<String, String>, prefix: &str) -> Vec<String> {
    values.keys().filter_map(|name| name.strip_prefix(prefix)).map(str::to_owned).collect()
}
