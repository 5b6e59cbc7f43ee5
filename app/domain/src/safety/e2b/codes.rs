//! Object identifiers and code lists of ICH E2B(R3), and the few of the US region, as they stand in published reports.

use crate::locale::Locale;

/// The namespace of every element.
pub(super) const HL7: &str = "urn:hl7-org:v3";
/// The namespace of `xsi:type`.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Countries, ISO 3166-1 with two letters.
pub(super) const COUNTRIES: &str = "1.0.3166.1.2.2";
/// The dictionary of medical terms that regulators ask for.
pub(super) const MEDDRA: &str = "2.16.840.1.113883.6.163";
/// The US National Cancer Institute's thesaurus, where the US region takes its own questions from.
pub(super) const NCI: &str = "2.16.840.1.113883.3.26.1.1";
/// What an observation is about.
const ASKED: &str = "2.16.840.1.113883.3.989.2.1.1.19";
/// What a group of observations is about.
const GROUPS: &str = "2.16.840.1.113883.3.989.2.1.1.20";
/// Whose words a comment is.
const AUTHORS: &str = "2.16.840.1.113883.3.989.2.1.1.21";
const INVESTIGATIONS: &str = "2.16.840.1.113883.3.989.2.1.1.22";
const CHARACTERISTICS: &str = "2.16.840.1.113883.3.989.2.1.1.23";
const DOCUMENTS: &str = "2.16.840.1.113883.3.989.2.1.1.27";

/// Whose identifiers they are: the `root` beside an `extension`.
pub(super) mod root {
    pub(in super::super) const INTERACTION: &str = "2.16.840.1.113883.1.6";
    pub(in super::super) const TRIGGER: &str = "2.16.840.1.113883.1.18";
    /// C.1.1, and N.2.r.1 as well.
    pub(in super::super) const REPORT: &str = "2.16.840.1.113883.3.989.2.1.3.1";
    /// C.1.8.1 and C.1.10.r.
    pub(in super::super) const WORLDWIDE: &str = "2.16.840.1.113883.3.989.2.1.3.2";
    /// C.1.9.1.r.2.
    pub(in super::super) const OTHER_CASE: &str = "2.16.840.1.113883.3.989.2.1.3.3";
    pub(in super::super) const MESSAGE_SENDER: &str = "2.16.840.1.113883.3.989.2.1.3.11";
    pub(in super::super) const MESSAGE_RECEIVER: &str = "2.16.840.1.113883.3.989.2.1.3.12";
    pub(in super::super) const BATCH_SENDER: &str = "2.16.840.1.113883.3.989.2.1.3.13";
    pub(in super::super) const BATCH_RECEIVER: &str = "2.16.840.1.113883.3.989.2.1.3.14";
    /// ACK.B.r.2.
    pub(in super::super) const LOCAL_REPORT: &str = "2.16.840.1.113883.3.989.2.1.3.19";
    /// ACK.M.1.
    pub(in super::super) const ACK_BATCH: &str = "2.16.840.1.113883.3.989.2.1.3.20";
    /// N.1.2.
    pub(in super::super) const BATCH: &str = "2.16.840.1.113883.3.989.2.1.3.22";
}

