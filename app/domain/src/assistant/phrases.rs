//! Small lists of how people ask about their own case, ask for a human being, and which desk a question is for. They
//! decide where a question goes, never what is answered; where no list fits, the search decides.

use super::types::Queue;
use crate::function_words::function_words;
use crate::letters::{base_letter, is_vowel_sign, normalise};
use crate::locale::Locale;

/// One way to ask: every group must be there, in any order. A group is a row of alternatives; `*` ends a beginning,
/// `_` joins words that stand together. Letters without accents, as `words` reads them.
type Pattern = &'static [&'static str];

/// Asks where the own case, order or approval stands.
pub fn is_personal(text: &str, locale: Locale) -> bool {
    fits(&words(text), personal(locale))
}

/// Asks for a human being, and for nothing else: a longer text is looked at as a question. People ask for one in their
/// own language on whatever page they are.
pub fn wants_a_person(text: &str) -> bool {
    let words = words(text);
    Locale::ALL
        .into_iter()
        .any(|locale| is_person_alone(&words, locale) || words.len() <= 9 && fits(&words, person(locale)))
}

/// Says nothing but "a person, please".
fn is_person_alone(said: &[String], locale: Locale) -> bool {
    let small = words(function_words(locale.tag()));
    alone(locale).split(' ').any(|phrase| {
        let parts: Vec<&str> = phrase.split('_').collect();
        let at =
            said.windows(parts.len()).position(|w| w.iter().zip(&parts).all(|(word, part)| is(word, part)));
        at.is_some_and(|at| {
            let rest = said.iter().enumerate().filter(|(place, _)| !(at..at + parts.len()).contains(place));
            rest.into_iter().all(|(_, word)| small.contains(word) || polite(locale).contains(&word.as_str()))
        })
    })
}

/// Asks whether the medicine goes together with something else.
pub fn asks_about_taking_with(text: &str, locale: Locale) -> bool {
    fits(&words(text), together(locale))
}

/// Whose question it is, when no approved answer fits. In doubt a medicine question (OM-10).
pub fn queue(text: &str, locale: Locale) -> Queue {
    let words = words(text);
    let (medicine, access, general) = desks(locale);
    let has = |group| alternative(&words, group);
    if !has(medicine) && has(access) {
        Queue::Access
    } else if !has(medicine) && has(general) {
        Queue::General
    } else {
        Queue::MedicalInformation
    }
}

