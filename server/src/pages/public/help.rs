//! `/{locale}/help`: whom to call and when.

use crate::pages::{Head, Reply, Visit, approved};
use ui::document::Nav;
use ui::pages::public::help::{self, Line, Model};

pub async fn show(visit: Visit) -> Reply {
    let w = visit.words();
    let programs = visit.app.portal.programs.all();
    let mut lines = Vec::new();
    for program in programs.iter() {
        let (hours, lang) = approved::line(&visit, program, "hours");
        let (language_line, _) = approved::line(&visit, program, "language_line");
        lines.push(Line {
            code: program.code.clone(),
            name: program.name.clone(),
            phone: program.phone.clone(),
            tty: program.tty.clone(),
            hours,
            language_line,
            lang,
            is_open: program.is_open(visit.ctx.now)?,
        });
    }
    let number = |pick: fn(&domain::programs::Settings) -> &String| {
        programs.first().map(|program| pick(&program.settings).clone()).unwrap_or_default()
    };
    let model = Model {
        lines,
        emergency_phone: number(|settings| &settings.emergency_phone),
        crisis_phone: number(|settings| &settings.crisis_phone),
    };
    let head = Head::new(w.t("public.help.title")).nav(Nav::Help);
    Ok(visit.show(head, move || help::view(w, model)))
}
