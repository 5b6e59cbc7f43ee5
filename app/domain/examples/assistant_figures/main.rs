//! Every figure of the assistant and the safety screen, each beside the plain way to do it: BM25 over words, and the word
//! lists alone. docs/assistant.md has its tables and says what they mean.
//!
//! `cargo xtask bench assistant --sets FOLDER` runs it. By itself, `-- FOLDER --wrong NAME` prints instead what the screen
//! got wrong in the files whose names contain NAME.

#![allow(clippy::print_stdout)]

mod bm25;
mod figures;
mod large_store;
mod retrieval;
mod safety;
mod sets;
mod times;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder] => print_all(folder),
        [folder, "--wrong", name] => safety::print_wrong(folder, name),
        _ => Err("FOLDER, or FOLDER --wrong NAME".into()),
    }
}

fn print_all(folder: &str) -> Result<(), Box<dyn Error>> {
    let sets = sets::read_all(folder)?;
    let texts = safety::read_all(folder)?;
    let asked = retrieval::print_figures(&sets);
    let screened = safety::print_figures(&texts);
    times::print(&asked, &screened);
    large_store::print_figures(&sets)
}