fn personal(locale: Locale) -> &'static [Pattern] {
    match locale {
        Locale::En => &[
            &[
                "when where whats what_is status track tracking how_long",
                "my our",
                "order shipment delivery package case application enrollment approval appeal claim",
                "arrive* come coming get here ship* status is are stand* now be track tracking approved take",
            ],
            &[
                "when",
                "my the",
                "medicine medication inhaler infusion prescription refill",
                "arrive* coming come ship* delivered here",
            ],
            &["when", "i we", "get receive", "my", "medicine medication inhaler infusion refill"],
            &[
                "did has have is was",
                "my",
                "insurance insurer plan doctor pharmacy application prior_authorization",
                "approve* answer* decided decide replied reply responded respond sent",
            ],
            &[
                "where_do_i_stand where_am_i_in status_of_my my_status whats_happening_with_my what_is_happening_with_my whats_going_on_with_my any_update any_updates any_news what_do_you_need_from_me what_do_you_still_need track_my",
            ],
        ],
        Locale::Es => &[
            &[
                "cuando donde_esta donde_va como_va como_esta como_sigue en_que_va estado",
                "mi mis",
                "pedido envio entrega paquete caso solicitud tramite inscripcion autorizacion aprobacion apelacion",
            ],
            &[
                "cuando",
                "llega llegara llegan llegaran recibo recibire mandan envian entregan",
                "mi me",
                "medicina medicamento inhalador pedido infusion receta tratamiento paquete",
            ],
            &[
                "ya",
                "aprobo aprobaron autorizo autorizaron contesto contestaron respondio respondieron decidio decidieron",
                "seguro aseguradora doctor doctora medico medica farmacia plan solicitud",
            ],
            &[
                "estado_de_mi que_me_falta que_falta_de_mi alguna_novedad hay_novedades hay_noticias que_necesitan_de_mi",
            ],
        ],
        Locale::Vi => &[
            &[
                "khi_nao bao_gio chung_nao o_dau den_dau toi_dau ra_sao the_nao_roi tinh_trang",
                "cua_toi cua_em cua_con cua_minh toi",
                "don_hang ho_so goi_hang kien_hang don_xin khieu_nai",
            ],
            &[
                "khi_nao bao_gio chung_nao",
                "nhan_duoc den_noi toi_noi giao_den giao_toi duoc_giao moi_den moi_toi se_den",
                "thuoc ong_hit don_hang goi_hang",
            ],
            &["bao_hiem bac_si nha_thuoc", "da", "duyet tra_loi dong_y chap_thuan gui", "chua"],
            &["tinh_trang_ho_so ho_so_cua_toi_den_dau con_thieu_gi thieu_giay_to_gi co_tin_gi_moi"],
        ],
        Locale::Ar => &[
            &["متي اين وين وصل وصلت وضع حاله", "طلبي طلبيتي شحنتي ملفي معاملتي اعتراضي توصيلتي"],
            &[
                "متي",
                "يصل تصل ستصل سيصل استلم ساستلم يوصل توصل احصل ساحصل",
                "دوايي الدواء بخاخي البخاخ الشحنه الطلب طلبي العلاج",
            ],
            &["هل", "وافق وافقت رد ردت اجاب اجابت", "تاميني التامين طبيبي الطبيب الصيدليه شركه"],
            &["الي_اين_وصل وين_صار ما_الجديد هل_من_جديد ما_الذي_ينقصني ماذا_ينقصني"],
        ],
    }
}

fn person(locale: Locale) -> &'static [Pattern] {
    match locale {
        Locale::En => &[
            &[
                "talk speak chat connect transfer write",
                "person human someone somebody agent representative nurse people",
            ],
            &["real human live", "person please agent being"],
            &[
                "call_me_back please_call_me i_want_a_person i_need_a_person give_me_a_person human_please agent_please representative",
            ],
        ],
        Locale::Es => &[
            &[
                "hablar hablo comunicarme comuniqueme paseme conecteme escribir",
                "persona alguien humano agente representante enfermera operador operadora",
            ],
            &["quiero_una_persona necesito_una_persona una_persona_por_favor persona_real que_me_llamen"],
        ],
        Locale::Vi => &[
            &["noi_chuyen gap noi lien_lac", "nguoi_that nhan_vien nguoi_nao_do voi_nguoi mot_nguoi y_ta"],
            &["toi_can_gap_nguoi goi_lai_cho_toi xin_goi_cho_toi"],
        ],
        Locale::Ar => &[
            &["اتحدث التحدث اتكلم التكلم احكي اكلم التواصل", "شخص انسان موظف احد ممرضه مندوب"],
            &["اريد_شخصا اتصلوا_بي شخص_حقيقي"],
        ],
    }
}

/// Words that by themselves ask for a person.
const fn alone(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "agent person human representative operator live_person live_agent real_person somebody"
        }
        Locale::Es => {
            "persona agente humano operador operadora representante asesor asesora persona_real alguien"
        }
        Locale::Vi => "nguoi_that nhan_vien tong_dai_vien tu_van_vien gap_nguoi nguoi_truc",
        Locale::Ar => "شخص موظف موظفه انسان مندوب شخص_حقيقي احد_الموظفين",
    }
}

/// What people add to be polite.
const fn polite(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::En => &["please", "pls", "hello", "hi", "now"],
        Locale::Es => &["por", "favor", "hola", "ahora"],
        Locale::Vi => &["xin", "vui", "long", "lam", "on", "chao"],
        Locale::Ar => &["من", "فضلك", "لو", "سمحت", "رجاء", "مرحبا"],
    }
}

