//! The assistant's search on a large made-up store: 5,000 answers in each of four languages, each with a question, 3 to 10
//! phrasings and an answer of 40 to 80 words. The words are those of the sets `xquad_*`, as often as there, and every
//! twentieth is new.

use crate::sets::Set;
use crate::times::{Times, least, spread};
use domain::assistant::search::{Entry, Index};
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

    fn sentence(&mut self, words: &[&str], length: usize) -> String {
        let mut word = || match self.below(20) {
            0 => format!("{}{}", words[self.below(words.len())], self.below(100)),
            _ => words[self.below(words.len())].to_owned(),
        };
        (0..length).map(|_| word()).collect::<Vec<_>>().join(" ")
    }
}

pub fn print_figures(sets: &[Set]) -> Result<(), Box<dyn Error>> {
    println!("## A large store: {ENTRIES} answers in each language, {QUESTIONS} questions\n");
    println!("| language | MB | built in, s | half within, ms | 99 of 100 within | all within |");
    println!("|---|---|---|---|---|---|");
    let mut dice = Dice(1);
    let (mut size, mut seconds) = (0.0, 0.0);
    for language in ["en", "es", "vi", "ar"] {
        let words = words(sets, language)?;
        let entries: Vec<Entry> = (0..ENTRIES).map(|n| entry(n, &words, &mut dice)).collect();
        let asked: Vec<String> = (0..QUESTIONS).map(|_| asked(&entries, &words, &mut dice)).collect();
        let started = Instant::now();
        let index = Index::build(language, entries);
        let took = started.elapsed().as_secs_f64();
        let times: Times = asked.iter().map(|question| least(|| index.rank(question, 3)).1).collect();
        let [half, most, all] = spread(times);
        let megabytes = index.bytes() as f64 / 1e6;
        println!("| {language} | {megabytes:.1} | {took:.2} | {half:.2} | {most:.2} | {all:.2} |");
        size += megabytes;
        seconds += took;
    }
    println!("| all | {size:.1} | {seconds:.2} | | | |");
    Ok(())
}

fn words<'a>(sets: &'a [Set], language: &str) -> Result<Vec<&'a str>, Box<dyn Error>> {
    let name = format!("xquad_{language}");
    let set = sets.iter().find(|set| set.name == name).ok_or(format!("kb_{name}.jsonl is missing"))?;
    Ok(set.entries.iter().filter_map(|e| e.answer.as_deref()).flat_map(str::split_whitespace).collect())
}

fn entry(number: usize, words: &[&str], dice: &mut Dice) -> Entry {
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
fn asked(entries: &[Entry], words: &[&str], dice: &mut Dice) -> String {
    let phrasing = &entries[dice.below(entries.len())].phrasings[0];
    let kept = phrasing.split(' ').take(4).collect::<Vec<_>>().join(" ");
    let length = 2 + dice.below(8);
    format!("{kept} {}", dice.sentence(words, length))
}
