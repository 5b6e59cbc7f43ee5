//! From lines to pages.

use super::setting::Line;

// The page: US letter, in points.
pub(super) const PAGE: (f32, f32) = (612.0, 792.0);
pub(super) const SIDE: f32 = 82.0;
pub(super) const TOP: f32 = 72.0;
pub(super) const BOTTOM: f32 = 82.0;
pub(super) const FOOT: f32 = 44.0;
pub(super) const WIDTH: f32 = PAGE.0 - 2.0 * SIDE;

/// A page: its lines, and how far down each begins.
pub(super) type Sheet = Vec<(f32, Line)>;

pub(super) fn into_sheets(lines: Vec<Line>) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = vec![Vec::new()];
    let mut y = TOP;
    let mut lines = lines.into_iter().peekable();
    while lines.peek().is_some() {
        let group = stuck_together(&mut lines);
        let height: f32 = group.iter().map(|line| line.above + line.height).sum();
        let mut full = y + height > PAGE.1 - BOTTOM;
        for line in group {
            // a group longer than a page goes on over the next ones
            if y > TOP && (full || y + line.above + line.height > PAGE.1 - BOTTOM) {
                sheets.push(Vec::new());
                y = TOP;
            }
            full = false;
            let top = if y > TOP { y + line.above } else { y };
            y = top + line.height;
            if let Some(sheet) = sheets.last_mut() {
                sheet.push((top, line));
            }
        }
    }
    sheets
}

fn stuck_together(lines: &mut impl Iterator<Item = Line>) -> Vec<Line> {
    let mut group = Vec::new();
    for line in lines {
        let ends = !line.with_next;
        group.push(line);
        if ends {
            break;
        }
    }
    group
}
