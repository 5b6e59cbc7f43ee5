//! `cargo xtask pictures` and `cargo xtask bench`: scripts beside the browser's journeys, with everything they need.

use std::process::Command;

use crate::build;
use crate::command;
use crate::house::House;
use crate::machine::{self, For};
use crate::say::{self, Done};

/// Makes the pictures of docs/pictures.
pub(crate) fn pictures(house: &House) -> Done {
    build::site(house)?;
    let binary = build::binary(house, false)?;
    say::step("Taking pictures");
    script(house, "pictures.mjs", &binary)
}

/// Measures with the release binary and prints one table.
pub(crate) fn bench(house: &House) -> Done {
    build::site(house)?;
    let binary = build::binary(house, true)?;
    if command::find("wrk").is_none() {
        machine::install(&["wrk"])?;
    }
    say::step("Measuring; this takes some minutes, and other work on the machine spoils it");
    script(house, "bench.mjs", &binary)
}

fn script(house: &House, name: &str, binary: &std::path::Path) -> Done {
    let tools = machine::ready(house, &[For::Browser])?;
    let mut run = Command::new(tools.node.clone().unwrap_or_else(|| "node".into()));
    run.current_dir(house.root.join("tests/browser")).arg(name).env("HANDRAIL_BIN", binary);
    if let Some(chromium) = &tools.chromium {
        run.env("CHROMIUM", chromium);
    }
    command::run(&mut run, "look at what it says above")
}
