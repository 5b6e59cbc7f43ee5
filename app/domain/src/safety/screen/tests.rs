//! What the screen must catch, must let pass, and must not be talked out of.

#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn the_scenarios_sentences_come_out_right() {
    let es = |text: &str| screen(text, "es");
    let rash = es("Desde que lo uso me sale un sarpullido y me pica mucho");
    assert_eq!((rash.kind, rash.flag), (Kind::AdverseEvent, true));
    let breath = es("me cuesta respirar y tengo los labios hinchados");
    assert_eq!(breath.kinds, [Kind::Emergency, Kind::AdverseEvent]);
    assert_eq!(es("2/5, me mareé").kind, Kind::AdverseEvent);
    assert_eq!(es("me mareé").kind, Kind::AdverseEvent);
    for fine in ["¿Dónde guardo el inhalador?", "¿Puedo tomarlo con warfarina?", "¿Cuándo llega mi pedido?"]
    {
        assert_eq!(es(fine).kind, Kind::None, "{fine}");
    }
}

#[test]
fn asking_is_not_having_but_having_and_asking_is() {
    let kind = |text: &str| screen(text, "en").kind;
    assert_eq!(kind("What are the side effects?"), Kind::None);
    assert_eq!(kind("Can it cause a rash?"), Kind::None);
    assert_eq!(kind("I have a rash. Is that normal?"), Kind::AdverseEvent);
    assert_eq!(kind("I have no rash"), Kind::None);
    assert_eq!(kind("Is this rash from the inhaler?"), Kind::AdverseEvent);
}

#[test]
fn one_text_may_be_several_things() {
    let verdict = screen("The inhaler was cracked and after using it I got a bad rash", "en");
    assert_eq!(verdict.kinds, [Kind::AdverseEvent, Kind::ProductComplaint]);
}

#[test]
fn what_cannot_be_read_goes_to_a_person_and_names_and_numbers_do_not() {
    for unreadable in [
        "sdkfjh qwrtpl zxcvbn",
        "У меня сыпь и зуд по всему телу",
        "息が苦しくて胸が痛いです",
        "mam wysypkę na całym ciele i nie mogę spać",
    ] {
        assert!(screen(unreadable, "en").flag, "{unreadable}");
    }
    for fine in [
        "",
        " ",
        "ok",
        "Nguyễn Thị Minh Khai",
        "Luis M. Ruiz",
        "+1-555-0142",
        "HXR-2231",
        "محمد عبد الله",
        "👍",
        "12 Oak Street, Springfield",
    ] {
        assert_eq!(screen(fine, "en").kind, Kind::None, "{fine}");
    }
}

#[test]
fn matches_stand_where_they_say() {
    let text = "Hola. Me mareé\u{200b} mucho ayer";
    let verdict = screen(text, "es");
    assert!(verdict.matched.iter().any(|m| text[m.start..m.end].contains("mareé")));
}

#[test]
fn no_bytes_and_no_length_upset_it() {
    for text in [
        "\u{0}\u{202e}\u{fffd}",
        "😀".repeat(5000).as_str(),
        "a".repeat(50_000).as_str(),
        "i ".repeat(30_000).as_str(),
        &"không ".repeat(6000),
    ] {
        screen(text, "vi");
    }
    assert!(screen(&"fine ".repeat(10_000), "en").flag);
}

const PHRASES: [(&str, &str); 7] = [
    ("en", include_str!("phrases/en.tsv")),
    ("es", include_str!("phrases/es.tsv")),
    ("vi", include_str!("phrases/vi.tsv")),
    ("ar", include_str!("phrases/ar.tsv")),
    ("fr", include_str!("phrases/fr.tsv")),
    ("de", include_str!("phrases/de.tsv")),
    ("zh", include_str!("phrases/zh.tsv")),
];

/// Written by somebody who knew neither the lists nor what the model learnt from, and never learnt from.
const APART: [(&str, &str); 7] = [
    ("en", include_str!("phrases/apart/en.tsv")),
    ("es", include_str!("phrases/apart/es.tsv")),
    ("vi", include_str!("phrases/apart/vi.tsv")),
    ("ar", include_str!("phrases/apart/ar.tsv")),
    ("fr", include_str!("phrases/apart/fr.tsv")),
    ("de", include_str!("phrases/apart/de.tsv")),
    ("zh", include_str!("phrases/apart/zh.tsv")),
];

/// The phrases of a sort: language, expected kind, text.
fn phrases(sort: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    of_sort(&PHRASES, sort)
}

