//! Cases with believable histories, as many as are wanted: about two hundred for the demonstration, a hundred thousand
//! for the bench.

use super::dice::Dice;
use super::history::{History, Plan};
use super::{journeys, people, staff};
use domain::cases::rules::number;
use domain::content::{self, Body, Kind, Manuscript, Meta};
use domain::ctx::{Ctx, Portal};
use domain::error::{Error, Result};
use domain::ids::{CaseId, PersonId};
use domain::imports::{self, Import};
use domain::locale::Locale;
use domain::programs::Program;
use domain::time::{Day, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Cases written in one transaction.
const CHUNK: usize = 400;

/// Adds so many cases spread over every program, sub-status and language. The same seed and clock give the same cases;
/// another seed adds others.
pub async fn generate(portal: &Arc<Portal>, n: usize, seed: u64) -> Result<()> {
    let ctx = portal.system("demo");
    let mut maker = Maker::new(&ctx, seed)?;
    let mut left = n;
    while left > 0 {
        let count = left.min(CHUNK);
        let cases = (0..count).map(|_| maker.another()).collect::<Result<Vec<_>>>()?;
        imports::receive(&ctx, &maker.numbered(cases)?).await?;
        left -= count;
    }
    Ok(())
}

/// Makes cases one after the other.
pub(super) struct Maker<'c> {
    ctx: &'c Ctx,
    pub dice: Dice,
    programs: Vec<Arc<Program>>,
    made: BTreeMap<String, usize>,
    counters: BTreeMap<(String, i16), i64>,
}

impl<'c> Maker<'c> {
    pub(super) fn new(ctx: &'c Ctx, seed: u64) -> Result<Maker<'c>> {
        let programs: Vec<_> =
            ctx.portal.programs.all().iter().filter(|program| program.is_demo).cloned().collect();
        if programs.is_empty() {
            return Err(Error::internal("the demonstration's programs are not loaded"));
        }
        Ok(Maker { ctx, dice: Dice::new(seed), programs, made: BTreeMap::new(), counters: BTreeMap::new() })
    }

    /// The next case of nobody in particular.
    pub(super) fn another(&mut self) -> Result<Import> {
        let program = self.programs[self.dice.weighted(&[60, 40]) % self.programs.len()].clone();
        let made = self.made.entry(program.code.clone()).or_default();
        let target = journeys::target(*made, &mut self.dice);
        *made += 1;
        let locale = people::locale(&mut self.dice);
        let person = PersonId::fixed(self.dice.id(self.ctx.now));
        let patient = people::patient(person, locale, &mut self.dice);
        let is_by_caregiver = self.dice.percent(22);
        self.history(Plan { program, patient, person, locale, target, is_by_caregiver, is_named: false })
    }

    /// The case of somebody everybody can sign in as.
    pub(super) fn named(&mut self, named: &people::Named, person: PersonId) -> Result<Import> {
        let program = self.ctx.portal.programs.by_code(named.program).ok_or(Error::NotFound)?;
        let patient = people::named(person, named, &mut self.dice);
        self.history(Plan {
            program,
            patient,
            person,
            locale: named.locale,
            target: named.stands,
            is_by_caregiver: named.is_by_caregiver,
            is_named: true,
        })
    }

    fn history(&mut self, plan: Plan) -> Result<Import> {
        History::new(self.ctx, &mut self.dice, plan).write()
    }

    /// The last number a program has given in a year, before these.
    pub(super) fn count_from(&mut self, prefix: &str, year: i16, last: i64) {
        self.counters.insert((prefix.to_owned(), year), last);
    }

    /// Gives each case its number, in the order in which they were opened.
    pub(super) fn numbered(&mut self, mut cases: Vec<Import>) -> Result<Vec<Import>> {
        let opened = |case: &Import| case.statuses.first().map_or(Timestamp(0), |status| status.at);
        cases.sort_by_key(|case| (opened(case), case.case));
        for case in &mut cases {
            let program = self.ctx.portal.programs.get(case.program)?;
            let year = program.day(opened(case))?.year;
            let last = self.counters.entry((program.prefix.clone(), year)).or_insert(FIRST_GENERATED);
            *last += 1;
            case.counted = (year, *last);
            case.number = number(&program.prefix, year, *last);
        }
        Ok(cases)
    }
}

/// Numbers below this one are the demonstration's own.
const FIRST_GENERATED: i64 = 1_000;

/// A case's id, sorting by the time it was opened.
pub(super) fn case_id(dice: &mut Dice, at: Timestamp) -> CaseId {
    CaseId::fixed(dice.id(at))
}

/// So many texts more in the library, in every language in turn: for measuring.
pub async fn texts(portal: &Arc<Portal>, count: usize) -> Result<()> {
    const BATCH: usize = 2_000;
    let ctx = portal.system("demo");
    let Some(program) = portal.programs.all().first().cloned() else { return Ok(()) };
    let day = program.day(ctx.now)?;
    for start in (0..count).step_by(BATCH) {
        let manuscripts: Vec<Manuscript> = (start..count.min(start + BATCH))
            .map(|at| {
                let (number, locale) = (at / Locale::ALL.len(), Locale::ALL[at % Locale::ALL.len()]);
                let code = format!("GEN-{number:05}");
                Manuscript {
                    item: format!("{}/{code}", program.prefix),
                    slug: code.to_lowercase(),
                    code,
                    program: program.id,
                    kind: Kind::Page,
                    meta: Meta::default(),
                    position: 1_000,
                    edition: 1,
                    locale,
                    title: format!("Text number {number}"),
                    body: Body::Page { text: format!("{FILLER} {number}. {FILLER}") },
                    reviewed_on: day,
                    review_due_on: Day { year: day.year + 1, ..day },
                    signed_at: ctx.now,
                }
            })
            .collect();
        content::install(&ctx, &manuscripts, &staff::review()).await?;
    }
    Ok(())
}

const FILLER: &str = "Keep it in a dry place at room temperature, away from heat and light. Write the date on it when you open it, and ask us when something is not clear.";
