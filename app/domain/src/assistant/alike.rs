//! Questions that are about the same, put together. Plain and repeatable: the same questions always fall into the same
//! groups, and a person can see why.

use super::phrases;
use crate::function_words::function_words;
use crate::locale::Locale;
use std::collections::{BTreeSet, HashSet};

/// Letters that most forms of a word share.
const BEGINNING: usize = 5;

/// What a question is about: the beginnings of its words, without those that only build a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(BTreeSet<String>);

impl Subject {
    pub fn of(text: &str, locale: Locale) -> Subject {
        let small: HashSet<String> = phrases::words(function_words(locale.tag())).into_iter().collect();
        let all = phrases::words(text);
        let telling: BTreeSet<String> =
            all.iter().filter(|word| !small.contains(*word)).map(|word| beginning(word)).collect();
        // a question of small words alone is what it says
        Subject(if telling.is_empty() { all.into_iter().collect() } else { telling })
    }

    /// At least half of what both say together is the same.
    pub fn is_like(&self, other: &Subject) -> bool {
        let shared = self.0.intersection(&other.0).count();
        shared > 0 && 4 * shared >= self.0.len() + other.0.len()
    }
}

/// The groups, each as the places of its members; whatever comes first leads its group.
pub fn group(subjects: &[Subject]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (place, subject) in subjects.iter().enumerate() {
        let near = groups.iter_mut().find(|group| {
            group
                .first()
                .and_then(|leader| subjects.get(*leader))
                .is_some_and(|leader| leader.is_like(subject))
        });
        match near {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups
}

fn beginning(word: &str) -> String {
    let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word);
    bare.chars().take(BEGINNING).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(locale: Locale, questions: &[&str]) -> Vec<Vec<usize>> {
        let subjects: Vec<_> = questions.iter().map(|text| Subject::of(text, locale)).collect();
        group(&subjects)
    }

    #[test]
    fn what_is_about_the_same_stands_together_in_every_language() {
        let en = [
            "Can I take it with warfarin?",
            "Is warfarin ok to take?",
            "Does a sauna hurt the device?",
            "WARFARIN???",
        ];
        assert_eq!(groups(Locale::En, &en), [vec![0, 1, 3], vec![2]]);
        let es = ["¿Puedo tomarlo con warfarina?", "¿Se puede tomar con warfarina?", "¿Y el sauna?"];
        assert_eq!(groups(Locale::Es, &es), [vec![0, 1], vec![2]]);
        let vi =
            ["Tôi dùng chung với warfarin được không?", "dùng chung warfarin", "Phòng xông hơi thì sao?"];
        assert_eq!(groups(Locale::Vi, &vi), [vec![0, 1], vec![2]]);
        let ar = ["هل يمكنني استعماله مع الوارفارين؟", "استعماله مع وارفارين", "ماذا عن الساونا؟"];
        assert_eq!(groups(Locale::Ar, &ar), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn small_words_and_signs_make_no_likeness() {
        assert_eq!(groups(Locale::En, &["how do i", "what is the", "???", "???"]), [[0], [1], [2], [3]]);
        assert!(groups(Locale::En, &[]).is_empty());
    }
}
