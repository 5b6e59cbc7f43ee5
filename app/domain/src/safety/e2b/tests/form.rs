//! Ours against theirs: every place we write stands in published reports, in their order, with their codes and object
//! identifiers; and every place of a published report that applies to a consumer's is in ours.

use super::super::codes::{HL7, XSI};
use super::super::parse::parse;
use super::super::tree::Element;
use super::*;
use std::collections::BTreeSet;

/// Where E2B allows a null flavour and the published reports happen to have a value: the end of the path, the element, the
/// page of the ICH implementation guide (12 April 2013) that allows it. Where a page was not seen, the data type allows it.
const NULLS: &[(&str, &str)] = &[
    ("player1/name", "D.1, page 76; its example on page 38 is `name nullFlavor=MSK`"),
    ("player1/administrativeGenderCode", "D.5, page 81"),
    ("player1/birthTime", "D.2.1, as D.10.2.1 on page 93"),
    ("player1/deceasedTime", "D.9.1, as the other dates; page not seen"),
    ("component/observationEvent/value", "C.1.7: true, false or no information"),
    ("investigationCharacteristic/value", "C.1.9.1: true or no information, and so it stands in scenario 1"),
    ("organizer/component/observation/value", "D.7.2; page not seen"),
    ("assignedPerson/name/prefix", "C.2.r.1.1, page 57"),
    ("assignedPerson/name/given", "C.2.r.1.2, page 57"),
    ("assignedPerson/name/family", "C.2.r.1.4, page 57"),
    (
        "representedOrganization/name",
        "C.2.r.2.1 and C.2.r.2.2, page 57: whatever identifies a reporter may be masked",
    ),
    ("addr/streetAddressLine", "C.2.r.2.3, page 57"),
    ("addr/city", "C.2.r.2.4, page 57"),
    ("addr/state", "C.2.r.2.5, page 57"),
    ("addr/postalCode", "C.2.r.2.6, page 57"),
    ("asLocatedEntity/location/code", "C.2.r.3, page 61"),
    ("asQualifiedEntity/code", "C.2.r.4, page 61"),
    ("observation/effectiveTime/high", "E.i.5, as E.i.4 on page 105, which scenario 6 has"),
    ("effectiveTime/comp/low", "G.k.4.r.4, as the other dates; page not seen"),
    ("effectiveTime/comp/high", "G.k.4.r.5, as the other dates; page not seen"),
    ("routeCode/originalText", "G.k.4.r.10.1; page not seen"),
    ("productInstanceInstance/lotNumberText", "G.k.4.r.7; page not seen"),
    ("observation/value/originalText", "G.k.7.r.1, page 131: a null flavour on the original text"),
];

/// What stands in scenario 1 and not in ours: the part of a path, and why.
const LEFT: &[(&str, &str)] = &[
    ("organizer[2]", "D.8, drugs taken before: optional; the portal does not ask"),
    ("kindOfProduct/code", "G.k.2.1, a product's number: optional; the sponsor knows it, a patient does not"),
    ("kindOfProduct/asManufacturedProduct", "G.k.3, the authorisation: optional; added by the sponsor"),
    ("kindOfProduct/ingredient", "G.k.2.3, substances: optional; added by the sponsor"),
    ("instanceOfKind/subjectOf", "G.k.2.4, where the drug was obtained: optional"),
    ("substanceAdministration/performer", "G.k.2.4 once more"),
    ("routeCode@code", "G.k.4.r.10.2, a route's number: optional; we carry the words"),
    ("routeCode@displayName", "as above"),
    ("effectiveTime@nullFlavor", "G.k.4.r.4: we leave the whole expression out, or say it of its ends"),
    (
        "causalityAssessment[39]",
        "G.k.9.i.2, what somebody holds the cause to be: optional, and not a portal's to say",
    ),
    (
        "@codeSystemVersion",
        "the version of a code list, not in scenario 6 for the same places; MedDRA's alone is asked for",
    ),
    (
        "outboundRelationship2/substanceAdministration/consumable/instanceOfKind/kindOfProduct",
        "G.k.4.r.9, the dose form and what it stands in: optional, and empty in scenario 1",
    ),
];

fn name(element: &Element) -> String {
    let topic = element.child("code").filter(|code| {
        code.get("codeSystem").is_some_and(|system| system.starts_with("2.16.840.1.113883.3."))
            && !matches!(
                element.name.as_str(),
                "document" | "assignedEntity" | "asQualifiedEntity" | "act" | "location"
            )
    });
    match topic.and_then(|code| code.get("code")) {
        Some(code) => format!("{}[{code}]", element.name),
        None => element.name.clone(),
    }
}

