//! About two hundred cases over both programs, and the people everybody can sign in as.

use super::generate::Maker;
use super::{accounts, dice, people};
use domain::ctx::Ctx;
use domain::error::Result;
use domain::ids::PersonId;
use domain::imports::{self, Import};
use domain::locale::Locale;
use domain::people as persons;
use domain::people::NewPerson;
use domain::sessions::{self, AccountKind};

/// Cases of nobody in particular.
const CASES: usize = 195;
const SEED: u64 = 2026;
/// Luis Ruiz has this number in the year; the others are numbered around him in the order they enrolled.
const LUIS_IS: i64 = 187;

/// Brings every case in, once. Returns whether they were new.
pub(super) async fn install(ctx: &Ctx) -> Result<bool> {
    let mut conn = ctx.read().await?;
    let is_done = sessions::has_account(&mut conn, ctx.keys(), &people::address("luis")).await?.is_some();
    drop(conn);
    if is_done {
        return Ok(false);
    }
    let mut maker = Maker::new(ctx, SEED)?;
    let mut cases = Vec::with_capacity(CASES + people::NAMED.len());
    for _ in 0..CASES {
        cases.push(maker.another()?);
    }
    for named in people::NAMED {
        cases.push(maker.named(named, id(named.mail))?);
    }
    let opened = |case: &Import| case.statuses.first().map_or(ctx.now, |status| status.at);
    let luis = cases
        .iter()
        .find(|case| case.patient.id == Some(id("luis")))
        .map(|case| (case.program, opened(case)));
    for program in ctx.portal.programs.all().iter() {
        let year = program.day(ctx.now)?.year;
        let is_before_luis = |case: &&Import| {
            luis.is_some_and(|(his, at)| case.program == his && opened(case) <= at)
                && program.day(opened(case)).is_ok_and(|day| day.year == year)
        };
        let is_his = luis.is_some_and(|(his, _)| his == program.id);
        let rank = i64::try_from(cases.iter().filter(is_before_luis).count()).unwrap_or(0);
        maker.count_from(&program.prefix, year, if is_his { (LUIS_IS - rank).max(0) } else { 0 });
        maker.count_from(&program.prefix, year - 1, 400);
    }
    imports::receive(ctx, &maker.numbered(cases)?).await?;
    accounts_for_all(ctx).await?;
    Ok(true)
}

/// Accounts for the patients with a name, and for Ana, who helps her father.
async fn accounts_for_all(ctx: &Ctx) -> Result<()> {
    let password = accounts::password().await?;
    let mut tx = ctx.begin().await?;
    let (mail, name) = people::ANA;
    let ana = NewPerson {
        id: Some(id(mail)),
        name: name.to_owned(),
        email: Some(people::address(mail)),
        written: Locale::Es,
        ..NewPerson::default()
    };
    persons::insert(tx.conn(), ctx.keys(), &ana, ctx.now).await?;
    for mail in people::NAMED.iter().map(|named| named.mail).chain([mail]) {
        let address = people::address(mail);
        sessions::create_account(ctx, &mut tx, id(mail), AccountKind::Person, &address, Some(&password))
            .await?;
    }
    tx.commit().await
}

/// The person behind a mail name.
pub(super) fn id(mail: &str) -> PersonId {
    PersonId::fixed(dice::named(&format!("patient {mail}")))
}
