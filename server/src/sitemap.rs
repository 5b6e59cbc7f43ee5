//! Every address and what it takes, by audience, in one list.

use crate::http::middleware::{csrf, headers, log, visit};
use crate::http::{assets, files, health};
use crate::pages::staff;
use crate::pages::{patient, public};
use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, head, post};
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;
use ui::paths::{self, pattern as at};

/// Pages, below their language.
#[rustfmt::skip]
fn pages() -> Router<App> {
    Router::new()
        // for everyone
        .route(paths::PORTAL, get(public::portal::show))
        .route("/{locale}", get(public::portal::add_slash))
        .route(at::PROGRAM, get(public::program::show))
        .route(at::MEDICINE, get(public::program::medicine))
        .route(at::COST, get(public::program::cost))
        .route(at::SAFETY, get(public::program::safety))
        .route(at::LEARN, get(public::learn::list))
        .route(at::MODULE, get(public::learn::first).post(public::learn::post_first))
        .route(at::MODULE_PDF, get(public::learn::pdf))
        .route(at::MODULE_PAGE, get(public::learn::page).post(public::learn::post_page))
        .route(at::MEDIA, get(staff::content::media::show))
        .route(at::CAPTIONS, get(staff::content::media::captions))
        .route(at::ASK, get(public::ask::show).post(public::ask::post))
        .route(at::HELP, get(public::help::show))
        .route(at::PRIVACY, get(public::statements::privacy))
        .route(at::ACCESSIBILITY, get(public::statements::accessibility))
        // signing in and out
        .route(at::SIGN_IN, get(public::sign_in::show).post(public::sign_in::post))
        .route(at::PASSKEY_SIGN_IN, post(public::sign_in::passkey))
        .route(at::SECOND_STEP, get(public::sign_in::second_step).post(public::sign_in::post_second_step))
        .route(at::RECOVER, get(public::sign_in::recover))
        .route(at::SIGN_OUT, get(public::sign_in::sign_out).post(public::sign_in::post_sign_out))
        // the account, for patients and staff
        .route(at::ACCOUNT, get(patient::account::show).post(patient::account::post))
        .route(at::ACCOUNT_CODES, get(patient::account::codes).post(patient::account::post_codes))
        .route(at::ACCOUNT_PASSKEY, post(patient::account::passkey))
        // enrollment
        .route(at::ENROLL, get(public::enroll::show).post(public::enroll::post))
        .route(at::ENROLL_CHECK, get(public::enroll::show_check).post(public::enroll::post_check))
        .route(at::ENROLL_DONE, get(public::enroll::show_done).post(public::enroll::post_done))
        .route(at::ENROLL_QUESTION, get(public::enroll::ask).post(public::enroll::post_answer))
        .route(at::INVITATION, get(public::invitation::show).post(public::invitation::post))
        // a patient's own
        .route(at::SAFETY_QUESTIONS, get(patient::safety_questions::show).post(patient::safety_questions::post))
        .route(at::PREFERENCES, get(patient::preferences::show).post(patient::preferences::post))
        // documents
        .route(at::DOCUMENTS, get(patient::documents::show))
        .route(at::DOCUMENT_FILE, get(patient::document::file))
        .route(at::DOCUMENT_REQUEST, get(patient::document::show))
        // staff
        .route(at::STAFF_DOCUMENT, get(staff::document::show).post(staff::document::act))
        .route(at::MESSAGES, get(staff::messages::show))
        // a patient's own case
        .route(at::HOME, get(patient::home::show))
        .route(at::CASE, get(patient::case::show))
        // staff
        .route(at::STAFF, get(staff::first))
        .route(at::WORKLIST, get(staff::worklist::show))
        .route(at::STAFF_CASE, get(staff::case::show).post(staff::case::post))
        .route(at::STAFF_INVITATION, get(staff::invitation::show).post(staff::invitation::post))
        .route(at::SAFETY_QUEUE, get(staff::safety::queue))
        .route(at::SAFETY_SECOND_LOOKS, get(staff::safety::second_looks).post(staff::safety::post_second_look))
        .route(at::SAFETY_MONTH, get(staff::safety::month))
        .route(at::SAFETY_REPORT, get(staff::safety::report))
        .route(at::SAFETY_RECORD, get(staff::safety::show).post(staff::safety::post))
        .route(at::STAFF_THREAD, get(staff::thread::show).post(staff::thread::post))
        .route(at::CONTENT, get(staff::content::library::show))
        .route(at::CONTENT_NEW, get(staff::content::library::show_new).post(staff::content::library::create))
        .route(at::CONTENT_COVERAGE, get(staff::content::library::gaps))
        .route(at::CONTENT_MEASURES, get(staff::content::library::measures))
        .route(at::CONTENT_VARIANT, get(staff::content::sheet::show).post(staff::content::sheet::post))
        .route(at::CONTENT_EDIT, get(staff::content::edit::show).post(staff::content::edit::post))
        .route(at::CONTENT_REVIEW, get(staff::content::review::show).post(staff::content::review::post))
        .route(at::CONTENT_COMPARE, get(staff::content::compare::show))
        .route(at::CONTENT_PREVIEW, get(staff::content::preview::show))
        .route(at::REVIEWS, get(staff::content::library::waiting))
        .route(at::QUESTIONS, get(staff::questions::list))
        .route(at::QUESTION, get(staff::questions::show).post(staff::questions::post))
        .route(at::TASKS, get(staff::tasks::show).post(staff::tasks::post))
        .route(at::AUDIT, get(staff::audit::show))
}

