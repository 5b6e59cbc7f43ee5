//! Every address, typed: views link with it, the server routes with it.
//!
//! A `Path` can only be made here, from typed parts, so a link can never hold `javascript:` or another host.
//! `pattern` holds the same addresses as routes; a test keeps the two alike.

use domain::ids::{CaseId, DocumentId, MediaId, RequestId, SafetyId, ThreadId, TurnId, VariantId};
use domain::locale::Locale;
use leptos::prelude::IntoAttributeValue;
use std::fmt;

/// The address of a page of ours: it begins with `/` and its language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path(String);

impl Path {
    fn new(locale: Locale, segments: &[&str]) -> Path {
        let mut path = format!("/{locale}");
        for segment in segments {
            path.push('/');
            path.push_str(&encode(segment));
        }
        Path(path)
    }

    /// With `?name=value` added.
    pub fn query(mut self, name: &str, value: &str) -> Path {
        let sign = if self.0.contains('?') { '&' } else { '?' };
        self.0.push_str(&format!("{sign}{}={}", encode(name), encode(value)));
        self
    }

    /// With `#id` added.
    pub fn at(mut self, id: &str) -> Path {
        self.0.push_str(&format!("#{}", encode(id)));
        self
    }

    /// The same page in another language.
    pub fn in_language(&self, locale: Locale) -> Path {
        let rest = self.0.get(1..).and_then(|path| path.find(['/', '?', '#']).map(|end| &path[end..]));
        Path(format!("/{locale}{}", rest.unwrap_or("/")))
    }

