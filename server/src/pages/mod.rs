//! The doors for people, one file a page. A page loads through the domain, then shows; a form calls one verb, then answers
//! 303, or the same page again with 422 and every value kept.

pub mod approved;
pub mod cookies; // the session's, the waiting step's, the device's
pub mod next; // where to go after signing in
pub mod patient;
pub mod posted;
pub mod public;
pub mod staff;
pub mod visit;

pub use posted::Posted;
pub use visit::{Head, Visit};

use axum::response::{IntoResponse, Response};
use domain::error::Error;
use std::sync::Arc;

/// What a page answers. An error becomes a page that explains it, in the reader's language.
pub type Reply = Result<Response, Problem>;

/// An error a page gives up on; the visit's middleware draws it.
#[derive(Debug, Clone)]
pub struct Problem(pub Arc<Error>);

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem(Arc::new(error))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
