//! Where the next page of a list begins: after the last row's place and id, as `<place>.<id>`. Unlike an offset it costs
//! the same on every page, and no row is skipped when another goes away.

/// The mark after a row.
pub fn mark(place: impl std::fmt::Display, id: impl std::fmt::Display) -> String {
    format!("{place}.{id}")
}

/// Reads a mark: the place, in its own type, and the id. Anything else begins at the first page.
pub fn after<P: std::str::FromStr>(mark: Option<&str>) -> Option<(P, String)> {
    let (place, id) = mark?.split_once('.')?;
    let is_id = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if !is_id {
        return None;
    }
    Some((place.parse().ok()?, id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TaskId;
    use crate::time::Day;

    #[test]
    fn a_mark_reads_back_and_nonsense_begins_at_the_start() {
        let id = TaskId::fixed(5);
        assert_eq!(after(Some(&mark(17, id))), Some((17, id.to_string())));
        let day = "2026-11-24".parse::<Day>().ok();
        assert_eq!(after(Some(&mark("2026-11-24", id))).map(|(day, _)| day), day);
        for nonsense in ["", "x", "17", "17.", "x.y", "17.' or 1=1", "99999999999999999999.a"] {
            assert_eq!(after::<i64>(Some(nonsense)), None, "{nonsense}");
        }
    }
}
