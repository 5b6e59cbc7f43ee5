//! The programs in memory: read at start, and again when one changes.

use super::store;
use super::types::Program;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::ProgramId;
use std::sync::{Arc, PoisonError, RwLock};

#[derive(Debug)]
pub struct Catalogue {
    programs: RwLock<Arc<Vec<Arc<Program>>>>,
}

impl Catalogue {
    pub async fn load(db: &Db) -> Result<Catalogue> {
        Ok(Catalogue { programs: RwLock::new(Arc::new(read(db).await?)) })
    }

    pub async fn refresh(&self, db: &Db) -> Result<()> {
        let programs = Arc::new(read(db).await?);
        *self.programs.write().unwrap_or_else(PoisonError::into_inner) = programs;
        Ok(())
    }

    /// All programs, by name.
    pub fn all(&self) -> Arc<Vec<Arc<Program>>> {
        self.programs.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A program by the code in an address.
    pub fn by_code(&self, code: &str) -> Option<Arc<Program>> {
        self.all().iter().find(|program| program.code == code).cloned()
    }

    /// A program a row points at.
    pub fn get(&self, id: ProgramId) -> Result<Arc<Program>> {
        self.all()
            .iter()
            .find(|program| program.id == id)
            .cloned()
            .ok_or_else(|| Error::internal("a row names a program that is not loaded"))
    }
}

async fn read(db: &Db) -> Result<Vec<Arc<Program>>> {
    let mut conn = db.read().await?;
    Ok(store::all(&mut conn).await?.into_iter().map(Arc::new).collect())
}
