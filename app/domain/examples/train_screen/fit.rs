//! Logistic regression by stochastic gradients with a step of its own for each weight (AdaGrad), in a fixed order.

use crate::texts::Text;
use domain::safety::screen::model::{BUCKETS, Head, Window};

/// How often all texts are gone through.
const ROUNDS: usize = 30;
const STEP: f32 = 0.2;
/// How strongly weights are drawn to nothing.
const DECAY: f32 = 5e-3;
/// After how many rounds a long text's label is given to its strongest window.
const SETTLING: usize = 6;

/// One head's weights before they are rounded.
pub struct Line {
    pub bias: f32,
    pub weights: Vec<f32>,
    steps: Vec<f32>,
}

impl Line {
    pub fn score(&self, window: &Window) -> f32 {
        self.bias + window.features.iter().map(|(b, v)| self.weights[*b as usize] * v).sum::<f32>()
    }

    /// A text is as strong as its strongest window.
    pub fn strongest(&self, windows: &[Window]) -> f32 {
        windows.iter().map(|w| self.score(w)).fold(f32::NEG_INFINITY, f32::max)
    }

    fn learn(&mut self, window: &Window, target: bool, weight: f32) {
        let likely = 1.0 / (1.0 + (-self.score(window)).exp());
        let error = (likely - f32::from(u8::from(target))) * weight;
        for (bucket, value) in &window.features {
            let at = *bucket as usize;
            let slope = error * value + DECAY * self.weights[at];
            self.steps[at] += slope * slope;
            self.weights[at] -= STEP * slope / (self.steps[at].sqrt() + 1e-6);
        }
        self.bias -= 0.02 * error;
    }
}

/// Learns from the texts whose number `takes` lets through.
pub fn fit(texts: &[Text], head: Head, takes: &dyn Fn(usize) -> bool) -> Line {
    let mut line = Line { bias: -1.0, weights: vec![0.0; BUCKETS], steps: vec![0.0; BUCKETS] };
    let mut order: Vec<usize> =
        (0..texts.len()).filter(|n| takes(*n) && texts[*n].target(head).is_some()).collect();
    let mut dice: u64 = 7;
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut dice);
        for number in &order {
            let text = &texts[*number];
            let (weight, target) = (text.weight(head), text.target(head) == Some(true));
            if !target {
                text.windows.iter().for_each(|w| line.learn(w, false, weight));
            } else if text.windows.len() == 1 || round >= SETTLING {
                let strongest = text.windows.iter().max_by(|a, b| line.score(a).total_cmp(&line.score(b)));
                if let Some(window) = strongest {
                    line.learn(window, true, weight);
                }
            }
        }
    }
    line
}

fn shuffle(order: &mut [usize], dice: &mut u64) {
    for at in (1..order.len()).rev() {
        *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*dice >> 33) as usize % (at + 1));
    }
}
