//! People with accounts, signed in through the pages as they would.

use super::{Browser, TestPortal};
use domain::actor::Role;
use domain::ids::PersonId;
use domain::locale::Locale;
use domain::people::{self, NewPerson};
use domain::sessions::{self, AccountKind, NewStaff, StaffAdded};

/// Long enough to stand alone, and nobody's first guess.
pub const PASSWORD: &str = "seven kettles on a wall";

impl TestPortal {
    /// A person with an account and [`PASSWORD`].
    pub async fn person(&self, name: &str, email: &str) -> PersonId {
        let ctx = self.portal().system("test");
        let secret = sessions::prepare("password", PASSWORD, 15, &[]).await.unwrap();
        let new = NewPerson { name: name.into(), email: Some(email.into()), ..NewPerson::default() };
        let mut tx = ctx.begin().await.unwrap();
        let person = people::insert(tx.conn(), ctx.keys(), &new, ctx.now).await.unwrap();
        sessions::create_account(&ctx, &mut tx, person, AccountKind::Person, email, Some(&secret))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        person
    }

    /// A browser whose person signed in with [`PASSWORD`].
    pub async fn signed_in(&self, email: &str) -> Browser {
        let browser = self.visitor();
        sign_in(&browser, email, PASSWORD).await;
        browser
    }

    /// A new staff member with these roles, as the command line makes them.
    pub async fn add_staff(&self, name: &str, email: &str, roles: &[Role]) -> StaffAdded {
        let ctx = self.portal().system("test");
        let staff = NewStaff {
            id: None,
            name: name.into(),
            email: email.into(),
            roles: roles.to_vec(),
            locale: Locale::En,
        };
        sessions::add_staff(&ctx, "Handrail", &staff).await.unwrap()
    }

    /// A browser whose staff member signed in with the first password, a code, and a password of their own.
    pub async fn staff(&self, name: &str, email: &str, roles: &[Role]) -> Browser {
        let added = self.add_staff(name, email, roles).await;
        let browser = self.visitor();
        sign_in(&browser, email, &added.password).await;
        let code = self.code(&added.totp_secret);
        let fields = [("act", "code"), ("code", code.as_str()), ("new_password", PASSWORD)];
        let page = browser.post("/en/sign-in/second-step", &fields).await;
        assert_eq!(page.at, "/en/staff/worklist", "{}", page.words());
        browser
    }

    /// What an authenticator app shows now.
    pub fn code(&self, secret: &str) -> String {
        let totp = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(secret).unwrap())
            .build()
            .unwrap();
        totp.generate((self.portal().clock.now().0 / 1000) as u64).to_string()
    }
}

/// Sends the form of the sign-in page.
pub async fn sign_in(browser: &Browser, email: &str, password: &str) -> super::Page {
    browser.post("/en/sign-in", &[("act", "password"), ("email", email), ("password", password)]).await
}
