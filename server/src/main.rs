//! `handrail`: the portal and everything around it, as one program.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
