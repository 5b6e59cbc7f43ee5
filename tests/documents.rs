//! Documents: asked for, sent from a phone, checked, decided; and everything a file can be that it should not (EN-24, ON-19,
//! AB-10..14, F-16).

mod checking;
mod deciding;
mod parts;
mod sending;

use crate::support::clamd::Clamd;
use crate::support::{Browser, Page, TestPortal, portal, portal_with};
use domain::actor::{Actor, Role};
use domain::cases::{self, Filler, NewCase, SubStatus};
use domain::documents;
use domain::ids::{CaseId, PersonId, RequestId, SessionId};
use domain::locale::Locale;
use http::Method;
use reqwest::multipart::{Form, Part};

const ANA: &str = "ana@example.com";

/// A portal, a patient who is signed in, their case, and a request for an insurance card.
struct Setting {
    t: TestPortal,
    ana: Browser,
    person: PersonId,
    case: CaseId,
    request: RequestId,
}

async fn setting() -> Setting {
    set(portal().await).await
}

/// With a real clamd beside it.
async fn scanned() -> (Setting, Clamd) {
    let mut clamd = None;
    let t = portal_with(|config| {
        let dir = config.files.dir.parent().unwrap();
        let started = Clamd::start(dir);
        config.antivirus.clamd = Some(started.address());
        config.antivirus.timeout_seconds = 1;
        clamd = Some(started);
    })
    .await;
    (set(t).await, clamd.unwrap())
}

async fn set(t: TestPortal) -> Setting {
    let person = t.person("Ana Ruiz", ANA).await;
    let case = open_case(&t, person).await;
    let request = documents::request(&staff(&t), case, "insurance_card", None).await.unwrap();
    let ana = t.signed_in(ANA).await;
    Setting { t, ana, person, case, request }
}

async fn open_case(t: &TestPortal, person: PersonId) -> CaseId {
    let ctx = t.portal().system("test");
    let program = t.portal().programs.by_code("breathe").unwrap();
    let mut tx = ctx.begin().await.unwrap();
    let key = domain::people::key(tx.conn(), ctx.keys(), person).await.unwrap();
    let new = NewCase {
        program: &program,
        person,
        key: &key,
        filler: Filler::Patient,
        sub_status: SubStatus::Received,
        locale: Locale::Es,
        payer_type: "commercial",
        answers: "{}",
        ticked: &[],
    };
    let opened = cases::open(&mut tx, &ctx, new).await.unwrap();
    tx.commit().await.unwrap();
    opened.id
}

/// A case manager's context, for what their page does.
fn staff(t: &TestPortal) -> domain::ctx::Ctx {
    let mut ctx = t.portal().system("test");
    ctx.actor = Actor::Staff {
        id: PersonId::fixed(77),
        session: SessionId::fixed(77),
        roles: vec![Role::CaseManager],
    };
    ctx
}

impl Setting {
    fn page(&self) -> String {
        format!("/en/documents/{}", self.request)
    }

    async fn send(&self, name: &str, bytes: &[u8]) -> Page {
        self.send_with(name, bytes, "").await
    }

    async fn send_with(&self, name: &str, bytes: &[u8], note: &str) -> Page {
        upload(&self.ana, &self.page(), name, bytes, note).await
    }

    /// The newest document of the case, as staff see it.
    async fn newest(&self) -> documents::Document {
        self.documents().await.into_iter().next().expect("a document")
    }

    async fn documents(&self) -> Vec<documents::Document> {
        let asked = documents::for_case(&staff(&self.t), self.case).await.unwrap();
        asked.into_iter().flat_map(|asked| asked.documents).collect()
    }

    /// The file of the newest document, as its sender gets it.
    async fn served(&self) -> reqwest::Response {
        let path = format!("/en/documents/files/{}", self.newest().await.id);
        self.ana.request(Method::GET, &path).send().await.unwrap()
    }

    fn kept(&self, folder: &str) -> usize {
        let dir = self.t.dir.join("files").join(folder);
        std::fs::read_dir(dir).map(|files| files.count()).unwrap_or(0)
    }
}

async fn upload(browser: &Browser, page: &str, name: &str, bytes: &[u8], note: &str) -> Page {
    let file = Part::bytes(bytes.to_vec()).file_name(name.to_owned()).mime_str("image/jpeg").unwrap();
    let form = Form::new().text("act", "send").part("file", file).text("note", note.to_owned());
    browser
        .send(browser.request(Method::POST, page).header("sec-fetch-site", "same-origin").multipart(form))
        .await
}

/// The kinds of open tasks.
async fn tasks(t: &TestPortal) -> Vec<String> {
    let page = domain::tasks::list(&staff(t), &domain::tasks::Filter::default(), None).await.unwrap();
    page.tasks.into_iter().map(|task| task.kind.code().to_owned()).collect()
}