    /// An address that came from outside (a form's `next`, a request's own path): ours, or nothing.
    /// It must begin with a language we speak and hold no second slash, backslash or control character.
    pub fn parse(text: &str) -> Option<Path> {
        let clean = text.len() <= 2_000
            && !text.contains("//")
            && !text.contains('\\')
            && !text.chars().any(|c| c.is_control() || c.is_whitespace());
        let tag = text.strip_prefix('/')?.split(['/', '?', '#']).next()?;
        (clean && tag.parse::<Locale>().is_ok()).then(|| Path(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Path> for String {
    fn from(path: Path) -> String {
        path.0
    }
}

impl IntoAttributeValue for Path {
    type Output = String;
    fn into_attribute_value(self) -> String {
        self.0
    }
}

/// Only what a segment may hold as it is; all else as `%XX`.
fn encode(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident / $pattern:ident = [$($part:tt)*] ( $($arg:ident : $type:ty),* );)+) => {
        $(
            $(#[$doc])*
            pub fn $name(locale: Locale $(, $arg: $type)*) -> Path {
                addresses!(@path locale; $($part)*)
            }
        )+

        /// The addresses as the server's router takes them.
        pub mod pattern {
            $($(#[$doc])* pub const $pattern: &str = addresses!(@pattern $($part)*);)+

            /// Every pattern, for the guards.
            pub const ALL: &[&str] = &[$($pattern),+];
        }
    };
    (@path $locale:ident; $($part:tt)*) => {
        Path::new($locale, &[$(addresses!(@segment $part)),*])
    };
    (@segment $text:literal) => { $text };
    (@segment $arg:ident) => { &$arg.to_string() };
    (@pattern $($part:tt)*) => { concat!("/{locale}", $(addresses!(@slot $part)),*) };
    (@slot $text:literal) => { concat!("/", $text) };
    (@slot $arg:ident) => { concat!("/{", stringify!($arg), "}") };
}

addresses! {
    /// What a program does and how to begin.
    program / PROGRAM = ["programs" program] (program: &str);
    /// How to get the medicine.
    medicine / MEDICINE = ["programs" program "medicine"] (program: &str);
    /// Important safety information.
    safety / SAFETY = ["programs" program "safety"] (program: &str);
    /// What it costs.
    cost / COST = ["programs" program "cost"] (program: &str);
    /// The enrollment's task list.
    enroll / ENROLL = ["programs" program "enroll"] (program: &str);
    /// Look over the answers and submit.
    enroll_check / ENROLL_CHECK = ["programs" program "enroll" "check"] (program: &str);
    /// The confirmation.
    enroll_done / ENROLL_DONE = ["programs" program "enroll" "done"] (program: &str);
    /// One question of the enrollment.
    enroll_question / ENROLL_QUESTION = ["programs" program "enroll" task question] (program: &str, task: &str, question: &str);
    /// A one-time invitation to consent and to claim a case.
    invitation / INVITATION = ["invitation" token] (token: &str);
    /// The modules one may read.
    learn / LEARN = ["learn"] ();
    /// One module's first page.
    module / MODULE = ["learn" module] (module: &str);
    /// A module whole, as a tagged PDF.
    module_pdf / MODULE_PDF = ["learn" module "pdf"] (module: &str);
    /// One page of a module, counted from 1.
    module_page / MODULE_PAGE = ["learn" module page] (module: &str, page: u32);
    /// A picture or video of a lesson.
    media / MEDIA = ["media" media] (media: MediaId);
    /// A video's captions, by the name their words give them.
    captions / CAPTIONS = ["media" media "captions" name] (media: MediaId, name: &str);
    /// Ask a question.
    ask / ASK = ["ask"] ();
    sign_in / SIGN_IN = ["sign-in"] ();
    /// The code of the second step.
    second_step / SECOND_STEP = ["sign-in" "second-step"] ();
    /// A script posts here for what a passkey needs to know; the answer is JSON.
    passkey_sign_in / PASSKEY_SIGN_IN = ["sign-in" "passkey"] ();
    /// When one cannot sign in.
    recover / RECOVER = ["sign-in" "recover"] ();
    /// A form posts here to sign out; visited, it asks.
    sign_out / SIGN_OUT = ["sign-out"] ();
    help / HELP = ["help"] ();
    privacy / PRIVACY = ["privacy"] ();
    accessibility / ACCESSIBILITY = ["accessibility"] ();
    /// A patient's own first page.
    home / HOME = ["home"] ();
    /// Where a case stands.
    case / CASE = ["cases" case] (case: CaseId);
    /// What was asked for and what was sent.
    documents / DOCUMENTS = ["documents"] ();
    /// Send the document of one request.
    document_request / DOCUMENT_REQUEST = ["documents" request] (request: RequestId);
    /// The file of a document, for whoever sent it and for staff who review it.
    document_file / DOCUMENT_FILE = ["documents" "files" document] (document: DocumentId);
    /// What the safety team asks a patient.
    safety_questions / SAFETY_QUESTIONS = ["safety-questions"] ();
    /// Who may contact one about what.
    preferences / PREFERENCES = ["preferences"] ();
    /// Sign-in methods and devices.
    account / ACCOUNT = ["account"] ();
    /// Codes from an app, being set up.
    account_codes / ACCOUNT_CODES = ["account" "codes"] ();
    /// A script posts here for what a new passkey needs to know; the answer is JSON.
    account_passkey / ACCOUNT_PASSKEY = ["account" "passkey"] ();
    /// The staff's first page.
    staff / STAFF = ["staff"] ();
    worklist / WORKLIST = ["staff" "worklist"] ();
    staff_case / STAFF_CASE = ["staff" "cases" case] (case: CaseId);
    /// A new one-time link for a patient whose consents are awaited.
    staff_invitation / STAFF_INVITATION = ["staff" "cases" case "invitation"] (case: CaseId);
    staff_document / STAFF_DOCUMENT = ["staff" "documents" document] (document: DocumentId);
    safety_queue / SAFETY_QUEUE = ["staff" "safety"] ();
    /// Second looks at texts the screen let pass.
    safety_second_looks / SAFETY_SECOND_LOOKS = ["staff" "safety" "second-looks"] ();
    /// What was flagged in a month, and what became of it.
    safety_month / SAFETY_MONTH = ["staff" "safety" "reconciliation"] ();
    /// The newest report of a record as a file: `xml` or `pdf`.
    safety_report / SAFETY_REPORT = ["staff" "safety" record "report" kind] (record: SafetyId, kind: &str);
    safety_record / SAFETY_RECORD = ["staff" "safety" record] (record: SafetyId);
    staff_thread / STAFF_THREAD = ["staff" "threads" thread] (thread: ThreadId);
    /// What the assistant could not answer.
    questions / QUESTIONS = ["staff" "questions"] ();
    /// Questions that are about the same, named by the newest.
    question / QUESTION = ["staff" "questions" turn] (turn: TurnId);
    tasks / TASKS = ["staff" "tasks"] ();
    /// The content library.
    content / CONTENT = ["staff" "content"] ();
    /// A new item.
    content_new / CONTENT_NEW = ["staff" "content" "new"] ();
    /// Which kinds, stages and languages have gaps.
    content_coverage / CONTENT_COVERAGE = ["staff" "content" "coverage"] ();
    /// How the editorial room works.
    content_measures / CONTENT_MEASURES = ["staff" "content" "measures"] ();
    /// One variant with all that is known of it.
    content_variant / CONTENT_VARIANT = ["staff" "content" variant] (variant: VariantId);
    content_edit / CONTENT_EDIT = ["staff" "content" variant "edit"] (variant: VariantId);
    /// A form posts a picture or video here.
    content_media / CONTENT_MEDIA = ["staff" "content" variant "media"] (variant: VariantId);
    content_review / CONTENT_REVIEW = ["staff" "content" variant "review"] (variant: VariantId);
    /// What changed since another edition or an earlier save.
    content_compare / CONTENT_COMPARE = ["staff" "content" variant "compare"] (variant: VariantId);
    /// As a patient reads it.
    content_preview / CONTENT_PREVIEW = ["staff" "content" variant "preview"] (variant: VariantId);
    /// What waits at one's desks, and what falls due.
    reviews / REVIEWS = ["staff" "reviews"] ();
    messages / MESSAGES = ["staff" "messages"] ();
    audit / AUDIT = ["staff" "audit"] ();
}

/// The portal's first page. `/{locale}` redirects to it.
pub fn portal(locale: Locale) -> Path {
    Path(format!("/{locale}/"))
}

/// `/{locale}/`.
pub const PORTAL: &str = "/{locale}/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_its_pattern_are_alike() {
        assert_eq!(case(Locale::Es, CaseId::fixed(7)).as_str(), format!("/es/cases/{}", CaseId::fixed(7)));
        assert_eq!(pattern::CASE, "/{locale}/cases/{case}");
        assert_eq!(
            enroll_question(Locale::En, "breathe", "contact", "email").as_str(),
            "/en/programs/breathe/enroll/contact/email"
        );
        assert_eq!(pattern::ENROLL_QUESTION, "/{locale}/programs/{program}/enroll/{task}/{question}");
        let unique: std::collections::BTreeSet<_> = pattern::ALL.iter().collect();
        assert_eq!(unique.len(), pattern::ALL.len());
    }

    #[test]
    fn nothing_typed_by_a_stranger_leaves_the_house() {
        for text in [
            "//evil.test",
            "/en//evil.test",
            "https://evil.test",
            "javascript:alert(1)",
            "/fr/home",
            "/en\\home",
            "/en/a\nb",
            "en/home",
            "",
        ] {
            assert_eq!(Path::parse(text), None, "{text:?}");
        }
        assert!(Path::parse("/vi/cases/1?x=%2F#y").is_some());
        assert_eq!(module(Locale::En, "../x y").as_str(), "/en/learn/..%2Fx%20y");
    }

    #[test]
    fn a_page_stays_itself_in_another_language() {
        assert_eq!(portal(Locale::En).in_language(Locale::Ar).as_str(), "/ar/");
        let here = ask(Locale::En).query("q", "a b").at("log");
        assert_eq!(here.in_language(Locale::Es).as_str(), "/es/ask?q=a%20b#log");
    }
}
