//! What a record's page says of the act before it: done, refused, or overtaken by a colleague's.

use super::{Asked, asked, said};
use crate::pages::Posted;
use domain::error::{Error, Flaw};
use ui::components::Filled;

#[derive(Default)]
pub(super) struct Outcome {
    pub filled: Filled,
    /// What was just done.
    pub told: Option<String>,
    /// Why the act could not be done as it was asked for.
    pub conflict: Option<&'static str>,
}

impl Outcome {
    /// As the address says it after an act.
    pub fn told(query: Asked) -> Outcome {
        Outcome { told: said(&asked(query), "done").map(str::to_owned), ..Outcome::default() }
    }

    /// What was filled in, to be filled in again.
    ///
    /// # Errors
    /// Whatever no form can mend.
    pub fn refused(posted: &Posted, error: Error) -> Result<Outcome, Error> {
        let (flaws, conflict) = match error {
            Error::Invalid(flaws) => (flaws, None),
            Error::Conflict(why) => (Vec::<Flaw>::new(), Some(why)),
            other => return Err(other),
        };
        Ok(Outcome { filled: Filled::refused(posted.values(), flaws), told: None, conflict })
    }

    pub fn is_refused(&self) -> bool {
        self.filled.is_refused() || self.conflict.is_some()
    }
}
