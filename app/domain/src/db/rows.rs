//! Many rows in few statements, for what comes in bulk: publications, imports.

use super::{Conn, Statement};
use crate::error::Result;
use crate::time::Timestamp;
use sqlx::SqlSafeStr;

/// Rows in one statement: enough to be quick, few enough for both databases' limits, and always the same number, so
/// that the statement is prepared once.
const ROWS: usize = 64;

/// Rows of one table, written 64 at a time. Values are given column by column, row after row.
pub struct Rows {
    head: &'static str,
    tail: &'static str,
    columns: usize,
    values: Vec<Value>,
}

#[derive(Debug)]
enum Value {
    Text(String),
    NoText,
    Int(i64),
    NoInt,
    Blob(Vec<u8>),
    NoBlob,
}

impl Rows {
    /// `head` is everything before `values`, `tail` what may follow it.
    pub fn new(head: &'static str, tail: &'static str, columns: usize) -> Rows {
        Rows { head, tail, columns, values: Vec::new() }
    }

    pub fn text(&mut self, value: impl ToString) -> &mut Rows {
        self.push(Value::Text(value.to_string()))
    }

    pub fn text_or_null(&mut self, value: Option<impl ToString>) -> &mut Rows {
        self.push(value.map_or(Value::NoText, |value| Value::Text(value.to_string())))
    }

    pub fn int(&mut self, value: i64) -> &mut Rows {
        self.push(Value::Int(value))
    }

    pub fn at(&mut self, value: Timestamp) -> &mut Rows {
        self.push(Value::Int(value.0))
    }

    pub fn at_or_null(&mut self, value: Option<Timestamp>) -> &mut Rows {
        self.push(value.map_or(Value::NoInt, |value| Value::Int(value.0)))
    }

    pub fn blob(&mut self, value: Vec<u8>) -> &mut Rows {
        self.push(Value::Blob(value))
    }

    pub fn blob_or_null(&mut self, value: Option<Vec<u8>>) -> &mut Rows {
        self.push(value.map_or(Value::NoBlob, Value::Blob))
    }

    fn push(&mut self, value: Value) -> &mut Rows {
        self.values.push(value);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Writes all rows, in the order they were given.
    pub async fn write(self, conn: &mut Conn) -> Result<()> {
        debug_assert_eq!(self.values.len() % self.columns, 0, "{}: a row is not whole", self.head);
        let full = self.statement(ROWS);
        let mut values = self.values.into_iter();
        let mut left = values.len() / self.columns;
        while left > 0 {
            let rows = left.min(ROWS);
            let text =
                if rows == ROWS { full.clone() } else { statement(self.head, self.tail, self.columns, rows) };
            let mut query = sqlx::query(sqlx::AssertSqlSafe(text).into_sql_str());
            for value in values.by_ref().take(rows * self.columns) {
                query = bind(query, value);
            }
            query.execute(&mut *conn).await?;
            left -= rows;
        }
        Ok(())
    }

    fn statement(&self, rows: usize) -> String {
        statement(self.head, self.tail, self.columns, rows)
    }
}

fn bind(query: Statement<'_>, value: Value) -> Statement<'_> {
    match value {
        Value::Text(value) => query.bind(value),
        Value::NoText => query.bind(None::<String>),
        Value::Int(value) => query.bind(value),
        Value::NoInt => query.bind(None::<i64>),
        Value::Blob(value) => query.bind(value),
        Value::NoBlob => query.bind(None::<Vec<u8>>),
    }
}

/// `head values ($1, $2), ($3, $4) tail`. The parts are our own text; only numbers are put in.
fn statement(head: &str, tail: &str, columns: usize, rows: usize) -> String {
    let mut text = String::with_capacity(head.len() + tail.len() + rows * columns * 7);
    text.push_str(head);
    text.push_str(" values ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                text.push_str(", ");
            }
            text.push('$');
            text.push_str(&(row * columns + column + 1).to_string());
        }
        text.push(')');
    }
    text.push(' ');
    text.push_str(tail);
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_places_are_numbered_through() {
        assert_eq!(
            super::statement("insert into t (a, b)", "on conflict do nothing", 2, 2),
            "insert into t (a, b) values ($1, $2), ($3, $4) on conflict do nothing"
        );
    }
}
