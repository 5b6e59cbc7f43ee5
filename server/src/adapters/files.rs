//! Where sealed files are: a folder, or a memory for tests. Nothing reaches it unsealed, and a key is made from ids
//! alone, never from a name somebody chose.

use bytes::Bytes;
use domain::error::{Error, Result};
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The store of files.
#[derive(Debug, Clone)]
pub enum Files {
    Folder(Arc<LocalFileSystem>),
    Memory(Arc<InMemory>),
}

/// One file as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub key: String,
    /// Milliseconds since 1970, by the store's own clock.
    pub changed_at: i64,
}

impl Files {
    /// A folder, made if it is not there, that nobody but the service may look into.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be made or written.
    pub fn folder(dir: &Path) -> Result<Files> {
        let unusable = |_| Error::Unavailable("folder for files");
        std::fs::create_dir_all(dir).map_err(unusable)?;
        only_for_us(dir).map_err(unusable)?;
        let folder = LocalFileSystem::new_with_prefix(dir)
            .map_err(|error| refused("open", &error))?
            .with_automatic_cleanup(true);
        Ok(Files::Folder(Arc::new(folder)))
    }

    pub fn memory() -> Files {
        Files::Memory(Arc::new(InMemory::new()))
    }

    fn store(&self) -> &dyn ObjectStore {
        match self {
            Files::Folder(folder) => folder.as_ref(),
            Files::Memory(memory) => memory.as_ref(),
        }
    }

    /// Stores a file whole, or not at all.
    pub async fn put(&self, key: &str, bytes: impl Into<Bytes>) -> Result<()> {
        self.store()
            .put(&Key::from(key), bytes.into().into())
            .await
            .map(drop)
            .map_err(|error| refused("write", &error))
    }

    /// # Errors
    /// `NotFound` when it is not there.
    pub async fn get(&self, key: &str) -> Result<Bytes> {
        let found = self.store().get(&Key::from(key)).await.map_err(|error| refused("read", &error))?;
        found.bytes().await.map_err(|error| refused("read", &error))
    }

    /// A piece of a file.
    ///
    /// # Errors
    /// `NotFound` when it is not there.
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<Bytes> {
        self.store().get_range(&Key::from(key), range).await.map_err(|error| refused("read", &error))
    }

    /// Deletes a file. One that is not there is deleted already.
    pub async fn delete(&self, key: &str) -> Result<()> {
        match self.store().delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(refused("delete", &error)),
        }
    }

    /// The files below a folder.
    pub async fn list(&self, below: &str) -> Result<Vec<Listed>> {
        self.store()
            .list(Some(&Key::from(below)))
            .map_ok(|found| Listed {
                key: found.location.to_string(),
                changed_at: found.last_modified.timestamp_millis(),
            })
            .try_collect()
            .await
            .map_err(|error| refused("list", &error))
    }

    /// Deletes every file below a folder.
    pub async fn delete_below(&self, below: &str) -> Result<()> {
        for file in self.list(below).await? {
            self.delete(&file.key).await?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn only_for_us(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn only_for_us(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// What the store says may hold a path; what people read must not.
fn refused(what: &'static str, error: &object_store::Error) -> Error {
    if matches!(error, object_store::Error::NotFound { .. }) {
        return Error::NotFound;
    }
    tracing::error!(what, %error, "the store of files refused");
    Error::Unavailable("store of files")
}
