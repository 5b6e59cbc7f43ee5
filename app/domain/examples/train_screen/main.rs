//! Trains the safety screen's model and writes its weights; the same texts and program give the same bytes.
//!
//! `cargo run --release -p domain --example train_screen -- --out FILE TEXTS…`, where texts are `*.tsv` (our own: label,
//! kind, text; the file's name is the language) and `*.jsonl` (the public sets: `text`, `label`, `source`, `lang`).
//! docs/assistant.md says where the public sets come from. Printed are out-of-fold figures: every text is scored by
//! weights that have not seen it.

#![allow(clippy::print_stdout)]

mod fit;
mod folds;
mod report;
mod texts;

use domain::safety::screen::model::{HEADS, LANGUAGES, Model, Weights};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = None;
    let mut files = Vec::new();
    let mut args = std::env::args_os().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--out" {
            out = args.next().map(PathBuf::from);
        } else {
            files.push(PathBuf::from(arg));
        }
    }
    let texts = texts::read_all(&files)?;
    println!("{} texts from {} files", texts.len(), files.len());
    let mut heads = Vec::new();
    for head in HEADS {
        let scores = folds::out_of_fold(&texts, head);
        let thresholds = report::thresholds(&texts, head, &scores);
        heads.push(quantised(&fit::fit(&texts, head, &|_| true), thresholds));
    }
    if let Some(out) = out {
        let bytes = Model { heads }.to_bytes();
        std::fs::write(&out, &bytes)?;
        println!("{} bytes in {}", bytes.len(), out.display());
    }
    Ok(())
}

/// Weights of one byte each.
fn quantised(line: &fit::Line, thresholds: [f32; LANGUAGES.len()]) -> Weights {
    let largest = line.weights.iter().fold(0.0_f32, |most, w| most.max(w.abs())).max(1e-6);
    let scale = largest / 127.0;
    Weights {
        bias: line.bias,
        scale,
        thresholds,
        weights: line.weights.iter().map(|w| (w / scale).round() as i8).collect(),
    }
}
