//! What a file must say, to readers of paper and to screen readers.

use super::*;
use lopdf::{Dictionary, Object};

const HOSTILE: &str = r##"#read("/etc/passwd") *x* _y_ $a$ \ ] [ } #{ <l> @r `c` // no "q" -- ~ {phone} = - + / (BT ET) <</S>>"##;

fn letter(lang: &'static str, title: &str, markdown: &str) -> Document {
    Document { title: title.to_owned(), lang, blocks: blocks(markdown) }
}

fn blocks(markdown: &str) -> Vec<Block> {
    blocks_of(markdown, &Titles { warning: "Achtung".to_owned(), note: "Hinweis".to_owned() })
}

fn letters() -> [Document; 4] {
    [
        letter("en", "Your inhaler", "### Before\n\nShake it **well**.\n\n- once\n- twice"),
        letter("es", "Su inhalador", "### Antes\n\nAgítelo *bien*. ¿Dudas?\n\n1. una vez\n2. dos veces"),
        letter("vi", "Thuốc hít của quý vị", "### Trước khi dùng\n\nLắc **kỹ** thuốc.\n\n> Đừng vội"),
        letter("ar", "جهاز الاستنشاق", "### قبل الاستعمال\n\nيجب رج الجهاز **جيدًا** 2.5 مل.\n\n- لا\n- إلى"),
    ]
}

fn says(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len()).any(|window| window == words.as_bytes())
}

fn opened(pdf: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(pdf).unwrap()
}

/// The words on all pages, without what is between them.
fn words_in(pdf: &[u8]) -> String {
    let file = opened(pdf);
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    without_spaces(&file.extract_text(&pages).unwrap())
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The tags in reading order, and the words beside them.
fn tags_in(pdf: &[u8]) -> Vec<String> {
    let file = opened(pdf);
    let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let mut tags = Vec::new();
    walk(&file, root, &mut tags);
    tags
}

fn walk(file: &lopdf::Document, at: &Object, tags: &mut Vec<String>) {
    let Ok((_, at)) = file.dereference(at) else { return };
    if let Ok(many) = at.as_array() {
        many.iter().for_each(|one| walk(file, one, tags));
    }
    let Ok(element) = at.as_dict() else { return };
    tags.extend(
        element.get(b"S").ok().map(|tag| String::from_utf8_lossy(tag.as_name().unwrap()).into_owned()),
    );
    tags.extend(words_beside(element));
    element.get(b"K").into_iter().for_each(|below| walk(file, below, tags));
}

fn words_beside(element: &Dictionary) -> Option<String> {
    lopdf::decode_text_string(element.get(b"ActualText").ok()?).ok()
}

#[test]
fn every_language_makes_a_tagged_file() {
    for letter in letters() {
        let pdf = write(&letter).unwrap();
        assert!(pdf.starts_with(b"%PDF"));
        assert!(says(&pdf, "pdfuaid"), "{}", letter.lang);
        let file = opened(&pdf);
        let catalog = file.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), letter.lang.as_bytes());
        assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"MarkInfo") && catalog.has(b"Outlines"));
    }
}

#[test]
fn tags_say_what_things_are() {
    let [english, ..] = letters();
    let tags = tags_in(&write(&english).unwrap());
    let expected = ["Document", "H1", "H2", "P", "Strong", "L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"];
    assert_eq!(tags, expected);
}

#[test]
fn arabic_is_read_in_the_order_in_which_it_was_written() {
    let [.., arabic] = letters();
    let tags = tags_in(&write(&arabic).unwrap());
    let words: String = tags.iter().filter(|tag| !tag.is_ascii() || tag.starts_with(' ')).cloned().collect();
    let written = "جهاز الاستنشاققبل الاستعماليجب رج الجهاز جيدًا 2.5 مل.•لا•إلى";
    assert_eq!(words, written);
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    for letter in letters() {
        assert_eq!(write(&letter).unwrap(), write(&letter).unwrap());
    }
}

#[test]
fn hostile_text_is_printed_as_it_is() {
    let spans = vec![Span::plain(HOSTILE)];
    let blocks = vec![
        Block::Heading { level: 1, text: HOSTILE.to_owned() },
        Block::List { ordered: true, items: vec![spans.clone()] },
        Block::Facts(vec![(HOSTILE.to_owned(), HOSTILE.to_owned())]),
        Block::Quote(spans),
    ];
    let pdf = write(&Document { title: HOSTILE.to_owned(), lang: "en", blocks }).unwrap();
    assert_eq!(words_in(&pdf).matches(&without_spaces(HOSTILE)).count(), 6);
}

