//! A case for staff: one page, several forms, each with the act it asks for.

use super::{Asked, asked, case_documents, said};
use crate::pages::{Head, Posted, Reply, Visit};
use axum::extract::Path;
use domain::cases::views::NoteKind;
use domain::cases::{self, Advance};
use domain::error::{Error, Flaw, Result};
use domain::ids::CaseId;
use domain::policy::{self, Action};
use domain::safety::{self, Report};
use leptos::prelude::IntoAny;
use ui::components::Filled;
use ui::document::Nav;
use ui::pages::staff::case as view;
use ui::paths;

/// What the forms of the page hold while it is shown.
#[derive(Default)]
struct Forms {
    advance: Filled,
    note: Filled,
    /// Asking for a document.
    ask: Filled,
    safety: Filled,
    has_changed: bool,
}

pub async fn show(visit: Visit, Path((_, case)): Path<(String, String)>, query: Asked) -> Reply {
    let case = case.parse().map_err(|_| Error::NotFound)?;
    let told = said(&asked(query), "told").map(str::to_owned);
    page(&visit, case, Forms::default(), told).await
}

pub async fn post(visit: Visit, Path((_, case)): Path<(String, String)>, form: Posted) -> Reply {
    let case: CaseId = case.parse().map_err(|_| Error::NotFound)?;
    match act(&visit, case, &form).await {
        Ok(told) => Ok(visit.go(&paths::staff_case(visit.locale(), case).query("told", told))),
        Err(Error::Invalid(flaws)) => page(&visit, case, refused(&form, flaws, false), None).await,
        // a colleague was faster: their change and these words stand on one page
        Err(Error::Conflict(_)) => {
            let flaws = vec![Flaw::new("", "changed")];
            page(&visit, case, refused(&form, flaws, true), None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Does what the form asks for; says what was done.
async fn act(visit: &Visit, case: CaseId, form: &Posted) -> Result<&'static str> {
    let ctx = &visit.ctx;
    let version = || form.get("version").parse().map_err(|_| Error::NotFound);
    match form.act() {
        "advance" => {
            let mut flaws = Vec::new();
            let to = form.get("to").parse().map_err(|_| flaws.push(Flaw::new("to", "choose"))).ok();
            let date = form.date("expected_on");
            let expected_on = match date.as_str() {
                "" => None,
                date => date.parse().map_err(|_| flaws.push(Flaw::new("expected_on", "date_invalid"))).ok(),
            };
            let (Some(to), true) = (to, flaws.is_empty()) else { return Err(Error::Invalid(flaws)) };
            let asked = Advance {
                version: version()?,
                to,
                reason: form.get("reason"),
                backward: Some(form.get("backward")).filter(|code| !code.is_empty()),
                exception: form.get("exception"),
                expected_on,
            };
            cases::advance(ctx, case, &asked).await?;
            Ok("advanced")
        }
        "note" => {
            let kind = form.get("kind").parse::<NoteKind>().map_err(|_| Error::invalid("kind", "choose"))?;
            cases::note(ctx, case, kind, form.get("text")).await?;
            Ok("noted")
        }
        "tick" => {
            cases::tick(ctx, case, form.get("item")).await?;
            Ok("ticked")
        }
        "take" => {
            cases::take(ctx, case, version()?).await?;
            Ok("taken")
        }
        "release" => {
            cases::release(ctx, case, version()?).await?;
            Ok("released")
        }
        "flag_safety" => {
            let kind = form.get("safety_kind").parse();
            let kind = kind.map_err(|_| Error::invalid("safety_kind", "choose"))?;
            safety::flag(ctx, Some(case), &Report { text: form.get("safety_text"), kind }).await?;
            Ok("flagged")
        }
        _ => case_documents::act(visit, case, form).await,
    }
}

/// The form that was refused, every value kept.
fn refused(form: &Posted, flaws: Vec<Flaw>, has_changed: bool) -> Forms {
    let filled = Filled::refused(form.values(), flaws);
    match form.act() {
        "note" => Forms { note: filled, has_changed, ..Forms::default() },
        "ask_document" => Forms { ask: filled, has_changed, ..Forms::default() },
        "flag_safety" => Forms { safety: filled, has_changed, ..Forms::default() },
        _ => Forms { advance: filled, has_changed, ..Forms::default() },
    }
}

async fn page(visit: &Visit, case: CaseId, forms: Forms, told: Option<String>) -> Reply {
    let ctx = &visit.ctx;
    let case = cases::read(ctx, case).await?;
    let program = ctx.portal.programs.get(case.seen.program)?;
    let is_refused = forms.advance.is_refused()
        || forms.note.is_refused()
        || forms.ask.is_refused()
        || forms.safety.is_refused();
    let refused = forms.ask.is_refused().then(|| forms.ask.clone().prefixed("ask"));
    let documents = case_documents::load(visit, case.seen.case, case.seen.program, forms.ask).await?;
    let safety_records = safety::of_case(ctx, case.seen.case).await?;
    let note =
        if forms.note.is_refused() { forms.note } else { Filled::of([("kind", NoteKind::Note.code())]) };
    let model = view::Model {
        program: program.name.clone(),
        zone: program.zone.clone(),
        help: visit.help_in(&program, case.locale),
        now: ctx.now,
        me: ctx.actor.person(),
        may: view::May {
            advance: policy::may(&ctx.actor, Action::AdvanceCase),
            note: policy::may(&ctx.actor, Action::NoteCase),
            open_safety: policy::may(&ctx.actor, Action::HandleSafety),
        },
        advance: forms.advance.prefixed("advance"),
        note: note.prefixed("note"),
        safety: forms.safety,
        safety_records,
        told,
        has_changed: forms.has_changed,
        case,
    };
    let w = visit.words();
    let head = Head::new(w.t("staff_case.title")).nav(Nav::Worklist).program(&program);
    Ok(visit.show_or_refuse(is_refused, head, move || {
        let documents = Some(ui::pages::staff::case_documents::section(w, documents).into_any());
        view::view(w, model, view::Sections { documents, refused, ..view::Sections::default() })
    }))
}
