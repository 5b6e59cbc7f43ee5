//! The commands of `handrail`. Each says what it did; its exit code says whether it could.

mod audit;
mod bare;
pub mod content;
mod demo;
mod doctor;
pub mod eval;
mod run;
pub mod user;

use crate::config::Config;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A self-hosted patient portal for patient support programs.
#[derive(Debug, Parser)]
#[command(name = "handrail", version, about)]
struct Cli {
    /// Settings file (TOML). Variables HANDRAIL_… override it.
    #[arg(long, global = true, env = "HANDRAIL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the portal
    Serve,
    /// Make everything needed in a folder and serve the demonstration from there
    Demo(demo::DemoArgs),
    /// Bring the database up to this version
    Migrate {
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Accounts of staff
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Serve one fixed page and nothing else: what the others are measured against
    #[command(hide = true)]
    Bare(bare::BareArgs),
    /// Look at settings, database, mail, antivirus and files, and say what to mend
    Doctor,
    /// Settings
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// The audit trail
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// The content library as plain files, and approval packages
    Content {
        #[command(subcommand)]
        command: content::ContentCommand,
    },
    /// Measure the assistant and the safety screen
    Eval {
        #[command(subcommand)]
        command: EvalCommand,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the effective settings, secrets withheld
    Check,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add a staff member and print what they need for their first sign-in
    Add(user::AddArgs),
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Walk the chain and name the first row that does not hold
    Verify(audit::VerifyArgs),
}

#[derive(Debug, Subcommand)]
enum EvalCommand {
    /// Answer questions from a knowledge base
    Faq(eval::FaqArgs),
    /// Screen texts
    Safety(eval::SafetyArgs),
}

/// Where an installation keeps its things, for commands that work on one.
#[derive(Debug, Clone, Args)]
pub struct DataDir {
    /// Folder of an installation made by `handrail demo`; without it the settings decide
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Why a command could not do its work, and how to mend it.
pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("handrail: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Outcome {
    let config = || Config::read(cli.config.as_deref(), std::env::vars());
    match cli.command {
        Command::Serve => block_on(run::serve(config()?)),
        Command::Demo(args) => block_on(demo::demo(args)),
        Command::Migrate { dry_run } => block_on(run::migrate(config()?, dry_run)),
        Command::User { command: UserCommand::Add(args) } => block_on(user::add(config, args)),
        Command::Bare(args) => block_on(bare::bare(args)),
        Command::Doctor => block_on(doctor::doctor(config()?)),
        Command::Config { command: ConfigCommand::Check } => {
            print(&config()?.shown());
            Ok(())
        }
        Command::Audit { command: AuditCommand::Verify(args) } => {
            let config = match &args.at.data {
                Some(dir) => demo::settings(dir, None, None)?,
                None => config()?,
            };
            block_on(audit::verify(config, args))
        }
        Command::Content { command: content::ContentCommand::Verify(args) } => content::verify(&args),
        Command::Content { command } => {
            let config = match command.at().and_then(|at| at.data.as_ref()) {
                Some(dir) => demo::settings(dir, None, None)?,
                None => config()?,
            };
            block_on(content::content(config, command))
        }
        Command::Eval { command: EvalCommand::Faq(args) } => eval::faq(args),
        Command::Eval { command: EvalCommand::Safety(args) } => eval::safety(args),
    }
}

fn block_on(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// To a person: standard error.
#[allow(clippy::print_stderr)]
pub(crate) fn say(text: &str) {
    eprintln!("{text}");
}

/// The answer of a command: standard output.
#[allow(clippy::print_stdout)]
pub(crate) fn print(text: &str) {
    println!("{text}");
}
