//! The SQL of programs.

use super::types::Program;
use crate::db::{Columns, Conn, json};
use crate::error::{Error, Result};
use crate::time::Timestamp;

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Program>> {
    let rows = sqlx::query(
        "select id, code, name, medicine, prefix, zone, phone, tty, hours, holidays, locales, rules, settings, is_demo
         from programs order by name",
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(program).collect()
}

/// Adds a program, or replaces the one with the same code.
pub(crate) async fn save(conn: &mut Conn, program: &Program, now: Timestamp) -> Result<()> {
    let holidays: Vec<String> = program.holidays.iter().map(ToString::to_string).collect();
    sqlx::query(
        "insert into programs (id, code, name, medicine, prefix, zone, phone, tty, hours, holidays, locales, rules, settings, is_demo, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (code) do update set name = excluded.name, medicine = excluded.medicine, zone = excluded.zone,
           phone = excluded.phone, tty = excluded.tty, hours = excluded.hours, holidays = excluded.holidays,
           locales = excluded.locales, rules = excluded.rules, settings = excluded.settings, is_demo = excluded.is_demo",
    )
    .bind(program.id.to_string())
    .bind(&program.code)
    .bind(&program.name)
    .bind(&program.medicine)
    .bind(&program.prefix)
    .bind(&program.zone)
    .bind(&program.phone)
    .bind(&program.tty)
    .bind(json(&program.hours)?)
    .bind(json(&holidays)?)
    .bind(json(&program.locales)?)
    .bind(json(&program.rules)?)
    .bind(json(&program.settings)?)
    .bind(i64::from(program.is_demo))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

fn program(row: sqlx::any::AnyRow) -> Result<Program> {
    let holidays: Vec<String> = row.json("holidays")?;
    Ok(Program {
        id: row.parsed("id")?,
        code: row.text("code")?,
        name: row.text("name")?,
        medicine: row.text("medicine")?,
        prefix: row.text("prefix")?,
        zone: row.text("zone")?,
        phone: row.text("phone")?,
        tty: row.text("tty")?,
        hours: row.json("hours")?,
        holidays: holidays
            .iter()
            .map(|day| day.parse().map_err(|_| Error::internal("a program's holiday is no day")))
            .collect::<Result<_>>()?,
        locales: row.json("locales")?,
        rules: row.json("rules")?,
        settings: row.json("settings")?,
        is_demo: row.flag("is_demo")?,
    })
}
