//! Decoding in turns: few at a time, away from the threads that answer people, with a net under a decoder that falls.

use super::{Clean, Refusal, kind, pdf, picture};
use domain::error::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Files decoded at the same time: each may take a few hundred megabytes for a second or two.
const AT_ONCE: usize = 1;
/// A decoder that takes longer than this will not come back.
const PATIENCE: Duration = Duration::from_secs(45);

/// Decodes what people send.
#[derive(Debug, Clone)]
pub struct Decoder {
    turns: Arc<Semaphore>,
}

impl Default for Decoder {
    fn default() -> Decoder {
        Decoder { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Decoder {
    /// The file as it may be kept. `name` is asked only to say what is wrong.
    ///
    /// # Errors
    /// `Invalid` with the flaw that its sentence explains.
    pub async fn clean(&self, bytes: Arc<Vec<u8>>, name: String) -> Result<Clean> {
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Error::Unavailable("decoder"))?;
        let work = tokio::task::spawn_blocking(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| clean(&bytes, &name)));
            drop(turn); // only now: a decoder that hangs keeps its turn, not ours
            outcome
        });
        match timeout(PATIENCE, work).await {
            Ok(Ok(Ok(outcome))) => outcome.map_err(Error::from),
            Ok(Ok(Err(_))) => {
                tracing::error!("a decoder fell; its file was refused");
                Err(Refusal::Unreadable.into())
            }
            Ok(Err(_)) => Err(Error::internal("a decoder was stopped")),
            Err(_) => {
                tracing::error!("a decoder did not come back; its file was refused");
                Err(Refusal::Unreadable.into())
            }
        }
    }
}

fn clean(bytes: &[u8], name: &str) -> Result<Clean, Refusal> {
    match kind::of(bytes, name)? {
        kind::Kind::Pdf => pdf::clean(bytes),
        picture => picture::clean(picture, bytes),
    }
}
