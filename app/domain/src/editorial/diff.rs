//! What changed between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of words that stayed, came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Same,
    Added,
    Removed,
}

/// The runs from `before` to `after`, in reading order.
pub fn words(before: &str, after: &str) -> Vec<(Change, String)> {
    let diff = TextDiff::from_unicode_words(before, after);
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
    }
}
