//! How long each question and text took.

use crate::safety::Screened;
use std::time::Instant;

/// Milliseconds, one a question or text.
pub type Times = Vec<f64>;

/// How often each is timed; the least counts, so that other work on the machine spoils little.
const TRIES: usize = 3;

/// What was done, and the milliseconds it took.
pub fn least<T>(act: impl Fn() -> T) -> (T, f64) {
    let timed = || {
        let started = Instant::now();
        (act(), started.elapsed().as_secs_f64() * 1e3)
    };
    (1..TRIES).fold(timed(), |least, _| Some(timed()).filter(|next| next.1 < least.1).unwrap_or(least))
}

/// Half of them within, 99 of 100 within, the longest.
pub fn spread(mut times: Times) -> [f64; 3] {
    times.sort_unstable_by(f64::total_cmp);
    let last = times.len().saturating_sub(1) as f64;
    [0.5, 0.99, 1.0].map(|part| times.get((last * part) as usize).copied().unwrap_or_default())
}

pub fn print(asked: &[Times; 2], screened: &Screened) {
    println!("## Milliseconds, one at a time, the least of {TRIES} tries\n");
    println!("| | how many | half within | 99 of 100 within | all within |\n|---|---|---|---|---|");
    let [index, plain] = asked;
    let rows = [
        ("a question, the shipped search", index),
        ("a question, plain BM25", plain),
        ("a text, the shipped screen", &screened.shipped),
        ("a text, the lists alone", &screened.lists),
        ("a text of 1,000 characters or more, the shipped screen", &screened.long),
    ];
    for (what, times) in rows {
        let [half, most, all] = spread(times.clone());
        println!("| {what} | {} | {half:.3} | {most:.3} | {all:.3} |", times.len());
    }
    println!();
}