/// Pages that take a file with their form.
fn forms_with_files() -> Router<App> {
    Router::new()
        .route(at::DOCUMENT_REQUEST, post(patient::document::act))
        .route(at::CONTENT_MEDIA, post(staff::content::media::add))
        .layer(DefaultBodyLimit::max(patient::document::LIMIT))
}

/// Files in parts (tus).
fn files_in_parts() -> Router<App> {
    Router::new()
        .route("/files", post(files::create).options(files::able))
        .route(
            "/files/{id}",
            head(files::look).patch(files::append).delete(files::forget).options(files::able),
        )
        .layer(DefaultBodyLimit::disable()) // each upload knows its own length
}

/// Bytes from a phone on a bad connection take their time.
fn slow(pages: Router<App>) -> Router<App> {
    pages.layer(TimeoutLayer::with_status_code(
        http::StatusCode::REQUEST_TIMEOUT,
        Duration::from_secs(30 * 60),
    ))
}

/// The whole portal.
pub fn routes(app: App) -> Router {
    let at_once = TimeoutLayer::with_status_code(http::StatusCode::REQUEST_TIMEOUT, Duration::from_secs(60));
    let visited = pages()
        .layer(at_once)
        .merge(slow(forms_with_files()))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(from_fn_with_state(app.clone(), visit::enter));
    Router::new()
        .merge(visited)
        .route("/", get(public::languages::choose))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/safetyz", get(health::safetyz))
        .route("/assets/{name}", get(assets::serve))
        .merge(slow(files_in_parts()))
        .layer(DefaultBodyLimit::max(256 * 1024))
        .layer(from_fn_with_state(app.clone(), csrf::check))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(fell))
        .layer(from_fn_with_state(app.clone(), headers::add))
        .layer(from_fn(log::line))
        .with_state(app)
}

async fn not_found() -> crate::pages::Problem {
    domain::error::Error::NotFound.into()
}

/// The last net. What fell is in the log without its words, which may quote a person.
fn fell(_: Box<dyn std::any::Any + Send + 'static>) -> axum::response::Response {
    use axum::response::IntoResponse;
    tracing::error!("a request panicked");
    (
        http::StatusCode::INTERNAL_SERVER_ERROR,
        "Sorry, there is a problem with the portal. Please try again in a few minutes, or call us.\n",
    )
        .into_response()
}
