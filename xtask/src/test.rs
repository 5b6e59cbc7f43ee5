//! `cargo xtask test`: everything a change must pass, in one order, with one summary.

use std::process::Command;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::build;
use crate::command::{cargo, watched};
use crate::house::House;
use crate::machine::{self, For, Tools};
use crate::postgres::Cluster;
use crate::say::{self, Done, Failure};
use crate::score::Score;
use crate::toolchain::{Toolchain, WASM};

/// What `test` takes.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave out PostgreSQL and the browser: what to run between two edits
    #[arg(long)]
    quick: bool,
    /// One part alone
    #[arg(long, value_name = "PART", conflicts_with = "quick")]
    only: Option<Part>,
}

/// The parts, in the order they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// rustfmt finds nothing to change
    Format,
    /// clippy finds nothing, on the server and in the browser
    Lint,
    /// the bundle, the assets and the binary
    Build,
    /// unit tests beside the code
    Unit,
    /// the whole suite, with the guards, on SQLite
    Sqlite,
    /// the whole suite, with the guards, on PostgreSQL
    Postgres,
    /// the journeys in a real browser
    Browser,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Build => "build",
            Self::Unit => "unit tests",
            Self::Sqlite => "suite on SQLite",
            Self::Postgres => "suite on PostgreSQL",
            Self::Browser => "browser journeys",
        }
    }

    fn needs(self) -> &'static [For] {
        match self {
            Self::Sqlite => &[For::Suite],
            Self::Postgres => &[For::Suite, For::Postgres],
            Self::Browser => &[For::Browser],
            _ => &[],
        }
    }

    fn run(self, house: &House, tools: &Tools) -> Done<Score> {
        match self {
            Self::Format => check(cargo().args(["fmt", "--all", "--check"]), house),
            Self::Lint => lint(house),
            Self::Build => built(house),
            Self::Unit => rust(house, tools, &["--lib", "--bins"], None),
            Self::Sqlite => rust(house, tools, &["--test", "suite"], None),
            Self::Postgres => {
                let cluster = Cluster::start()?;
                say::detail("a PostgreSQL of our own runs until this part ends");
                rust(house, tools, &["--test", "suite"], Some(&cluster.url))
            }
            Self::Browser => browser(house, tools),
        }
    }
}

/// Runs the chosen parts and sums up. Fails if any of them did.
pub(crate) fn run(house: &House, options: Options) -> Done {
    let all = Part::value_variants();
    let chosen: Vec<Part> = match options.only {
        Some(part) => vec![part],
        None if options.quick => {
            all.iter().copied().filter(|p| ![Part::Postgres, Part::Browser].contains(p)).collect()
        }
        None => all.to_vec(),
    };
    say::step("Looking at what the tests need");
    let needs: Vec<For> = chosen.iter().flat_map(|p| p.needs()).copied().collect();
    let tools = machine::ready(house, &needs)?;
    let mut report = Vec::new();
    for part in &chosen {
        say::step(capitalized(part.name()));
        let start = Instant::now();
        let score = part.run(house, &tools).unwrap_or_else(|failure| {
            say::failure(&failure);
            Score::failed()
        });
        report.push((*part, score, start.elapsed()));
        if *part == Part::Build && score.failed > 0 {
            say::warning("what follows needs the build, and is not run");
            break;
        }
    }
    let left_out: Vec<Part> =
        all.iter().copied().filter(|p| !report.iter().any(|(done, ..)| done == p)).collect();
    sum_up(&report, &left_out)
}

fn sum_up(report: &[(Part, Score, Duration)], left_out: &[Part]) -> Done {
    say::step("Summary");
    for (part, score, time) in report {
        say::detail(format!("{:<20} {:>11}   {score}", part.name(), say::duration(*time)));
    }
    for part in left_out {
        say::detail(format!("{:<20} not run", part.name()));
    }
    let time = say::duration(report.iter().map(|(.., time)| *time).sum());
    let total: Score = report.iter().map(|(_, score, _)| *score).sum();
    say::detail(format!("in {time}"));
    say::passed_on(&total.to_string());
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Failure::new(
            format!("{} failed", total.failed),
            "look above for the first failure; `cargo xtask test --only PART` repeats one part",
        ))
    }
}

