//! The assistant's search on question sets, each figure beside that of plain BM25.

use crate::bm25::Bm25;
use crate::figures::{auroc, least_kept};
use crate::sets::{Question, Set};
use crate::times::{Times, least};
use domain::assistant::search::{Outcome, SURE};

/// How many answers are ranked.
const RANKED: usize = 5;
/// Languages without spaces between words, in which plain BM25 has no words to find.
const UNSPACED: [&str; 2] = ["ja", "zh"];

const HEADS: [&str; 8] = [
    "P@1",
    "MRR@5",
    "R@3",
    "R@5",
    "in/out AUROC",
    "right-vs-rest AUROC",
    "out of scope answered, keeping 80 % of right answers",
    "precision there",
];
type Figures = [f64; HEADS.len()];

/// A question asked.
struct Asked {
    answerable: bool,
    /// The place of the first right answer, from 1.
    place: Option<usize>,
    /// The confidence in the first answer.
    score: f64,
    /// Whether it would be shown at once.
    shown: bool,
    ms: f64,
}

/// Prints all figures, and gives back how long the shipped index and plain BM25 took.
pub fn print_figures(sets: &[Set]) -> [Times; 2] {
    let asked: Vec<[Vec<Asked>; 2]> = sets.iter().map(|set| [ask_index(set), ask_bm25(set)]).collect();
    println!("## Finding the approved answer: the shipped search / plain BM25\n");
    println!("| set | answers | questions | without an answer | {} |", HEADS.join(" | "));
    println!("|{}", "---|".repeat(4 + HEADS.len()));
    let mut rows = Vec::new();
    for (set, asked) in sets.iter().zip(&asked) {
        let pair = asked.each_ref().map(|asked| figures(asked));
        let outside = set.questions.iter().filter(|q| q.relevant.is_empty()).count();
        let (answers, questions) = (set.entries.len(), set.questions.len());
        println!("| {} | {answers} | {questions} | {outside} | {} |", set.name, cells(&pair));
        rows.push((set, pair));
    }
    print_mean("mean of all", &rows);
    rows.retain(|(set, _)| !set.questions.iter().any(|q| UNSPACED.contains(&q.language.as_str())));
    print_mean("mean without ja, zh", &rows);
    print_shown(&asked);
    [0, 1].map(|way| asked.iter().flat_map(|ways| &ways[way]).map(|asked| asked.ms).collect())
}

fn ask_index(set: &Set) -> Vec<Asked> {
    let indexes = set.indexes();
    let ask = |question: &Question| {
        let index = &indexes[question.language.as_str()];
        let (ranking, ms) = least(|| index.rank(&question.text, RANKED));
        let shown = matches!(ranking.outcome(), Outcome::Sure(_));
        let place = place(set, question, ranking.hits.iter().map(|hit| hit.entry));
        let answerable = !question.relevant.is_empty();
        Asked { answerable, place, score: ranking.confidence.into(), shown, ms }
    };
    set.questions.iter().map(ask).collect()
}

fn ask_bm25(set: &Set) -> Vec<Asked> {
    let plain = Bm25::build(&set.entries);
    let ask = |question: &Question| {
        let (ranked, ms) = least(|| plain.rank(&question.text, RANKED));
        let score = ranked.first().map_or(0.0, |first| first.1);
        let place = place(set, question, ranked.iter().map(|(entry, _)| *entry));
        Asked { answerable: !question.relevant.is_empty(), place, score, shown: false, ms }
    };
    set.questions.iter().map(ask).collect()
}

fn place(set: &Set, question: &Question, mut entries: impl Iterator<Item = usize>) -> Option<usize> {
    entries.position(|entry| question.relevant.contains(&set.entries[entry].key)).map(|before| before + 1)
}

/// The figures of a set, in the order of [`HEADS`].
fn figures(asked: &[Asked]) -> Figures {
    let scores = |wanted: &dyn Fn(&Asked) -> bool| -> Vec<f64> {
        asked.iter().filter(|a| wanted(a)).map(|a| a.score).collect()
    };
    let (inside, outside) = (scores(&|a| a.answerable), scores(&|a| !a.answerable));
    let (right, rest) = (scores(&|a| a.place == Some(1)), scores(&|a| a.place != Some(1)));
    let within = |last: usize| {
        asked.iter().filter(|a| a.place.is_some_and(|p| p <= last)).count() as f64 / inside.len() as f64
    };
    let reciprocal = asked.iter().filter_map(|a| a.place).map(|place| 1.0 / place as f64).sum::<f64>();
    let least = least_kept(&right);
    let answered = |scores: &[f64]| scores.iter().filter(|s| **s >= least).count() as f64;
    [
        within(1),
        reciprocal / inside.len() as f64,
        within(3),
        within(5),
        auroc(&inside, &outside),
        auroc(&right, &rest),
        answered(&outside) / outside.len() as f64,
        answered(&right) / (answered(&right) + answered(&rest)),
    ]
}

fn print_mean(name: &str, rows: &[(&Set, [Figures; 2])]) {
    let mean = |way: usize| std::array::from_fn(|k| mean(rows.iter().map(|(_, pair)| pair[way][k])));
    println!("| **{name}** ({}) | | | | {} |", rows.len(), cells(&[mean(0), mean(1)]));
}

/// The mean of what is known: a set without questions out of scope has no say about them.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let known: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    known.iter().sum::<f64>() / known.len() as f64
}

fn cells(pair: &[Figures; 2]) -> String {
    let cell = |k: usize| format!("{} / {}", share(pair[0][k]), share(pair[1][k]));
    (0..HEADS.len()).map(cell).collect::<Vec<_>>().join(" | ")
}

/// `.732`; a dash where there is nothing to say.
fn share(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.3}").trim_start_matches('0').to_owned()
    } else {
        "–".to_owned()
    }
}

/// What people would be shown, by the shipped threshold.
fn print_shown(asked: &[[Vec<Asked>; 2]]) {
    let of = |all: &dyn Fn(&Asked) -> bool, some: &dyn Fn(&Asked) -> bool| {
        let sets = asked.iter().map(|[index, _]| {
            let among = index.iter().filter(|a| all(a));
            among.clone().filter(|a| a.shown && some(a)).count() as f64 / among.count() as f64
        });
        100.0 * mean(sets)
    };
    println!(
        "\nShown at once (from {SURE} on): {:.1} % of answerable questions rightly, {:.1} % wrongly; {:.1} % of those without an answer.\n",
        of(&|a| a.answerable, &|a| a.place == Some(1)),
        of(&|a| a.answerable, &|a| a.place != Some(1)),
        of(&|a| !a.answerable, &|_| true),
    );
    println!(
        "The weights of the confidence were fitted on the public development sets; `fit_search` leaves them out in turn.\n"
    );
}
