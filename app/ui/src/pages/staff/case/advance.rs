//! The form that moves a case on, back, or to its end.

use super::{Model, here};
use crate::components::{Area, Button, DateField, Form, Group, Pick, Select};
use crate::i18n::Words;
use domain::cases::views::StepOffer;
use leptos::prelude::*;

pub(super) fn section(w: Words, model: &Model) -> AnyView {
    let case = &model.case;
    let pick = |offer: &StepOffer| {
        let mut pick = Pick::new(offer.to.code(), offer.short.text.clone());
        if offer.short.locale != w.locale {
            pick = pick.lang(offer.short.locale.tag());
        }
        pick
    };
    let (back, on): (Vec<_>, Vec<_>) = case.steps.iter().partition(|offer| offer.is_backward);
    let (close, on): (Vec<_>, Vec<_>) =
        on.into_iter().partition(|offer| offer.to.code().starts_with("closed_"));
    let picks = |offers: Vec<&StepOffer>| offers.into_iter().map(pick).collect::<Vec<_>>();
    let groups = vec![
        Group::named(w.t("staff_case.advance.forward"), picks(on)),
        Group::named(w.t("staff_case.advance.backward"), picks(back)),
        Group::named(w.t("staff_case.advance.close"), picks(close)),
    ];
    let reasons = case.reasons.iter().map(|(code, words)| Pick::new(code, words.text.clone())).collect();
    let open = case.checklist.iter().filter(|item| item.ticked.is_none()).count();
    let is_intake = case.seen.stage.place() == Some(1);
    let exception = (is_intake && open > 0).then(|| {
        view! {
            <Area
                w
                field=model.advance.field("exception")
                label=w.t("staff_case.advance.exception")
                hint=w.count("staff_case.advance.exception_hint", open as i64)
                rows=2
                optional=true
            />
        }
    });
    let version = case.version.to_string();
    let field = |name: &str| model.advance.field(name);
    let (to, reason, backward, expected_on) =
        (field("to"), field("reason"), field("backward"), field("expected_on"));
    let closed =
        case.seen.stage.place().is_none().then(|| view! { <p>{w.t("staff_case.advance.closed")}</p> });
    view! {
        <section aria-labelledby="advance">
            <h2 id="advance">{w.t("staff_case.advance.title")}</h2>
            {closed}
            <Form w action=here(w, model) act="advance">
                <input type="hidden" name="version" value=version/>
                <Select w field=to label=w.t("staff_case.advance.to") empty="" groups=groups/>
                <Area
                    w
                    field=reason
                    label=w.t("staff_case.advance.reason")
                    hint=w.t("staff_case.advance.reason_hint")
                    rows=3
                />
                <Select
                    w
                    field=backward
                    label=w.t("staff_case.advance.told")
                    empty=w.t("staff_case.advance.told_none")
                    groups=vec![Group::of(reasons)]
                />
                {exception}
                <DateField
                    w
                    field=expected_on
                    label=w.t("staff_case.advance.expected_on")
                    hint=w.t("staff_case.advance.expected_hint")
                />
                <Button>{w.t("staff_case.advance.submit")}</Button>
            </Form>
        </section>
    }
    .into_any()
}
