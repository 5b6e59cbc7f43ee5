//! `cargo xtask serve`: builds what changed, then becomes `handrail demo`.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::build;
use crate::house::House;
use crate::say::{self, Done, Failure};

/// What `serve` takes.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Serve from this PostgreSQL database instead of SQLite
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The port to listen on
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Forget the demonstration's data and begin anew
    #[arg(long)]
    fresh: bool,
}

/// Builds and serves the demonstration. Comes back only if that fails.
pub(crate) fn run(house: &House, options: Options) -> Done {
    free(options.port)?;
    build::site(house)?;
    let handrail = build::binary(house, false)?;
    say::step("Starting the demonstration in data/");
    let mut demo = Command::new(&handrail);
    demo.current_dir(&house.root).args(["demo", "--data", "data", "--port"]).arg(options.port.to_string());
    if let Some(url) = &options.postgres {
        demo.arg("--postgres").arg(url);
    }
    if options.fresh {
        demo.arg("--fresh");
    }
    // takes this process over, so that signals reach the server itself
    let refused = demo.exec();
    Err(Failure::new(
        format!("cannot start {}: {refused}", handrail.display()),
        "run `cargo xtask build` and try again",
    ))
}

/// Looks first whether the port is free: nobody should wait for a build to hear that it is not.
fn free(port: u16) -> Done {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(e) => Err(Failure::new(
            format!("cannot listen on port {port}: {e}"),
            format!(
                "another program may be using it, perhaps an earlier demonstration: stop that, \
                 or choose another: cargo xtask serve --port {}",
                port.checked_add(1).unwrap_or(3001)
            ),
        )),
    }
}
