//! What a consent is.

use crate::cases::types::states;
use crate::error::Error;
use crate::ids::{CaseId, ConsentId, PersonId};
use crate::locale::Locale;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

states! {
    /// What a person agrees to.
    Purpose {
        /// That the program opens a case and helps.
        ProgramServices = "program_services",
        /// That doctor, insurer and pharmacy share health information with the program; signed, and it expires.
        HealthAuthorization = "health_authorization",
        Reminders = "reminders",
        Education = "education",
        Surveys = "surveys",
        /// Advertising: separate, and off until somebody says yes.
        Marketing = "marketing",
    }
}

states! {
    /// How a person is reached. The portal itself is one: a case there is shown and kept.
    Channel {
        Portal = "portal",
        Email = "email",
        Sms = "sms",
        Phone = "phone",
        Post = "post",
    }
}

states! {
    /// The door a consent came through.
    How {
        Enrollment = "enrollment",
        Invitation = "invitation",
        Preferences = "preferences",
        Staff = "staff",
        /// One click in a mail.
        Unsubscribe = "unsubscribe",
        /// STOP in answer to a text.
        Sms = "sms",
    }
}

impl Purpose {
    /// What the law wants signed by name.
    pub const fn is_signed(self) -> bool {
        matches!(self, Purpose::HealthAuthorization)
    }

    /// Without it the program cannot begin.
    pub const fn is_needed(self) -> bool {
        matches!(self, Purpose::ProgramServices | Purpose::HealthAuthorization)
    }
}

/// A purpose and a channel from `program_services.sms`, as programs and slugs of wordings name them.
pub fn slug_parts(slug: &str) -> Option<(Purpose, Channel)> {
    let (purpose, channel) = slug.split_once('.')?;
    Some((purpose.parse().ok()?, channel.parse().ok()?))
}

/// The slug of the wording of a purpose and channel.
pub fn slug(purpose: Purpose, channel: Channel) -> String {
    format!("{purpose}.{channel}")
}

/// The words a person had before them: item, edition, language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub item: String,
    pub edition: i64,
    pub locale: Locale,
}

/// An answer about to be written into the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConsent {
    pub case: CaseId,
    pub person: PersonId,
    pub purpose: Purpose,
    pub channel: Channel,
    pub is_given: bool,
    pub wording: Wording,
    pub how: How,
    /// The typed name, where the purpose is signed.
    pub signature: Option<String>,
    /// Who answered, where it is not the signed-in actor: the patient through an invitation.
    pub by: Option<PersonId>,
    pub expires_at: Option<Timestamp>,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub id: ConsentId,
    pub seq: i64,
    pub case: CaseId,
    pub person: PersonId,
    pub purpose: Purpose,
    pub channel: Channel,
    pub is_given: bool,
    pub wording: Wording,
    pub actor: String,
    pub how: How,
    pub at: Timestamp,
    pub expires_at: Option<Timestamp>,
}
