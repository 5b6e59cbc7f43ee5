//! Fits the weights of the assistant's confidence on a folder of public question sets (`kb_<set>.jsonl` and
//! `faq_<set>.jsonl`), and says how well they hold for groups of sets that were left out.
//!
//! Run with `cargo run --release -p domain --example fit_search -- FOLDER`.
//!
//! The signs are weighed so that, within a set, a right answer stands above a wrong one or one to a question that has
//! no answer; sets of one group share its weight. Then one straight line makes chances of the sums.

#![allow(clippy::print_stdout)]

#[path = "assistant_figures/figures.rs"]
mod figures;
#[path = "assistant_figures/sets.rs"]
mod sets;

use domain::assistant::search::SIGNS;
use std::collections::{HashMap, HashSet};
use std::error::Error;

/// How many pairs of a right and a wrong answer are drawn from a set.
const PAIRS: usize = 4000;
/// How strongly weights are drawn towards zero, per standard deviation of a sign.
const RIDGE: f64 = 0.003;
const STEPS: usize = 400;

type Signs = [f64; SIGNS];

struct Set {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    signs: Signs,
    answerable: bool,
    right: bool,
}

struct Model {
    weights: Signs,
    start: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let sets: Vec<Set> = sets::read_all(&folder)?.into_iter().map(rows).collect();
    let all: Vec<&Set> = sets.iter().collect();
    let model = fit(&all);
    println!("WEIGHTS {:.3?}\nSTART {:.3}", model.weights, model.start);
    report("fitted on all", &all, |_| &model);
    let groups: HashSet<&str> = sets.iter().map(group).collect();
    let left_out: HashMap<&str, Model> = groups
        .iter()
        .map(|out| (*out, fit(&all.iter().copied().filter(|set| group(set) != *out).collect::<Vec<_>>())))
        .collect();
    report("groups left out", &all, |set| &left_out[group(set)]);
    Ok(())
}

/// Sets of one source stand or fall together.
fn group(set: &Set) -> &str {
    match set.name.split('_').next().unwrap_or_default() {
        "jsquad" => "xquad",
        source => source,
    }
}

/// The signs of the best answer to each question, and whether it is right.
fn rows(set: sets::Set) -> Set {
    let indexes = set.indexes();
    let row = |question: &sets::Question| {
        let found = indexes[question.language.as_str()].signs(&question.text);
        let right = found.is_some_and(|(key, _)| question.relevant.contains(key));
        let signs = found.map_or([0.0; SIGNS], |(_, signs)| signs.map(f64::from));
        Row { signs, answerable: !question.relevant.is_empty(), right }
    };
    let rows = set.questions.iter().map(row).collect();
    Set { name: set.name, rows }
}

fn fit(sets: &[&Set]) -> Model {
    let spread = spread(sets);
    let mut weights = [0.0; SIGNS];
    let pairs = pairs(sets, &spread);
    let mut speed = [0.0; SIGNS];
    for _ in 0..STEPS {
        let mut slope = weights.map(|w| -2.0 * RIDGE * w);
        for (apart, share) in &pairs {
            let pull = share / (1.0 + dot(&weights, apart).exp());
            for (s, a) in slope.iter_mut().zip(apart) {
                *s += pull * a;
            }
        }
        for ((w, v), s) in weights.iter_mut().zip(&mut speed).zip(slope) {
            *v = 0.9 * *v + s;
            *w += 0.5 * *v;
        }
    }
    for (w, s) in weights.iter_mut().zip(spread) {
        *w /= s;
    }
    straighten(sets, weights)
}

/// One standard deviation of each sign.
fn spread(sets: &[&Set]) -> Signs {
    let rows = || sets.iter().flat_map(|set| &set.rows);
    let n = rows().count() as f64;
    std::array::from_fn(|k| {
        let mean = rows().map(|row| row.signs[k]).sum::<f64>() / n;
        let square = rows().map(|row| (row.signs[k] - mean).powi(2)).sum::<f64>() / n;
        square.sqrt().max(1e-6)
    })
}

/// What a right answer has over another of its set, and what the pair counts.
fn pairs(sets: &[&Set], spread: &Signs) -> Vec<(Signs, f64)> {
    let mut pairs = Vec::new();
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    for set in sets {
        let (right, wrong): (Vec<&Row>, Vec<&Row>) = set.rows.iter().partition(|row| row.right);
        if right.is_empty() || wrong.is_empty() {
            continue;
        }
        let mut draw = |n: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) as usize % n
        };
        for _ in 0..PAIRS {
            let (a, b) = (right[draw(right.len())], wrong[draw(wrong.len())]);
            let apart = std::array::from_fn(|k| (a.signs[k] - b.signs[k]) / spread[k]);
            pairs.push((apart, share(set, sets)));
        }
    }
    let all: f64 = pairs.iter().map(|pair| pair.1).sum();
    pairs.into_iter().map(|(apart, share)| (apart, share / all)).collect()
}

/// What a set counts: its group's weight grows with the root of its sets.
fn share(set: &Set, sets: &[&Set]) -> f64 {
    1.0 / (sets.iter().filter(|other| group(other) == group(set)).count() as f64).sqrt()
}

/// Turns sums into chances, by logistic regression on the sum alone.
fn straighten(sets: &[&Set], weights: Signs) -> Model {
    let (mut slope, mut start) = (1.0, 0.0);
    for _ in 0..4000 {
        let (mut ds, mut d0, mut all) = (0.0, 0.0, 0.0);
        for set in sets {
            let share = share(set, sets) / set.rows.len() as f64;
            for row in &set.rows {
                let sum = dot(&weights, &row.signs);
                let miss = f64::from(u8::from(row.right)) - chance(slope * sum + start);
                ds += share * miss * sum;
                d0 += share * miss;
                all += share;
            }
        }
        slope += 0.1 * ds / all;
        start += 0.1 * d0 / all;
    }
    Model { weights: weights.map(|w| w * slope), start }
}

fn chance(evidence: f64) -> f64 {
    1.0 / (1.0 + (-evidence).exp())
}

fn dot(a: &Signs, b: &Signs) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Prints means over the sets.
fn report<'m>(title: &str, sets: &[&Set], model: impl Fn(&Set) -> &'m Model) {
    let (mut area, mut answered, mut first) = (0.0, 0.0, 0.0);
    for set in sets {
        let model = model(set);
        let scores = |wanted: &dyn Fn(&Row) -> bool| -> Vec<f64> {
            let rows = set.rows.iter().filter(|row| wanted(row));
            rows.map(|row| dot(&model.weights, &row.signs) + model.start).collect()
        };
        let (right, outside) = (scores(&|row| row.right), scores(&|row| !row.answerable));
        let least = figures::least_kept(&right);
        area += figures::auroc(&right, &scores(&|row| !row.right));
        answered += outside.iter().filter(|s| **s >= least).count() as f64 / outside.len() as f64;
        first += right.len() as f64 / (set.rows.len() - outside.len()) as f64;
    }
    let n = sets.len() as f64;
    println!(
        "{title}: P@1 {:.3}, right-vs-rest AUROC {:.3}, out of scope answered {:.1} %",
        first / n,
        area / n,
        100.0 * answered / n
    );
}
