//! How scores are judged: how well they part right answers from others, and where 80 % of the right ones are kept.

/// The share of right answers that is kept where questions without an answer are counted.
const KEPT: f64 = 0.8;

/// How often a score of `above` stands over one of `below`; a tie counts half. Not a number where either is empty.
pub fn auroc(above: &[f64], below: &[f64]) -> f64 {
    let wins =
        |a: f64| below.iter().map(move |b| if a > *b { 1.0 } else { f64::from(u8::from(a == *b)) / 2.0 });
    above.iter().flat_map(|a| wins(*a)).sum::<f64>() / (above.len() * below.len()) as f64
}

/// The score from which on 80 % of the right answers are kept.
pub fn least_kept(right: &[f64]) -> f64 {
    let mut scores = right.to_vec();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    let kept = (KEPT * scores.len() as f64).ceil() as usize;
    scores.get(kept.saturating_sub(1)).copied().unwrap_or(f64::INFINITY)
}
