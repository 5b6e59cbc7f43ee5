//! An inverted index over integer terms: for each term the documents that hold it and how much it counts there.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Terms are hashes already; the map uses them as they are.
#[derive(Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }
    fn write_u64(&mut self, term: u64) {
        self.0 = term;
    }
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// How repetition and length count (BM25).
#[derive(Debug, Clone, Copy)]
pub(super) struct Saturation {
    /// How fast repeats stop counting.
    pub(super) k1: f32,
    /// How much long documents are held back, 0 to 1.
    pub(super) b: f32,
}

/// Documents of one kind, searchable by one kind of term.
pub(super) struct Field {
    ids: Map<u32>,
    idf: Vec<f32>,
    start: Vec<u32>,
    postings: Vec<(u32, f32)>,
    documents: usize,
    highest_idf: f32,
}

impl Field {
    /// Counts the documents' terms, repeats kept.
    pub(super) fn build(documents: &[Vec<u64>], how: Saturation) -> Self {
        let mut ids: Map<u32> = Map::default();
        let mut counted: Vec<Vec<(u32, u32)>> = Vec::with_capacity(documents.len());
        let mut frequency: Vec<u32> = Vec::new();
        for document in documents {
            let mut sorted: Vec<u32> = Vec::with_capacity(document.len());
            for term in document {
                let next = ids.len() as u32;
                sorted.push(*ids.entry(*term).or_insert(next));
            }
            sorted.sort_unstable();
            let mut counts: Vec<(u32, u32)> = Vec::new();
            for id in sorted {
                match counts.last_mut() {
                    Some((last, n)) if *last == id => *n += 1,
                    _ => counts.push((id, 1)),
                }
            }
            frequency.resize(ids.len(), 0);
            for (id, _) in &counts {
                frequency[*id as usize] += 1;
            }
            counted.push(counts);
        }
        let filled = documents.iter().filter(|d| !d.is_empty()).count().max(1) as f32;
        let mean = (documents.iter().map(Vec::len).sum::<usize>() as f32 / filled).max(1.0);
        let mut start = Vec::with_capacity(frequency.len() + 1);
        let mut total = 0;
        start.push(0);
        for n in &frequency {
            total += n;
            start.push(total);
        }
        let mut next: Vec<u32> = start.clone();
        let mut postings = vec![(0, 0.0); total as usize];
        for (document, counts) in counted.iter().enumerate() {
            let length = documents[document].len() as f32 / mean;
            for (id, n) in counts {
                let n = *n as f32;
                let weight = n * (how.k1 + 1.0) / (n + how.k1 * (1.0 - how.b + how.b * length));
                postings[next[*id as usize] as usize] = (document as u32, weight);
                next[*id as usize] += 1;
            }
        }
        let rarity = |n: f32| (1.0 + (filled - n + 0.5) / (n + 0.5)).ln();
        Self {
            idf: frequency.iter().map(|n| rarity(*n as f32)).collect(),
            ids,
            start,
            postings,
            documents: documents.len(),
            highest_idf: rarity(1.0),
        }
    }

    /// The number of a term, if any document holds it.
    pub(super) fn id(&self, term: u64) -> Option<u32> {
        self.ids.get(&term).copied()
    }

    /// How rare a term is; one that no document holds counts as the rarest.
    pub(super) fn idf(&self, id: Option<u32>) -> f32 {
        id.and_then(|id| self.idf.get(id as usize).copied()).unwrap_or(self.highest_idf)
    }

    /// The documents that hold a term, with its weight there.
    pub(super) fn postings(&self, id: u32) -> &[(u32, f32)] {
        let id = id as usize;
        match (self.start.get(id), self.start.get(id + 1)) {
            (Some(from), Some(to)) => self.postings.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.documents
    }
}
