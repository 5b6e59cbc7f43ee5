//! When words may be shown: three different people signed exactly these words, and none of them wrote them. What words
//! lead to and stand on.

use super::types::{Desk, Review};
use crate::cases::Stage;
use crate::error::{Error, Result};

/// Whether this review can stand behind a publication: every desk signed once, by a person of its own, and the author
/// is none of them (EN-18).
///
/// # Errors
/// `Conflict` naming what is missing.
pub fn is_complete(review: &Review) -> Result<()> {
    if review.signers.iter().any(|signer| signer.person == review.author) {
        return Err(Error::Conflict("signed_by_author"));
    }
    for desk in Desk::ALL {
        if review.signers.iter().filter(|signer| signer.desk == desk).count() != 1 {
            return Err(Error::Conflict("signature_missing"));
        }
    }
    let mut people: Vec<_> = review.signers.iter().map(|signer| signer.person).collect();
    people.push(review.publisher.0);
    if review.publisher.0 == review.author {
        return Err(Error::Conflict("signed_by_author"));
    }
    let signed = people.len();
    people.sort_unstable();
    people.dedup();
    if people.len() == signed { Ok(()) } else { Err(Error::Conflict("signed_twice")) }
}

/// Under which number words are kept: the wanted one, unless it or a later one stands for other words already.
/// An edition never changes.
pub fn edition(wanted: i64, highest_taken: Option<i64>) -> i64 {
    highest_taken.map_or(wanted, |taken| wanted.max(taken.saturating_add(1)))
}

/// Whether a module of this stage is for someone whose case has been in these stages (ON-10): what is now or was
/// before, also when the case went back or was closed.
pub fn is_reached(module: Option<Stage>, visited: &[Stage]) -> bool {
    let furthest = visited.iter().filter(|stage| **stage != Stage::Closed).max();
    module.is_none_or(|stage| furthest.is_some_and(|furthest| stage <= *furthest))
}

/// The page a reader is on, kept within the module: from 1 to `pages`.
pub fn page(wanted: i64, pages: usize) -> Option<i64> {
    let last = i64::try_from(pages).unwrap_or(i64::MAX);
    (1..=last).contains(&wanted).then_some(wanted)
}

/// Pages a text may lead to, as `](page:name)`.
const PAGES: [&str; 6] = ["help", "learn", "ask", "medicine", "cost", "safety"];

/// Whether `page:name` leads somewhere. A lesson, `module:slug`, may come and go and is looked for on the shelf.
pub fn is_known_page(target: &str) -> bool {
    match target.split_once(':') {
        Some(("page", name)) => PAGES.contains(&name),
        Some(("module", slug)) => !slug.is_empty(),
        Some(("media" | "video", id)) => id.parse::<crate::ids::MediaId>().is_ok(),
        _ => false,
    }
}

/// Where the links of a Markdown text lead: `page:safety`, `module:edu-101`, or whatever was written.
pub fn links(markdown: &str) -> Vec<String> {
    let targets = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(|target| target.trim().to_owned()).collect()
}

/// The claims a text stands on, `{claim:CLM-001@2}`: code and edition.
pub fn claims(text: &str) -> Vec<(String, i64)> {
    text.split("{claim:")
        .skip(1)
        .filter_map(|rest| rest.split('}').next()?.split_once('@'))
        .filter_map(|(code, edition)| Some((code.to_owned(), edition.parse().ok()?)))
        .collect()
}

