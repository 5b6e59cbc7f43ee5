//! Hostile Markdown never comes out as anything that runs, styles, posts or leads away. The long run is an example of its own.

#[path = "../../app/ui/examples/fuzz_markup.rs"]
mod fuzz_markup;

#[test]
fn no_text_comes_out_hostile() {
    assert_eq!(fuzz_markup::hostile(5_000, 11), None);
}
