//! `cargo xtask bench`: what a page costs; and `cargo xtask bench assistant`: what the assistant and the safety screen find.

use std::path::PathBuf;

use crate::command;
use crate::house::House;
use crate::node;
use crate::say::{self, Done, Failure, Mend};

/// What `bench` takes.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    /// Print every figure of the assistant and the safety screen, beside plain BM25 and the word lists alone
    Assistant {
        /// Question sets (`kb_*.jsonl`, `faq_*.jsonl`) and texts (`safety_*.jsonl`): see docs/assistant.md
        #[arg(long, value_name = "FOLDER")]
        sets: Option<PathBuf>,
    },
}

/// Measures, and prints tables.
pub(crate) fn run(house: &House, options: Options) -> Done {
    match options.what {
        None => node::bench(house),
        Some(What::Assistant { sets }) => assistant(house, sets),
    }
}

fn assistant(house: &House, sets: Option<PathBuf>) -> Done {
    let needed = "--sets needs a folder with kb_*.jsonl, faq_*.jsonl and safety_*.jsonl, as docs/assistant.md describes them";
    let sets = sets.ok_or_else(|| Failure::new(needed, ""))?;
    let sets = sets.canonicalize().mend(format!("cannot find {}", sets.display()), needed)?;
    say::step("Measuring the assistant and the safety screen; other work on the machine spoils the times");
    let mut run = command::cargo();
    run.current_dir(&house.root)
        .args(["run", "--quiet", "--release", "--package", "domain", "--example", "assistant_figures", "--"])
        .arg(sets);
    command::run(&mut run, "look at what it says above")
}
