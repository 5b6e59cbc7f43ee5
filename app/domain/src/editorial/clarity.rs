//! How plain a text is. It helps and never gates: findings sentence by sentence, a grade by a formula made for the
//! language where there is one, and how much the reader is asked to do.
//!
//! Sources of the formulas: Flesch–Kincaid grade (Kincaid et al. 1975) for English; the readability of Fernández Huerta
//! (1959) for Spanish. For Vietnamese and Arabic none is well enough tested on health texts: words a sentence are given.

use crate::locale::Locale;

/// The points of the Clear Communication Index (CDC, 2014), as the last part of a label's key.
pub const INDEX: [&str; 20] = [
    "one_message",
    "message_first",
    "message_marked",
    "picture",
    "call_to_action",
    "active_voice",
    "readers_words",
    "lists",
    "headings",
    "summary_first",
    "known_unknown",
    "behavior",
    "behavior_why",
    "behavior_how",
    "numbers_familiar",
    "numbers_explained",
    "no_arithmetic",
    "risk_named",
    "risk_and_benefit",
    "chance_explained",
];

/// What was noticed about one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// So many words.
    Long {
        sentence: String,
        words: i64,
    },
    Passive {
        sentence: String,
    },
    /// A word of the trade, and plainer ones to choose from.
    Jargon {
        word: String,
        plain: &'static str,
    },
}

/// How a text reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    pub findings: Vec<Finding>,
    pub words: i64,
    pub sentences: i64,
    pub grade: Option<Grade>,
    /// Sentences that ask the reader to do something.
    pub actions: i64,
}

/// A grade and its formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Grade {
    /// School grade in the United States; six or less is the aim.
    FleschKincaid(f64),
    /// 0 (hard) to 100 (easy); seventy or more is the aim.
    FernandezHuerta(f64),
}

impl Grade {
    /// Whether it is as plain as it should be.
    pub fn is_plain(self) -> bool {
        match self {
            Grade::FleschKincaid(grade) => grade <= 6.0,
            Grade::FernandezHuerta(ease) => ease >= 70.0,
        }
    }
}

/// Words of the longest sentence a tired reader takes in at once.
const fn longest(locale: Locale) -> usize {
    match locale {
        Locale::En => 20,
        Locale::Es => 22,
        Locale::Vi => 30, // counted in syllables, which is how it is written
        Locale::Ar => 18, // articles and small words are part of the next
    }
}

/// Reads a text without markup.
pub fn read(text: &str, locale: Locale) -> Reading {
    let sentences: Vec<&str> = sentences(text).collect();
    let mut reading = Reading { sentences: sentences.len() as i64, ..Reading::default() };
    let mut syllables = 0;
    for sentence in &sentences {
        let words: Vec<String> = words(sentence).collect();
        reading.words += words.len() as i64;
        syllables += words.iter().map(|word| syllables_of(word, locale)).sum::<usize>();
        if words.len() > longest(locale) {
            reading
                .findings
                .push(Finding::Long { sentence: (*sentence).to_owned(), words: words.len() as i64 });
        }
        if is_passive(&words, locale) {
            reading.findings.push(Finding::Passive { sentence: (*sentence).to_owned() });
        }
        if asks(&words, locale) {
            reading.actions += 1;
        }
        for (word, plain) in jargon(locale) {
            if has_phrase(&words, word) {
                reading.findings.push(Finding::Jargon { word: (*word).to_owned(), plain });
            }
        }
    }
    if reading.words > 0 {
        let (words, sentences) = (reading.words as f64, reading.sentences as f64);
        let (long, wide) = (words / sentences, syllables as f64 / words);
        reading.grade = match locale {
            Locale::En => Some(Grade::FleschKincaid((0.39 * long + 11.8 * wide - 15.59).max(0.0))),
            Locale::Es => {
                Some(Grade::FernandezHuerta((206.84 - 60.0 * wide - 1.02 * long).clamp(0.0, 100.0)))
            }
            Locale::Vi | Locale::Ar => None,
        };
    }
    reading
}

/// Markdown without its marks, so that an address is not read as a word.
pub fn plain(markdown: &str) -> String {
    let markdown = &*crate::content::videos::as_read(markdown);
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        let Some(length) = rest[at..].find(')') else { break };
        out.push_str(&rest[..at]);
        rest = &rest[at + length + 1..];
    }
    out.push_str(rest);
    let lines = out.lines().map(|line| {
        let line = line.trim_start().trim_start_matches(['#', '>', '-', '*', '!', '[']);
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(". ");
        line.replace(['*', '_', '['], "")
    });
    let mut text = String::new();
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        text.push_str(line);
        // an entry of a list is a sentence of its own
        text.push_str(if line.ends_with(['.', '!', '?', ':', '؟']) { " " } else { ". " });
    }
    text
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '!', '?', '؟', ':', '\n'])
        .map(str::trim)
        .filter(|part| part.chars().any(char::is_alphabetic))
}

