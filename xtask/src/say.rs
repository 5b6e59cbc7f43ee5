//! All that these commands print: steps, details, failures. A failure always carries its remedy.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "speaking to the person at the terminal is the job"
)]

use std::fmt::Display;
use std::time::{Duration, Instant};

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What went wrong, as a sentence.
    pub(crate) what: String,
    /// What the person at the terminal can do now.
    pub(crate) mend: String,
}

/// The outcome of a step.
pub(crate) type Done<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure with its remedy.
    pub(crate) fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what: what.into(), mend: mend.into() }
    }
}

/// Turns any error into a [`Failure`] by adding what was attempted and how to mend it.
pub(crate) trait Mend<T> {
    /// `what` was attempted; `mend` helps when it fails.
    fn mend(self, what: impl Into<String>, mend: impl Into<String>) -> Done<T>;
}

impl<T, E: Display> Mend<T> for Result<T, E> {
    fn mend(self, what: impl Into<String>, mend: impl Into<String>) -> Done<T> {
        self.map_err(|e| Failure::new(format!("{}: {e}", what.into()), mend))
    }
}

/// A step begins.
pub(crate) fn step(text: impl Display) {
    println!("\x1b[1m▸ {text}\x1b[0m");
}

/// A fact worth knowing about the step.
pub(crate) fn detail(text: impl Display) {
    println!("  {text}");
}

/// Something is not as it should be, but work goes on.
pub(crate) fn warning(text: impl Display) {
    println!("\x1b[33m  ! {text}\x1b[0m");
}

/// A line of a command's own output, passed on.
pub(crate) fn passed_on(line: &str) {
    println!("{line}");
}

/// What failed and how to mend it.
pub(crate) fn failure(failure: &Failure) {
    eprintln!("\x1b[31m✗ {}\x1b[0m", failure.what);
    for line in failure.mend.lines() {
        eprintln!("  → {line}");
    }
}

/// How long since `start`, for people: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn since(start: Instant) -> String {
    duration(start.elapsed())
}

/// A duration for people.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=9 => format!("{:.1} s", time.as_secs_f32()),
        10..=59 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A size for people: `812 B`, `50.3 kB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => format!("{bytes} B"),
        1_000..=999_999 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        _ => format!("{}.{:02} MB", bytes / 1_000_000, bytes % 1_000_000 / 10_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_durations_read_well() {
        assert_eq!(size(812), "812 B");
        assert_eq!(size(50_312), "50.3 kB");
        assert_eq!(size(1_540_000), "1.54 MB");
        assert_eq!(duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }
}
