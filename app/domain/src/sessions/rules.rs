//! What counts as a password, how long a session lives, how fast one may try.

use super::types::AccountKind;
use crate::error::Flaw;
use crate::time::{DAY, HOUR, MINUTE, SECOND, Timestamp};
use std::net::IpAddr;
use unicode_normalization::UnicodeNormalization;

/// Characters a password needs when it stands alone, and beside a second factor (NIST SP 800-63B-4; N-01).
pub const ALONE: usize = 15;
pub const WITH_SECOND_FACTOR: usize = 8;
/// Longest password, in characters.
pub const LONGEST: usize = 128;

/// How long a step of signing in may take (ASVS 6.5.5).
pub const STEP: i64 = 10 * MINUTE;
/// How long ago a factor may have been shown for methods to be changed (ASVS 7.5.1).
pub const FRESH: i64 = 10 * MINUTE;
/// `seen_at` is written at most this often.
pub const TOUCH: i64 = MINUTE;
/// Longest name of a passkey, in characters.
pub const PASSKEY_NAME: usize = 60;

const COMMON: &str = include_str!("common_passwords.txt");

/// A password as it is hashed: the same characters however a keyboard composed them. Nothing else is changed.
pub fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// What is wrong with a new password. `words` are what others know of the person and the place: name, address, program.
/// There are no rules of composition (N-01).
pub fn password_flaws(field: &str, password: &str, shortest: usize, words: &[&str]) -> Vec<Flaw> {
    let password = normal(password);
    let length = password.chars().count();
    if length == 0 {
        return vec![Flaw::new(field, "password_missing")];
    }
    if length < shortest {
        return vec![Flaw::with_limit(
            field,
            "password_too_short",
            i64::try_from(shortest).unwrap_or(i64::MAX),
        )];
    }
    if length > LONGEST {
        return vec![Flaw::with_limit(field, "too_long", i64::try_from(LONGEST).unwrap_or(i64::MAX))];
    }
    if password.chars().any(char::is_control) {
        return vec![Flaw::new(field, "characters")];
    }
    let letters = letters(&password);
    if is_common(&letters) {
        return vec![Flaw::new(field, "password_common")];
    }
    if is_personal(&letters, words) {
        return vec![Flaw::new(field, "password_personal")];
    }
    Vec::new()
}

/// Whether a password is long enough to stand alone.
pub fn stands_alone(password: &str) -> bool {
    normal(password).chars().count() >= ALONE
}

/// Small letters and digits alone.
fn letters(text: &str) -> String {
    text.nfkc().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Little is left once the words everybody tries are taken out, or the whole is a run or a repetition.
fn is_common(letters: &str) -> bool {
    let (mut rest, mut found) = (letters.to_owned(), false);
    let mut words: Vec<String> = COMMON.lines().map(self::letters).filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &words {
        if rest.contains(word.as_str()) {
            rest = rest.replace(word.as_str(), "");
            found = true;
        }
    }
    let mut left: Vec<char> = rest.chars().filter(|char| !char.is_ascii_digit()).collect();
    left.sort_unstable();
    left.dedup();
    (found && left.len() < 3) || is_run(letters) || is_repetition(letters)
}

/// Every step between neighbours is the same small one: `123456789`, `abcdefgh`, `87654321`.
fn is_run(letters: &str) -> bool {
    let digit_wraps = |from: u32, to: u32| from == '9' as u32 && to == '0' as u32;
    let codes: Vec<u32> = letters.chars().map(u32::from).collect();
    !codes.is_empty()
        && [1_i64, -1, 0].into_iter().any(|step| {
            codes.windows(2).all(|pair| match pair {
                [from, to] => {
                    i64::from(*to) - i64::from(*from) == step || (step == 1 && digit_wraps(*from, *to))
                }
                _ => true,
            })
        })
}

/// The same few characters over and over: `abababab`, `abc1abc1abc1abc1`.
fn is_repetition(letters: &str) -> bool {
    let chars: Vec<char> = letters.chars().collect();
    (1..=5).any(|size| {
        chars.len() > size && chars.iter().zip(chars.iter().skip(size)).all(|(one, other)| one == other)
    })
}

/// Too little is left once what others know is taken out.
fn is_personal(letters: &str, words: &[&str]) -> bool {
    let (mut rest, mut found) = (letters.to_owned(), false);
    let mut parts: Vec<String> = words
        .iter()
        .flat_map(|words| words.split(|char: char| !char.is_alphanumeric()).chain([*words]))
        .map(self::letters)
        .filter(|word| word.chars().count() >= 3)
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    for part in &parts {
        if rest.contains(part.as_str()) {
            rest = rest.replace(part.as_str(), "");
            found = true;
        }
    }
    found && rest.chars().count() < WITH_SECOND_FACTOR
}

/// How long a session lives without being used, and at most (N-02).
pub const fn limits(kind: AccountKind, shared: bool) -> (i64, i64) {
    match (kind, shared) {
        (AccountKind::Person, false) => (30 * MINUTE, DAY),
        (AccountKind::Person, true) => (15 * MINUTE, DAY),
        (AccountKind::Staff, _) => (15 * MINUTE, 12 * HOUR),
    }
}

/// Whether a session still counts.
pub fn is_alive(
    kind: AccountKind,
    shared: bool,
    seen: Timestamp,
    expires: Timestamp,
    now: Timestamp,
) -> bool {
    now.since(seen) < limits(kind, shared).0 && now < expires
}

/// Whether these ways are enough to sign in: for staff a passkey, or a password with a code; for a person also a long
/// password alone.
pub fn is_enough(
    kind: AccountKind,
    has_password: bool,
    password_alone: bool,
    has_code: bool,
    passkeys: usize,
) -> bool {
    passkeys > 0 || (has_password && (has_code || (kind == AccountKind::Person && password_alone)))
}

/// Failed tries on one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    pub in_a_day: i64,
    pub in_a_quarter: i64,
    pub last: Timestamp,
}

