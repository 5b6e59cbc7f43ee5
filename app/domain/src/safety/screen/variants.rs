//! Other ways one word is written within its language: Arabic with small words on its front, French with one run into
//! it, German with another word before it or without its dots.

use super::lexicon::Language;

/// The shortest end of a German compound that is looked for: `schmerz` in `Unterleibsschmerz`.
const TAIL: usize = 6;

/// An Arabic word without the small words written onto its front.
pub(super) fn arabic(word: &str) -> Vec<String> {
    if !word.chars().next().is_some_and(|c| ('\u{620}'..='\u{64a}').contains(&c)) {
        return Vec::new();
    }
    ["وبال", "وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "س", "ك"]
        .iter()
        .filter_map(|front| word.strip_prefix(front))
        .filter(|rest| rest.chars().count() >= 2)
        .map(str::to_owned)
        .collect()
}

/// French and German readings of a word, if the text may be in those languages.
pub(super) fn of(word: &str, languages: &[Language]) -> Vec<(Language, String)> {
    let mut out = Vec::new();
    if !word.is_ascii() {
        return out;
    }
    if languages.contains(&Language::French) {
        out.extend(french(word).into_iter().map(|w| (Language::French, w.to_owned())));
    }
    if languages.contains(&Language::German) {
        out.extend(german(word).into_iter().map(|w| (Language::German, w)));
    }
    out
}

/// `jai` is `j'ai`.
fn french(word: &str) -> Option<&str> {
    let rest =
        word.strip_prefix("qu").or_else(|| word.strip_prefix(['j', 'l', 'm', 't', 's', 'n', 'c', 'd']))?;
    (rest.len() >= 2 && rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])).then_some(rest)
}

/// `uebel` is `übel`, `fuss` may be `Fuß`, and a compound is what stands at its end.
fn german(word: &str) -> Vec<String> {
    let plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("ss", "s");
    let tails = (3..word.len().saturating_sub(TAIL - 1)).map(|at| word[at..].to_owned());
    let mut out: Vec<String> = tails.collect();
    if plain != word {
        out.push(plain);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_however_they_are_written() {
        assert_eq!(french("jarrive"), Some("arrive"));
        assert_eq!(french("jamais"), Some("amais"));
        assert_eq!(french("tres"), None);
        assert!(german("unterleibsschmerz").contains(&"schmerz".to_owned()));
        assert!(german("uebelkeit").contains(&"ubelkeit".to_owned()));
        assert!(arabic("والراس").contains(&"راس".to_owned()));
    }
}