fn words(sentence: &str) -> impl Iterator<Item = String> {
    sentence
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| word.to_lowercase().replace('’', "'"))
}

/// Groups of vowels, with what each language does with them.
fn syllables_of(word: &str, locale: Locale) -> usize {
    let is_vowel = |c: char| match locale {
        Locale::Es => "aeiouáéíóúü".contains(c),
        _ => "aeiouy".contains(c),
    };
    let (mut count, mut before) = (0, ' ');
    for c in word.chars() {
        // two strong vowels, or a weak one that is stressed, are two syllables in Spanish
        let apart = locale == Locale::Es
            && (("aeoáéó".contains(c) && "aeoáéó".contains(before))
                || "íú".contains(c)
                || "íú".contains(before));
        if is_vowel(c) && (!is_vowel(before) || apart) {
            count += 1;
        }
        before = c;
    }
    // the silent e of English, but not of "table"
    let silent = locale == Locale::En && count > 1 && word.ends_with('e') && !word.ends_with("le");
    (count - usize::from(silent)).max(1)
}

/// A form of "to be" right before a participle, or what stands for it.
fn is_passive(words: &[String], locale: Locale) -> bool {
    let pairs = words.windows(2).filter_map(|pair| Some((pair.first()?.as_str(), pair.get(1)?.as_str())));
    match locale {
        Locale::En => pairs.into_iter().any(|(verb, next)| {
            ["is", "are", "was", "were", "be", "been", "being"].contains(&verb)
                && (IRREGULAR.contains(&next)
                    || (next.len() > 4 && next.ends_with("ed") && !NOT_PASSIVE.contains(&next)))
        }),
        Locale::Es => pairs.into_iter().any(|(verb, next)| {
            ["es", "son", "fue", "fueron", "será", "serán", "sido", "ser"].contains(&verb)
                && ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"]
                    .iter()
                    .any(|end| next.ends_with(end))
        }),
        Locale::Vi => words.iter().any(|word| word == "bị"),
        Locale::Ar => words.iter().any(|word| ["تم", "يتم", "ستتم", "سيتم"].contains(&word.as_str())),
    }
}

const IRREGULAR: &[&str] = &[
    "given", "taken", "made", "done", "seen", "sent", "kept", "held", "told", "shown", "written", "known",
    "found", "paid", "put", "built", "chosen", "begun",
];
const NOT_PASSIVE: &[&str] = &["tired", "worried", "scared", "needed"];

/// A sentence that begins as an order does, or says what must be done.
fn asks(words: &[String], locale: Locale) -> bool {
    let list: &[&str] = match locale {
        Locale::En => &[
            "call", "send", "take", "keep", "tell", "ask", "read", "use", "write", "bring", "check", "wait",
            "stop", "don't", "do", "please", "sign", "choose", "breathe", "shake", "rinse", "store", "press",
            "hold", "go", "say", "open",
        ],
        Locale::Es => &[
            "llame", "envíe", "tome", "guarde", "diga", "pregunte", "lea", "use", "escriba", "traiga",
            "revise", "espere", "no", "por", "firme", "elija", "respire", "agite", "enjuague", "abra",
            "vaya", "mande", "avise",
        ],
        Locale::Vi => &["hãy", "xin", "gọi", "gửi", "đừng", "uống", "giữ", "đọc", "hỏi", "báo"],
        Locale::Ar => {
            &["اتصل", "أرسل", "خذ", "احفظ", "أخبر", "اسأل", "اقرأ", "استخدم", "اكتب", "لا", "يرجى", "نرجو"]
        }
    };
    words.first().is_some_and(|first| list.contains(&first.as_str()))
}

fn has_phrase(words: &[String], phrase: &str) -> bool {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    words.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(|(word, wanted)| word == wanted))
}

