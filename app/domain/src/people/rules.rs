//! What a name, an address and a number may be, and the one form in which the last two are compared.

use super::types::NewPerson;
use crate::error::Flaw;
use unicode_normalization::UnicodeNormalization;

/// Longest name, in characters.
pub const NAME_LIMIT: usize = 200;
/// Longest postal address, in characters.
pub const ADDRESS_LIMIT: usize = 500;
const EMAIL_LIMIT: usize = 254;

/// A name as it is kept: trimmed, runs of spaces as one, composed characters.
pub fn clean_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// What is wrong with a name: nothing in it, too long, or characters that cannot be seen or turn the writing round (AB-32).
pub fn name_flaws(field: &str, name: &str) -> Vec<Flaw> {
    let name = clean_name(name);
    if name.is_empty() {
        vec![Flaw::new(field, "name_missing")]
    } else {
        text_flaws(field, &name, NAME_LIMIT)
    }
}

fn text_flaws(field: &str, text: &str, limit: usize) -> Vec<Flaw> {
    if text.is_empty() {
        return vec![Flaw::new(field, "missing")];
    }
    if text.chars().count() > limit {
        return vec![Flaw::with_limit(field, "too_long", i64::try_from(limit).unwrap_or(i64::MAX))];
    }
    if has_hidden(text) {
        return vec![Flaw::new(field, "characters")];
    }
    Vec::new()
}

/// Whether a text holds control, bidi or other invisible characters. The joiners that Persian and Indic names need
/// are taken between two letters.
pub fn has_hidden(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.iter().enumerate().any(|(at, &char)| match char {
        '\u{200c}' | '\u{200d}' => {
            let letter = |at: usize| chars.get(at).is_some_and(|char| is_letter_beyond_latin(*char));
            at == 0 || !letter(at - 1) || !letter(at + 1)
        }
        _ => is_hidden(char),
    })
}

fn is_letter_beyond_latin(char: char) -> bool {
    char as u32 >= 0x600 && (char.is_alphabetic() || unicode_normalization::char::is_combining_mark(char))
}

fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
}

/// The form in which e-mail addresses are compared: trimmed, compatible characters as one, small letters.
/// Dots stay: only one provider ignores them. None if it is no address a mail server would take (AB-17).
pub fn canonical_email(text: &str) -> Option<String> {
    let text: String = text.trim().nfkc().collect::<String>().to_lowercase();
    if text.len() > EMAIL_LIMIT || has_hidden(&text) {
        return None;
    }
    let (local, domain) = text.rsplit_once('@')?;
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|char| {
            char.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(char) || char as u32 > 0x7f
        })
        && !local.chars().any(char::is_whitespace);
    let labels: Vec<&str> = domain.split('.').collect();
    let domain_ok = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|char| char.is_alphanumeric() || char == '-')
        })
        && labels.last().is_some_and(|last| !last.chars().all(|char| char.is_ascii_digit()));
    (local_ok && domain_ok).then_some(text)
}

/// What is wrong with an e-mail address that must be given.
pub fn email_flaws(field: &str, text: &str) -> Vec<Flaw> {
    if text.trim().is_empty() {
        return vec![Flaw::new(field, "email_missing")];
    }
    if canonical_email(text).is_none() {
        return vec![Flaw::new(field, "email_invalid")];
    }
    Vec::new()
}

/// A telephone number as `+` and digits. Ten digits are taken as a number of the United States; digits of other
/// scripts count. None if it is no number that could be called.
pub fn canonical_phone(text: &str) -> Option<String> {
    let mut digits = String::new();
    let mut international = false;
    for char in text.trim().nfkc() {
        match char {
            '+' if digits.is_empty() && !international => international = true,
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' => {}
            _ => digits.push(digit(char)?),
        }
    }
    if !international && let Some(rest) = digits.strip_prefix("00") {
        (international, digits) = (true, rest.to_owned());
    }
    match (international, digits.len()) {
        (false, 10) => Some(format!("+1{digits}")),
        (false, 11) if digits.starts_with('1') => Some(format!("+{digits}")),
        (true, 8..=15) if !digits.starts_with('0') => Some(format!("+{digits}")),
        _ => None,
    }
}