fn together(locale: Locale) -> &'static [Pattern] {
    match locale {
        Locale::En => {
            &[&["take taking use using mix mixing combine combining interact interacts", "with and together"]]
        }
        Locale::Es => &[&[
            "tomar tomarlo tomarla tomo usar usarlo usarla uso mezclar mezclarlo combinar combinarlo junto",
            "con y",
        ]],
        Locale::Vi => &[&["uong dung hit tron ket_hop", "voi chung cung"]],
        Locale::Ar => &[&[
            "اخذ اخذه اتناول اتناوله تناول تناوله استعمل استعمله استعمال استعماله استعمالها استخدام استخدامه استخدم استخدمه خلط يتعارض تتعارض",
            "مع",
        ]],
    }
}

/// Words of medicine, of access, of everything else.
const fn desks(locale: Locale) -> (&'static str, &'static str, &'static str) {
    match locale {
        Locale::En => (
            "dose* dosage take taking use using mix interact* allerg* pregnan* breastfe* symptom* pain side_effect* safe* puff*",
            "insur* cover* cost* price* pay* paid copay* bill* authoriz* appeal* denied deny denial pharmac* deliver* ship* refill* bridge afford* medicaid medicare",
            "sign_in log_in login password account email phone_number address caregiver interpreter language privacy form enroll* leave unsubscribe website app document* upload*",
        ),
        Locale::Es => (
            "dosis tomar tomarlo tomarla tomo usar usarlo uso mezclar interac* alerg* embaraz* lactan* sintoma* dolor efecto* seguro_tomar inhalacion*",
            "seguro aseguradora cobertura cubr* cuesta costo* precio* pagar pago* copago* cuenta factura autoriza* apela* negaron farmacia* entrega* envio* resurti* puente medicaid medicare",
            "iniciar_sesion contrasena cuenta correo telefono direccion cuidador* interprete idioma privacidad formulario inscri* salir pagina aplicacion documento* subir",
        ),
        Locale::Vi => (
            "lieu uong dung hit tron tuong_tac di_ung mang_thai co_thai cho_con_bu trieu_chung dau tac_dung_phu an_toan",
            "bao_hiem chi_tra chi_phi gia tien tra_tien dong_tra hoa_don chap_thuan khieu_nai tu_choi nha_thuoc giao_thuoc giao_hang lay_them",
            "dang_nhap mat_khau tai_khoan email so_dien_thoai dia_chi nguoi_cham_soc thong_dich ngon_ngu rieng_tu mau_don ghi_danh roi_chuong_trinh trang_web giay_to tai_len",
        ),
        Locale::Ar => (
            "جرعه جرعات اخذ اتناول تناول استعمل استخدم استعمال خلط تداخل حساسيه حامل حمل ارضاع رضاعه اعراض الم جانبيه امن",
            "تامين التامين تغطيه تكلفه كلفه سعر ثمن ادفع دفع فاتوره موافقه اعتراض رفض رفضت صيدليه الصيدليه توصيل شحن تجديد مساعده_ماليه",
            "تسجيل_الدخول كلمه_المرور كلمه_السر حساب حسابي بريد هاتف عنوان مرافق مترجم لغه خصوصيه استماره نموذج التسجيل مغادره موقع تطبيق مستند مستندات",
        ),
    }
}

fn fits(words: &[String], patterns: &[Pattern]) -> bool {
    patterns.iter().any(|pattern| pattern.iter().all(|group| alternative(words, group)))
}

fn alternative(words: &[String], group: &str) -> bool {
    group.split(' ').any(|phrase| {
        let parts: Vec<&str> = phrase.split('_').collect();
        words.windows(parts.len()).any(|window| window.iter().zip(&parts).all(|(word, part)| is(word, part)))
    })
}

fn is(word: &str, part: &str) -> bool {
    part.strip_suffix('*').map_or(word == part, |beginning| word.starts_with(beginning))
}

