//! Cases to begin a test with, opened as an enrollment opens them.

use super::TestPortal;
use super::accounts::PASSWORD;
use domain::cases::{self, Filler, NewCase, Opened, SubStatus};
use domain::ids::PersonId;
use domain::locale::Locale;
use domain::people::{self, NewPerson};
use domain::sessions::{self, AccountKind};

/// A case to be opened; what a test does not care about is believable.
pub struct Patient {
    pub name: &'static str,
    pub email: &'static str,
    pub program: &'static str,
    pub locale: Locale,
    pub sub_status: SubStatus,
    pub ticked: &'static [&'static str],
}

impl Default for Patient {
    fn default() -> Patient {
        Patient {
            name: "Luis Ruiz",
            email: "luis@example.com",
            program: "breathe",
            locale: Locale::En,
            sub_status: SubStatus::Received,
            ticked: &["identity", "contact", "consent_services", "consent_authorization", "language"],
        }
    }
}

impl TestPortal {
    /// A person with an account and a case.
    pub async fn patient(&self, new: Patient) -> (PersonId, Opened) {
        let ctx = self.portal().system("test");
        let program = ctx.portal.programs.by_code(new.program).unwrap();
        let secret = sessions::prepare("password", PASSWORD, 15, &[]).await.unwrap();
        let person = NewPerson {
            name: new.name.into(),
            email: Some(new.email.into()),
            phone: Some("555 555 0142".into()),
            written: new.locale,
            ..NewPerson::default()
        };
        let mut tx = ctx.begin().await.unwrap();
        let id = people::insert(tx.conn(), ctx.keys(), &person, ctx.now).await.unwrap();
        sessions::create_account(&ctx, &mut tx, id, AccountKind::Person, new.email, Some(&secret))
            .await
            .unwrap();
        let key = people::key(tx.conn(), ctx.keys(), id).await.unwrap();
        let case = NewCase {
            program: &program,
            person: id,
            key: &key,
            filler: Filler::Patient,
            sub_status: new.sub_status,
            locale: new.locale,
            payer_type: "commercial",
            answers: r#"{"payer_type":"commercial","payer_name":"Lakeside Health"}"#,
            ticked: new.ticked,
        };
        let opened = cases::open(&mut tx, &ctx, case).await.unwrap();
        tx.commit().await.unwrap();
        self.settle().await;
        (id, opened)
    }
}
