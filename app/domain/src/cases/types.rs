//! The states a case can be in.

use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// As stored, and as the last part of its label's key.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(code: &str) -> Result<Self, Error> {
                $name::ALL.iter().copied().find(|value| value.code() == code)
                    .ok_or_else(|| Error::internal(concat!("unknown ", stringify!($name))))
            }
        }
    };
}

pub(crate) use states;

states! {
    /// The four stages a patient knows (ON-16), and the end.
    Stage {
        EnrollmentStarted = "enrollment_started",
        AccessInProgress = "access_in_progress",
        TherapyStartConfirmed = "therapy_start_confirmed",
        RefillSupportOngoing = "refill_support_ongoing",
        Closed = "closed",
    }
}

impl Stage {
    /// Which of the four stages this is, counted from 1; a closed case is in none.
    pub fn place(self) -> Option<usize> {
        Stage::ALL.iter().take(4).position(|other| *other == self).map(|place| place + 1)
    }
}

states! {
    /// Where in its stage a case stands. Each has an approved sentence in every language.
    SubStatus {
        Received = "received",
        ConsentPending = "consent_pending",
        DocumentsNeeded = "documents_needed",
        BvRunning = "bv_running",
        BvDone = "bv_done",
        PaSubmitted = "pa_submitted",
        PaInfoRequested = "pa_info_requested",
        PaDenied = "pa_denied",
        AppealOpen = "appeal_open",
        PaApproved = "pa_approved",
        BridgeActive = "bridge_active",
        ShipmentScheduled = "shipment_scheduled",
        FirstDispense = "first_dispense",
        RefillDue = "refill_due",
        RefillLate = "refill_late",
        ClosedCompleted = "closed_completed",
        ClosedWithdrawn = "closed_withdrawn",
        ClosedNotEligible = "closed_not_eligible",
        ClosedTherapyStopped = "closed_therapy_stopped",
        ClosedNoContact = "closed_no_contact",
        ClosedDuplicate = "closed_duplicate",
    }
}

states! {
    /// Who must act before the case moves on.
    WaitingOn {
        You = "you",
        Doctor = "doctor",
        Insurer = "insurer",
        Pharmacy = "pharmacy",
        Program = "program",
        Nobody = "nobody",
    }
}

states! {
    /// Who filled in the enrollment.
    Filler {
        Patient = "self",
        Caregiver = "caregiver",
        Staff = "staff",
    }
}
