//! `handrail eval`: the assistant and the safety screen, measured on files. It runs the code the portal runs, with the
//! thresholds it ships; both files are JSON lines, one answer a question or text.

use super::{Outcome, print};
use clap::Args;
use domain::assistant::search::{Entry, Index, Outcome as Found};
use domain::safety::screen::{self, Kind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many entries are ranked for each question.
const RANKED: usize = 10;

#[derive(Debug, Args)]
pub struct FaqArgs {
    /// Approved answers: `kb_id`, `question`, `variants`, `answer` on each line
    #[arg(long, value_name = "FILE")]
    kb: PathBuf,
    /// Questions: `id`, `lang`, `query` on each line
    #[arg(long, value_name = "FILE")]
    questions: PathBuf,
    /// Where the answers go
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Args)]
pub struct SafetyArgs {
    /// Texts: `id`, `text`, `lang` on each line
    #[arg(long, value_name = "FILE")]
    texts: PathBuf,
    /// Where the verdicts go
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
struct Approved {
    kb_id: Name,
    question: Option<String>,
    variants: Option<Vec<String>>,
    answer: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Question {
    id: Name,
    #[serde(default = "english")]
    lang: String,
    query: String,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: &'a Name,
    ranked: Vec<&'a str>,
    score: f32,
    answered: u8,
    offered: Vec<&'a str>,
    latency_ms: f64,
}

#[derive(Debug, Deserialize)]
struct Text {
    id: Name,
    #[serde(default = "english")]
    lang: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Verdict<'a> {
    id: &'a Name,
    score: f32,
    flag: u8,
    kind: &'static str,
    latency_ms: f64,
}

/// An id as a file has it: text or a number.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(i64),
}

impl Name {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

fn english() -> String {
    "en".to_owned()
}

/// Ranks the approved answers for every question.
pub fn faq(args: FaqArgs) -> Outcome {
    let approved: Vec<Approved> = read(&args.kb)?;
    let questions: Vec<Question> = read(&args.questions)?;
    let mut indexes: HashMap<&str, Index> = HashMap::new();
    let mut lines = Vec::with_capacity(questions.len());
    for question in &questions {
        let index = indexes
            .entry(&question.lang)
            .or_insert_with(|| Index::build(&question.lang, approved.iter().map(entry).collect()));
        let started = Instant::now();
        let ranking = index.rank(&question.query, RANKED);
        let outcome = ranking.outcome();
        let latency_ms = started.elapsed().as_secs_f64() * 1e3;
        let key = |entry: usize| index.keys()[entry].as_str();
        let mut ranked: Vec<&str> = ranking.hits.iter().map(|h| key(h.entry)).collect();
        // what shares nothing with the question stands last, in its own order
        let rest: Vec<&str> = (0..index.keys().len())
            .map(key)
            .filter(|k| !ranked.contains(k))
            .take(RANKED - ranked.len())
            .collect();
        ranked.extend(rest);
        let answer = Answer {
            id: &question.id,
            ranked,
            score: ranking.confidence,
            answered: u8::from(matches!(outcome, Found::Sure(_))),
            offered: match &outcome {
                Found::Unsure(hits) => hits.iter().map(|h| key(h.entry)).collect(),
                _ => Vec::new(),
            },
            latency_ms,
        };
        lines.push(serde_json::to_string(&answer)?);
    }
    write(&args.out, &lines)
}

/// Screens every text.
pub fn safety(args: SafetyArgs) -> Outcome {
    let texts: Vec<Text> = read(&args.texts)?;
    screen::screen("", "en"); // the lists are compiled on first use; a running portal has long done it
    let mut lines = Vec::with_capacity(texts.len());
    for text in &texts {
        let started = Instant::now();
        let verdict = screen::screen(&text.text, &text.lang);
        let latency_ms = started.elapsed().as_secs_f64() * 1e3;
        let kind = match verdict.kind {
            Kind::Unreadable => Kind::None,
            kind => kind,
        };
        lines.push(serde_json::to_string(&Verdict {
            id: &text.id,
            score: verdict.score,
            flag: u8::from(verdict.flag),
            kind: kind.code(),
            latency_ms,
        })?);
    }
    write(&args.out, &lines)
}

fn entry(approved: &Approved) -> Entry {
    Entry {
        key: approved.kb_id.text(),
        question: approved.question.clone(),
        phrasings: approved.variants.clone().unwrap_or_default(),
        answer: approved.answer.clone(),
    }
}

/// Reads JSON lines; an error names the file and the line.
fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Box<dyn std::error::Error + Send + Sync>> {
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let file = std::fs::File::open(path).map_err(|e| at(&e))?;
    let mut rows = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|e| at(&e))?;
        let line = line.trim().trim_start_matches('\u{feff}');
        if !line.is_empty() {
            let row = serde_json::from_str(line);
            rows.push(row.map_err(|e| format!("{} line {}: {e}", path.display(), number + 1))?);
        }
    }
    Ok(rows)
}

fn write(path: &Path, lines: &[String]) -> Outcome {
    let at = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut out = BufWriter::new(std::fs::File::create(path).map_err(at)?);
    for line in lines {
        writeln!(out, "{line}").map_err(at)?;
    }
    out.flush().map_err(at)?;
    print(&format!("{} lines in {}", lines.len(), path.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &Path) -> Vec<serde_json::Value> {
        read(path).unwrap_or_default()
    }

    #[test]
    fn files_go_in_and_come_out_in_the_format_of_the_scorer() -> Outcome {
        let dir = std::env::temp_dir().join(format!("handrail-eval-{}", std::process::id()));
        std::fs::create_dir_all(&dir)?;
        let (kb, questions, out) = (dir.join("kb.jsonl"), dir.join("faq.jsonl"), dir.join("out.jsonl"));
        std::fs::write(
            &kb,
            "{\"kb_id\": \"1\", \"question\": \"Where do I keep the inhaler?\", \"variants\": [], \"answer\": null}\n\
             {\"kb_id\": 2, \"question\": null, \"variants\": null, \"answer\": \"Take the missed dose as soon as you remember.\"}\n",
        )?;
        std::fs::write(
            &questions,
            "{\"id\": \"q\", \"lang\": \"en\", \"query\": \"where do i keep my inhaler\"}\n\n",
        )?;
        faq(FaqArgs { kb, questions, out: out.clone() })?;
        let answers = lines(&out);
        assert_eq!(answers[0]["id"], "q");
        assert_eq!(answers[0]["ranked"][0], "1");

        let texts = dir.join("texts.jsonl");
        std::fs::write(&texts, "{\"id\": 7, \"lang\": \"es\", \"text\": \"me mareé\"}\n")?;
        safety(SafetyArgs { texts: texts.clone(), out: out.clone() })?;
        let verdicts = lines(&out);
        assert_eq!(
            (&verdicts[0]["id"], &verdicts[0]["flag"], &verdicts[0]["kind"]),
            (&7.into(), &1.into(), &"ae".into())
        );

        std::fs::write(&texts, "{\"id\": 7}\n")?;
        let refused = safety(SafetyArgs { texts, out }).map_err(|e| e.to_string());
        assert!(refused.is_err_and(|e| e.contains("line 1")));
        std::fs::remove_dir_all(&dir)?;
        Ok(())
    }
}
