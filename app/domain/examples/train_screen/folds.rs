//! Scores by weights that have not seen the text: the texts are dealt into folds, and each fold is scored by what was
//! learnt from the others.

use crate::fit::fit;
use crate::texts::Text;
use domain::safety::screen::model::Head;

const FOLDS: usize = 5;

/// The score of each text, none where the head has no say.
pub fn out_of_fold(texts: &[Text], head: Head) -> Vec<f32> {
    let mut scores = vec![f32::NEG_INFINITY; texts.len()];
    for fold in 0..FOLDS {
        let line = fit(texts, head, &|number| number % FOLDS != fold);
        for (number, text) in texts.iter().enumerate().filter(|(n, _)| n % FOLDS == fold) {
            scores[number] = line.strongest(&text.windows);
        }
    }
    scores
}