/// Each element and attribute as `path` and `path@attribute`.
fn places(element: &Element, around: &str, exact: bool, found: &mut BTreeSet<String>) {
    let path = format!("{around}/{}", if exact { name(element) } else { element.name.clone() });
    for (attribute, _) in &element.attributes {
        found.insert(format!("{path}@{attribute}"));
    }
    element.children.iter().for_each(|child| places(child, &path, exact, found));
    found.insert(path);
}

/// Each attribute whose value is vocabulary: code systems, roots, classes, moods, types.
fn vocabulary(element: &Element, around: &str, found: &mut BTreeSet<String>) {
    let path = format!("{around}/{}", name(element));
    for (attribute, value) in &element.attributes {
        let is_oid = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let is_word = matches!(
            attribute.as_str(),
            "classCode" | "moodCode" | "determinerCode" | "typeCode" | "xsi:type" | "operator" | "mediaType"
        );
        if is_word || (is_oid && matches!(attribute.as_str(), "codeSystem" | "root")) {
            found.insert(format!("{path}@{attribute}={value}"));
        }
    }
    element.children.iter().for_each(|child| vocabulary(child, &path, found));
}

/// Each pair of siblings in the order they stand in, as `path: first < second`.
fn orders(element: &Element, around: &str, found: &mut BTreeSet<String>) {
    let path = format!("{around}/{}", name(element));
    let names: Vec<String> =
        element.children.iter().map(|child| format!("{}{}", name(child), inner(child))).collect();
    for (at, first) in names.iter().enumerate() {
        for second in names[at + 1..].iter().filter(|second| *second != first) {
            found.insert(format!("{path}: {first} < {second}"));
        }
    }
    element.children.iter().for_each(|child| orders(child, &path, found));
}

/// What a wrapper wraps, so that two `subjectOf2` are told apart.
fn inner(element: &Element) -> String {
    let wrapped = element.children.iter().find(|child| child.child("code").is_some());
    wrapped.map(|child| format!("/{}", name(child))).unwrap_or_default()
}

fn of(files: &[u8], walk: impl Fn(&Element, &mut BTreeSet<String>)) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    files.iter().for_each(|number| walk(&parse(&sample(*number)).unwrap(), &mut found));
    found
}

fn ours() -> Vec<(&'static str, Element)> {
    [("consumer", consumer()), ("full", full()), ("silent", silent())]
        .map(|(name, report)| (name, parse(write(&report).unwrap().as_bytes()).unwrap()))
        .into()
}

/// The exemption a null flavour at this place stands on.
fn allowed_null(place: &str) -> Option<&'static str> {
    let path = place.strip_suffix("@nullFlavor")?;
    NULLS.iter().map(|(end, _)| *end).find(|end| path.ends_with(end))
}

#[test]
fn every_place_we_write_stands_in_the_report_that_has_them_all() {
    let theirs = of(&[6], |root, found| places(root, "", false, found));
    let mut used = BTreeSet::new();
    for (name, root) in ours() {
        let mut found = BTreeSet::new();
        places(&root, "", false, &mut found);
        let (nulls, strange): (Vec<_>, Vec<_>) =
            found.difference(&theirs).partition(|place| allowed_null(place).is_some());
        assert!(strange.is_empty(), "{name}: {strange:#?}");
        used.extend(nulls.iter().filter_map(|place| allowed_null(place)));
    }
    let listed: BTreeSet<_> = NULLS.iter().map(|(end, _)| *end).collect();
    assert_eq!(used, listed, "an exemption nothing needs");
}

#[test]
fn our_words_are_theirs_object_identifiers_classes_and_types() {
    let theirs = of(&[1, 2, 6], |root, found| vocabulary(root, "", found));
    for (name, root) in ours() {
        let mut found = BTreeSet::new();
        vocabulary(&root, "", &mut found);
        let strange: Vec<_> = found.difference(&theirs).collect();
        assert!(strange.is_empty(), "{name}: {strange:#?}");
    }
}

#[test]
fn siblings_stand_in_their_order() {
    let theirs = of(&[1, 2, 6], |root, found| orders(root, "", found));
    for (name, root) in ours() {
        let mut found = BTreeSet::new();
        orders(&root, "", &mut found);
        let reversed: Vec<_> = found
            .iter()
            .filter(|pair| !theirs.contains(*pair))
            .filter(|pair| {
                let (path, (first, second)) = pair
                    .split_once(": ")
                    .map(|(path, pair)| (path, pair.split_once(" < ").unwrap()))
                    .unwrap();
                theirs.contains(&format!("{path}: {second} < {first}"))
            })
            .collect();
        assert!(reversed.is_empty(), "{name}: {reversed:#?}");
    }
}

