//! Passkeys: added by somebody signed in, shown to sign in without a name or a password. The device checks the person
//! (user verification is required), so a passkey is two factors in one.

use super::rules::{self, PASSKEY_NAME, STEP};
use super::service::{self, acting, open, own_account, refused, renew, require_fresh};
use super::store::{self, Account, Ceremony, Step, unreadable};
use super::throttle;
use super::types::{Door, Factors, Opened, PasskeyView, Renewed};
use crate::ctx::Ctx;
use crate::db::Conn;
use crate::error::{Error, Flaw, Result};
use crate::event::Event;
use crate::ids::{CeremonyId, PasskeyId, PersonId, SessionId};
use crate::people;
use crate::seal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

/// No credential of a browser is longer.
const LONGEST: usize = 16 * 1024;

/// The address passkeys are bound to. An address that is a number has no passkeys, but for the loopback one, where they
/// work under the name `localhost`.
pub struct Site {
    webauthn: Option<Webauthn>,
    /// The name people see in their passkey list and authenticator app.
    pub name: String,
}

impl Site {
    /// # Errors
    /// `Internal` when the base address is no address.
    pub fn new(base_url: &str, name: &str) -> Result<Site> {
        let no_address = |_| Error::internal("the base address is not an address of the web");
        let mut origin = Url::parse(base_url).map_err(no_address)?;
        if matches!(origin.host_str(), Some("127.0.0.1" | "[::1]")) {
            origin = Url::parse(&base_url.replacen(origin.host_str().unwrap_or_default(), "localhost", 1))
                .map_err(no_address)?;
        }
        let webauthn = origin.domain().map(|domain| {
            WebauthnBuilder::new(domain, &origin)
                .and_then(|builder| builder.rp_name(name).build())
                .map_err(|_| Error::internal("the base address cannot hold passkeys"))
        });
        Ok(Site { webauthn: webauthn.transpose()?, name: name.to_owned() })
    }

    /// Whether this installation can offer passkeys at all.
    pub fn has_passkeys(&self) -> bool {
        self.webauthn.is_some()
    }

    fn webauthn(&self) -> Result<&Webauthn> {
        self.webauthn.as_ref().ok_or(Error::NotFound)
    }
}

/// A step with a passkey, begun: the token goes into a cookie, the options to the browser.
pub struct Begun {
    pub token: String,
    /// JSON.
    pub options: String,
}

/// Begins to add a passkey.
///
/// # Errors
/// `Conflict("prove_again")` when no factor was shown lately.
pub async fn begin_passkey(ctx: &Ctx, site: &Site) -> Result<Begun> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    require_fresh(ctx, &mut conn).await?;
    let known = store::passkeys(&mut conn, account.person).await?;
    drop(conn);
    let known = known.iter().map(|(_, credential)| Ok(parse::<Passkey>(credential)?.cred_id().clone()));
    let known: Result<Vec<_>> = known.collect();
    let handle = Uuid::parse_str(&account.passkey_user).map_err(|_| unreadable("a passkey handle"))?;
    let email = service::email_of(ctx, &account)?;
    let (options, state) = site
        .webauthn()?
        .start_passkey_registration(handle, &email, &email, Some(known?))
        .map_err(|_| Error::internal("a passkey could not be begun"))?;
    let mut options = value(&options)?;
    // found without a name: the passkey must live on the device
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
    }
    begin(ctx, Step::PasskeyRegister, Some(account.person), &state, &options).await
}

/// Begins a sign-in with whatever passkey the device holds for this site, or shows one again.
pub async fn begin_passkey_sign_in(ctx: &Ctx, site: &Site, door: &Door<'_>) -> Result<Begun> {
    throttle::steps(ctx, door).await?;
    let (options, state) = site
        .webauthn()?
        .start_discoverable_authentication()
        .map_err(|_| Error::internal("a passkey sign-in could not be begun"))?;
    let mut options = value(&options)?;
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation"); // asked for with a button, not while typing
    }
    begin(ctx, Step::PasskeySignIn, None, &state, &options).await
}