/// What stands in a `code` element: the code, its system, and the name samples give it.
pub(super) type Topic = ((&'static str, &'static str), &'static str);

/// The topics of observations, groups, investigations and documents.
pub(super) mod topic {
    use super::{ASKED, AUTHORS, CHARACTERISTICS, DOCUMENTS, GROUPS, INVESTIGATIONS, NCI, Topic};

    macro_rules! topics {
        ($($system:ident { $($name:ident = $code:literal $words:literal),+ $(,)? })+) => {
            $($(pub(in super::super) const $name: Topic = (($code, $system), $words);)+)+
        };
    }

    topics! {
        ASKED {
            DOCUMENTS_AVAILABLE = "1" "additionalDocumentsAvailable",
            AGE = "3" "age",
            AGE_GROUP = "4" "ageGroup",
            COMMENT = "10" "comment",
            CONGENITAL = "12" "congenitalAnomalyBirthDefect",
            GESTATION = "16" "gestationPeriod",
            HISTORY_TEXT = "18" "historyAndConcurrentConditionText",
            INDICATION = "19" "indication",
            ROLE = "20" "interventionCharacterization",
            LIFE_THREATENING = "21" "isLifeThreatening",
            LAST_PERIOD = "22" "lastMenstrualPeriodDate",
            EXPEDITED = "23" "localCriteriaForExpedited",
            CONFIRMED = "24" "medicalConfirmationByHealthProfessional",
            IMPORTANT = "26" "otherMedicallyImportantCondition",
            OUTCOME = "27" "outcome",
            REACTION = "29" "reaction",
            TRANSLATION = "30" "reactionForTranslation",
            HOSPITAL = "33" "requiresInpatientHospitalization",
            DEATH = "34" "resultsInDeath",
            DISABLING = "35" "resultsInPersistentOrSignificantDisability",
            SUMMARY = "36" "summaryAndComment",
            HIGHLIGHTED = "37" "termHighlightedByReporter",
        }
        GROUPS { HISTORY = "1" "relevantMedicalHistoryAndConcurrentConditions", DRUGS = "4" "drugInformation" }
        AUTHORS { SENDER = "1" "sender", REPORTER = "2" "reporter", SOURCE = "3" "sourceReporter" }
        INVESTIGATIONS { INITIAL = "1" "initialReport", SOURCE_REPORT = "2" "sourceReport" }
        CHARACTERISTICS { REPORT_TYPE = "1" "ICH ReportType", OTHER_IDS = "2" "otherCaseIds" }
        DOCUMENTS { HELD_DOCUMENT = "1" "documentsHeldBySender" }
        NCI {
            US_REPORT_TYPE = "C54588" "localCriteriaReportType",
            US_COMBINATION = "C156384" "Combination Product Report Indicator",
            RACE = "C17049" "Race",
            ETHNICITY = "C16564" "Ethnic Group",
        }
    }

    /// FDA.E.i.3.2h stands alone in a system of its own.
    pub(in super::super) const INTERVENTION: Topic =
        (("7", "2.16.840.1.113883.3.989.5.1.2.2.1.3"), "requiredIntervention");
}

/// One of a list of codes.
pub(super) trait Coded: Copy + Sized + 'static {
    const ALL: &'static [Self];
    const SYSTEM: &'static str;
    fn code(self) -> &'static str;
    /// What the list calls it.
    fn words(self) -> &'static str;
    fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident in $system:expr; { $($(#[$vdoc:meta])* $variant:ident = $code:literal $words:literal),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $name { $($(#[$vdoc])* $variant),+ }

            impl Coded for $name {
                const ALL: &'static [$name] = &[$($name::$variant),+];
                const SYSTEM: &'static str = $system;
                fn code(self) -> &'static str {
                    match self { $($name::$variant => $code),+ }
                }
                fn words(self) -> &'static str {
                    match self { $($name::$variant => $words),+ }
                }
            }
        )+
    };
}