fn of_sort(
    lists: &[(&'static str, &'static str)],
    sort: &str,
) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut out = Vec::new();
    for (language, list) in lists {
        for line in list.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            if fields.next() == Some(sort) {
                out.push((*language, fields.next().unwrap(), fields.next().unwrap()));
            }
        }
    }
    out
}

fn has_kind(verdict: &Verdict, code: &str) -> bool {
    verdict.kinds.iter().any(|k| k.code() == code)
}

#[test]
fn each_language_has_its_phrases() {
    for (language, _) in PHRASES {
        let count = |lists, sort| of_sort(lists, sort).iter().filter(|(l, _, _)| *l == language).count();
        assert_eq!(count(&PHRASES, "must"), 20, "{language}");
        for sort in ["yes", "no"] {
            assert!(count(&APART, sort) >= 150, "{language} {sort}");
        }
    }
}

/// Per language, in percent: the least that must be flagged of what must be, the most that may be of the rest. Floors a
/// little under the figures in docs/assistant.md, so that no change makes them worse unseen.
const APART_FLOORS: [(&str, f64, f64); 7] = [
    ("en", 88.0, 26.0),
    ("es", 80.0, 26.0),
    ("vi", 79.0, 21.0),
    ("ar", 74.0, 20.0),
    ("fr", 72.0, 26.0),
    ("de", 66.0, 18.0),
    ("zh", 69.0, 15.0),
];

#[test]
fn phrases_written_apart_are_found_and_pass_as_often_as_the_docs_say() {
    for (language, least, most) in APART_FLOORS {
        let flagged = |sort| {
            let all: Vec<_> = of_sort(&APART, sort).into_iter().filter(|(l, _, _)| *l == language).collect();
            let flags = all.iter().filter(|(_, _, text)| screen(text, language).flag).count();
            100.0 * flags as f64 / all.len() as f64
        };
        let (found, alarms) = (flagged("yes"), flagged("no"));
        println!("{language}: found {found:.1} %, false alarms {alarms:.1} %");
        assert!(found >= least, "{language}: {found:.1} % found");
        assert!(alarms <= most, "{language}: {alarms:.1} % false alarms");
    }
}

#[test]
fn a_flag_by_the_model_alone_says_which_words_moved_it() {
    let told = of_sort(&APART, "yes").into_iter().find_map(|(language, _, text)| {
        let verdict = screen(text, language);
        let mine: Vec<_> = verdict.matched.iter().filter(|m| m.by == By::Model).cloned().collect();
        (!mine.is_empty()).then_some((text, verdict.score, mine))
    });
    let (text, score, mine) = told.unwrap();
    assert!(score >= THRESHOLD);
    assert!(mine.iter().all(|m| !text[m.start..m.end].trim().is_empty() && m.weight >= 0.5));
}

#[test]
fn what_must_be_caught_is_caught() {
    for (language, kind, text) in phrases("must") {
        assert!(has_kind(&screen(text, language), kind), "{language} {kind}: {text}");
        // people write in their language on whatever page they are
        assert!(screen(text, "en").flag, "on an English page: {text}");
    }
}

#[test]
fn reports_are_found_and_ordinary_messages_pass() {
    for (sort, least) in [("yes", 0.98), ("no", 0.95)] {
        let all = phrases(sort);
        let wrong: Vec<_> = all
            .iter()
            .filter(|(language, kind, text)| {
                let verdict = screen(text, language);
                if sort == "yes" { !has_kind(&verdict, kind) } else { verdict.flag }
            })
            .collect();
        let right = 1.0 - wrong.len() as f64 / all.len() as f64;
        assert!(right >= least, "{sort} {right:.3}: {wrong:#?}");
    }
}

/// How often each phrase is disguised; the figures in the docs are from a run with 1,000.
const DISGUISES: usize = 60;

#[test]
fn no_disguise_hides_what_must_be_caught() {
    let mut dice = mutate::Dice(7);
    let (mut tried, mut missed) = (0, Vec::new());
    for (language, _, text) in phrases("must") {
        for _ in 0..DISGUISES {
            let disguised = mutate::disguise(text, &mut dice);
            tried += 1;
            if !screen(&disguised, language).flag {
                missed.push(disguised);
            }
        }
    }
    println!("{} of {tried} missed", missed.len());
    assert!(missed.len() * 200 <= tried, "{} of {tried}: {missed:#?}", missed.len());
}
