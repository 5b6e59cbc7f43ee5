//! Both published acknowledgements, and what a receiver may say besides.

use super::*;

fn answer(bytes: &[u8]) -> Acknowledgement {
    let mut answers = acknowledgements(bytes).unwrap();
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

#[test]
fn a_report_was_taken() {
    let expected = Acknowledgement {
        id: "33439257".into(),
        time: "20220811135030-0400".parse().unwrap(),
        batch_id: "FAERS2022Scenario1-4069-a2dd-08002b30309d".into(),
        batch: BatchVerdict::Accepted,
        message_id: Some("21ec1492-3aea-4069-a2ab-08002b30309d".into()),
        report_id: Some("US-APHARMA-8744554B".into()),
        local_id: Some("19426648".into()),
        accepted: true,
        errors: vec![],
        remarks: vec![
            "Report Loaded Successfully".into(),
            "message successfully processed, no further action".into(),
        ],
    };
    let answer = answer(&file("R3ack-positive.ack"));
    assert_eq!(answer, expected);
    assert!(answer.answers(&read(&sample(1)).unwrap()));
    assert!(!answer.answers(&read(&sample(2)).unwrap()));
}

#[test]
fn a_report_was_refused_for_four_reasons() {
    let answer = answer(&file("R3ack-negative.ack"));
    assert!(!answer.accepted);
    assert_eq!((answer.id.as_str(), answer.time.text()), ("34137236", "20220815101246-0400"));
    assert_eq!(answer.batch_id, "FAERS2022Scenario2-4069-a2dd-08002b30309d");
    assert_eq!(answer.batch, BatchVerdict::Partly);
    assert_eq!((answer.message_id.as_deref(), answer.report_id), (Some("US-APHARMA-7644554"), None));
    assert_eq!(answer.local_id.as_deref(), Some("19426650"));
    let expected = [
        "Element value for SafetyCasePriority With Tag Id FDA.C.1.7.1 is Mandatory.",
        "Element value for CombinationProductReport With Tag Id FDA.C.1.12 is Mandatory.",
        "Patient Ethnicity Code (FDA.D.12) must be provided",
        "Element value for EthenicOrgin With Tag I...",
        "some ICSR message(s) need further action",
    ];
    assert_eq!(answer.errors, expected);
    assert_eq!(answer.remarks, Vec::<String>::new());
}

#[test]
fn a_whole_batch_may_be_refused_and_its_reports_with_it() {
    let text = String::from_utf8(file("R3ack-positive.ack")).unwrap();
    let refused = text.replace("typeCode=\"AA\"", "typeCode=\"AR\"");
    assert!(!answer(refused.as_bytes()).accepted, "whatever is said of the report");
    let (before, rest) = refused.split_once("<MCCI_IN000002UV01>").unwrap();
    let (_, after) = rest.split_once("</MCCI_IN000002UV01>").unwrap();
    let alone = answer(format!("{before}{after}").as_bytes());
    assert_eq!((alone.message_id, alone.accepted, alone.errors.len()), (None, false, 1));
    let silent = format!("{before}{after}").replace("\"AR\"", "\"AA\"");
    assert_eq!(acknowledgements(silent.as_bytes()), Err(Error::Missing("ACK.B.r")));
    let unheard = text.replace("typeCode=\"CA\"", "typeCode=\"CX\"");
    assert_eq!(acknowledgements(unheard.as_bytes()), Err(Error::BadValue("ACK.B.r.6")));
}

#[test]
fn a_report_is_no_answer_and_an_answer_no_report() {
    assert_eq!(acknowledgements(&sample(1)), Err(Error::AnotherRoot));
    assert_eq!(read(&file("R3ack-positive.ack")).map(|_| ()), Err(Error::AnotherRoot));
}
