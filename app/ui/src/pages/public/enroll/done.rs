//! The confirmation: the number, what happens next and when, whom to call; the patient's own link; a sign-in made once.

use super::tasks::around;
use crate::components::{
    Button, ButtonLink, ErrorSummary, Fact, Facts, Field, Filled, Form, Id, Kind, Mark, Notice, OnDay, Phone,
    Rail, Stop, Tone,
};
use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::time::{Day, Timestamp};
use leptos::prelude::*;

pub struct Done {
    pub program: String,
    pub number: String,
    pub phone: String,
    pub zone: String,
    /// The patient has agreed to all the program needs.
    pub is_received: bool,
    pub is_by_other: bool,
    pub first_response_due: Timestamp,
    pub invitation: Option<Invitation>,
    pub account: Account,
}

/// The patient's link, as a link and as a square to point a phone at.
pub struct Invitation {
    pub url: String,
    pub picture: Picture,
    pub until: Option<Day>,
    pub is_used: bool,
}

/// Dark squares as the path of a drawing, and its width in squares.
#[derive(Debug, Clone)]
pub struct Picture {
    pub path: String,
    pub size: usize,
}

/// A sign-in on this page.
#[derive(Debug, Clone)]
pub enum Account {
    /// Not here.
    No,
    /// It can be made now, at this address.
    Form(Filled, Path),
    /// It was made.
    Made,
}

pub fn done(w: Words, model: Done) -> impl IntoView {
    let (title, number) = if model.is_by_other {
        ("enrollments.done_title_other", "enrollments.number_other")
    } else {
        ("enrollments.done_title", "enrollments.number")
    };
    let filled = match &model.account {
        Account::Form(filled, _) => filled.clone(),
        _ => Filled::default(),
    };
    let is_waiting = model.is_by_other && !model.is_received;
    let what_next = if is_waiting {
        view! {
            <Rail label=w.t("enrollments.next_title")>
                <Stop mark=Mark::Here title=w.t("enrollments.next_other_1")/>
                <Stop mark=Mark::Open title=w.t("enrollments.next_other_2")/>
                <Stop mark=Mark::Open title=w.t("enrollments.next_other_3")/>
            </Rail>
        }
        .into_any()
    } else if model.is_received {
        received(w, model.first_response_due, &model.zone).into_any()
    } else {
        view! { <p>{w.t("enrollments.next_pending")}</p> }.into_any()
    };
    view! {
        <ErrorSummary w filled=filled/>
        <h1>{w.t(title)}</h1>
        <Facts>
            <Fact label=w.t(number)><Id text=model.number/></Fact>
        </Facts>
        <p>{w.t("enrollments.keep_number")}</p>
        <h2>{w.t("enrollments.next_title")}</h2>
        {what_next}
        {model.invitation.map(|invitation| link(w, invitation))}
        <p>{w.t("enrollments.call_us")}" "<Phone number=model.phone/></p>
        {account(w, model.account)}
    }
}

/// Who looks at it, and by when they answer.
pub fn received(w: Words, due: Timestamp, zone: &str) -> impl IntoView + use<> {
    let by = w.day_of(due, zone).map(|day| {
        let text =
            w.with("enrollments.next_by", &[("day", &w.weekday_day(day)), ("hour", &w.hour(due, zone))]);
        view! { <Facts><Fact label=w.t("enrollments.next_by_label")><time datetime=crate::i18n::machine(due)>{text}</time></Fact></Facts> }
    });
    view! { <p>{w.t("enrollments.next_received")}</p>{by} }
}

/// The link in words and as a square.
pub fn link(w: Words, invitation: Invitation) -> AnyView {
    let Invitation { url, picture, until, is_used } = invitation;
    if is_used {
        return view! { <Notice tone=Tone::Success title=w.t("enrollments.link_used")/> }.into_any();
    }
    let size = picture.size + 8;
    let until = until.map(|day| {
        let (before, after) = around(&w.t("enrollments.link_until"), "%{day}");
        view! { <p>{before}<OnDay w day full=true/>{after}</p> }
    });
    view! {
        <h2>{w.t("enrollments.link_title")}</h2>
        <svg class="picture-code" role="img" aria-label=w.t("enrollments.link_qr") viewBox=format!("-4 -4 {size} {size}")>
            <path d=picture.path/>
        </svg>
        <p class="own-link"><a href=url.clone() dir="ltr" translate="no">{url.clone()}</a></p>
        {until}
    }
    .into_any()
}

/// The form for a sign-in, or that there is one.
pub fn account(w: Words, account: Account) -> AnyView {
    match account {
        Account::No => ().into_any(),
        Account::Made => view! {
            <h2>{w.t("enrollments.account_made_title")}</h2>
            <p>{w.t("enrollments.account_made_text")}</p>
            <p><ButtonLink to=paths::sign_in(w.locale)>{w.t("enrollments.account_go")}</ButtonLink></p>
        }
        .into_any(),
        Account::Form(filled, action) => view! {
            <section class="create-account">
                <h2>{w.t("enrollments.account_title")}</h2>
                <p>{w.t("enrollments.account_text")}</p>
                <Form w action act="account">
                    <Field
                        w
                        field=filled.field("email")
                        label=w.t("enrollments.account_email")
                        kind=Kind::Email
                        autocomplete="username"
                    />
                    <Field
                        w
                        field=filled.field("password")
                        label=w.t("enrollments.account_password")
                        hint=w.t("enrollments.account_password_hint")
                        kind=Kind::Password
                        autocomplete="new-password"
                    />
                    <Button>{w.t("enrollments.account_button")}</Button>
                </Form>
            </section>
        }
        .into_any(),
    }
}
