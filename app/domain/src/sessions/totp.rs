//! Six digits from an authenticator app: SHA-1, thirty seconds, one step of grace either way, each step good once.

use crate::error::{Error, Result};
use crate::time::Timestamp;
use totp_rs::{Builder, Secret, Totp};

/// A new secret of 160 bits, as base 32.
pub(super) fn new_secret() -> String {
    let mut bytes = [0_u8; 20];
    rand::fill(&mut bytes);
    Secret::from(bytes).to_base32()
}

/// The `otpauth:` address of a secret. The colon is the address's own and taken out of the names.
pub(super) fn url(secret: &str, issuer: &str, account: &str) -> Result<String> {
    let builder = Builder::new()
        .with_secret(bytes(secret)?)
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(account.replace(':', " "));
    builder.build().and_then(|totp| totp.to_url()).map_err(|_| Error::internal("no otpauth address"))
}

/// The step a code belongs to, if it is the right one now or was or will be half a minute away.
pub(super) fn step(secret: &str, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let totp: Totp = Builder::new()
        .with_secret(bytes(secret)?)
        .build()
        .map_err(|_| Error::internal("a secret of an authenticator app cannot be used"))?;
    let seconds = u64::try_from(now.0 / 1000).unwrap_or(0);
    Ok(totp.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

fn bytes(secret: &str) -> Result<Secret> {
    Secret::try_from_base32(secret)
        .map_err(|_| Error::internal("a secret of an authenticator app is not base 32"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    // RFC 6238, appendix B: the secret "12345678901234567890", the last six of eight digits
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn a_code_of_the_standard_fits_its_half_minute_and_the_ones_beside_it() {
        let at = |seconds: i64| step(SECRET, "287082", Timestamp(seconds * 1000)).unwrap();
        assert_eq!(at(59), Some(1));
        assert_eq!(at(89), Some(1));
        assert_eq!(at(0), Some(1));
        assert_eq!(at(90), None);
        assert_eq!(step(SECRET, "081804", Timestamp(1_111_111_109_000)).unwrap(), Some(37_037_036));
        assert_eq!(step(SECRET, "000000", Timestamp(59_000)).unwrap(), None);
    }

    #[test]
    fn an_address_for_an_app_holds_the_secret_and_the_names() {
        let secret = new_secret();
        let url = url(&secret, "Handrail: demo", "luis@example.com").unwrap();
        assert_eq!(secret.len(), 32);
        assert!(url.starts_with("otpauth://totp/Handrail%20%20demo:luis%40example.com?secret="), "{url}");
        assert!(url.contains(&secret));
    }
}
