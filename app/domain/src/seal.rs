//! Health data at rest: a key for every person, wrapped by the installation's key; erasing a person destroys theirs.
//! Sealed values are bound to the place they stand in, so a row's words cannot be moved to another row.

use crate::error::{Error, Result};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The installation's keys, all derived from one master secret of 32 bytes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Keys {
    wrapping: [u8; 32],
    lookup: [u8; 32],
    common: [u8; 32],
    anchor: [u8; 32],
    package: [u8; 32],
}

/// A key that seals one person's data, or what belongs to nobody yet.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl Keys {
    pub fn from_master(master: &[u8; 32]) -> Keys {
        let derive = |name: &str| mac(master, &[b"handrail", name.as_bytes()]);
        Keys {
            wrapping: derive("wrapping"),
            lookup: derive("lookup"),
            common: derive("common"),
            anchor: derive("anchor"),
            package: derive("package"),
        }
    }

    /// The seed of the key that signs approval packages.
    pub fn package_seed(&self) -> &[u8; 32] {
        &self.package
    }

    /// A fresh key for a person and its wrapped form, which is what the database keeps.
    pub fn new_person_key(&self, person: impl std::fmt::Display) -> Result<(DataKey, Vec<u8>)> {
        let mut key = [0_u8; 32];
        rand::fill(&mut key);
        let wrapped = seal(&self.wrapping, &format!("people.key:{person}"), &key)?;
        Ok((DataKey(key), wrapped))
    }

    /// The person's key from its wrapped form.
    ///
    /// # Errors
    /// `NotFound` when the key was destroyed (the person was erased), `Internal` when it was tampered with.
    pub fn person_key(&self, person: impl std::fmt::Display, wrapped: Option<&[u8]>) -> Result<DataKey> {
        let wrapped = wrapped.ok_or(Error::NotFound)?;
        let key = open(&self.wrapping, &format!("people.key:{person}"), wrapped)?;
        Ok(DataKey(key.try_into().map_err(|_| Error::internal("a person key has the wrong length"))?))
    }

    /// The key for what belongs to no person yet: drafts, questions of visitors.
    pub fn common(&self) -> DataKey {
        DataKey(self.common)
    }

    /// A keyed hash by which a value can be found again but not read: for e-mail addresses, phones, tokens' owners.
    pub fn lookup(&self, domain: &str, value: &str) -> String {
        hex::encode(mac(&self.lookup, &[domain.as_bytes(), value.as_bytes()]))
    }

    /// The mark under an anchor of the audit chain.
    pub fn anchor(&self, seq: i64, hash: &str) -> String {
        hex::encode(mac(&self.anchor, &[&seq.to_be_bytes(), hash.as_bytes()]))
    }
}

impl DataKey {
    /// Seals a text for one place, such as `case_notes.text:<id>`.
    pub fn seal(&self, place: &str, text: &str) -> Result<Vec<u8>> {
        seal(&self.0, place, text.as_bytes())
    }

    /// Opens what was sealed for the same place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<String> {
        String::from_utf8(open(&self.0, place, sealed)?)
            .map_err(|_| Error::internal("a sealed text is not text"))
    }

    /// Opens a nullable column; null stays none.
    pub fn open_optional(&self, place: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
        sealed.map(|sealed| self.open(place, sealed)).transpose()
    }

    /// Seals bytes, for files.
    pub fn seal_bytes(&self, place: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0, place, bytes)
    }

    pub fn open_bytes(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        open(&self.0, place, sealed)
    }
}

/// A random token of 256 bits for a cookie or a link, and the hash the database keeps of it.
pub fn token() -> (String, String) {
    use base64::Engine;
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes);
    let token = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let hash = token_hash(&token);
    (token, hash)
}

/// What the database keeps of a token.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

fn seal(key: &[u8; 32], place: &str, plain: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0_u8; NONCE];
    rand::fill(&mut nonce);
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() })
        .map_err(|_| Error::internal("sealing failed"))?;
    let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
    out.push(VERSION);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

fn open(key: &[u8; 32], place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let broken = || Error::internal("a sealed value does not open: wrong key, wrong place or tampered");
    let (&version, rest) = sealed.split_first().ok_or_else(broken)?;
    if version != VERSION || rest.len() < NONCE {
        return Err(broken());
    }
    let (nonce, body) = rest.split_at(NONCE);
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
    XChaCha20Poly1305::new(&(*key).into())
        .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: place.as_bytes() })
        .map_err(|_| broken())
}

/// HMAC-SHA256 over length-prefixed parts.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    #[allow(clippy::expect_used)] // HMAC takes a key of any length
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes any key");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_only_in_its_place_with_its_key() {
        let keys = Keys::from_master(&[7; 32]);
        let (key, wrapped) = keys.new_person_key("p1").unwrap();
        let sealed = key.seal("notes.text:1", "Me mareé").unwrap();
        assert_eq!(
            keys.person_key("p1", Some(&wrapped)).unwrap().open("notes.text:1", &sealed).unwrap(),
            "Me mareé"
        );
        assert!(key.open("notes.text:2", &sealed).is_err(), "another place");
        assert!(keys.common().open("notes.text:1", &sealed).is_err(), "another key");
        assert!(keys.person_key("p2", Some(&wrapped)).is_err(), "another person's key");
        assert!(matches!(keys.person_key("p1", None), Err(Error::NotFound)), "an erased person");
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(key.open("notes.text:1", &bent).is_err(), "byte {at}");
        }
    }
}