/// A command that passes or not, and counts as one.
fn check(command: &mut Command, house: &House) -> Done<Score> {
    let passed = watched(
        command.current_dir(&house.root),
        "install Rust's components: rustup component add rustfmt clippy",
        |_| {},
    )?;
    Ok(if passed { Score::passed() } else { Score::failed() })
}

/// Server and browser are linted apart, because they are compiled apart.
fn lint(house: &House) -> Done<Score> {
    // the server embeds this folder, and does not compile without it
    std::fs::create_dir_all(house.site()).ok();
    let mut server = cargo();
    server.args([
        "clippy",
        "--quiet",
        "--workspace",
        "--exclude",
        "wasm",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    let mut bundle = cargo();
    bundle.args(["clippy", "--quiet"]);
    match Toolchain::ensure()? {
        Toolchain::Rustup => bundle.args(["--package", "wasm", "--target", WASM]),
        // Debian's compiler has no clippy beside it: the islands are linted for this machine
        Toolchain::Debian { .. } => bundle.args(["--package", "ui", "--features", "hydrate"]),
    };
    Ok(check(&mut server, house)? + check(bundle.args(["--", "-D", "warnings"]), house)?)
}

fn built(house: &House) -> Done<Score> {
    build::site(house)?;
    // with the same choice of packages as the tests, so that nothing is compiled twice
    let mut binary = cargo();
    binary.args(["build", "--quiet", "--workspace", "--exclude", "wasm", "--bin", "handrail"]);
    Ok(Score::passed() + check(&mut binary, house)?)
}

/// Rust tests of the whole workspace. Snapshots are compared, never written.
fn rust(house: &House, tools: &Tools, which: &[&str], database: Option<&str>) -> Done<Score> {
    let mut test = cargo();
    test.current_dir(&house.root)
        .args(["test", "--quiet", "--workspace", "--exclude", "wasm", "--no-fail-fast"])
        .args(which)
        .env("INSTA_UPDATE", "no")
        .env("HANDRAIL_BIN", house.handrail(false))
        .env_remove("HANDRAIL_TEST_DATABASE");
    if let Some(url) = database {
        test.env("HANDRAIL_TEST_DATABASE", url);
    }
    tell(&mut test, tools);
    counted(&mut test)
}

fn browser(house: &House, tools: &Tools) -> Done<Score> {
    let journeys = house.root.join("tests/browser/run.mjs");
    if !journeys.is_file() {
        return Err(Failure::new(
            "tests/browser/run.mjs is missing",
            "restore it: git checkout tests/browser",
        ));
    }
    let node = tools.node.clone().unwrap_or_else(|| "node".into());
    let mut run = Command::new(node);
    run.current_dir(house.root.join("tests/browser"))
        .arg(journeys)
        .env("HANDRAIL_BIN", house.handrail(false));
    tell(&mut run, tools);
    counted(&mut run)
}

/// Tells a test run where the tools are.
fn tell(run: &mut Command, tools: &Tools) {
    let known = [
        ("CHROMIUM", &tools.chromium),
        ("HANDRAIL_TEST_PYTHON", &tools.python),
        ("HANDRAIL_TEST_NODE", &tools.node),
    ];
    for (name, path) in known {
        if let Some(path) = path {
            run.env(name, path);
        }
    }
}

/// Runs tests and counts what they report. A run that fails without saying how often counts once.
fn counted(command: &mut Command) -> Done<Score> {
    let mut score = Score::default();
    let passed = watched(command, "mend what the compiler says", |line| score = score + Score::read(line))?;
    if !passed && score.failed == 0 {
        score = score + Score::failed();
    }
    if passed && score.passed == 0 {
        return Err(Failure::new(
            "no test ran",
            "a run without tests proves nothing: look what became of them",
        ));
    }
    Ok(score)
}

fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