/// The same text with the words of its claims in their places; none when one of them is missing.
pub fn with_claims<'c>(text: &str, words: impl Fn(&str, i64) -> Option<&'c str>) -> Option<String> {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{claim:") {
        let end = start + rest[start..].find('}')?;
        let (code, edition) = rest[start + "{claim:".len()..end].split_once('@')?;
        whole.push_str(&rest[..start]);
        whole.push_str(words(code, edition.parse().ok()?)?);
        rest = &rest[end + 1..];
    }
    whole.push_str(rest);
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::types::Signer;
    use crate::ids::PersonId;

    fn review(author: u128, signers: &[(Desk, u128)]) -> Review {
        Review {
            author: PersonId::fixed(author),
            publisher: (PersonId::fixed(9), String::new()),
            signers: signers
                .iter()
                .map(|(desk, person)| Signer {
                    desk: *desk,
                    person: PersonId::fixed(*person),
                    name: String::new(),
                })
                .collect(),
        }
    }

    #[test]
    fn three_people_who_did_not_write_it_must_sign() {
        use Desk::{Legal, Medical, Regulatory};
        for (author, signers, expected) in [
            (1, vec![(Medical, 2), (Legal, 3), (Regulatory, 4)], None),
            (1, vec![(Medical, 1), (Legal, 3), (Regulatory, 4)], Some("signed_by_author")),
            (1, vec![(Medical, 2), (Legal, 3), (Regulatory, 3)], Some("signed_twice")),
            (1, vec![(Medical, 2), (Legal, 3)], Some("signature_missing")),
            (1, vec![(Medical, 2), (Medical, 5), (Legal, 3), (Regulatory, 4)], Some("signature_missing")),
        ] {
            let answer = match is_complete(&review(author, &signers)) {
                Ok(()) => None,
                Err(Error::Conflict(why)) => Some(why),
                Err(_) => Some("another error"),
            };
            assert_eq!(answer, expected, "{signers:?}");
        }
    }

    #[test]
    fn a_claim_stands_in_its_place_or_nothing_is_shown() {
        let text = "It {claim:CLM-001@2}. See [safety](page:safety) and [how](module:edu-101).";
        assert_eq!(claims(text), [("CLM-001".to_owned(), 2)]);
        assert_eq!(links(text), ["page:safety", "module:edu-101"]);
        let words =
            |code: &str, edition: i64| (code == "CLM-001" && edition == 2).then_some("helps you breathe");
        assert!(with_claims(text, words).is_some_and(|whole| whole.starts_with("It helps you breathe. See")));
        assert_eq!(with_claims("{claim:CLM-001@3}", words), None);
        assert_eq!(with_claims("{claim:CLM-001@", words), None);
        assert_eq!(with_claims("no claim", words).as_deref(), Some("no claim"));
        for target in ["page:safety", "module:edu-101"] {
            assert!(is_known_page(target));
        }
        for target in ["page:nowhere", "https://evil.test", "javascript:alert(1)", "", "module:"] {
            assert!(!is_known_page(target), "{target}");
        }
    }

    #[test]
    fn the_publisher_is_a_fifth_person() {
        use Desk::{Legal, Medical, Regulatory};
        for publisher in [1, 2] {
            let mut review = review(1, &[(Medical, 2), (Legal, 3), (Regulatory, 4)]);
            review.publisher.0 = PersonId::fixed(publisher);
            assert!(is_complete(&review).is_err());
        }
    }

    #[test]
    fn other_words_never_take_a_number_that_is_taken() {
        for (wanted, taken, expected) in
            [(1, None, 1), (4, None, 4), (4, Some(4), 5), (4, Some(2), 4), (1, Some(7), 8)]
        {
            assert_eq!(edition(wanted, taken), expected, "{wanted} {taken:?}");
        }
    }

    #[test]
    fn only_the_stages_reached_are_taught() {
        use Stage::{
            AccessInProgress, Closed, EnrollmentStarted, RefillSupportOngoing, TherapyStartConfirmed,
        };
        for (module, visited, expected) in [
            (None, vec![EnrollmentStarted], true),
            (Some(EnrollmentStarted), vec![EnrollmentStarted, AccessInProgress], true),
            (Some(AccessInProgress), vec![EnrollmentStarted, AccessInProgress], true),
            (Some(RefillSupportOngoing), vec![EnrollmentStarted, AccessInProgress], false),
            (Some(TherapyStartConfirmed), vec![TherapyStartConfirmed, AccessInProgress], true),
            (Some(TherapyStartConfirmed), vec![EnrollmentStarted, Closed], false),
            (Some(EnrollmentStarted), vec![], false),
        ] {
            assert_eq!(is_reached(module, &visited), expected, "{module:?} {visited:?}");
        }
    }

    #[test]
    fn a_page_outside_the_module_is_no_page() {
        assert_eq!(page(1, 3), Some(1));
        assert_eq!(page(3, 3), Some(3));
        for wanted in [0, -1, 4, i64::MAX] {
            assert_eq!(page(wanted, 3), None);
        }
    }
}
