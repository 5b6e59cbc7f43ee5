//! How a page of a list is continued.

use crate::time::Timestamp;

/// The place after which the next page begins: an instant and an id, as `<millis>.<id>`.
pub fn mark(at: Timestamp, id: impl std::fmt::Display) -> String {
    format!("{}.{id}", at.0)
}

/// Reads a mark; anything else begins at the first page.
pub fn after(mark: Option<&str>) -> (i64, String) {
    mark.and_then(|mark| mark.split_once('.'))
        .and_then(|(at, id)| at.parse().ok().map(|at| (at, id.to_owned())))
        .filter(|(_, id): &(i64, String)| id.len() == 36)
        .unwrap_or((i64::MIN, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TaskId;

    #[test]
    fn a_mark_reads_back_and_nonsense_begins_at_the_start() {
        let id = TaskId::fixed(5);
        assert_eq!(after(Some(&mark(Timestamp(17), id))), (17, id.to_string()));
        for nonsense in ["", "x", "17", "17.", "x.y", "17.' or 1=1", "99999999999999999999.a"] {
            assert_eq!(after(Some(nonsense)).0, i64::MIN, "{nonsense}");
        }
    }
}
