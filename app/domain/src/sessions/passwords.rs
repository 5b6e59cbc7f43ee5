//! Passwords, hashed with argon2id (19 MiB, two passes), two at a time so that a flood of tries cannot take the machine.

use super::rules;
use crate::error::{Error, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The turns of the whole process: hashing costs memory and a core.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Compared with where there is no account, so that its answer takes as long (AB-05). No password fits it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGxpdmVzIGhlcmU$q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";

/// A password ready to be kept: its hash, and whether it may stand alone.
#[derive(Clone)]
pub struct Secret {
    pub(super) hash: String,
    pub(super) alone: bool,
}

/// Checks and hashes a new password. Done before a transaction begins: it takes a while.
///
/// # Errors
/// `Invalid` with flaws of the field when it is too short, too long or too easily guessed.
pub async fn prepare(field: &str, password: &str, shortest: usize, words: &[&str]) -> Result<Secret> {
    let flaws = rules::password_flaws(field, password, shortest, words);
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    hash(password).await
}

/// Hashes a password that needs no check, such as one the portal made up.
pub(super) async fn hash(password: &str) -> Result<Secret> {
    let (normal, alone) = (rules::normal(password), rules::stands_alone(password));
    let hash = in_turn(move || {
        Argon2::default()
            .hash_password(normal.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|_| Error::internal("a password could not be hashed"))
    })
    .await?;
    Ok(Secret { hash, alone })
}

/// Whether the password fits the hash. Without a hash it takes as long and fits never.
pub(super) async fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    let is_known = hash.is_some() && password.chars().count() <= rules::LONGEST;
    let hash = if is_known { hash.unwrap_or(NOBODY) } else { NOBODY }.to_owned();
    // what is longer than a password may be is not read to its end
    let normal: String = rules::normal(&password.chars().take(rules::LONGEST).collect::<String>());
    let fits = in_turn(move || {
        let hash =
            PasswordHash::new(&hash).map_err(|_| Error::internal("a stored password hash cannot be read"))?;
        Ok(Argon2::default().verify_password(normal.as_bytes(), &hash).is_ok())
    })
    .await?;
    Ok(fits && is_known)
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = tokio::time::timeout(Duration::from_secs(10), TURNS.acquire())
        .await
        .map_err(|_| Error::Unavailable("sign-in"))?
        .map_err(|_| Error::Unavailable("sign-in"))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::internal(format!("hashing stopped: {error}")))?
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_hash_however_it_was_composed() {
        let secret = prepare("password", "caf\u{e9} con leche caliente", rules::ALONE, &[]).await.unwrap();
        assert!(secret.alone && secret.hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("cafe\u{301} con leche caliente", Some(&secret.hash)).await.unwrap());
        assert!(!verify("café con leche caliente ", Some(&secret.hash)).await.unwrap());
        assert!(!verify("café con leche caliente", None).await.unwrap());
        assert!(!verify(&"x".repeat(100_000), Some(&secret.hash)).await.unwrap());
        assert!(PasswordHash::new(NOBODY).is_ok(), "the stand-in costs as much");
    }
}
