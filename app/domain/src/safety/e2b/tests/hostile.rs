//! Files that are broken or mean harm: each is refused with its reason, and none stops the portal.

use super::*;

fn refused(text: &str) -> Error {
    let error = read(text.as_bytes()).map(|_| ()).unwrap_err();
    assert_eq!(acknowledgements(text.as_bytes()).unwrap_err(), error, "both readers refuse alike");
    error
}

#[test]
fn a_document_type_is_refused_before_anything_in_it_counts() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>";
    assert_eq!(refused(laughs), Error::DocumentType);
    assert_eq!(refused("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"), Error::DocumentType);
    assert_eq!(refused("<x>&b;</x>"), Error::Entity);
}

#[test]
fn what_is_no_xml_is_refused() {
    for text in [
        "",
        "   ",
        "hello",
        "<x>",
        "</x>",
        "<x></y>",
        "<x/><x/>",
        "<x/>y",
        "<x a=1/>",
        "<x a=\"1\" a=\"2\"/>",
        "<x a=\"&y;\"/>",
        "<p:x/>",
        "<x p:a=\"1\"/>",
        "<x>&#0;</x>",
        "<x>&#xFFFF;</x>",
        "<x>&#x110000;</x>",
        "<x a=\"&#1;\"/>",
        "<x>\u{1}</x>",
        "<x>&amp</x>",
        "<x><![CDATA[</x>",
        "<x><!-- -- --></x>",
        "&amp;<x/>",
        "<?xml version=\"1.0\"?",
    ] {
        assert!(matches!(refused(text), Error::Malformed { .. }), "{text}: {:?}", refused(text));
    }
    assert_eq!(refused("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><x/>"), Error::NotUtf8);
    assert_eq!(read(b"<x>\xff</x>").map(|_| ()), Err(Error::NotUtf8));
    assert_eq!(refused("<x/>"), Error::AnotherRoot);
    assert_eq!(refused("<MCCI_IN200100UV01/>"), Error::AnotherRoot, "not in HL7's namespace");
}

#[test]
fn what_is_too_much_is_refused_at_once() {
    let begun = std::time::Instant::now();
    assert_eq!(refused(&" ".repeat(LARGEST + 1)), Error::TooLarge { limit: LARGEST });
    assert!(matches!(refused(&"<x>".repeat(1_000_000)), Error::TooMuch { limit: 64 }));
    assert!(matches!(
        refused(&format!("<x>{}", "<y/>".repeat(1_000_000))),
        Error::TooMuch { limit: 200_000 }
    ));
    let attributes: String = (0..300_000).map(|number| format!(" a{number}=\"\"")).collect();
    assert!(matches!(refused(&format!("<x{attributes}/>")), Error::TooMuch { limit: 16 }));
    let spaces: String = (0..300_000).map(|number| format!(" xmlns:a{number}=\"u\"")).collect();
    assert!(matches!(refused(&format!("<x{spaces}/>")), Error::Malformed { .. } | Error::TooMuch { .. }));
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn other_prefixes_and_foreign_elements_do_no_harm() {
    let text = String::from_utf8(sample(1)).unwrap();
    let (before, after) = text.split_once("<responseModeCode").unwrap();
    let foreign = format!(
        "{before}<f:id xmlns:f=\"urn:other\" extension=\"evil\" root=\"x\"/><responseModeCode{after}"
    );
    assert!(read(foreign.as_bytes()).unwrap() == read(text.as_bytes()).unwrap());
    let prefixed = text
        .replace("xmlns=\"urn:hl7-org:v3\"", "xmlns:h=\"urn:hl7-org:v3\"")
        .replace("xsi:type", "i:type")
        .replace("xmlns:xsi=", "xmlns:i=")
        .replace("xsi:schemaLocation", "i:schemaLocation")
        .replace("</", "\u{1}")
        .replace('<', "<h:")
        .replace('\u{1}', "</h:")
        .replace("<h:!", "<!")
        .replace("<h:?", "<?");
    assert!(read(prefixed.as_bytes()).unwrap() == read(text.as_bytes()).unwrap());
}

#[test]
fn two_reports_in_a_batch_are_not_taken_for_one() {
    let text = write(&consumer()).unwrap();
    let (at, end) = (text.find("<PORR_").unwrap(), text.find("</PORR_IN049016UV>").unwrap() + 18);
    let twice = format!("{}{}{}", &text[..end], &text[at..end], &text[end..]);
    assert_eq!(read(twice.as_bytes()).map(|_| ()), Err(Error::ManyReports(2)));
    let none = format!("{}{}", &text[..at], &text[end..]);
    assert_eq!(read(none.as_bytes()).map(|_| ()), Err(Error::Missing("N.2.r")));
}

/// The same numbers every time (xorshift), so that a failure can be seen again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "\"",
    "&",
    "&x;",
    "&#0;",
    "&#x41;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<!DOCTYPE x>",
    "<?x?>",
    "\0",
    "\u{fffe}",
    " nullFlavor=\"NI\"",
    " nullFlavor=\"?\"",
    " value=\"\"",
    "<id/>",
    "<code/>",
    "xmlns=\"\"",
    "xmlns:a=\"b\"",
    "99999999999999999999",
    "-",
    "é",
    "١٢٣",
];

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len());
    let end = (at + dice.below(200)).min(bytes.len());
    match dice.below(8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let copy = bytes[at..end].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, copy);
        }
        3 => bytes.truncate(at),
        // values are where most readers trip: digits, letters and quotes change places
        4 => {
            let digits = bytes.iter_mut().skip(at).filter(|byte| byte.is_ascii_digit()).take(4);
            digits.for_each(|byte| *byte = b'0' + dice.below(10) as u8);
        }
        _ => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
    }
}

