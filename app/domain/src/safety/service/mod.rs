//! The verbs of safety: what every writer of free text calls, and what the safety officer does.

mod desk;
mod questions; // to the patient, and their answers
mod receive;
mod reports; // to pharmacovigilance and back
mod second_looks; // at what the screen let pass
mod watch; // what happens when nobody looks

pub use desk::{acknowledge, close, detail, of_case, queue, record, triage};
pub use questions::{answer, ask, open_questions};
pub use receive::{flag, identify, receive};
pub use reports::{answered, reconciliation, report, send, unwritten, written};
pub use second_looks::{look, looked, samples};
pub use watch::{HEARTBEAT, last_beat, watch};
