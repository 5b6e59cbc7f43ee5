//! Bytes on their way in. They are sealed with the person's key block by block, so a file that is half here is as closed
//! as one that is whole, and a connection that breaks loses no more than the block under way.

use crate::adapters::files::Files;
use domain::error::{Error, Result};
use domain::ids::UploadId;
use domain::seal::DataKey;

/// Bytes in a block.
const BLOCK: usize = 1024 * 1024;

/// A file coming in from an offset.
pub struct Incoming {
    files: Files,
    key: DataKey,
    id: UploadId,
    /// Bytes that are safely stored.
    stored: i64,
    waiting: Vec<u8>,
}

impl Incoming {
    pub fn new(files: &Files, key: &DataKey, id: UploadId, from: i64) -> Incoming {
        Incoming { files: files.clone(), key: key.clone(), id, stored: from, waiting: Vec::new() }
    }

    /// Bytes taken so far, stored or waiting.
    pub fn length(&self) -> i64 {
        self.stored.saturating_add(i64::try_from(self.waiting.len()).unwrap_or(i64::MAX))
    }

    /// Takes more bytes. Returns whether a block became full and was stored.
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<bool> {
        let before = self.stored;
        while !bytes.is_empty() {
            let room = BLOCK - self.waiting.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
            if self.waiting.len() == BLOCK {
                self.flush().await?;
            }
        }
        Ok(self.stored > before)
    }

    /// Stores what waits, and returns how many bytes are safe.
    pub async fn flush(&mut self) -> Result<i64> {
        if !self.waiting.is_empty() {
            let sealed = self.key.seal_bytes(&place(self.id, self.stored), &self.waiting)?;
            self.files.put(&block(self.id, self.stored), sealed).await?;
            self.stored = self.length();
            self.waiting.clear();
        }
        Ok(self.stored)
    }
}

/// The whole file, from its blocks.
pub(super) async fn whole(files: &Files, key: &DataKey, id: UploadId, length: i64) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    loop {
        let at = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        if at >= length {
            break;
        }
        let sealed = files.get(&block(id, at)).await?;
        bytes.extend_from_slice(&key.open_bytes(&place(id, at), &sealed)?);
    }
    if i64::try_from(bytes.len()) != Ok(length) {
        return Err(Error::internal("the blocks of an upload do not add up"));
    }
    Ok(bytes)
}

/// Throws away the blocks of an upload.
pub(crate) async fn discard(files: &Files, id: UploadId) {
    if let Err(error) = files.delete_below(&folder(id)).await {
        tracing::warn!(%error, "blocks of an upload stay until they are swept away");
    }
}

/// The folder of all uploads under way.
pub(super) const FOLDER: &str = "uploads";

fn folder(id: UploadId) -> String {
    format!("{FOLDER}/{id}")
}

fn block(id: UploadId, at: i64) -> String {
    format!("{FOLDER}/{id}/{at:012}")
}

fn place(id: UploadId, at: i64) -> String {
    format!("uploads.block:{id}:{at}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use domain::seal::Keys;

    #[tokio::test]
    async fn what_came_in_pieces_is_whole_and_closed() {
        let (files, key, id) = (Files::memory(), Keys::from_master(&[7; 32]).common(), UploadId::fixed(1));
        let bytes: Vec<u8> = (0..BLOCK * 2 + 77).map(|at| (at % 251) as u8).collect();
        let mut incoming = Incoming::new(&files, &key, id, 0);
        for piece in bytes[..BLOCK + 10].chunks(9_999) {
            incoming.write(piece).await.unwrap();
        }
        // the connection breaks: what waited was stored, and the next one goes on from there
        let stored = incoming.flush().await.unwrap();
        assert_eq!(stored, (BLOCK + 10) as i64);
        let mut incoming = Incoming::new(&files, &key, id, stored);
        incoming.write(&bytes[BLOCK + 10..]).await.unwrap();
        assert_eq!(incoming.flush().await.unwrap(), bytes.len() as i64);
        assert!(whole(&files, &key, id, bytes.len() as i64).await.unwrap() == bytes);
        for file in files.list(FOLDER).await.unwrap() {
            let sealed = files.get(&file.key).await.unwrap();
            assert!(!sealed.windows(16).any(|window| window == &bytes[..16]), "not sealed");
        }
        discard(&files, id).await;
        assert!(files.list(FOLDER).await.unwrap().is_empty());
    }
}
