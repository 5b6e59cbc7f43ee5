//! `handrail eval`: the assistant and the safety screen, measured on files.

use super::Outcome;
use clap::Args;

#[derive(Debug, Args)]
pub struct FaqArgs {}

#[derive(Debug, Args)]
pub struct SafetyArgs {}

pub fn faq(_: FaqArgs) -> Outcome {
    Ok(())
}

pub fn safety(_: SafetyArgs) -> Outcome {
    Ok(())
}