/// A file without indents, comments and the files inside it, so that twenty thousand runs are quick.
fn bare(bytes: &[u8]) -> Vec<u8> {
    let lines = std::str::from_utf8(bytes).unwrap().lines().map(str::trim);
    let is_file = |line: &str| line.ends_with("&#13;") || (line.len() > 60 && !line.contains(['<', ' ']));
    let is_comment = |line: &str| line.starts_with("<!--") && line.ends_with("-->");
    let kept = lines.filter(|line| !is_file(line) && !is_comment(line));
    kept.collect::<Vec<_>>().concat().into_bytes()
}

/// What we understand, and would write, we understand the same way again.
fn is_read(bytes: &[u8]) -> bool {
    let Ok(report) = read(bytes) else { return false };
    if let Ok(written) = write(&report) {
        assert!(read(written.as_bytes()).as_ref() == Ok(&report));
    }
    true
}

#[test]
fn twenty_thousand_broken_files_are_read_or_refused() {
    let mut seeds = [sample(1), sample(6), file("R3ack-positive.ack"), file("R3ack-negative.ack")].to_vec();
    seeds.extend([consumer(), full(), silent()].map(|report| write(&report).unwrap().into_bytes()));
    let seeds: Vec<_> = seeds.iter().map(|seed| bare(seed)).collect();
    assert!(seeds.iter().all(|seed| read(seed).is_ok() || acknowledgements(seed).is_ok()));
    // the small ones more often
    let deck: Vec<usize> =
        [1, 1, 16, 16, 20, 2, 2].iter().enumerate().flat_map(|(seed, often)| vec![seed; *often]).collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let seed = deck[dice.below(deck.len())];
        let mut bytes = seeds[seed].clone();
        (0..=dice.below(3)).for_each(|_| mutate(&mut bytes, &mut dice));
        let is_taken = if matches!(seed, 2 | 3) { acknowledgements(&bytes).is_ok() } else { is_read(&bytes) };
        *(if is_taken { &mut taken } else { &mut refused }) += 1;
    }
    assert!(taken > 1_000 && refused > 1_000, "{taken} taken, {refused} refused");
}
