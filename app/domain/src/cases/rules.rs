//! Pure decisions about cases.

pub mod steps;

/// A case's number as people read it out: `BR-2026-000187`.
pub fn number(prefix: &str, year: i16, last: i64) -> String {
    format!("{prefix}-{year}-{last:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_program_year_and_place() {
        assert_eq!(number("BR", 2026, 187), "BR-2026-000187");
        assert_eq!(number("CP", 2027, 1_234_567), "CP-2027-1234567");
    }
}