#[test]
fn what_no_font_has_is_seen_to_be_missing() {
    let odd = "a\u{64b}b 中 🙂 ด \u{e000} \u{10ffff} \u{feff}\u{202e}end\u{0}\u{7}";
    let [.., arabic] = letters();
    for lang in ["en", arabic.lang] {
        let pdf = write(&Document { lang, ..letter("en", odd, odd) }).unwrap();
        assert!(says(&pdf, "pdfuaid"));
    }
    let pdf = write(&letter("en", "x", odd)).unwrap();
    assert_eq!(words_in(&pdf), "xa�b�����end");
    assert_eq!(blocks(&format!("{}deep", "> ".repeat(50_000))).len(), 1);
}

#[test]
fn signs_of_direction_are_not_drawn() {
    let plain = write(&letter("ar", "هاتف", "+1 555 0100")).unwrap();
    let marked = write(&letter("ar", "هاتف", "\u{200e}+1 555 0100\u{200e}")).unwrap();
    assert_eq!(words_in(&marked).replace('\u{200e}', "").len(), words_in(&plain).len());
}

#[test]
fn a_long_text_goes_on_over_numbered_pages() {
    let paragraph = "One sentence that says little, and says it again. ".repeat(12);
    let pdf = write(&letter("en", "Long", &format!("{paragraph}\n\n").repeat(12))).unwrap();
    assert!(opened(&pdf).get_pages().len() > 1);
    assert!(words_in(&pdf).contains("1/2") || words_in(&pdf).contains("1/3"));
}

#[test]
fn a_word_longer_than_a_line_is_broken() {
    let pdf = write(&letter("en", "Long", &"x".repeat(5000))).unwrap();
    assert_eq!(words_in(&pdf).matches('x').count(), 5000);
    assert!(opened(&pdf).get_pages().len() > 1);
}

#[test]
fn headings_leave_no_gap() {
    let mut depths = Depths(Vec::new());
    let levels = [3, 4, 6, 3, 2, 4];
    assert_eq!(levels.map(|level| depths.below_title(level)), [2, 3, 4, 2, 2, 3]);
}

#[test]
fn a_text_needs_a_title_and_nothing_else() {
    assert!(write(&letter("en", " \u{200b}\n", "text")).is_err());
    assert!(write(&letter("en", "Title", "")).is_ok());
    assert!(write(&letter("en", "Title", "# \n\n- \n\n**\u{feff}**")).is_ok());
}

#[test]
fn markdown_becomes_blocks() {
    let bold = |text: &str| Span { bold: true, ..Span::plain(text) };
    let italic = |text: &str| Span { italic: true, ..Span::plain(text) };
    let text = "### Store *it*\n\nKeep **dry**,\nsee [cost](page:cost).\\\nNow\n\n\
        1. one\n2. two\n   - in `it`\n   - too\n\n> first\n>\n> *second*\n\n> [!WARNING] Stop\n> now\n\n\
        <script>x</script>\n\n![an inhaler](/a.png) <b>c</b>\n\n![](/b.png)\n\n---\n";
    let expected = vec![
        Block::Heading { level: 3, text: "Store it".to_owned() },
        Block::Paragraph(vec![Span::plain("Keep "), bold("dry"), Span::plain(", see cost.\nNow")]),
        Block::List {
            ordered: true,
            items: vec![vec![Span::plain("one")], vec![Span::plain("two\n– in it\n– too")]],
        },
        Block::Quote(vec![Span::plain("first\n"), italic("second")]),
        Block::Quote(vec![bold("Stop"), Span::plain("\nnow")]),
        Block::Paragraph(vec![Span::plain("[an inhaler] c")]),
    ];
    assert_eq!(blocks(text), expected);
}

#[test]
fn a_warning_without_a_title_has_the_word_of_its_language() {
    let bold = |text: &str| Span { bold: true, ..Span::plain(text) };
    let text = "> [!WARNING]\n> now\n\n> [!TIP]\n> later\n\n- one\n  > [!CAUTION]\n  > two";
    let expected = vec![
        Block::Quote(vec![bold("Achtung"), Span::plain("\nnow")]),
        Block::Quote(vec![bold("Hinweis"), Span::plain("\nlater")]),
        Block::List {
            ordered: false,
            items: vec![vec![Span::plain("one\n"), bold("Achtung"), Span::plain("\ntwo")]],
        },
    ];
    assert_eq!(blocks(text), expected);
}

#[test]
fn what_a_picture_shows_is_read_in_its_place() {
    let pdf = write(&letter("en", "x", "before ![a hand holds it](/a.png) after")).unwrap();
    assert_eq!(words_in(&pdf), "xbefore[ahandholdsit]after");
}