#[test]
fn nothing_of_the_first_scenario_is_left_out_without_a_reason() {
    let mut found = BTreeSet::new();
    for (_, root) in ours() {
        places(&root, "", true, &mut found);
    }
    let theirs = of(&[1], |root, found| places(root, "", true, found));
    let missing: Vec<_> = theirs
        .difference(&found)
        .filter(|place| !LEFT.iter().any(|(part, _)| place.contains(part)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
    for (part, reason) in LEFT {
        let is_needed = theirs.difference(&found).any(|place| place.contains(part));
        assert!(is_needed, "nothing is left out for this: {reason}");
    }
}

const MESSAGE: &str = "/MCCI_IN200100UV01/PORR_IN049016UV";
const EVENT: &str = "/MCCI_IN200100UV01/PORR_IN049016UV/controlActProcess/subject/investigationEvent";

/// What a consumer's report must have whatever is not known, and why: required by ICH of every report (`R`), required once
/// its section is there (`C`), required by the US region, as its refusal or its examples show (`U`), or fixed by the message itself (`F`).
const REQUIRED: &[(&str, char, &str, &str)] = &[
    ("N.1.1", 'R', "", "/name@code"),
    ("N.1.2", 'R', "", "/id@extension"),
    ("N.1.3", 'R', "", "/sender/device/id@extension"),
    ("N.1.4", 'R', "", "/receiver/device/id@extension"),
    ("N.1.5", 'R', "", "/creationTime@value"),
    ("the batch's mode", 'F', "", "/responseModeCode@code"),
    ("the batch's kind", 'F', "", "/interactionId@extension"),
    ("N.2.r.1", 'R', "m", "/id@extension"),
    ("N.2.r.2", 'R', "m", "/sender/device/id@extension"),
    ("N.2.r.3", 'R', "m", "/receiver/device/id@extension"),
    ("N.2.r.4", 'R', "m", "/creationTime@value"),
    ("the message's kind", 'F', "m", "/interactionId@extension"),
    ("production", 'F', "m", "/processingCode@code"),
    ("initial", 'F', "m", "/processingModeCode@code"),
    ("answers wanted", 'F', "m", "/acceptAckCode@code"),
    ("the trigger", 'F', "m", "/controlActProcess/code@code"),
    ("C.1.1 and C.1.8.1", 'R', "e", "/id@extension"),
    ("C.1.2", 'R', "m", "/controlActProcess/effectiveTime@value"),
    ("C.1.3", 'R', "e", "/subjectOf2/investigationCharacteristic[1]/value@code"),
    ("C.1.4", 'R', "e", "/effectiveTime/low@value"),
    ("C.1.5", 'R', "e", "/availabilityTime@value"),
    ("C.1.6.1", 'R', "e", "/component/observationEvent[1]/value@value"),
    ("C.1.7", 'R', "e", "/component/observationEvent[23]/value"),
    ("FDA.C.1.7.1", 'U', "e", "/component/observationEvent[C54588]/value@code"),
    ("FDA.C.1.12", 'U', "e", "/component/observationEvent[C156384]/value@value"),
    (
        "C.1.8.2",
        'R',
        "e",
        "/outboundRelationship/relatedInvestigation[1]/subjectOf2/controlActEvent/author/assignedEntity/code@code",
    ),
    ("C.1.9.1", 'R', "e", "/subjectOf2/investigationCharacteristic[2]/value@nullFlavor"),
    (
        "C.2.r.3",
        'C',
        "e",
        "/outboundRelationship/relatedInvestigation[2]/subjectOf2/controlActEvent/author/assignedEntity/assignedPerson/asLocatedEntity/location/code@code",
    ),
    (
        "C.2.r.4",
        'C',
        "e",
        "/outboundRelationship/relatedInvestigation[2]/subjectOf2/controlActEvent/author/assignedEntity/assignedPerson/asQualifiedEntity/code@code",
    ),
    ("C.2.r.5", 'R', "e", "/outboundRelationship/priorityNumber@value"),
    ("C.3.1", 'R', "e", "/subjectOf1/controlActEvent/author/assignedEntity/code@code"),
    (
        "C.3.2",
        'R',
        "e",
        "/subjectOf1/controlActEvent/author/assignedEntity/representedOrganization/assignedEntity/representedOrganization/name",
    ),
    ("D.1", 'R', "p", "/player1/name"),
    ("FDA.D.12", 'U', "p", "/subjectOf2/observation[C16564]/value"),
    ("D.7.2", 'C', "p", "/subjectOf2/organizer[1]/component/observation[18]/value"),
    ("E.i", 'R', "p", "/subjectOf2/observation[29]/id@root"),
    ("E.i.2.1", 'R', "p", "/subjectOf2/observation[29]/value@codeSystem"),
    ("E.i.3.2a", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[34]/value"),
    ("E.i.3.2b", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[21]/value"),
    ("E.i.3.2c", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[33]/value"),
    ("E.i.3.2d", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[35]/value"),
    ("E.i.3.2e", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[12]/value"),
    ("E.i.3.2f", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[26]/value"),
    ("FDA.E.i.3.2h", 'U', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[7]/value"),
    ("E.i.7", 'R', "p", "/subjectOf2/observation[29]/outboundRelationship2/observation[27]/value@code"),
    ("G.k", 'R', "p", "/subjectOf2/organizer[4]/component/substanceAdministration/id@root"),
    (
        "G.k.2.2",
        'R',
        "p",
        "/subjectOf2/organizer[4]/component/substanceAdministration/consumable/instanceOfKind/kindOfProduct/name",
    ),
    ("G.k.1", 'R', "e", "/component/adverseEventAssessment/component/causalityAssessment[20]/value@code"),
    (
        "whose part it is",
        'F',
        "e",
        "/component/adverseEventAssessment/component/causalityAssessment[20]/subject2/productUseReference/id@root",
    ),
    ("H.1", 'R', "e", "/text"),
    ("the case's state", 'F', "e", "/statusCode@code"),
];

#[test]
fn a_consumers_report_has_what_every_report_must() {
    let mut found = BTreeSet::new();
    places(&parse(write(&consumer()).unwrap().as_bytes()).unwrap(), "", true, &mut found);
    let theirs = of(&[1], |root, found| places(root, "", true, found));
    for (number, _, base, path) in REQUIRED {
        let base = match *base {
            "m" => MESSAGE.to_owned(),
            "e" => EVENT.to_owned(),
            "p" => format!("{EVENT}/component/adverseEventAssessment/subject1/primaryRole"),
            _ => "/MCCI_IN200100UV01".to_owned(),
        };
        let place = format!("{base}{path}");
        assert!(theirs.contains(&place), "{number} is not in scenario 1 at {place}");
        assert!(found.contains(&place), "{number} is missing at {place}");
    }
}

#[test]
fn the_root_says_what_it_is() {
    let text = write(&consumer()).unwrap();
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MCCI_IN200100UV01 xmlns="),
        "{text}"
    );
    let (theirs, start) = (String::from_utf8(sample(6)).unwrap(), text.lines().nth(1).unwrap().to_owned());
    for declaration in
        [format!("xmlns=\"{HL7}\""), format!("xmlns:xsi=\"{XSI}\""), "ITSVersion=\"XML_1.0\"".into()]
    {
        assert!(start.contains(&declaration) && theirs.contains(&declaration), "{declaration}");
    }
}

#[test]
fn a_report_that_lacks_what_it_must_have_is_not_written() {
    type Break = fn(&mut Report);
    let cases: &[(Error, Break)] = &[
        (Error::Missing("N.1.2"), |report| report.batch.id.clear()),
        (Error::BadValue("N.2.r.1"), |report| report.message.id.push('\u{1}')),
        (Error::BadValue("N.1.5"), |report| report.batch.created = "20220614".parse().unwrap()),
        (Error::Missing("C.1.1"), |report| report.number = "  ".into()),
        (Error::BadValue("C.1.4"), |report| report.received = "2022".parse().unwrap()),
        (Error::BadValue("C.2.r.5"), |report| report.reporters.clear()),
        (Error::BadValue("C.2.r.5"), |report| report.reporters.push(report.reporters[0].clone())),
        (Error::BadValue("C.2.r.4"), |report| report.reporters[0].qualification = None),
        (Error::BadValue("C.2.r.3"), |report| report.reporters[0].party.country = given("USA")),
        (Error::Missing("C.2.r.3"), |report| report.reporters[0].party.country = None),
        (Error::Missing("C.2.r.3"), |report| {
            report.reporters[0].party.country = Some(Value::Null(Null::Masked));
            report.reactions[0].country = None;
        }),
        (Error::Missing("C.3.2"), |report| report.sender.party.organisation = None),
        (Error::BadValue("D.2.2"), |report| {
            report.patient.age = Some(Quantity { value: "forty".into(), unit: "a".into() });
        }),
        (Error::Missing("E.i"), |report| report.reactions.clear()),
        (Error::BadValue("E.i"), |report| report.reactions.push(report.reactions[0].clone())),
        (Error::BadValue("E.i.1.1b"), |report| {
            report.reactions[0].verbatim = Some(Verbatim { text: "x".into(), language: "es".into() });
        }),
        (Error::Missing("G.k"), |report| report.drugs.clear()),
        (Error::BadValue("G.k.2.2"), |report| report.drugs[0].name.clear()),
    ];
    for (error, spoil) in cases {
        let mut report = consumer();
        spoil(&mut report);
        assert_eq!(write(&report), Err(*error));
    }
}
