//! Any words a person may write, out and in again, letter for letter.

use super::*;
use proptest::prelude::*;

/// Pieces that have broken readers elsewhere, among any characters XML can hold.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "&lt;",
        "<!--",
        "-->",
        "</text>",
        "\r\n",
        "\r",
        "\n\t ",
        "  ",
        "\"'",
        "<b>",
        "طفح جلدي بعد الجرعة",
        "‏\u{202e}abc\u{202c}",
        "👩‍⚕️💊🤮",
        "phát ban",
        "e\u{301}",
        "\u{85}\u{2028}\u{7f}",
        "\u{fffd}",
        "\u{10ffff}",
        "%",
        "{}",
        "<?xml?>",
        "&",
    ]);
    let piece = prop_oneof![
        3 => any::<char>().prop_filter("XML has no such character", |c| super::super::parse::is_lawful(*c)).prop_map(String::from),
        2 => odd.prop_map(str::to_owned),
        1 => Just("nombre muy largo ".repeat(256)),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn null() -> impl Strategy<Value = Null> {
    use Null::{AskedButUnknown, Masked, NoInformation, NotApplicable, NotAsked, Unknown};
    prop::sample::select(vec![NoInformation, Masked, Unknown, NotAsked, AskedButUnknown, NotApplicable])
}

fn value() -> impl Strategy<Value = Value<String>> {
    prop_oneof![text().prop_map(Value::Given), null().prop_map(Value::Null)]
}

fn some<S: Strategy>(strategy: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::of(strategy)
}

fn when() -> impl Strategy<Value = Option<Value<When>>> {
    let told = (0..4_000_000_000_i64, -720..840_i16, 0..4_u8).prop_map(|(seconds, offset, precision)| {
        let when = When::at(Timestamp(seconds * 1000), offset).unwrap();
        let end = [4, 6, 8, when.text().len()][usize::from(precision)];
        Value::Given(when.text()[..end].parse().unwrap())
    });
    some(prop_oneof![told, null().prop_map(Value::Null)])
}

prop_compose! {
    fn party()(
        names in prop::collection::vec(some(value()), 9),
        given in value(),
        street in prop::collection::vec(value(), 0..3),
        lines in prop::collection::vec(some(text()), 3),
    ) -> Party {
        let [title, middle, family, organisation, department, city, state, postcode, _] = names.try_into().unwrap();
        let [phone, fax, email] = lines.try_into().unwrap();
        Party {
            title, given: Some(given), middle, family, organisation, department, street, city, state, postcode,
            phone, fax, email, country: super::given("VN"),
        }
    }
}

prop_compose! {
    fn doses()(parts in prop::collection::vec((some(text()), when(), when(), some(value()), some(value())), 0..3)) -> Vec<Dose> {
        parts.into_iter().map(|(text, began, ended, route, lot)| Dose { text, began, ended, route, lot }).collect()
    }
}

prop_compose! {
    fn any_report()(
        narrative in text(),
        comments in (some(text()), some(text())),
        verbatim in text(),
        translation in some(text()),
        times in (when(), when(), when(), when(), when()),
        name in value(),
        history in some(value()),
        reporter in party(),
        sender in party(),
        doses in doses(),
        indication in some(value()),
        lists in (prop::collection::vec(text(), 0..3), prop::collection::vec((text(), text()), 0..3)),
    ) -> Report {
        let mut report = full();
        report.narrative = narrative;
        (report.reporters_comment, report.senders_comment) = comments;
        report.documents = lists.0;
        report.other_ids = lists.1.into_iter().map(|(source, id)| OtherId { source, id }).collect();
        report.summaries = vec![Verbatim { text: verbatim.clone(), language: "ara".into() }];
        report.reactions[0].verbatim = Some(Verbatim { text: verbatim, language: "vie".into() });
        report.reactions[0].translation = translation;
        (report.reactions[0].began, report.reactions[0].ended) = (times.0, times.1);
        (report.patient.born, report.patient.died, report.patient.last_period) = (times.2, times.3, times.4);
        (report.patient.name, report.patient.history) = (name, history);
        report.reporters[0].party = reporter;
        report.sender.party = Party { organisation: super::given("Aerovent Support"), ..sender };
        report.drugs[0].doses = doses;
        report.drugs[0].indications = vec![Indication { words: indication, term: None }];
        report
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_is_read_as_it_was_written(report in any_report()) {
        let written = write(&report).unwrap();
        prop_assert_eq!(read(written.as_bytes()), Ok(report));
    }
}

#[test]
fn a_character_xml_cannot_hold_leaves_a_mark() {
    let mut report = consumer();
    report.narrative = "rash\u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff} and\tmore\r\n".into();
    report.reporters[0].party.phone = Some("1\u{1b}2".into());
    let read = read(write(&report).unwrap().as_bytes()).unwrap();
    assert_eq!(read.narrative, format!("rash{} and\tmore\r\n", "\u{fffd}".repeat(6)));
    assert_eq!(read.reporters[0].party.phone.as_deref(), Some("1\u{fffd}2"));
}

#[test]
fn a_debug_print_outside_tests_would_say_nothing() {
    let types = include_str!("../types.rs");
    let quiet = types.lines().find(|line| line.starts_with("quiet!(")).unwrap();
    for part in types.split("#[cfg_attr(test, derive(Debug))]\npub struct ").skip(1) {
        let name = part.split_whitespace().next().unwrap();
        assert!(quiet.contains(name), "{name} would be printed, or not at all");
    }
}
