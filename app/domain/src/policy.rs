//! Who may do what: one table, denied by default. Whose rows they may do it to is for the queries,
//! which load only what the actor may see.

use crate::actor::{Actor, Role};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Everything that needs a right.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// All actions, for the permission snapshot.
            pub const ALL: &'static [Action] = &[$(Action::$name),+];

            /// As audit rows keep it: `noun.verb`.
            pub const fn code(self) -> &'static str {
                match self { $(Action::$name => $code),+ }
            }
        }
    };
}

actions! {
    /// Read the pages anyone may read.
    ReadPublic = "public.read",
    /// Fill in and submit an enrollment.
    Enroll = "enrollments.submit",
    /// Ask the assistant.
    Ask = "assistant.ask",
    /// See one's own cases and what belongs to them.
    ReadOwnCase = "cases.read_own",
    /// Send a document one was asked for.
    SendDocument = "documents.send",
    /// Read education for one's own stage and be remembered.
    Learn = "content.learn",
    /// Say who may contact one about what.
    SetPreferences = "consents.set",
    /// One's own sign-in methods and sessions.
    ManageAccount = "account.manage",
    /// See the worklist.
    ReadWorklist = "worklist.read",
    /// See any case of the programs one works for.
    ReadCase = "cases.read",
    /// Move a case on or back.
    AdvanceCase = "cases.advance",
    /// Write a note on a case, tick its checklist.
    NoteCase = "cases.note",
    /// Ask a patient for a document.
    RequestDocument = "documents.request",
    /// See, accept or reject a document.
    ReviewDocument = "documents.review",
    /// Take and settle what was handed over by the assistant.
    AnswerThread = "assistant.answer",
    /// See what the assistant could not answer.
    ReadGaps = "assistant.read_gaps",
    /// See and settle safety records.
    HandleSafety = "safety.handle",
    /// Flag a text as a safety matter.
    FlagSafety = "safety.flag",
    /// Read the content library.
    ReadLibrary = "content.read",
    /// Write drafts, and hand them in.
    WriteContent = "content.write",
    /// Sign at one's desk, or send back.
    ReviewContent = "content.review",
    /// Make signed words live.
    PublishContent = "content.publish",
    /// Take words from their readers at once.
    WithdrawContent = "content.withdraw",
    /// Add or change a program.
    ManagePrograms = "programs.manage",
    /// See what was sent and what failed.
    ReadMessages = "messages.read",
    /// Read the audit trail.
    ReadAudit = "audit.read",
}

/// Whether the actor may do this at all.
pub fn may(actor: &Actor, action: Action) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Anonymous => matches!(action, Action::ReadPublic | Action::Enroll | Action::Ask),
        Actor::Person { .. } => matches!(
            action,
            Action::ReadPublic
                | Action::Enroll
                | Action::Ask
                | Action::ReadOwnCase
                | Action::SendDocument
                | Action::Learn
                | Action::SetPreferences
                | Action::ManageAccount
        ),
        Actor::Staff { roles, .. } => {
            matches!(action, Action::ReadPublic | Action::ManageAccount | Action::FlagSafety)
                || roles.iter().any(|role| role_may(*role, action))
        }
    }
}

/// What one staff role adds.
fn role_may(role: Role, action: Action) -> bool {
    use Action as A;
    match role {
        Role::CaseManager | Role::Nurse => matches!(
            action,
            A::ReadWorklist
                | A::ReadCase
                | A::AdvanceCase
                | A::NoteCase
                | A::RequestDocument
                | A::ReviewDocument
                | A::AnswerThread
                | A::ReadMessages
                | A::ReadLibrary
        ),
        Role::AccessSpecialist => matches!(
            action,
            A::ReadWorklist
                | A::ReadCase
                | A::AdvanceCase
                | A::NoteCase
                | A::RequestDocument
                | A::ReviewDocument
                | A::AnswerThread
                | A::ReadLibrary
        ),
        Role::MedicalInformation => {
            matches!(
                action,
                A::ReadWorklist | A::ReadCase | A::NoteCase | A::AnswerThread | A::ReadGaps | A::ReadLibrary
            )
        }
        Role::Author => matches!(action, A::ReadGaps | A::ReadLibrary | A::WriteContent),
        Role::MedicalReviewer | Role::LegalReviewer | Role::RegulatoryReviewer => {
            matches!(action, A::ReadLibrary | A::ReviewContent | A::WithdrawContent)
        }
        Role::Publisher => matches!(action, A::ReadLibrary | A::PublishContent | A::WithdrawContent),
        Role::SafetyOfficer => matches!(
            action,
            A::ReadWorklist
                | A::ReadCase
                | A::NoteCase
                | A::HandleSafety
                | A::ReadLibrary
                | A::WithdrawContent
        ),
        Role::QualityReviewer => {
            matches!(action, A::ReadWorklist | A::ReadCase | A::ReadMessages | A::ReadLibrary)
        }
        Role::ProgramAdministrator => {
            matches!(action, A::ReadWorklist | A::ReadLibrary | A::ReadMessages | A::ManagePrograms)
        }
        Role::Auditor => matches!(action, A::ReadAudit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PersonId, SessionId};

    fn staff(roles: &[Role]) -> Actor {
        Actor::Staff { id: PersonId::fixed(1), session: SessionId::fixed(1), roles: roles.to_vec() }
    }

    #[test]
    fn what_is_not_granted_is_denied() {
        let patient = Actor::Person { id: PersonId::fixed(1), session: SessionId::fixed(1) };
        assert!(may(&patient, Action::ReadOwnCase));
        assert!(!may(&patient, Action::ReadCase));
        assert!(!may(&Actor::Anonymous, Action::ReadOwnCase));
        assert!(!may(&staff(&[]), Action::ReadWorklist));
        assert!(!may(&staff(&[Role::Author]), Action::PublishContent));
        assert!(!may(&staff(&[Role::Auditor]), Action::ReadCase));
        assert!(may(&staff(&[Role::Author, Role::SafetyOfficer]), Action::HandleSafety));
    }

    #[test]
    fn no_staff_member_may_act_as_a_patient() {
        for role in Role::ALL {
            for action in [Action::ReadOwnCase, Action::SendDocument, Action::SetPreferences] {
                assert!(!may(&staff(&[role]), action), "{role:?} {action:?}");
            }
        }
    }
}
