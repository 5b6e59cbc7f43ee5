//! The staff of the demonstration: every role, each a named person.

use super::{accounts, dice};
use domain::actor::Role;
use domain::content::{Desk, Review, Signer};
use domain::ctx::Ctx;
use domain::error::Result;
use domain::ids::PersonId;
use domain::people::{self, NewPerson};
use domain::sessions::{self, AccountKind};

/// Name, mail name and roles.
pub(super) const STAFF: &[(&str, &str, &[Role])] = &[
    ("Rosa Delgado", "rosa", &[Role::CaseManager]),
    ("Kim Tran", "kim", &[Role::CaseManager]),
    ("Marcus Bell", "marcus", &[Role::AccessSpecialist]),
    ("Grace Okafor", "grace", &[Role::Nurse]),
    ("Dr. Lena Fischer", "lena", &[Role::MedicalInformation]),
    ("Priya Nair", "priya", &[Role::Author]),
    ("Dr. Kwame Osei", "kwame", &[Role::MedicalReviewer]),
    ("Eleanor Hart", "eleanor", &[Role::LegalReviewer]),
    ("Nils Lindqvist", "nils", &[Role::RegulatoryReviewer]),
    ("Amira Haddad", "amira", &[Role::Publisher]),
    ("Samuel Park", "samuel", &[Role::SafetyOfficer]),
    ("Ines Carvalho", "ines", &[Role::SafetyOfficer]),
    ("Joan Whitfield", "joan", &[Role::QualityReviewer]),
    ("Victor Lang", "victor", &[Role::ProgramAdministrator]),
    ("Edith Moreau", "edith", &[Role::Auditor]),
];

/// Keeps everybody who is not there yet, with an account that needs both factors.
pub(super) async fn install(ctx: &Ctx) -> Result<()> {
    let password = accounts::password().await?;
    for (name, mail, roles) in STAFF {
        let mut tx = ctx.begin().await?;
        if people::staff_name(tx.conn(), id(mail)).await?.is_some() {
            continue;
        }
        let person = NewPerson {
            id: Some(id(mail)),
            name: (*name).to_owned(),
            email: Some(address(mail)),
            staff_name: Some((*name).to_owned()),
            ..NewPerson::default()
        };
        people::insert(tx.conn(), ctx.keys(), &person, ctx.now).await?;
        for role in *roles {
            people::grant(tx.conn(), id(mail), *role, &ctx.actor.to_string(), ctx.now).await?;
        }
        let kind = AccountKind::Staff;
        sessions::create_account(ctx, &mut tx, id(mail), kind, &address(mail), Some(&password)).await?;
        sessions::set_totp(ctx, &mut tx, id(mail), accounts::TOTP).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Who wrote the demonstration's content, and who signed it.
pub(super) fn review() -> Review {
    let signer = |desk, mail| Signer { desk, person: id(mail), name: name(mail).to_owned() };
    Review {
        author: id("priya"),
        signers: vec![
            signer(Desk::Medical, "kwame"),
            signer(Desk::Legal, "eleanor"),
            signer(Desk::Regulatory, "nils"),
        ],
        publisher: (id("amira"), name("amira").to_owned()),
    }
}

/// The person behind a mail name.
pub(super) fn id(mail: &str) -> PersonId {
    PersonId::fixed(dice::named(&format!("staff {mail}")))
}

fn name(mail: &str) -> &'static str {
    STAFF.iter().find(|(_, known, _)| *known == mail).map_or("", |(name, _, _)| name)
}

/// `rosa@staff.example`: a name that can never be anybody's.
pub(super) fn address(mail: &str) -> String {
    format!("{mail}@staff.example")
}