/// The words of a text: lower case, without accents, Arabic letters joined and without vowel signs.
pub(super) fn words(text: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    for c in normalise(text).filter(|c| !is_vowel_sign(*c)) {
        if c.is_alphanumeric() {
            word.push(base_letter(c));
        } else if unicode_normalization::char::is_combining_mark(c) || matches!(c, '\'' | '’') {
            // an accent by itself, an apostrophe: the word goes on
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_ask_where_their_own_case_stands() {
        for (text, locale) in [
            ("When does my order arrive?", Locale::En),
            ("where is my case", Locale::En),
            ("What's the status of my application?", Locale::En),
            ("has my insurance approved it", Locale::En),
            ("when will i get my inhaler", Locale::En),
            ("any update?", Locale::En),
            ("¿Cuándo llega mi pedido?", Locale::Es),
            ("cuando me llega el inhalador", Locale::Es),
            ("como va mi caso", Locale::Es),
            ("¿Ya aprobó mi seguro?", Locale::Es),
            ("Khi nào tôi nhận được thuốc?", Locale::Vi),
            ("Hồ sơ của tôi đến đâu rồi?", Locale::Vi),
            ("Bảo hiểm đã duyệt chưa?", Locale::Vi),
            ("متى يصل طلبي؟", Locale::Ar),
            ("أين طلبي", Locale::Ar),
            ("هل وافقت شركة التأمين؟", Locale::Ar),
            ("متى أستلم دوائي؟", Locale::Ar),
        ] {
            assert!(is_personal(text, locale), "{text}");
        }
    }

    #[test]
    fn a_question_about_the_medicine_or_the_program_is_not_personal() {
        for (text, locale) in [
            ("Where do I keep my inhaler?", Locale::En),
            ("How do I order my next inhaler?", Locale::En),
            ("My insurance said no. What can I do?", Locale::En),
            ("does my doctor need to sign something", Locale::En),
            ("different time zone when do i take it", Locale::En),
            ("¿Dónde guardo el inhalador?", Locale::Es),
            ("¿Puedo tomarlo con warfarina?", Locale::Es),
            ("¿Qué tiene que hacer mi médico?", Locale::Es),
            ("Tôi cất ống hít ở đâu?", Locale::Vi),
            ("أين أحفظ البخاخ؟", Locale::Ar),
            ("رفضت شركة التأمين طلبي. ماذا يمكنني أن أفعل؟", Locale::Ar),
        ] {
            assert!(!is_personal(text, locale), "{text}");
        }
    }

    #[test]
    fn people_ask_for_a_person_in_few_words() {
        for text in [
            "talk to a person",
            "I want to speak with someone please",
            "quiero hablar con una persona",
            "Tôi muốn nói chuyện với nhân viên",
            "أريد التحدث مع شخص",
            "agent",
            "AGENT!!",
            "a person please",
            "persona",
            "una persona, por favor",
            "người thật",
            "nguoi that",
            "xin gặp người thật",
            "شخص",
            "شخص من فضلك",
            "موظف",
        ] {
            assert!(wants_a_person(text), "{text}");
        }
        for text in [
            "When I talk to my doctor, should the person who cares for me come with me too?",
            "Can another person use my inhaler?",
            "¿Qué persona puede ayudarme con el seguro?",
            "Người thân dùng chung được không?",
            "هل يمكن لشخص آخر استعماله؟",
            "inhaler",
            "",
        ] {
            assert!(!wants_a_person(text), "{text}");
        }
    }

    #[test]
    fn a_desk_is_found_and_in_doubt_it_is_medical() {
        assert_eq!(queue("¿Puedo tomarlo con warfarina?", Locale::Es), Queue::MedicalInformation);
        assert_eq!(queue("Why was my copay card refused at the counter", Locale::En), Queue::Access);
        assert_eq!(queue("I forgot my password", Locale::En), Queue::General);
        assert_eq!(queue("هل تغطي شركة التأمين هذا؟", Locale::Ar), Queue::Access);
        assert_eq!(queue("???", Locale::Vi), Queue::MedicalInformation);
    }
}
