//! A new item: program, kind, code, what it is for, title.

use super::{Named, kind};
use crate::components::{Back, Button, ErrorSummary, Field, Filled, Form, Group, Pick, Select, Width};
use crate::i18n::Words;
use crate::paths;
use domain::content::Kind;
use domain::locale::Locale;
use leptos::prelude::*;

pub struct Model {
    pub programs: Vec<Named>,
    pub filled: Filled,
}

pub fn view(w: Words, model: Model) -> impl IntoView {
    let filled = model.filled;
    let programs = model.programs.iter().map(|known| Pick::new(&known.code, &known.name)).collect();
    let kinds = Kind::ALL.into_iter().map(|one| Pick::new(one.code(), kind(w, one))).collect();
    let languages =
        Locale::ALL.into_iter().map(|one| Pick::new(one.tag(), one.name()).lang(one.tag())).collect();
    view! {
        <Back w to=paths::content(w.locale) text=w.t("editorial.library.title")/>
        <ErrorSummary w filled=filled.clone()/>
        <h1>{w.t("editorial.new.title")}</h1>
        <Form w action=paths::content_new(w.locale) act="create">
            <Select w field=filled.field("program") label=w.t("editorial.column.program") groups=vec![Group::of(programs)]/>
            <Select w field=filled.field("kind") label=w.t("editorial.column.kind") groups=vec![Group::of(kinds)]/>
            <Select w field=filled.field("language") label=w.t("editorial.new.source") groups=vec![Group::of(languages)]/>
            <Field w field=filled.field("code") label=w.t("editorial.new.code") hint=w.t("editorial.new.code_hint") width=Width::Half/>
            <Field w field=filled.field("slug") label=w.t("editorial.new.slug") hint=w.t("editorial.new.slug_hint") width=Width::Half optional=true/>
            <Field w field=filled.field("title") label=w.t("editorial.field.title")/>
            <Button>{w.t("editorial.new.create")}</Button>
        </Form>
    }
}
