//! Prints the safety screen's figures for files of texts, with what it ships: docs/assistant.md has the table.
//!
//! `cargo run --release -p domain --example screen_figures -- TEXTS…`: `*.jsonl` (`text`, `label`, `lang`) or `*.tsv`
//! (yes or no, kind, text; the file's name is the language). With `--wrong` it prints what came out wrong,
//! with `--lists` it asks the lists alone.

#![allow(clippy::print_stdout)]

use domain::safety::screen::{Kind, Verdict, by_lists, screen};
use serde::Deserialize;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

#[derive(Deserialize)]
struct Line {
    text: String,
    label: u8,
    lang: String,
    #[serde(skip)]
    kind: String,
}

struct Seen {
    line: Line,
    verdict: Verdict,
    ms: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wrong = args.iter().any(|a| a == "--wrong");
    screen("", "en"); // the lists are compiled on first use
    println!(
        "file: found (of the kind) of all that must be; false alarms (as a crisis) of the others; ms at 50, 99, 100 of 100"
    );
    for file in args.iter().filter(|a| !a.starts_with("--")) {
        let ask = if args.iter().any(|a| a == "--lists") { by_lists } else { screen };
        let seen: Vec<Seen> = read(Path::new(file))?.into_iter().map(|line| look(line, ask)).collect();
        print_figures(file, &seen);
        if wrong {
            print_wrong(&seen);
        }
    }
    Ok(())
}

fn look(line: Line, ask: fn(&str, &str) -> Verdict) -> Seen {
    let started = Instant::now();
    let verdict = ask(&line.text, &line.lang);
    let ms = started.elapsed().as_secs_f64() * 1e3;
    Seen { line, verdict, ms }
}

fn read(file: &Path) -> Result<Vec<Line>, Box<dyn Error>> {
    let content = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let lang = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let mut lines = Vec::new();
    for line in content.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if file.extension().is_some_and(|e| e == "jsonl") {
            lines.push(serde_json::from_str(line)?);
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [expected, kind, text] = fields[..] else { return Err(format!("three fields: {line}").into()) };
        let label = u8::from(!matches!(expected, "no" | "0"));
        lines.push(Line { text: text.into(), label, lang: lang.into(), kind: kind.into() });
    }
    Ok(lines)
}

fn print_figures(file: &str, seen: &[Seen]) {
    let share = |label: u8, counts: &dyn Fn(&Seen) -> bool| {
        let set = seen.iter().filter(|s| s.line.label == label);
        let (all, hits) = set.fold((0, 0), |(all, hits), s| (all + 1, hits + usize::from(counts(s))));
        format!("{:5.1} %", 100.0 * hits as f64 / f64::from(all.max(1)))
    };
    let crisis = |s: &Seen| s.verdict.kinds.contains(&Kind::Crisis);
    let of_kind = |s: &Seen| {
        if s.line.kind.is_empty() {
            crisis(s)
        } else {
            s.verdict.kinds.iter().any(|k| k.code() == s.line.kind)
        }
    };
    let count = |label: u8| seen.iter().filter(|s| s.line.label == label).count();
    let mut times: Vec<f64> = seen.iter().map(|s| s.ms).collect();
    times.sort_by(f64::total_cmp);
    let time = |part: f64| times.get(((times.len() - 1) as f64 * part) as usize).copied().unwrap_or_default();
    println!(
        "{}: {} ({}) of {}; {} ({}) of {}; {:.2} {:.2} {:.2}",
        Path::new(file).file_stem().unwrap_or_default().to_string_lossy(),
        share(1, &|s| s.verdict.flag),
        share(1, &of_kind),
        count(1),
        share(0, &|s| s.verdict.flag),
        share(0, &crisis),
        count(0),
        time(0.5),
        time(0.99),
        time(1.0),
    );
}

fn print_wrong(seen: &[Seen]) {
    for s in seen.iter().filter(|s| s.verdict.flag != (s.line.label == 1)) {
        let matched: Vec<String> = s
            .verdict
            .matched
            .iter()
            .filter_map(|m| Some(format!("{}:{:.1}:{:?}", s.line.text.get(m.start..m.end)?, m.weight, m.by)))
            .collect();
        println!(
            "  {} {} {:.2} | {} | {}",
            s.line.kind,
            s.verdict.kind.code(),
            s.verdict.score,
            s.line.text,
            matched.join(", ")
        );
    }
}
