//! What changed between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of words that stayed, came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Same,
    Added,
    Removed,
}

/// Texts that share less than this were written anew: word beside word would only confuse.
const ALIKE: f32 = 0.4;

/// The runs from `before` to `after`, in reading order; the whole before the whole where little stayed.
pub fn words(before: &str, after: &str) -> Vec<(Change, String)> {
    let diff = TextDiff::from_unicode_words(before, after);
    if diff.ratio() < ALIKE {
        let whole = [(Change::Removed, before), (Change::Added, after)];
        return whole
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(kind, text)| (kind, text.to_owned()))
            .collect();
    }
    let mut runs: Vec<(Change, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Insert => Change::Added,
            ChangeTag::Delete => Change::Removed,
        };
        match runs.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, text)) => text.push_str(change.value()),
            None => runs.push((kind, change.value().to_owned())),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_that_changed_are_marked() {
        let runs = words("Keep it dry and cool.", "Keep it very dry and cool.");
        assert_eq!(
            runs,
            [
                (Change::Same, "Keep it ".into()),
                (Change::Added, "very ".into()),
                (Change::Same, "dry and cool.".into())
            ]
        );
        assert_eq!(words("a", "a"), [(Change::Same, "a".into())]);
        assert!(words("", "").is_empty());
        let anew = words("Get ready, breathe in, rinse.", "Nothing of it stayed here");
        assert_eq!(anew.len(), 2, "{anew:?}");
        assert_eq!(words("", "new"), [(Change::Added, "new".into())]);
    }
}
