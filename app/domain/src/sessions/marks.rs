//! The device mark: a cookie by which a device that signed in before is known again, so that nobody can keep its owner
//! out by trying wrong passwords from elsewhere (AB-06). It opens nothing. It names a random device and holds a keyed
//! hash for each of the last few accounts, void once that account's password changes.

use super::store::Account;
use crate::seal::{self, Keys};
use subtle::ConstantTimeEq;

/// How many accounts one device remembers.
const ACCOUNTS: usize = 4;
const HASH: usize = 32;

/// The random name of the device, if its mark holds this account.
pub(super) fn device<'m>(keys: &Keys, mark: Option<&'m str>, account: &Account) -> Option<&'m str> {
    let mut parts = mark?.split('.');
    let device = parts.next().filter(|device| device.len() == 43)?;
    let expected = hash(keys, device, account);
    parts.take(ACCOUNTS).any(|part| part.as_bytes().ct_eq(expected.as_bytes()).into()).then_some(device)
}

/// The mark after this account signed in on the device.
pub(super) fn add(keys: &Keys, mark: Option<&str>, account: &Account) -> String {
    let mut parts = mark.unwrap_or_default().split('.');
    let device = match parts.next() {
        Some(device)
            if device.len() == 43
                && device.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) =>
        {
            device.to_owned()
        }
        _ => seal::token().0,
    };
    let own = hash(keys, &device, account);
    let others = parts
        .filter(|part| {
            part.len() == HASH && part.bytes().all(|byte| byte.is_ascii_hexdigit()) && **part != own
        })
        .take(ACCOUNTS - 1);
    let mut mark = format!("{device}.{own}");
    for other in others {
        mark.push('.');
        mark.push_str(other);
    }
    mark
}

fn hash(keys: &Keys, device: &str, account: &Account) -> String {
    let since = account.password_set_at.map_or(0, |at| at.0);
    let mut hash = keys.lookup("device", &format!("{device}:{}:{since}", account.person));
    hash.truncate(HASH);
    hash
}
