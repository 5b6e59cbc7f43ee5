//! Plain BM25, the yardstick of the assistant's search: lower-cased alphanumeric words of the whole entry, k1 1.2, b 0.75.

use domain::assistant::search::Entry;
use std::collections::HashMap;

const K1: f64 = 1.2;
const B: f64 = 0.75;

pub struct Bm25 {
    /// For each word the entries that hold it, and how often.
    postings: HashMap<String, HashMap<usize, f64>>,
    /// Words in each entry.
    lengths: Vec<f64>,
}

impl Bm25 {
    pub fn build(entries: &[Entry]) -> Self {
        let mut this = Self { postings: HashMap::new(), lengths: vec![0.0; entries.len()] };
        for (number, entry) in entries.iter().enumerate() {
            for word in
                entry.question.iter().chain(&entry.phrasings).chain(&entry.answer).flat_map(|t| words(t))
            {
                *this.postings.entry(word).or_default().entry(number).or_default() += 1.0;
                this.lengths[number] += 1.0;
            }
        }
        this
    }

    /// The best `limit` entries that share a word with the question, best first, with their raw scores.
    pub fn rank(&self, question: &str, limit: usize) -> Vec<(usize, f64)> {
        let entries = self.lengths.len() as f64;
        let mean = self.lengths.iter().sum::<f64>() / entries;
        let mut scores = vec![0.0; self.lengths.len()];
        for held in words(question).filter_map(|word| self.postings.get(&word)) {
            let holders = held.len() as f64;
            let idf = (1.0 + (entries - holders + 0.5) / (holders + 0.5)).ln();
            for (entry, times) in held {
                let norm = K1 * (1.0 - B + B * self.lengths[*entry] / mean);
                scores[*entry] += idf * times * (K1 + 1.0) / (times + norm);
            }
        }
        let mut ranked: Vec<(usize, f64)> =
            scores.into_iter().enumerate().filter(|(_, s)| *s > 0.0).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.truncate(limit);
        ranked
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