/// Adds the passkey the browser made. `credential` is its JSON, `name` what its owner calls it.
///
/// # Errors
/// `NotFound` when the step is over; `Invalid` for the field `name`, or with the form's flaw `passkey_failed`.
pub async fn finish_passkey(ctx: &Ctx, site: &Site, token: &str, name: &str, credential: &str) -> Result<()> {
    let name = check_name(name)?;
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    let (ceremony, state) = find::<PasskeyRegistration>(ctx, &mut conn, Step::PasskeyRegister, token)
        .await?
        .filter(|(ceremony, _)| ceremony.person == Some(account.person))
        .ok_or(Error::NotFound)?;
    drop(conn);
    let answer: RegisterPublicKeyCredential = browser_json(credential)?;
    let Ok(passkey) = site.webauthn()?.finish_passkey_registration(&answer, &state) else {
        return refused(ctx, "account.passkey_add", Some(account.person), failed()).await;
    };
    let view = PasskeyView { id: PasskeyId::new(), name, created_at: ctx.now, last_used_at: None };
    let credential_id = URL_SAFE_NO_PAD.encode(passkey.cred_id());
    let stored = serde_json::to_string(&passkey).map_err(|_| unreadable("a passkey"))?;
    let mut tx = ctx.begin().await?;
    if !store::end_ceremony(tx.conn(), ceremony.id).await? {
        return Err(Error::NotFound);
    }
    if !store::insert_passkey(tx.conn(), account.person, &view, &credential_id, &stored).await? {
        return Err(failed());
    }
    tx.record(Event::SignInMethodAdded { person: account.person, method: "passkey".into() });
    tx.commit().await
}

fn check_name(name: &str) -> Result<String> {
    let name = people::rules::clean_name(name);
    let mut flaws = people::name_flaws("name", &name);
    if flaws.is_empty() && name.chars().count() > PASSKEY_NAME {
        flaws.push(Flaw::with_limit("name", "too_long", i64::try_from(PASSKEY_NAME).unwrap_or(i64::MAX)));
    }
    if flaws.is_empty() { Ok(name) } else { Err(Error::Invalid(flaws)) }
}