codes! {
    /// What kind of report it is (C.1.3). What a support program asks for is solicited, and a regulator takes it as `Study`; what
    /// study it was (C.5) is not carried here, the sponsor adds it.
    Kind in "2.16.840.1.113883.3.989.2.1.1.2"; {
        Spontaneous = "1" "Spontaneous report",
        Study = "2" "Report from study",
        Other = "3" "Other",
        NotAvailable = "4" "Not available to sender (unknown)",
    }
    /// Who sent the case first (C.1.8.2).
    FirstSender in "2.16.840.1.113883.3.989.2.1.1.3"; {
        Regulator = "1" "regulator",
        Other = "2" "other",
    }
    /// What a reporter is (C.2.r.4).
    Qualification in "2.16.840.1.113883.3.989.2.1.1.6"; {
        Physician = "1" "Physician",
        Pharmacist = "2" "Pharmacist",
        OtherHealthProfessional = "3" "Other health professional",
        Lawyer = "4" "Lawyer",
        /// A patient, a caregiver, anybody without one of the trades above.
        Consumer = "5" "Consumer or other non health professional",
    }
    /// What the sender is (C.3.1).
    SenderKind in "2.16.840.1.113883.3.989.2.1.1.7"; {
        Company = "1" "Pharmaceutical Company",
        Regulator = "2" "Regulatory Authority",
        HealthProfessional = "3" "Health Professional",
        RegionalCentre = "4" "Regional Pharmacovigilance Centre",
        WhoCentre = "5" "WHO collaborating centres for international drug monitoring",
        Other = "6" "Other",
        Patient = "7" "Patient / Consumer",
    }
    /// The patient's age where no number is known (D.2.3).
    AgeGroup in "2.16.840.1.113883.3.989.2.1.1.9"; {
        Foetus = "0" "Foetus",
        Neonate = "1" "Neonate",
        Infant = "2" "Infant",
        Child = "3" "Child",
        Adolescent = "4" "Adolescent",
        Adult = "5" "Adult",
        Elderly = "6" "Elderly",
    }
    /// D.5.
    Sex in "1.0.5218"; {
        Male = "1" "Male",
        Female = "2" "Female",
    }
    /// Whether the reporter stressed the reaction, and found it serious (E.i.3.1).
    Highlight in "2.16.840.1.113883.3.989.2.1.1.10"; {
        YesNotSerious = "1" "Yes, highlighted by the reporter, NOT serious",
        NoNotSerious = "2" "No, not highlighted by the reporter, NOT serious",
        YesSerious = "3" "Yes, highlighted by the reporter, SERIOUS",
        NoSerious = "4" "No, not highlighted by the reporter, SERIOUS",
    }
    /// How a reaction ended, as last seen (E.i.7).
    Outcome in "2.16.840.1.113883.3.989.2.1.1.11"; {
        Unknown = "0" "unknown",
        Recovered = "1" "recovered/resolved",
        Recovering = "2" "recovering/resolving",
        NotRecovered = "3" "not recovered/not resolved/ongoing",
        RecoveredWithSequelae = "4" "recovered/resolved with sequelae",
        Fatal = "5" "fatal",
    }
    /// What part a drug has in the report (G.k.1).
    Role in "2.16.840.1.113883.3.989.2.1.1.13"; {
        Suspect = "1" "suspect",
        Concomitant = "2" "concomitant",
        Interacting = "3" "interacting",
        NotAdministered = "4" "drug not administered",
    }
    /// What was done with the drug (G.k.8).
    Action in "2.16.840.1.113883.3.989.2.1.1.15"; {
        Unknown = "0" "Unknown",
        Withdrawn = "1" "Drug withdrawn",
        Reduced = "2" "Dose reduced",
        Increased = "3" "Dose increased",
        NotChanged = "4" "Dose not changed",
        NotApplicable = "9" "Not applicable",
    }
    /// How soon the US agency must have it (FDA.C.1.7.1); only what its published reports show.
    UsKind in "2.16.840.1.113883.3.989.5.1.2.2.1.1.1"; {
        FifteenDay = "1" "15-Day",
        NotExpedited = "2" "Non-Expedited AE",
    }
    /// FDA.D.11.r.
    Race in NCI; {
        Black = "C16352" "African American",
        AmericanIndian = "C41259" "American Indian or Alaska Native",
        Asian = "C41260" "Asian",
        PacificIslander = "C41219" "Native Hawaiian or Other Pacific Islander",
        White = "C41261" "White",
    }
    /// FDA.D.12.
    Ethnicity in NCI; {
        Hispanic = "C17459" "Hispanic or Latino",
        NotHispanic = "C41222" "Not Hispanic or Latino",
    }
    /// Why something is not told (HL7 null flavours, implementation guide 3.3.6). Each element allows some of them.
    Null in ""; {
        /// Nothing can be said.
        NoInformation = "NI" "no information",
        /// Known to the sender and kept back.
        Masked = "MSK" "masked",
        Unknown = "UNK" "unknown",
        NotAsked = "NASK" "not asked",
        AskedButUnknown = "ASKU" "asked but unknown",
        NotApplicable = "NA" "not applicable",
    }
}

/// The language's code of three letters (ISO 639-2), as E.i.1.1b and H.5.r.1b want it.
pub const fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "ara",
        Locale::En => "eng",
        Locale::Es => "spa",
        Locale::Vi => "vie",
    }
}