/// Words of the trade, and what people say.
fn jargon(locale: Locale) -> &'static [(&'static str, &'static str)] {
    match locale {
        Locale::En => &[
            ("adverse event", "side effect · bad reaction"),
            ("adverse reaction", "side effect · bad reaction"),
            ("administer", "give · take"),
            ("administration", "taking · giving"),
            ("adherence", "taking it as planned"),
            ("approximately", "about"),
            ("benefits verification", "checking what your plan pays"),
            ("bronchodilator", "medicine that opens the airways"),
            ("commence", "start"),
            ("concomitant", "at the same time"),
            ("contraindicated", "must not be used"),
            ("contact your provider", "call your doctor"),
            ("copayment", "what you pay yourself"),
            ("discontinue", "stop"),
            ("dispense", "give out · fill"),
            ("dosage", "how much to take"),
            ("dyspnea", "trouble breathing"),
            ("efficacy", "how well it works"),
            ("exacerbation", "flare-up"),
            ("formulary", "list of medicines your plan pays for"),
            ("healthcare provider", "doctor or nurse"),
            ("hypersensitivity", "allergy"),
            ("initiate", "start"),
            ("infusion", "medicine by drip"),
            ("monitor", "watch · check"),
            ("notify", "tell"),
            ("obtain", "get"),
            ("oral", "by mouth"),
            ("physician", "doctor"),
            ("prior authorization", "your plan's yes before it pays"),
            ("prior to", "before"),
            ("reimbursement", "money back"),
            ("subsequent", "next"),
            ("symptom", "sign · what you feel"),
            ("terminate", "end"),
            ("therapeutic", "that treats"),
            ("utilize", "use"),
        ],
        Locale::Es => &[
            ("acontecimiento adverso", "efecto secundario"),
            ("administrar", "dar · tomar"),
            ("adherencia", "tomarla como se le indicó"),
            ("autorización previa", "el sí de su plan antes de pagar"),
            ("broncodilatador", "medicina que abre los pulmones"),
            ("contraindicado", "no se debe usar"),
            ("copago", "lo que usted paga"),
            ("disnea", "falta de aire"),
            ("discontinuar", "dejar de tomar"),
            ("dosificación", "cuánto tomar"),
            ("eficacia", "qué tan bien funciona"),
            ("exacerbación", "crisis · empeoramiento"),
            ("facultativo", "médico"),
            ("formulario de medicamentos", "lista de medicinas que paga su plan"),
            ("hipersensibilidad", "alergia"),
            ("iniciar", "empezar"),
            ("monitorear", "vigilar · revisar"),
            ("previo a", "antes de"),
            ("proveedor de salud", "su médico o enfermera"),
            ("reembolso", "que le devuelvan el dinero"),
            ("utilizar", "usar"),
            ("vía oral", "por la boca"),
        ],
        Locale::Vi => &[
            ("biến cố bất lợi", "tác dụng phụ"),
            ("chống chỉ định", "không được dùng"),
            ("đồng chi trả", "phần quý vị tự trả"),
            ("liều lượng", "dùng bao nhiêu"),
            ("tuân thủ điều trị", "dùng thuốc đều"),
            ("ủy quyền trước", "hãng bảo hiểm đồng ý trước khi trả"),
            ("quá mẫn", "dị ứng"),
        ],
        Locale::Ar => &[
            ("الأحداث الضائرة", "الآثار الجانبية"),
            ("موانع الاستعمال", "متى لا يجوز استعماله"),
            ("الجرعة الدوائية", "كم تأخذ"),
            ("الموافقة المسبقة", "موافقة التأمين قبل الدفع"),
            ("فرط الحساسية", "حساسية"),
            ("المشاركة في الدفع", "ما تدفعه أنت"),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_is_plain_and_a_lawyers_is_not() {
        let plain = read("Keep it dry. Call us if you cough more. We help you.", Locale::En);
        assert!(plain.grade.is_some_and(Grade::is_plain), "{plain:?}");
        assert_eq!(plain.actions, 2);
        assert!(plain.findings.is_empty());
        let hard = read(
            "Subsequent to the commencement of administration, notification of the physician concerning hypersensitivity is required without unreasonable delay in all applicable circumstances.",
            Locale::En,
        );
        assert!(hard.grade.is_some_and(|grade| !grade.is_plain()), "{hard:?}");
        assert!(hard.findings.iter().any(|finding| matches!(finding, Finding::Long { .. })));
        assert!(
            hard.findings
                .iter()
                .any(|finding| matches!(finding, Finding::Jargon { word, .. } if word == "physician"))
        );
    }

    #[test]
    fn each_language_has_the_formula_that_fits_it_or_none() {
        let es = read("Guarde el inhalador en un lugar seco. Llame si tose más.", Locale::Es);
        assert!(matches!(es.grade, Some(Grade::FernandezHuerta(ease)) if ease > 70.0), "{es:?}");
        assert_eq!(read("Giữ thuốc ở nơi khô.", Locale::Vi).grade, None);
        assert_eq!(read("احفظ الدواء في مكان جاف.", Locale::Ar).grade, None);
        assert_eq!(read("", Locale::En), Reading::default());
    }

    #[test]
    fn passive_is_seen_in_every_language() {
        for (text, locale) in [
            ("Your form was sent by the doctor", Locale::En),
            ("La solicitud fue enviada por el médico", Locale::Es),
            ("Đơn bị từ chối", Locale::Vi),
            ("تم إرسال الطلب", Locale::Ar),
        ] {
            assert!(
                read(text, locale).findings.iter().any(|f| matches!(f, Finding::Passive { .. })),
                "{text}"
            );
        }
        assert!(read("You are tired", Locale::En).findings.is_empty());
    }

    #[test]
    fn markup_is_not_read() {
        assert_eq!(plain("**Keep** it [dry](page:safety)\n- one\n2. two").trim(), "Keep it dry. one. two.");
    }
}
