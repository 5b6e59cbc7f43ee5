//! Routing: which queue a new case goes to, and by which rule.

use super::types::{Program, Rule};
use crate::locale::Locale;

/// The first rule that fits; a program's last rule should fit everything.
pub fn route<'p>(program: &'p Program, locale: Locale, payer_type: &str) -> Option<&'p Rule> {
    program.rules.iter().find(|rule| {
        (rule.locales.is_empty() || rule.locales.contains(&locale))
            && (rule.payer_types.is_empty() || rule.payer_types.iter().any(|payer| payer == payer_type))
    })
}