fn digit(char: char) -> Option<char> {
    let value = match char {
        '0'..='9' => char as u32 - '0' as u32,
        '\u{660}'..='\u{669}' => char as u32 - 0x660,
        '\u{6f0}'..='\u{6f9}' => char as u32 - 0x6f0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// What is wrong with a telephone number that must be given.
pub fn phone_flaws(field: &str, text: &str) -> Vec<Flaw> {
    if text.trim().is_empty() {
        return vec![Flaw::new(field, "phone_missing")];
    }
    if canonical_phone(text).is_none() {
        return vec![Flaw::new(field, "phone_invalid")];
    }
    Vec::new()
}

/// What is wrong with a person as a whole; fields are named as in [`NewPerson`].
pub fn flaws(person: &NewPerson) -> Vec<Flaw> {
    let mut flaws = name_flaws("name", &person.name);
    if let Some(email) = &person.email {
        flaws.extend(email_flaws("email", email));
    }
    if let Some(phone) = &person.phone {
        flaws.extend(phone_flaws("phone", phone));
    }
    if let Some(address) = &person.address {
        // an address may have lines
        flaws.extend(text_flaws("address", &address.replace(['\r', '\n'], " "), ADDRESS_LIMIT));
    }
    if let Some(spoken) = &person.spoken {
        flaws.extend(text_flaws("spoken", spoken, NAME_LIMIT));
    }
    if let Some(name) = &person.staff_name {
        flaws.extend(name_flaws("staff_name", name));
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form() {
        for (typed, kept) in [
            (" Luis.Ruiz@Example.COM ", Some("luis.ruiz@example.com")),
            ("ｌｕｉｓ@example.com", Some("luis@example.com")),
            ("l.u.i.s@gmail.com", Some("l.u.i.s@gmail.com")),
            ("nguyễn@ví-dụ.vn", Some("nguyễn@ví-dụ.vn")),
            ("a@b", None),
            ("a b@example.com", None),
            ("a@example.com\r\nBcc: x@y.zz", None),
            ("\"a\"@example.com", None),
            ("a@@example.com", None),
            ("a@1.2.3.4", None),
            ("a..b@example.com", None),
            ("a@-x.com", None),
            ("<a@example.com>", None),
            ("a\u{202e}b@example.com", None),
            ("", None),
        ] {
            assert_eq!(canonical_email(typed).as_deref(), kept, "{typed:?}");
        }
        assert_eq!(canonical_email(&format!("{}@example.com", "a".repeat(65))), None);
    }

    #[test]
    fn a_number_has_one_form() {
        for (typed, kept) in [
            ("(555) 014-2000", Some("+15550142000")),
            ("1 555 014 2000", Some("+15550142000")),
            ("+1-555-014-2000", Some("+15550142000")),
            ("٥٥٥٠١٤٢٠٠٠", Some("+15550142000")),
            ("0084 90 123 45 67", Some("+84901234567")),
            ("+84 90 123 45 67", Some("+84901234567")),
            ("555-0142", None),
            ("call me", None),
            ("+0123456789", None),
            ("", None),
            ("555 014 2000 x5", None),
        ] {
            assert_eq!(canonical_phone(typed).as_deref(), kept, "{typed:?}");
        }
    }

    #[test]
    fn a_name_is_what_can_be_seen() {
        for name in ["Luis Ruiz", "Nguyễn Thị Ánh", "أمينة الحسن", "O’Brien-Núñez", "علی\u{200c}رضا", "X"]
        {
            assert_eq!(name_flaws("name", name), [], "{name}");
        }
        for (name, code) in [
            ("   ", "name_missing"),
            ("Luis\u{202e}ziuR", "characters"),
            ("Lu\u{200d}is", "characters"),
            ("Lu\u{0}is", "characters"),
            ("Luis\u{feff}", "characters"),
        ] {
            assert_eq!(name_flaws("name", name), [Flaw::new("name", code)], "{name:?}");
        }
        assert_eq!(name_flaws("name", &"é".repeat(200)), []);
        assert_eq!(name_flaws("name", &"e".repeat(201)), [Flaw::with_limit("name", "too_long", 200)]);
        assert_eq!(clean_name("  Ana \n  Lu\u{301}z "), "Ana Lúz");
    }
}
