//! Measures the assistant's search on a large made-up store: 5,000 answers in each of four languages, each with a
//! question, 3 to 10 phrasings and an answer of 40 to 80 words. The words are those of the public sets, as often as
//! there, and every twentieth is new.
//!
//! Run with `cargo run --release -p domain --example big_store -- FOLDER`.

#![allow(clippy::print_stdout)]

use domain::assistant::search::{Entry, Index};
use serde_json::Value;
use std::error::Error;
use std::time::Instant;

const ENTRIES: usize = 5000;
const QUESTIONS: usize = 1000;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn sentence(&mut self, words: &[String], length: usize) -> String {
        let mut word = || match self.below(20) {
            0 => format!("{}{}", words[self.below(words.len())], self.below(100)),
            _ => words[self.below(words.len())].clone(),
        };
        (0..length).map(|_| word()).collect::<Vec<_>>().join(" ")
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let mut dice = Dice(1);
    let (mut bytes, mut seconds) = (0, 0.0);
    for language in ["en", "es", "vi", "ar"] {
        let words = words(&format!("{folder}/kb_xquad_{language}.jsonl"))?;
        let entries: Vec<Entry> = (0..ENTRIES).map(|n| entry(n, &words, &mut dice)).collect();
        let asked: Vec<String> = (0..QUESTIONS).map(|_| asked(&entries, &words, &mut dice)).collect();
        let started = Instant::now();
        let index = Index::build(language, entries);
        let took = started.elapsed().as_secs_f64();
        bytes += index.bytes();
        seconds += took;
        let mut times: Vec<f64> = asked.iter().map(|question| time(&index, question)).collect();
        times.sort_unstable_by(f64::total_cmp);
        let (half, most) = (times[QUESTIONS / 2], times[QUESTIONS * 99 / 100]);
        let size = index.bytes() as f64 / 1e6;
        println!(
            "{language}: {size:.1} MB, built in {took:.2} s, half within {half:.2} ms, 99 % within {most:.2} ms"
        );
    }
    println!("all: {:.1} MB, built in {seconds:.2} s", bytes as f64 / 1e6);
    Ok(())
}

fn words(path: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut words = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let answer: Value = serde_json::from_str(line)?;
        words.extend(answer["answer"].as_str().unwrap_or_default().split_whitespace().map(str::to_owned));
    }
    Ok(words)
}

fn entry(number: usize, words: &[String], dice: &mut Dice) -> Entry {
    let mut short = || {
        let length = 5 + dice.below(10);
        dice.sentence(words, length)
    };
    let question = Some(short());
    let phrasings = (0..3 + number % 8).map(|_| short()).collect();
    let length = 40 + dice.below(41);
    Entry { key: number.to_string(), question, phrasings, answer: Some(dice.sentence(words, length)) }
}

/// Half of a phrasing and a few words more.
fn asked(entries: &[Entry], words: &[String], dice: &mut Dice) -> String {
    let phrasing = &entries[dice.below(entries.len())].phrasings[0];
    let kept = phrasing.split(' ').take(4).collect::<Vec<_>>().join(" ");
    let length = 2 + dice.below(8);
    format!("{kept} {}", dice.sentence(words, length))
}

fn time(index: &Index, question: &str) -> f64 {
    let started = Instant::now();
    let found = index.rank(question, 3);
    let took = started.elapsed().as_secs_f64() * 1e3;
    assert!(found.hits.len() <= 3);
    took
}
