//! One straight line: `domain ← ui ← server`. SQL stands in stores only. Rules read no clock and wait for nothing.

use super::source::{code, files};

#[track_caller]
fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

fn lines<'a>(files: &'a [(String, String)], wrong: impl Fn(&str, &str) -> bool + 'a) -> Vec<String> {
    files
        .iter()
        .flat_map(|(name, text)| {
            code(text)
                .filter(|(_, line)| wrong(name, line))
                .map(move |(number, line)| format!("{name}:{number}: {}", line.trim()))
        })
        .collect()
}

#[test]
fn sql_stands_in_stores_only() {
    let mut sources = files("app", ".rs");
    sources.extend(files("server/src", ".rs"));
    let is_store = |name: &str| {
        name.ends_with("/store.rs")
            || name.contains("/store/")
            || name.contains("domain/src/db")
            || name.ends_with("domain/src/trail.rs")
    };
    none(
        lines(&sources, |name, line| !is_store(name) && line.contains("sqlx::query")),
        "SQL outside a store",
    );
}

#[test]
fn a_rule_reads_no_clock_and_waits_for_nothing() {
    let rules: Vec<_> =
        files("app/domain/src", ".rs").into_iter().filter(|(name, _)| name.ends_with("/rules.rs")).collect();
    assert!(rules.len() > 3, "the rules were not found");
    none(
        lines(&rules, |_, line| {
            ["::now()", ".now()", "SystemTime", "async fn", ".await"].iter().any(|sign| line.contains(sign))
        }),
        "a rule that is not pure",
    );
}

#[test]
fn views_know_neither_database_nor_http() {
    let views = files("app/ui/src", ".rs");
    none(
        lines(&views, |_, line| {
            ["sqlx", "axum::", "domain::ctx", "domain::db", "server::"].iter().any(|sign| line.contains(sign))
        }),
        "a view that knows too much",
    );
}

#[test]
fn the_domain_knows_nobody() {
    let domain = files("app/domain/src", ".rs");
    none(
        lines(&domain, |_, line| {
            ["leptos", "axum", "ui::", "server::", "lettre", "reqwest"]
                .iter()
                .any(|sign| line.contains(&format!("use {sign}")))
        }),
        "the domain imports a layer above it",
    );
}

#[test]
fn one_type_alone_reaches_inner_html_and_one_component_is_the_textarea() {
    let views = files("app/ui/src", ".rs");
    none(
        lines(&views, |name, line| !name.ends_with("components/prose.rs") && line.contains("inner_html=")),
        "raw HTML outside Prose",
    );
    none(
        lines(&views, |name, line| !name.ends_with("components/field.rs") && line.contains("<textarea")),
        "a textarea outside Area",
    );
    none(
        lines(&views, |_, line| {
            ["<style", "<noscript", "<script"].iter().any(|tag| line.contains(tag))
                && !line.contains("loader")
        }),
        "a raw element",
    );
}

#[test]
fn nobody_prints_or_waits_by_the_clock_on_the_wall() {
    let mut sources = files("app", ".rs");
    sources.extend(files("server/src", ".rs"));
    none(
        lines(&sources, |name, line| {
            !name.ends_with("ctx.rs")
                && !name.ends_with("documents/checks.rs")
                && (line.contains("SystemTime::now")
                    || line.contains("Timestamp::now()")
                    || line.contains("Zoned::now"))
        }),
        "a clock of one's own",
    );
}
