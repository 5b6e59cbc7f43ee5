//! The two programs: what is the same in every language.

use super::{dice, files};
use domain::ctx::Ctx;
use domain::error::{Error, Result};
use domain::ids::ProgramId;
use domain::locale::Locale;
use domain::programs::{self, Hours, Program, Rule, Settings};
use domain::time::Day;
use serde::Deserialize;
use std::collections::BTreeMap;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    code: String,
    name: String,
    medicine: String,
    prefix: String,
    zone: String,
    phone: String,
    tty: String,
    locales: Vec<Locale>,
    holidays: Vec<String>,
    hours: BTreeMap<String, (String, String)>,
    rules: Vec<Rule>,
    settings: Settings,
}

/// Brings every program in. Run twice it changes nothing.
pub(super) async fn install(ctx: &Ctx) -> Result<()> {
    for folder in files::programs() {
        programs::install(ctx, &read(&folder)?).await?;
    }
    Ok(())
}

fn read(folder: &str) -> Result<Program> {
    let facts: Facts = files::facts(folder)?;
    let mut hours = [None; 7];
    for (day, (opens, closes)) in &facts.hours {
        let at = WEEKDAYS.iter().position(|name| name == day);
        let slot = at.and_then(|at| hours.get_mut(at)).ok_or_else(|| broken("a weekday"))?;
        *slot = Some((minutes(opens)?, minutes(closes)?));
    }
    let holidays = facts.holidays.iter().map(|day| day.parse::<Day>().map_err(|_| broken("a holiday")));
    Ok(Program {
        id: ProgramId::fixed(dice::named(&format!("program {}", facts.code))),
        holidays: holidays.collect::<Result<_>>()?,
        hours: Hours(hours),
        code: facts.code,
        name: facts.name,
        medicine: facts.medicine,
        prefix: facts.prefix,
        zone: facts.zone,
        phone: facts.phone,
        tty: facts.tty,
        locales: facts.locales,
        rules: facts.rules,
        settings: facts.settings,
        is_demo: true,
    })
}

/// `08:30` as minutes after midnight.
fn minutes(text: &str) -> Result<u16> {
    let (hour, minute) = text.split_once(':').ok_or_else(|| broken("an hour"))?;
    match (hour.parse::<u16>(), minute.parse::<u16>()) {
        (Ok(hour @ 0..=24), Ok(minute @ 0..=59)) => Ok(hour * 60 + minute),
        _ => Err(broken("an hour")),
    }
}

fn broken(what: &str) -> Error {
    Error::internal(format!("{what} of a demonstration program does not read"))
}
