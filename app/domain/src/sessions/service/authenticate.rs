//! Whose token is it? Asked once a request, answered with one statement.

use crate::actor::{Actor, Role};
use crate::ctx::Portal;
use crate::error::Result;
use crate::seal;
use crate::sessions::rules::{self, TOUCH};
use crate::sessions::store::{self, Found};
use crate::sessions::types::{AccountKind, Factors, Identity};
use crate::time::Timestamp;

/// Who a token belongs to, if it still counts. Ended sessions count no more from this very request on.
pub async fn authenticate(portal: &Portal, token: &str, now: Timestamp) -> Result<Option<Identity>> {
    // 256 bits in base 64: anything else is no token of ours and not worth a statement
    if token.len() != 43 {
        return Ok(None);
    }
    let mut conn = portal.db.read().await?;
    let Some(found) = store::find(&mut conn, &seal::token_hash(token)).await? else { return Ok(None) };
    if !rules::is_alive(found.kind, found.shared, found.seen_at, found.expires_at, now)
        || (found.kind == AccountKind::Staff && found.factors == Factors::Password)
    {
        return Ok(None);
    }
    if now.since(found.seen_at) >= TOUCH {
        store::touch(&mut conn, found.id, now).await?;
    }
    identity(portal, found)
}

fn identity(portal: &Portal, found: Found) -> Result<Option<Identity>> {
    // the key of an erased person is gone, and so is their session
    let Some(wrapped) = found.key_wrapped.as_deref() else { return Ok(None) };
    let (id, session) = (found.person, found.id);
    let (actor, name) = match found.kind {
        AccountKind::Person => {
            let key = portal.keys.person_key(id, Some(wrapped))?;
            let name = key.open_optional(&format!("people.name:{id}"), found.name_sealed.as_deref())?;
            (Actor::Person { id, session }, name)
        }
        AccountKind::Staff => {
            let roles = found.roles.unwrap_or_default();
            let roles: Result<Vec<Role>> =
                roles.split(',').filter(|role| !role.is_empty()).map(str::parse).collect();
            (Actor::Staff { id, session, roles: roles? }, found.staff_name)
        }
    };
    let locale = found.written_locale.parse().unwrap_or_default();
    Ok(Some(Identity { actor, kind: found.kind, locale, name }))
}
