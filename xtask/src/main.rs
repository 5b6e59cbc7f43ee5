//! The commands of the README: `cargo xtask build`, `serve` and `test`.
//! Each says what it is doing while it does it, and how to mend what fails.

mod assets;
mod bench;
mod build;
mod command;
mod css;
mod house;
mod machine;
mod node;
mod postgres;
mod say;
mod score;
mod serve;
mod test;
mod toolchain;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What the command line takes.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, serves and tests Handrail.")]
struct Line {
    #[command(subcommand)]
    task: Task,
}

/// One command of the README each.
#[derive(Subcommand)]
enum Task {
    /// Compress the assets, build the browser's bundle and the binary `handrail`
    Build(build::Options),
    /// Build, make the demonstration, and serve it
    Serve(serve::Options),
    /// Check everything: format, lints, unit tests, both databases, the browser
    Test(test::Options),
    /// Make the pictures of docs/pictures
    Pictures,
    /// Measure with the release binary, and print one table; or measure the assistant
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let task = Line::parse().task;
    let done = house::House::find().and_then(|house| match task {
        Task::Build(options) => build::run(&house, options),
        Task::Serve(options) => serve::run(&house, options),
        Task::Test(options) => test::run(&house, options),
        Task::Pictures => node::pictures(&house),
        Task::Bench(options) => bench::run(&house, options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failure(&failure);
            ExitCode::FAILURE
        }
    }
}