/// Opens a session with a passkey. Nobody can keep its owner out: passkeys are not slowed by tries on the account.
///
/// # Errors
/// `SignIn` when the step is over; `Invalid` with the form's flaw `passkey_failed`.
pub async fn finish_passkey_sign_in(
    ctx: &Ctx,
    site: &Site,
    token: &str,
    credential: &str,
    door: &Door<'_>,
) -> Result<Opened> {
    let (ceremony, account, passkey, stored) = shown(ctx, site, token, credential).await?;
    let session = SessionId::new();
    let own = acting(ctx, &account, session);
    let mut tx = own.begin().await?;
    if !store::end_ceremony(tx.conn(), ceremony.id).await? {
        return Err(Error::SignIn);
    }
    store::used_passkey(tx.conn(), passkey, &stored, ctx.now).await?;
    let opened = open(&mut tx, &own, session, &ctx.actor, &account, Factors::Passkey, door).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Shows a passkey again while signed in, as [`super::prove`] does with a password.
pub async fn prove_with_passkey(
    ctx: &Ctx,
    site: &Site,
    token: &str,
    credential: &str,
    door: &Door<'_>,
) -> Result<Renewed> {
    let own = own_account(ctx, &mut *ctx.read().await?).await?;
    let (ceremony, account, passkey, stored) = shown(ctx, site, token, credential).await?;
    if account.person != own.person {
        return refused(ctx, "account.prove", Some(own.person), failed()).await;
    }
    let mut tx = ctx.begin().await?;
    if !store::end_ceremony(tx.conn(), ceremony.id).await? {
        return Err(Error::SignIn);
    }
    store::used_passkey(tx.conn(), passkey, &stored, ctx.now).await?;
    let renewed = renew(&mut tx, ctx, &account, door).await?;
    tx.record(Event::FactorShown { person: account.person });
    tx.commit().await?;
    Ok(renewed)
}

/// Takes a passkey away, where another way to sign in is left.
///
/// # Errors
/// `Conflict("prove_again")`; `NotFound`; `Invalid` with the form's flaw `last_method`.
pub async fn remove_passkey(ctx: &Ctx, id: PasskeyId) -> Result<()> {
    let mut conn = ctx.read().await?;
    let account = own_account(ctx, &mut conn).await?;
    require_fresh(ctx, &mut conn).await?;
    let left = store::passkeys(&mut conn, account.person).await?.len().saturating_sub(1);
    drop(conn);
    let (password, code) = (account.password_hash.is_some(), account.totp_since.is_some());
    if !rules::is_enough(account.kind, password, account.password_alone, code, left) {
        return Err(Error::invalid("", "last_method"));
    }
    let mut tx = ctx.begin().await?;
    if !store::delete_passkey(tx.conn(), account.person, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(Event::SignInMethodRemoved { person: account.person, method: "passkey".into() });
    tx.commit().await
}

/// Checks a passkey the browser showed: whose it is, that it is theirs, that it answers this step.
async fn shown(
    ctx: &Ctx,
    site: &Site,
    token: &str,
    credential: &str,
) -> Result<(Ceremony, Account, PasskeyId, String)> {
    let mut conn = ctx.read().await?;
    let (ceremony, state) = find::<DiscoverableAuthentication>(ctx, &mut conn, Step::PasskeySignIn, token)
        .await?
        .ok_or(Error::SignIn)?;
    let answer: PublicKeyCredential = browser_json(credential)?;
    let webauthn = site.webauthn()?;
    let Ok((handle, credential_id)) = webauthn.identify_discoverable_authentication(&answer) else {
        return refused(ctx, "account.sign_in", None, failed()).await;
    };
    let credential_id = URL_SAFE_NO_PAD.encode(credential_id);
    let account = store::account_by_handle(&mut conn, &handle.to_string()).await?;
    let person = account.as_ref().map(|account| account.person);
    let stored = match person {
        Some(person) => store::passkey(&mut conn, person, &credential_id).await?,
        None => None,
    };
    drop(conn);
    let (Some(account), Some((id, stored))) = (account, stored) else {
        return refused(ctx, "account.sign_in", person, failed()).await;
    };
    let mut passkey: Passkey = parse(&stored)?;
    match webauthn.finish_discoverable_authentication_v2(&answer, state, &passkey) {
        Ok(result) if result.user_verified() => {
            passkey.update_credential(&result);
            let stored = serde_json::to_string(&passkey).map_err(|_| unreadable("a passkey"))?;
            Ok((ceremony, account, id, stored))
        }
        _ => refused(ctx, "account.sign_in", Some(account.person), failed()).await,
    }
}

async fn begin<S: Serialize>(
    ctx: &Ctx,
    kind: Step,
    person: Option<PersonId>,
    state: &S,
    options: &Value,
) -> Result<Begun> {
    let (token, token_hash) = seal::token();
    let id = CeremonyId::new();
    let state = serde_json::to_string(state).map_err(|_| unreadable("a passkey step"))?;
    let state_sealed = ctx.keys().common().seal(&format!("ceremonies.state:{id}"), &state)?;
    let mut tx = ctx.begin().await?;
    let ceremony = Ceremony { id, person, state_sealed };
    store::insert_ceremony(tx.conn(), &ceremony, kind, &token_hash, ctx.now, ctx.now.plus(STEP)).await?;
    tx.commit().await?;
    Ok(Begun { token, options: options.to_string() })
}

async fn find<S: DeserializeOwned>(
    ctx: &Ctx,
    conn: &mut Conn,
    kind: Step,
    token: &str,
) -> Result<Option<(Ceremony, S)>> {
    let Some(ceremony) = store::find_ceremony(conn, kind, &seal::token_hash(token), ctx.now).await? else {
        return Ok(None);
    };
    let place = format!("ceremonies.state:{}", ceremony.id);
    let state = ctx.keys().common().open(&place, &ceremony.state_sealed)?;
    Ok(Some((ceremony, parse(&state)?)))
}

fn failed() -> Error {
    Error::invalid("", "passkey_failed")
}

/// JSON a browser sent.
fn browser_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    if text.len() > LONGEST {
        return Err(failed());
    }
    serde_json::from_str(text).map_err(|_| failed())
}

/// JSON we stored.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| unreadable("a stored passkey"))
}

fn value(options: &impl Serialize) -> Result<Value> {
    serde_json::to_value(options).map_err(|_| unreadable("passkey options"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_the_loopback_address_has_one() {
        for (base, has) in [
            ("https://portal.example.org", true),
            ("http://127.0.0.1:3000", true),
            ("http://localhost:3000", true),
            ("http://192.0.2.10:3000", false),
        ] {
            assert_eq!(Site::new(base, "Handrail").unwrap().has_passkeys(), has, "{base}");
        }
        assert!(Site::new("portal", "Handrail").is_err());
    }
}