/// Milliseconds to wait before the next try on an account, from one device, or with one code: four tries are free,
/// then the wait doubles up to twenty minutes, so fewer than 100 tries a day pass (N-05, AB-06).
pub fn account_wait(tries: Tries, now: Timestamp) -> i64 {
    if tries.in_a_day < 5 {
        return 0;
    }
    wait(tries, (tries.in_a_day - 4).clamp(0, 20), 20 * MINUTE, now)
}

/// Milliseconds to wait before the next try from one network. Many people may stand behind one address: thirty failed
/// tries in a quarter of an hour are free.
pub fn network_wait(tries: Tries, now: Timestamp) -> i64 {
    if tries.in_a_quarter >= 30 {
        return wait(tries, (tries.in_a_quarter - 29).clamp(0, 20), 5 * MINUTE, now);
    }
    if tries.in_a_day >= 500 { wait(tries, 6, MINUTE, now) } else { 0 }
}

/// Milliseconds to wait before the next step with a passkey begins from one network.
pub fn steps_wait(tries: Tries, now: Timestamp) -> i64 {
    if tries.in_a_quarter < 600 { 0 } else { wait(tries, 3, MINUTE, now) }
}

fn wait(tries: Tries, doublings: i64, longest: i64, now: Timestamp) -> i64 {
    let delay = (SECOND << doublings).min(longest);
    tries.last.plus(delay).since(now).clamp(0, longest)
}

