//! The safety screen on files of texts, each figure beside that of the word lists alone.

use crate::times::{Times, least};
use domain::safety::screen::{Kind, Verdict, by_lists, screen};
use serde::Deserialize;
use std::error::Error;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

/// Our own phrases that nothing was trained on: yes or no, kind, text.
const APART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/safety/screen/phrases/apart");
/// From how many characters on a text is a letter.
const LONG: usize = 1000;

pub struct File {
    name: String,
    /// Files of one source count together.
    source: String,
    texts: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
    /// 1: a person must see it.
    label: u8,
    lang: String,
    /// What it is about; empty where the file does not say.
    #[serde(skip)]
    kind: String,
}

/// How long the texts took.
#[derive(Default)]
pub struct Screened {
    pub shipped: Times,
    pub lists: Times,
    /// The long ones among the shipped screen's.
    pub long: Times,
}

/// What came of the texts of a file: hits, and of how many.
#[derive(Default, Clone, Copy)]
struct Tally {
    found: Share,
    /// Found as what they are, where the file says.
    rightly: Share,
    alarms: Share,
    /// No crisis, and flagged as one.
    false_crises: Share,
    crises: Share,
}

#[derive(Default, Clone, Copy)]
struct Share(usize, usize);

/// The folder's `safety_<source>_<language>.jsonl` and our own phrases.
pub fn read_all(folder: &str) -> Result<Vec<File>, Box<dyn Error>> {
    let mut paths = below(folder, "jsonl")?;
    paths.retain(|path| stem(path).starts_with("safety_"));
    if paths.is_empty() {
        return Err(format!("{folder} has no safety_<set>.jsonl").into());
    }
    let apart = below(APART, "tsv")?;
    paths.iter().map(|path| public(path)).chain(apart.iter().map(|path| own(path))).collect()
}

fn below(folder: &str, ending: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let files = std::fs::read_dir(folder).map_err(|e| format!("{folder}: {e}"))?;
    let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// JSON lines. Files named after crises hold crises and what only sounds like one.
fn public(path: &Path) -> Result<File, Box<dyn Error>> {
    let name = stem(path).replace("safety_", "");
    let source = name.split('_').next().unwrap_or_default();
    let source = if source.starts_with("crisis") { "crisis" } else { source }.to_owned();
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let mut text: Text = serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
        if source == "crisis" && text.label == 1 {
            text.kind = Kind::Crisis.code().to_owned();
        }
        texts.push(text);
    }
    Ok(File { name, source, texts })
}

fn own(path: &Path) -> Result<File, Box<dyn Error>> {
    let lang = stem(path);
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(path)?.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [expected, kind, text] = fields[..] else { return Err(format!("three fields: {line}").into()) };
        let label = u8::from(expected != "no");
        texts.push(Text { text: text.into(), label, lang: lang.clone(), kind: kind.into() });
    }
    Ok(File { name: format!("apart {lang}"), source: "apart".into(), texts })
}

/// Prints all figures, and gives back how long the texts took.
pub fn print_figures(files: &[File]) -> Screened {
    screen("", "en"); // the lists are compiled on first use
    println!("## The safety screen: as shipped / the lists alone\n");
    println!(
        "| texts | to be seen | found | as what they are | others | false alarms | falsely as a crisis | crises | found as a crisis |"
    );
    println!("|{}", "---|".repeat(9));
    let mut screened = Screened::default();
    let mut pool = [Tally::default(); 2];
    for (number, file) in files.iter().enumerate() {
        let tallies = look(file, &mut screened);
        print_row(&file.name, &tallies);
        for (all, one) in pool.iter_mut().zip(tallies) {
            *all += one;
        }
        if files.get(number + 1).is_none_or(|next| next.source != file.source) {
            if files.iter().filter(|other| other.source == file.source).count() > 1 {
                print_row(&format!("**{}, all**", file.source), &pool);
            }
            pool = [Tally::default(); 2];
        }
    }
    println!(
        "\nThe shipped model has learnt from the public sets, so there it is flattered; `train_screen` prints what it"
    );
    println!("scores on texts it has not seen. It never learnt from the phrases apart.\n");
    screened
}

fn look(file: &File, screened: &mut Screened) -> [Tally; 2] {
    let mut tallies = [Tally::default(); 2];
    for text in &file.texts {
        let (shipped, ms) = least(|| screen(&text.text, &text.lang));
        screened.shipped.push(ms);
        if text.text.chars().count() >= LONG {
            screened.long.push(ms);
        }
        let (lists, ms) = least(|| by_lists(&text.text, &text.lang));
        screened.lists.push(ms);
        tallies[0] += Tally::of(text, &shipped);
        tallies[1] += Tally::of(text, &lists);
    }
    tallies
}

fn print_row(name: &str, [shipped, lists]: &[Tally; 2]) {
    let pair = |share: fn(&Tally) -> Share| match share(shipped) {
        Share(_, 0) => "–".to_owned(),
        known => format!("{:.1} / {:.1} %", known.percent(), share(lists).percent()),
    };
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
        shipped.found.1,
        pair(|t| t.found),
        pair(|t| t.rightly),
        shipped.alarms.1,
        pair(|t| t.alarms),
        pair(|t| t.false_crises),
        shipped.crises.1,
        pair(|t| t.crises),
    );
}

impl Tally {
    fn of(text: &Text, verdict: &Verdict) -> Self {
        let as_kind = |code: &str| verdict.kinds.iter().any(|kind| kind.code() == code);
        let counted = |among: bool, hit: bool| Share(usize::from(among && hit), usize::from(among));
        let crisis = Kind::Crisis.code();
        let seen = text.label == 1;
        Self {
            found: counted(seen, verdict.flag),
            rightly: counted(seen && !text.kind.is_empty(), as_kind(&text.kind)),
            alarms: counted(!seen, verdict.flag),
            false_crises: counted(!seen, as_kind(crisis)),
            crises: counted(text.kind == crisis, as_kind(crisis)),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.rightly += other.rightly;
        self.alarms += other.alarms;
        self.false_crises += other.false_crises;
        self.crises += other.crises;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
        self.1 += other.1;
    }
}

impl Share {
    fn percent(self) -> f64 {
        100.0 * self.0 as f64 / self.1 as f64
    }
}

/// Prints the texts that the shipped screen got wrong, with the words that counted.
pub fn print_wrong(folder: &str, name: &str) -> Result<(), Box<dyn Error>> {
    for text in read_all(folder)?.iter().filter(|file| file.name.contains(name)).flat_map(|file| &file.texts)
    {
        let verdict = screen(&text.text, &text.lang);
        if verdict.flag == (text.label == 1) {
            continue;
        }
        let words = |m| -> Option<String> {
            let domain::safety::screen::Matched { start, end, weight, by, .. } = m;
            Some(format!("{}:{weight:.1}:{by:?}", text.text.get(start..end)?))
        };
        let matched: Vec<String> = verdict.matched.into_iter().filter_map(words).collect();
        let (kind, score) = (verdict.kind.code(), verdict.score);
        println!("{} {kind} {score:.2} | {} | {}", text.kind, text.text, matched.join(", "));
    }
    Ok(())
}
