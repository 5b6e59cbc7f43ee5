//! Question sets as they lie in a folder: `kb_<set>.jsonl` (`kb_id`, `question`, `variants`, `answer`) and
//! `faq_<set>.jsonl` (`lang`, `query`, `relevant`: the ids of right answers, empty or null where nothing is approved).

use domain::assistant::search::{Entry, Index};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::error::Error;

pub struct Set {
    pub name: String,
    pub entries: Vec<Entry>,
    pub questions: Vec<Question>,
}

pub struct Question {
    pub language: String,
    pub text: String,
    /// The keys of the answers that are right.
    pub relevant: HashSet<String>,
}

impl Set {
    /// The shipped index over the set's answers, for each language that is asked in.
    pub fn indexes(&self) -> HashMap<&str, Index> {
        let languages: HashSet<&str> = self.questions.iter().map(|q| q.language.as_str()).collect();
        languages.into_iter().map(|tag| (tag, Index::build(tag, self.entries.clone()))).collect()
    }
}

/// All sets of the folder, by name.
pub fn read_all(folder: &str) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map_err(|e| format!("{folder}: {e}"))?
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_prefix("faq_")?.strip_suffix(".jsonl")?.to_owned()))
        .collect();
    if names.is_empty() {
        return Err(format!("{folder} has no faq_<set>.jsonl").into());
    }
    names.sort();
    names.into_iter().map(|name| read(folder, name)).collect()
}

fn read(folder: &str, name: String) -> Result<Set, Box<dyn Error>> {
    let entries = lines(&format!("{folder}/kb_{name}.jsonl"))?.iter().map(entry).collect();
    let questions = lines(&format!("{folder}/faq_{name}.jsonl"))?.iter().map(question).collect();
    Ok(Set { name, entries, questions })
}

fn lines(path: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn entry(line: &Value) -> Entry {
    Entry {
        key: text(&line["kb_id"]),
        question: line["question"].as_str().map(str::to_owned),
        phrasings: texts(&line["variants"]).collect(),
        answer: line["answer"].as_str().map(str::to_owned),
    }
}

fn question(line: &Value) -> Question {
    Question {
        language: text(&line["lang"]),
        text: text(&line["query"]),
        relevant: texts(&line["relevant"]).collect(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn texts(value: &Value) -> impl Iterator<Item = String> {
    value.as_array().into_iter().flatten().map(text)
}
