//! Who acts. Every verb is told, every audit row remembers.

use crate::ids::{PersonId, SessionId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a staff member is trusted with. A person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    CaseManager,
    AccessSpecialist,
    Nurse,
    MedicalInformation,
    Author,
    MedicalReviewer,
    LegalReviewer,
    RegulatoryReviewer,
    Publisher,
    SafetyOfficer,
    QualityReviewer,
    ProgramAdministrator,
    Auditor,
}

impl Role {
    pub const ALL: [Role; 13] = [
        Role::CaseManager,
        Role::AccessSpecialist,
        Role::Nurse,
        Role::MedicalInformation,
        Role::Author,
        Role::MedicalReviewer,
        Role::LegalReviewer,
        Role::RegulatoryReviewer,
        Role::Publisher,
        Role::SafetyOfficer,
        Role::QualityReviewer,
        Role::ProgramAdministrator,
        Role::Auditor,
    ];

    /// As stored, and as the last part of its label's key.
    pub const fn code(self) -> &'static str {
        match self {
            Role::CaseManager => "case_manager",
            Role::AccessSpecialist => "access_specialist",
            Role::Nurse => "nurse",
            Role::MedicalInformation => "medical_information",
            Role::Author => "author",
            Role::MedicalReviewer => "medical_reviewer",
            Role::LegalReviewer => "legal_reviewer",
            Role::RegulatoryReviewer => "regulatory_reviewer",
            Role::Publisher => "publisher",
            Role::SafetyOfficer => "safety_officer",
            Role::QualityReviewer => "quality_reviewer",
            Role::ProgramAdministrator => "program_administrator",
            Role::Auditor => "auditor",
        }
    }
}

impl FromStr for Role {
    type Err = crate::error::Error;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Role::ALL
            .into_iter()
            .find(|role| role.code() == code)
            .ok_or_else(|| crate::error::Error::internal(format!("unknown role {code}")))
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has signed in.
    Anonymous,
    /// A patient or someone who helps one, signed in.
    Person { id: PersonId, session: SessionId },
    /// A staff member, signed in with two factors.
    Staff { id: PersonId, session: SessionId, roles: Vec<Role> },
    /// The portal itself: a job, a reaction or a command, by its name.
    System(&'static str),
}

impl Actor {
    /// The human being behind the act, if there is one.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Person { id, .. } | Actor::Staff { id, .. } => Some(*id),
            Actor::Anonymous | Actor::System(_) => None,
        }
    }

    pub fn session(&self) -> Option<SessionId> {
        match self {
            Actor::Person { session, .. } | Actor::Staff { session, .. } => Some(*session),
            Actor::Anonymous | Actor::System(_) => None,
        }
    }

    pub fn is_staff(&self) -> bool {
        matches!(self, Actor::Staff { .. })
    }

    pub fn has_role(&self, role: Role) -> bool {
        matches!(self, Actor::Staff { roles, .. } if roles.contains(&role))
    }
}

impl fmt::Display for Actor {
    /// As audit and event rows keep it: `anonymous`, `person:<id>`, `staff:<id>`, `system:<name>`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Anonymous => f.write_str("anonymous"),
            Actor::Person { id, .. } => write!(f, "person:{id}"),
            Actor::Staff { id, .. } => write!(f, "staff:{id}"),
            Actor::System(name) => write!(f, "system:{name}"),
        }
    }
}
