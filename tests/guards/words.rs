//! Words: the same keys in every language, no key unused, no used key missing, no sentence left in English.

use super::source::files;
use domain::locale::Locale;
use std::collections::{BTreeMap, BTreeSet};

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn table(locale: Locale) -> BTreeMap<String, String> {
    ui::i18n::all(locale).into_iter().collect()
}

/// The key without its plural category.
fn stem(key: &str) -> &str {
    match key.rsplit_once('.') {
        Some((stem, last)) if CATEGORIES.contains(&last) => stem,
        _ => key,
    }
}

#[test]
fn every_language_has_every_sentence_and_fills_the_same_places() {
    let english = table(Locale::En);
    assert!(english.len() > 100);
    let places = |text: &str| {
        text.match_indices("%{")
            .map(|(at, _)| text[at..].split('}').next().unwrap_or_default().to_owned())
            .collect::<BTreeSet<_>>()
    };
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        let theirs = table(locale);
        let stems: BTreeSet<_> = theirs.keys().map(|key| stem(key)).collect();
        for (key, sentence) in &english {
            if !stems.contains(stem(key)) {
                wrong.push(format!("{locale}: {key} is missing"));
            } else if let Some(theirs) = theirs.get(key)
                && places(theirs) != places(sentence)
                && !CATEGORIES.iter().any(|category| key.ends_with(&format!(".{category}")))
            {
                wrong.push(format!("{locale}: {key} fills other places"));
            }
        }
        let known: BTreeSet<_> = english.keys().map(|key| stem(key)).collect();
        wrong.extend(
            theirs
                .keys()
                .filter(|key| !known.contains(stem(key)))
                .map(|key| format!("{locale}: {key} is not in English")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_sentence_was_left_in_english() {
    let english = table(Locale::En);
    let mut wrong = Vec::new();
    for locale in [Locale::Es, Locale::Vi, Locale::Ar] {
        for (key, sentence) in table(locale) {
            // names, signs and words that both languages share are short
            let same = english.get(&key).is_some_and(|english| *english == sentence);
            if same && sentence.split_whitespace().count() > 2 {
                wrong.push(format!("{locale}: {key}: {sentence}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The string literals of the code that look like keys; `{}` stands for a part known only at run time.
fn literals() -> BTreeSet<String> {
    let mut sources = files("app/ui/src", ".rs");
    sources.extend(files("server/src", ".rs"));
    sources.extend(files("app/domain/src", ".rs"));
    let mut found = BTreeSet::new();
    for (_, text) in sources {
        for part in text.split('"').skip(1).step_by(1) {
            let is_key = part.contains('.')
                && part.len() < 80
                && !part.contains(' ')
                && !part.contains('/')
                && part.chars().next().is_some_and(|c| c.is_ascii_lowercase());
            if is_key {
                found.insert(part.to_owned());
            }
        }
    }
    found
}

/// The keys that views ask for by name.
fn asked() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in files("app/ui/src", ".rs").into_iter().chain(files("server/src", ".rs")) {
        for call in [".t(\"", ".with(\"", ".count(\""] {
            let keys = text.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(
                keys.filter(|key| key.contains('.') && !key.contains(['{', '/', ' '])).map(str::to_owned),
            );
        }
    }
    found
}

/// `cases.stage.{stage}` fits `cases.stage.closed`.
fn fits(pattern: &str, key: &str) -> bool {
    let mut rest = key;
    let mut pieces = pattern.split('{');
    let first = pieces.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    let mut open = false;
    for piece in pieces {
        open = true;
        let literal = piece.split_once('}').map_or("", |(_, literal)| literal);
        if literal.is_empty() {
            rest = "";
        } else if let Some(at) = rest.find(literal) {
            rest = &rest[at + literal.len()..];
            open = false;
        } else {
            return false;
        }
    }
    rest.is_empty() || open
}

#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    let keys: BTreeSet<String> = table(Locale::En).keys().map(|key| stem(key).to_owned()).collect();
    let literals = literals();
    let patterns: Vec<_> = literals.iter().filter(|literal| literal.contains('{')).collect();
    // errors are named by the codes of flaws, which any rule may use
    let unused: Vec<_> = keys
        .iter()
        .filter(|key| {
            !key.starts_with("errors.")
                && !literals.contains(*key)
                && !patterns.iter().any(|pattern| fits(pattern, key))
        })
        .collect();
    let missing: Vec<_> = asked()
        .into_iter()
        .filter(|asked| {
            !keys.contains(asked) && !keys.iter().any(|key| key.starts_with(&format!("{asked}.")))
        })
        .collect();
    assert!(unused.is_empty() && missing.is_empty(), "unused: {unused:#?}\nmissing: {missing:#?}");
}

#[test]
fn a_pattern_fits_its_keys() {
    assert!(fits("cases.stage.{stage}", "cases.stage.closed"));
    assert!(fits("problem.{code}.title", "problem.not_found.title"));
    assert!(!fits("problem.{code}.title", "problem.not_found.text"));
    assert!(!fits("cases.{x}", "case.y"));
}
