//! What the patient sees, by the very view that draws their page, in their language; and what to say on the phone.

use super::Model;
use crate::i18n::Words;
use crate::pages::patient::case::stands;
use crate::paths;
use domain::cases::views::NextStep;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let case = &model.case;
    let theirs = Words::of(case.locale);
    let asked = case.seen.action.as_ref().map(|step| {
        let text = match step {
            NextStep::SendDocument { name, .. } => {
                w.with("staff_case.seen.asked", &[("document", &name.text)])
            }
            NextStep::GiveConsent => w.t("staff_case.seen.consent"),
        };
        let link = matches!(step, NextStep::GiveConsent).then(|| {
            view! { " "<a href=paths::staff_invitation(w.locale, case.seen.case)>{w.t("enrollments.again.offer")}</a> }
        });
        view! { <p class="seen-asked">{text}{link}</p> }
    });
    let source = case.seen.sentence.as_ref().map(|sentence| {
        let edition = w.number(sentence.edition);
        let text = w.with(
            "staff_case.seen.source",
            &[("code", &sentence.code), ("edition", &edition), ("day", &w.day(sentence.reviewed_on))],
        );
        view! { <p class="small quiet">{text}</p> }
    });
    let script = case.sentence.clone().map(|sentence| {
        let (lang, dir) = (sentence.locale.tag(), sentence.locale.direction().tag());
        view! {
            <figure class="script">
                <figcaption class="small quiet">{w.t("staff_case.seen.script")}</figcaption>
                <blockquote lang=lang dir=dir>{sentence.script}</blockquote>
            </figure>
        }
    });
    let language = w.with("staff_case.seen.language", &[("language", case.locale.name())]);
    view! {
        <section class="seen" aria-labelledby="seen">
            <h2 id="seen">{w.t("staff_case.seen.title")}</h2>
            <p class="small quiet">{language}</p>
            <div class="seen-page" lang=theirs.locale.tag() dir=theirs.direction().tag()>
                {stands(theirs, &case.seen, &model.help, &model.zone, false)}
            </div>
            {asked}
            {source}
            {script}
        </section>
    }
    .into_any()
}
