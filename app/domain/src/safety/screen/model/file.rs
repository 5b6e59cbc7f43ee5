//! The weights as a file: a mark, a version, the sizes, then each head's numbers, all little-endian.

use super::{BUCKETS, HEADS, LANGUAGES, Model, Weights};

const MARK: &[u8; 4] = b"HRSM";
/// Raised whenever the features or this layout change, so that no program reads weights made for another.
const VERSION: u16 = 2;

impl Model {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MARK.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend([HEADS.len() as u8, LANGUAGES.len() as u8]);
        out.extend((BUCKETS as u32).to_le_bytes());
        for head in &self.heads {
            for number in [head.bias, head.scale].iter().chain(&head.thresholds) {
                out.extend(number.to_le_bytes());
            }
            out.extend(head.weights.iter().map(|w| *w as u8));
        }
        out
    }

    /// Nothing if it is another version, another size or cut short.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Rest(bytes);
        let sizes = [HEADS.len() as u8, LANGUAGES.len() as u8];
        let fits = rest.take(4)? == MARK
            && rest.take(2)? == VERSION.to_le_bytes()
            && rest.take(2)? == sizes
            && rest.take(4)? == (BUCKETS as u32).to_le_bytes();
        if !fits {
            return None;
        }
        let mut heads = Vec::with_capacity(HEADS.len());
        for _ in HEADS {
            let (bias, scale) = (rest.number()?, rest.number()?);
            let thresholds = rest.by_language()?;
            let weights = rest.take(BUCKETS)?.iter().map(|b| *b as i8).collect();
            heads.push(Weights { bias, scale, thresholds, weights });
        }
        rest.0.is_empty().then_some(Self { heads })
    }
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (front, back) = self.0.split_at_checked(length)?;
        self.0 = back;
        Some(front)
    }

    fn by_language(&mut self) -> Option<[f32; LANGUAGES.len()]> {
        let mut numbers = [0.0; LANGUAGES.len()];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Some(numbers)
    }

    fn number(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_anything_else_refused() {
        let head = Weights { bias: -1.5, scale: 0.1, thresholds: [0.5; 7], weights: vec![-3; BUCKETS] };
        let model = Model { heads: vec![head; HEADS.len()] };
        let bytes = model.to_bytes();
        assert_eq!(Model::from_bytes(&bytes), Some(model));
        assert_eq!(Model::from_bytes(&bytes[1..]), None);
        assert_eq!(Model::from_bytes(&bytes[..bytes.len() - 1]), None);
        let mut newer = bytes;
        newer[4] += 1;
        assert_eq!(Model::from_bytes(&newer), None);
    }
}