/// The network an address stands in: itself for IPv4, its /64 for IPv6 (AB-25).
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// `Firefox · Android` from a user agent's header: enough to know one's own device by, and no more.
pub fn device_label(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // the order matters: most browsers also name the ones they descend from
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// Six digits as typed, with the spaces and hyphens that people and apps put between them, in any script's digits.
pub fn code(text: &str) -> Option<String> {
    let digits: Option<String> = text
        .nfkc()
        .filter(|char| !char.is_whitespace() && !matches!(char, '-' | '.' | '\u{2010}'..='\u{2015}'))
        .map(|char| match char {
            '0'..='9' => Some(char),
            '\u{660}'..='\u{669}' => char::from_digit(char as u32 - 0x660, 10),
            '\u{6f0}'..='\u{6f9}' => char::from_digit(char as u32 - 0x6f0, 10),
            _ => None,
        })
        .collect();
    digits.filter(|digits| digits.len() == 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(password: &str, shortest: usize) -> Option<&'static str> {
        let words = ["Luis Ruiz", "luis.ruiz@example.com", "BREATHE", "Handrail"];
        password_flaws("password", password, shortest, &words).first().map(|flaw| flaw.code)
    }

    #[test]
    fn a_password_is_long_and_not_the_first_guess() {
        // N-01: 7, 8, 14, 15, 64 and 128 characters, spaces, any script, no composition
        for (password, shortest, code) in [
            ("mzkw rq", 8, Some("password_too_short")),
            ("mzkw rqt", 8, None),
            ("mzkw rqt", 15, Some("password_too_short")),
            ("blue kettle on", 15, Some("password_too_short")),
            ("blue kettle one", 15, None),
            ("tách trà ấm buổi", 15, None),
            ("كوب شاي دافئ كل صباح", 15, None),
            ("🫖🫖🫖🫖🫖🫖🫖🫖🫖🫖🫖🫖🫖🫖🫖 tea and bread", 15, None),
            ("", 8, Some("password_missing")),
            ("password", 8, Some("password_common")),
            ("P@ssword1234567", 15, Some("password_common")),
            ("Passwordpassword", 15, Some("password_common")),
            ("contraseña 123456", 15, Some("password_common")),
            ("123456789012345", 15, Some("password_common")),
            ("aaaaaaaaaaaaaaaa", 15, Some("password_common")),
            ("abcabcabcabcabcabc", 15, Some("password_common")),
            ("abcdefghijklmnop", 15, Some("password_common")),
            ("qwertyuiopasdfghjkl", 15, Some("password_common")),
            ("luis ruiz breathe", 15, Some("password_personal")),
            ("LuisRuizLuisRuiz1", 15, Some("password_personal")),
            ("handrail-Ruiz-1955", 15, Some("password_personal")),
            ("Luis drinks warm tea at night", 15, None),
            ("one\u{7}two three four", 15, Some("characters")),
        ] {
            assert_eq!(flaw(password, shortest), code, "{password:?} {shortest}");
        }
        let long = |size: usize| "violet onion lamp ".chars().cycle().take(size).collect::<String>();
        assert_eq!(flaw(&long(64), 15), None);
        assert_eq!(flaw(&long(128), 15), None);
        assert_eq!(flaw(&long(129), 15), Some("too_long"));
    }

    #[test]
    fn length_is_counted_in_characters_and_composed_ones_are_one() {
        assert!(!stands_alone(&"e\u{301}".repeat(14)));
        assert!(stands_alone(&"é".repeat(15)));
        assert_eq!(normal("e\u{301}"), "é");
    }

    #[test]
    fn a_session_ends_when_idle_and_when_old() {
        let start = Timestamp(1_000_000);
        for (kind, shared, idle, overall) in [
            (AccountKind::Person, false, 30 * MINUTE, 24 * HOUR),
            (AccountKind::Person, true, 15 * MINUTE, 24 * HOUR),
            (AccountKind::Staff, false, 15 * MINUTE, 12 * HOUR),
        ] {
            let expires = start.plus(limits(kind, shared).1);
            let alive = |seen, now| is_alive(kind, shared, seen, expires, now);
            assert!(alive(start, start.plus(idle - SECOND)), "N-02 idle, one second before");
            assert!(!alive(start, start.plus(idle + SECOND)), "N-02 idle, one second after");
            let near = start.plus(overall - MINUTE);
            assert!(alive(near, start.plus(overall - SECOND)), "N-02 overall, one second before");
            assert!(!alive(near, start.plus(overall + SECOND)), "N-02 overall, one second after");
        }
    }

    #[test]
    fn the_last_way_to_sign_in_stays() {
        use AccountKind::{Person, Staff};
        assert!(is_enough(Person, true, true, false, 0));
        assert!(is_enough(Person, true, false, true, 0));
        assert!(is_enough(Person, false, false, false, 1));
        assert!(!is_enough(Person, true, false, false, 0), "a short password does not stand alone");
        assert!(is_enough(Staff, true, true, true, 0));
        assert!(is_enough(Staff, false, false, false, 1));
        assert!(!is_enough(Staff, true, true, false, 0), "staff always show two factors");
        assert!(!is_enough(Person, false, false, true, 0));
    }

    #[test]
    fn fewer_than_a_hundred_tries_a_day_pass_and_none_is_locked_out() {
        // an attacker who tries whenever allowed, for three days (N-05)
        let (mut now, mut passed) = (Timestamp(0), Vec::new());
        while now.0 < 3 * DAY {
            let recent: Vec<&Timestamp> =
                passed.iter().filter(|at: &&Timestamp| now.since(**at) < DAY).collect();
            let tries = Tries {
                in_a_day: i64::try_from(recent.len()).unwrap_or(0),
                in_a_quarter: 0,
                last: recent.last().map_or(Timestamp(0), |at| **at),
            };
            match account_wait(tries, now) {
                0 => passed.push(now),
                wait => {
                    assert!(wait <= 20 * MINUTE);
                    now = now.plus(wait);
                    continue;
                }
            }
            now = now.plus(SECOND);
        }
        for day in 0..3 {
            let count = passed.iter().filter(|at| at.0 / DAY == day).count();
            assert!((60..=100).contains(&count), "{count} on day {day}");
        }
    }

    #[test]
    fn one_network_is_slowed_but_a_clinic_is_not() {
        let at = Timestamp(DAY);
        let tries = |in_a_quarter, in_a_day| Tries { in_a_day, in_a_quarter, last: at };
        assert_eq!(network_wait(tries(29, 29), at), 0);
        assert_eq!(network_wait(tries(30, 30), at), 2 * SECOND);
        assert_eq!(network_wait(tries(60, 60), at), 5 * MINUTE);
        assert_eq!(network_wait(tries(3, 600), at), MINUTE);
        assert_eq!(network_wait(tries(60, 60), at.plus(5 * MINUTE)), 0);
    }

    #[test]
    fn a_network_is_an_address_or_a_64() {
        let of = |text: &str| text.parse().map(network_of).unwrap_or_default();
        assert_eq!(of("203.0.113.7"), "203.0.113.7");
        assert_eq!(of("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[test]
    fn a_device_is_named_shortly() {
        for (header, label) in [
            ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", "Firefox · Android"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge · Windows",
            ),
            ("<script>alert(1)</script>", "?"),
            ("", "?"),
        ] {
            assert_eq!(device_label(header), label);
        }
    }

    #[test]
    fn a_code_may_be_typed_as_it_is_read() {
        for text in ["123456", " 123 456 ", "123-456", "١٢٣٤٥٦", "１２３４５６", "12 34 56"] {
            assert_eq!(code(text).as_deref(), Some("123456"), "{text}");
        }
        for text in ["12345", "1234567", "12345a", "", "-"] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
