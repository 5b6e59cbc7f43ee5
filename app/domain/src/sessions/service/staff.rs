//! Accounts for staff: made by an administrator, with a password for one sign-in and an authenticator app from the start.

use super::account::insert;
use crate::ctx::{Ctx, Tx};
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::PersonId;
use crate::people::{self, NewPerson};
use crate::sessions::types::{AccountKind, NewStaff, StaffAdded};
use crate::sessions::{passwords, store, totp};

/// Adds a staff member with their roles. Only for the portal's own commands.
///
/// # Errors
/// `Invalid` for the fields `name`, `email` and `roles`; `Conflict("account_exists")`.
pub async fn add_staff(ctx: &Ctx, issuer: &str, staff: &NewStaff) -> Result<StaffAdded> {
    if !matches!(ctx.actor, crate::actor::Actor::System(_)) {
        return Err(Error::NotFound);
    }
    let mut flaws = people::name_flaws("name", &staff.name);
    flaws.extend(people::email_flaws("email", &staff.email));
    if staff.roles.is_empty() {
        flaws.push(Flaw::new("roles", "choose"));
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let (password, totp_secret) = (made_up_password(), totp::new_secret());
    let secret = passwords::hash(&password).await?;
    let mut tx = ctx.begin().await?;
    let new = NewPerson {
        id: staff.id,
        name: staff.name.clone(),
        email: Some(staff.email.clone()),
        written: staff.locale,
        staff_name: Some(staff.name.clone()),
        ..NewPerson::default()
    };
    let person = people::insert(tx.conn(), ctx.keys(), &new, ctx.now).await?;
    insert(ctx, &mut tx, person, AccountKind::Staff, &staff.email, Some(&secret), true).await?;
    for role in &staff.roles {
        people::grant(tx.conn(), person, *role, &ctx.actor.to_string(), ctx.now).await?;
    }
    set_totp(ctx, &mut tx, person, &totp_secret).await?;
    tx.commit().await?;
    let totp_url = totp::url(&totp_secret, issuer, &staff.email)?;
    Ok(StaffAdded { person, password, totp_url, totp_secret })
}

/// Sets an authenticator app's secret (base 32) without asking for a code: for a new staff member and for
/// demonstration accounts.
pub async fn set_totp(ctx: &Ctx, tx: &mut Tx<'_>, person: PersonId, secret: &str) -> Result<()> {
    let key = people::key(tx.conn(), ctx.keys(), person).await?;
    let sealed = key.seal(&format!("accounts.totp:{person}"), secret)?;
    store::set_totp(tx.conn(), person, Some(sealed), 0, ctx.now).await?;
    tx.record(Event::SignInMethodAdded { person, method: "totp".into() });
    Ok(())
}

/// Twenty characters that cannot be taken for one another, in fours: about 98 bits.
fn made_up_password() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 20];
    rand::fill(&mut bytes);
    let chars: Vec<char> = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|byte| char::from(*byte))
        .collect();
    chars.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_password_is_long_and_new_each_time() {
        let (one, other) = (made_up_password(), made_up_password());
        assert_eq!(one.len(), 24);
        assert_ne!(one, other);
    }
}
