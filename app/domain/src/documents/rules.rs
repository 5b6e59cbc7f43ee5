//! What may be sent, how long a check may take, and what is left of a file's name.

use super::types::{Document, Request, State};
use crate::error::{Error, Flaw, Result};
use crate::time::{HOUR, MINUTE, Timestamp};

/// Bytes a file may have.
pub const MAX_BYTES: i64 = 25 * 1000 * 1000;
/// As the sentence says it.
pub const MAX_MEGABYTES: i64 = 25;
/// Letters of a note.
pub const MAX_NOTE: i64 = 2_000;
/// Files for one request that nobody has decided about yet.
pub const MAX_WAITING: usize = 10;
/// Files for one request in all.
pub const MAX_SENT: usize = 60;
/// Uploads one person may have under way.
pub const MAX_UPLOADS: i64 = 5;
/// How long a document may stay in `checking`.
pub const CHECK_WITHIN: i64 = 15 * MINUTE;
/// How long an upload may rest before its bytes are thrown away.
pub const UPLOAD_LIVES: i64 = 24 * HOUR;
/// Letters that are left of a file's name.
const MAX_NAME: usize = 200;

/// Whether another file may be sent for a request.
pub fn may_send(request: &Request, documents: &[Document]) -> Result<()> {
    if !request.is_open() {
        return Err(Error::Conflict("request"));
    }
    let waiting = documents.iter().filter(|document| !document.state.is_final()).count();
    if waiting >= MAX_WAITING || documents.len() >= MAX_SENT {
        return Err(Error::Invalid(vec![Flaw::with_limit("file", "many", MAX_WAITING as i64)]));
    }
    Ok(())
}

/// What to do with a file whose very bytes were sent before for the same request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is the document we have: a form submitted twice.
    Same,
    /// It was sent back: another photo is needed.
    SentBack,
    /// It failed for a reason of ours: take it.
    New,
}

pub fn again(before: State) -> Again {
    match before {
        State::Received | State::Checking | State::InReview | State::Accepted => Again::Same,
        State::Rejected => Again::SentBack,
        State::Failed => Again::New,
    }
}

/// Whether a request is settled when one of its documents is accepted: nothing else sent for it waits for a decision.
pub fn is_settled(others: impl IntoIterator<Item = State>) -> bool {
    others.into_iter().all(State::is_final)
}

/// A note, or what is wrong with it.
pub fn note(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if i64::try_from(text.chars().count()).unwrap_or(i64::MAX) > MAX_NOTE {
        return Err(Error::Invalid(vec![Flaw::with_limit("note", "too_long", MAX_NOTE)]));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Error::invalid("note", "characters"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// The instant by which a check must have ended.
pub fn check_until(now: Timestamp) -> Timestamp {
    now.plus(CHECK_WITHIN)
}

/// A file's name as it may be shown: without folders, control characters, and characters that turn the text around
/// (`photo\u{202e}gpj.exe`), at most 200 letters with its ending kept. Never used as a path.
pub fn clean_name(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_turning(*c))
        .collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = clean.trim_matches('.').trim();
    let length = clean.chars().count();
    if length <= MAX_NAME {
        return clean.to_owned();
    }
    let ending: String = match clean.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 5 => format!(".{ending}"),
        _ => String::new(),
    };
    let keep = MAX_NAME - 1 - ending.chars().count();
    format!("{}…{ending}", clean.chars().take(keep).collect::<String>())
}

/// Direction marks, joiners that hide, tags and other signs without a shape.
fn is_turning(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CaseId, DocumentId, PersonId, ProgramId, RequestId};
    use crate::time::Day;

    fn request(settled: bool) -> Request {
        Request {
            id: RequestId::fixed(1),
            case: CaseId::fixed(1),
            person: PersonId::fixed(1),
            program: ProgramId::fixed(1),
            kind: "insurance_card".into(),
            due_on: Day { year: 2026, month: 11, day: 27 },
            requested_at: Timestamp(0),
            settled_at: settled.then_some(Timestamp(1)),
            withdrawn_at: None,
        }
    }

    fn document(state: State) -> Document {
        Document {
            id: DocumentId::fixed(1),
            request: RequestId::fixed(1),
            case: CaseId::fixed(1),
            person: PersonId::fixed(1),
            state,
            name: String::new(),
            note: None,
            media_type: "image/jpeg".into(),
            bytes: 1,
            pages: 1,
            received_at: Timestamp(0),
            checked_at: None,
            decided_at: None,
            decided_by: None,
            reason: None,
            version: 1,
        }
    }

    #[test]
    fn files_may_be_sent_while_the_request_is_open_and_not_without_end() {
        assert!(may_send(&request(false), &[]).is_ok());
        assert!(may_send(&request(false), &vec![document(State::Rejected); 20]).is_ok());
        assert!(matches!(may_send(&request(true), &[]), Err(Error::Conflict(_))));
        assert!(matches!(
            may_send(&request(false), &vec![document(State::InReview); MAX_WAITING]),
            Err(Error::Invalid(_))
        ));
        assert!(may_send(&request(false), &vec![document(State::Rejected); MAX_SENT]).is_err());
    }

    #[test]
    fn a_request_is_settled_when_nothing_else_waits() {
        assert!(is_settled([]));
        assert!(is_settled([State::Rejected, State::Failed, State::Accepted]));
        assert!(!is_settled([State::InReview]) && !is_settled([State::Checking, State::Rejected]));
    }

    #[test]
    fn a_name_is_only_for_showing() {
        for (raw, clean) in [
            ("IMG_0231.HEIC", "IMG_0231.HEIC"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Ana\\tarjeta seguro.pdf", "tarjeta seguro.pdf"),
            ("foto\u{202e}gpj.exe", "fotogpj.exe"),
            ("a\0b\r\nc.jpg", "ab c.jpg"),
            (".htaccess", "htaccess"),
            ("..", ""),
            ("", ""),
            ("بطاقة التأمين.jpg", "بطاقة التأمين.jpg"),
        ] {
            assert_eq!(clean_name(raw), clean, "{raw:?}");
        }
        let long = clean_name(&format!("\u{202e}{}.jpeg", "😀".repeat(1_000)));
        assert_eq!(long.chars().count(), 200);
        assert!(long.ends_with("….jpeg"), "{long}");
        assert!(clean_name(&"x".repeat(4_096)).chars().count() <= 200);
    }

    #[test]
    fn a_note_is_words_and_not_too_many() {
        assert_eq!(note("  ").ok(), Some(None));
        assert_eq!(note(" two\nlines ").ok(), Some(Some("two\nlines".into())));
        assert!(note(&"a".repeat(2_001)).is_err() && note("a\u{1}").is_err());
    }
}
