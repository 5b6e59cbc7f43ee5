//! Where somebody goes after signing in: one of our own pages for people like them, never an address as it came (AB-19).

use domain::ids::{CaseId, DocumentId, RequestId, SafetyId, ThreadId};
use domain::locale::Locale;
use domain::sessions::AccountKind;
use ui::paths::{self, Path};

/// A page one may come back to. Made from an address, shown as one: nothing of the address itself goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Home,
    Case(CaseId),
    Documents,
    DocumentRequest(RequestId),
    Learn,
    Ask,
    Preferences,
    Account,
    Worklist,
    StaffCase(CaseId),
    StaffDocument(DocumentId),
    StaffThread(ThreadId),
    SafetyQueue,
    SafetyRecord(SafetyId),
    Tasks,
    Messages,
    Audit,
}

impl Next {
    fn parse(text: &str) -> Option<Next> {
        let path = text.split(['?', '#']).next()?;
        let mut parts = path.strip_prefix('/')?.split('/');
        parts.next()?.parse::<Locale>().ok()?;
        let parts: Vec<&str> = parts.collect();
        Some(match parts.as_slice() {
            ["home"] => Next::Home,
            ["cases", case] => Next::Case(case.parse().ok()?),
            ["documents"] => Next::Documents,
            ["documents", request] => Next::DocumentRequest(request.parse().ok()?),
            ["learn", ..] => Next::Learn,
            ["ask"] => Next::Ask,
            ["preferences"] => Next::Preferences,
            ["account", ..] => Next::Account,
            ["staff"] | ["staff", "worklist"] => Next::Worklist,
            ["staff", "cases", case] => Next::StaffCase(case.parse().ok()?),
            ["staff", "documents", document] => Next::StaffDocument(document.parse().ok()?),
            ["staff", "threads", thread] => Next::StaffThread(thread.parse().ok()?),
            ["staff", "safety"] => Next::SafetyQueue,
            ["staff", "safety", record] => Next::SafetyRecord(record.parse().ok()?),
            ["staff", "tasks"] => Next::Tasks,
            ["staff", "messages"] => Next::Messages,
            ["staff", "audit"] => Next::Audit,
            _ => return None,
        })
    }

    /// Staff pages are for staff, a patient's own for patients, the rest for both.
    fn is_for(self, kind: AccountKind) -> bool {
        match self {
            Next::Learn | Next::Ask | Next::Account => true,
            Next::Home | Next::Case(_) | Next::Documents | Next::DocumentRequest(_) | Next::Preferences => {
                kind == AccountKind::Person
            }
            Next::Worklist
            | Next::StaffCase(_)
            | Next::StaffDocument(_)
            | Next::StaffThread(_)
            | Next::SafetyQueue
            | Next::SafetyRecord(_)
            | Next::Tasks
            | Next::Messages
            | Next::Audit => kind == AccountKind::Staff,
        }
    }

    fn path(self, locale: Locale) -> Path {
        match self {
            Next::Home => paths::home(locale),
            Next::Case(case) => paths::case(locale, case),
            Next::Documents => paths::documents(locale),
            Next::DocumentRequest(request) => paths::document_request(locale, request),
            Next::Learn => paths::learn(locale),
            Next::Ask => paths::ask(locale),
            Next::Preferences => paths::preferences(locale),
            Next::Account => paths::account(locale),
            Next::Worklist => paths::worklist(locale),
            Next::StaffCase(case) => paths::staff_case(locale, case),
            Next::StaffDocument(document) => paths::staff_document(locale, document),
            Next::StaffThread(thread) => paths::staff_thread(locale, thread),
            Next::SafetyQueue => paths::safety_queue(locale),
            Next::SafetyRecord(record) => paths::safety_record(locale, record),
            Next::Tasks => paths::tasks(locale),
            Next::Messages => paths::messages(locale),
            Next::Audit => paths::audit(locale),
        }
    }
}

/// Where to go: what was wanted if it is one of ours and for this kind of account, else their first page.
pub fn destination(wanted: &str, kind: AccountKind, locale: Locale) -> Path {
    let first = match kind {
        AccountKind::Person => Next::Home,
        AccountKind::Staff => Next::Worklist,
    };
    Next::parse(wanted).filter(|next| next.is_for(kind)).unwrap_or(first).path(locale)
}

/// The wanted page as a form may carry it on: the same page in canonical form, or nothing.
pub fn carried(wanted: &str, locale: Locale) -> String {
    Next::parse(wanted).map(|next| next.path(locale).as_str().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_on_to() {
        let person = |wanted: &str| destination(wanted, AccountKind::Person, Locale::Es).as_str().to_owned();
        let case = CaseId::fixed(7);
        assert_eq!(person(&format!("/en/cases/{case}")), format!("/es/cases/{case}"));
        assert_eq!(person("/en/account?told=password#x"), "/es/account");
        for hostile in [
            "",
            "//evil.test",
            "https://evil.test/en/home",
            "javascript:alert(1)",
            "/\\evil.test",
            "/en//evil.test",
            "/en/cases/../../evil",
            "/en/home\r\nSet-Cookie: a=b",
            "/en/staff/worklist",
            "/xx/home",
            "/en/sign-out",
        ] {
            assert_eq!(person(hostile), "/es/home", "{hostile:?}");
        }
        let staff = |wanted: &str| destination(wanted, AccountKind::Staff, Locale::En).as_str().to_owned();
        assert_eq!(staff("/en/home"), "/en/staff/worklist");
        assert_eq!(staff("/ar/staff/audit"), "/en/staff/audit");
        assert_eq!(carried("//evil.test", Locale::En), "");
        assert_eq!(carried("/es/ask?q=x", Locale::En), "/en/ask");
    }
}
