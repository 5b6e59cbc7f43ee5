//! Every component on a few pages, to look at: `cargo run -p ui --features ssr --example gallery -- FOLDER`.
//! Writes `<page>.<lang>.html` beside the stylesheet's sources; the texts are samples, not words of the portal.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use domain::error::Flaw;
use domain::ids::CaseId;
use domain::locale::Locale;
use domain::time::{Day, Timestamp};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use ui::components::*;
use ui::document::{self, Assets, Audience, Nav, ProgramLine, Shell};
use ui::i18n::Words;
use ui::{markup, paths, problem};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or("target/gallery".into()));
    std::fs::create_dir_all(&folder).unwrap();
    for locale in Locale::ALL {
        let w = Words::of(locale);
        let save = |name: &str, html: String| {
            std::fs::write(folder.join(format!("{name}.{locale}.html")), html).unwrap()
        };
        save("status", status(w));
        save("question", question(w, false));
        save("refused", question(w, true));
        save("tasks", tasks(w));
        save("parts", parts(w));
        save("staff", staff(w));
        save("chat", chat(w, 1, false));
        save("chat.more", chat(w, 2, false));
        save("chat.refused", chat(w, 1, true));
        save("upload", upload(w));
        save("problem", trouble(w));
    }
    println!("{}", folder.display());
}

fn say(w: Words, en: &'static str, es: &'static str, vi: &'static str, ar: &'static str) -> &'static str {
    match w.locale {
        Locale::En => en,
        Locale::Es => es,
        Locale::Vi => vi,
        Locale::Ar => ar,
    }
}

fn shell(w: Words, title: &str, here: paths::Path) -> Shell {
    Shell {
        demo: true,
        programs: vec![ProgramLine {
            name: "BREATHE".into(),
            phone: "1-800-555-0142".into(),
            tty: Some("711".into()),
            hours: say(
                w,
                "Monday to Friday, 8 a.m. to 6 p.m. Central Time",
                "De lunes a viernes, de 8 a. m. a 6 p. m., hora del centro",
                "Thứ Hai đến thứ Sáu, 8 giờ sáng đến 6 giờ chiều, giờ miền Trung Hoa Kỳ",
                "من الاثنين إلى الجمعة، من 8 صباحًا إلى 6 مساءً بالتوقيت المركزي",
            )
            .into(),
            language_line: say(
                w,
                "We can call an interpreter for you. It is free.",
                "Podemos llamar a un intérprete. Es gratis.",
                "Chúng tôi có thể gọi thông dịch viên. Miễn phí.",
                "يمكننا الاتصال بمترجم شفوي لك، مجانًا.",
            )
            .into(),
            safety: Some(paths::safety(w.locale, "breathe")),
        }],
        ..Shell::new(w, title, here, Assets { css: "main.css".into(), loader: "loader.js".into() })
    }
}

fn status(w: Words) -> String {
    let case = CaseId::fixed(7);
    let shell = Shell {
        audience: Audience::Patient,
        signed_in: true,
        nav: Some(Nav::Home),
        ..shell(w, "Status", paths::case(w.locale, case))
    };
    document::html(&shell, || {
        view! {
            <p class="quiet small">"BREATHE · "<Id text="BR-2026-000187"/></p>
            <h1>{say(w, "Your insurance plan is checking your coverage", "Su seguro está revisando su cobertura", "Hãng bảo hiểm đang xem xét quyền lợi của quý vị", "شركة التأمين تراجع تغطيتك")}</h1>
            <p class="lead">{say(w, "They have asked your doctor for test results. This often takes about 5 days.", "Han pedido a su médico los resultados de unas pruebas. Suele tardar unos 5 días.", "Họ đã hỏi bác sĩ kết quả xét nghiệm. Việc này thường mất khoảng 5 ngày.", "طلبوا من طبيبك نتائج الفحوصات. يستغرق ذلك عادةً حوالي 5 أيام.")}</p>
            <Action to=paths::documents(w.locale) title=say(w, "Send your insurance card", "Envíe su tarjeta del seguro", "Gửi thẻ bảo hiểm", "أرسل بطاقة التأمين")>
                {say(w, "By ", "Antes del ", "Trước ", "قبل ")}<OnDay w day=Day::new(2026, 11, 27).unwrap()/>
            </Action>
            <Facts>
                <Fact label=say(w, "Waiting for", "Esperamos a", "Đang chờ", "بانتظار")>{say(w, "Your doctor", "Su médico", "Bác sĩ", "طبيبك")}</Fact>
                <Fact label=say(w, "Since", "Desde", "Từ", "منذ")><OnDay w day=Day::new(2026, 11, 24).unwrap()/></Fact>
                <Fact label=say(w, "Next news by", "Próximas noticias", "Tin kế tiếp trước", "الخبر التالي قبل")><OnDay w day=Day::new(2026, 12, 1).unwrap()/></Fact>
                <Fact label=say(w, "Questions", "Preguntas", "Câu hỏi", "أسئلة")><Phone number="1-800-555-0142"/></Fact>
            </Facts>
            <h2>{say(w, "The way to your first dose", "El camino a su primera dosis", "Đường đến liều đầu tiên", "الطريق إلى جرعتك الأولى")}</h2>
            <Rail label="Stages">
                <Stop mark=Mark::Done title=say(w, "You enrolled", "Se inscribió", "Quý vị đã ghi danh", "سجّلت") state=w.t("common.state.done")><p class="quiet"><When w at=Timestamp(1_795_538_467_000) zone="America/Chicago"/></p></Stop>
                <Stop mark=Mark::Here title=say(w, "Getting your medicine approved", "Aprobación de su medicamento", "Xin duyệt thuốc", "الموافقة على دوائك") state=w.t("common.state.here")>
                    <p>{say(w, "We asked your plan on November 25. They asked your doctor for lung tests.", "Preguntamos a su seguro el 25 de noviembre.", "Chúng tôi đã hỏi hãng bảo hiểm ngày 25 tháng 11.", "سألنا شركة التأمين في 25 نوفمبر.")}</p>
                </Stop>
                <Stop mark=Mark::Open title=say(w, "Your first dose", "Su primera dosis", "Liều đầu tiên", "جرعتك الأولى") state=w.t("common.state.open")/>
                <Stop mark=Mark::Open title=say(w, "Refills and support", "Resurtidos y apoyo", "Lấy thêm thuốc và hỗ trợ", "إعادة الصرف والدعم") state=w.t("common.state.open")/>
            </Rail>
        }
    })
}

fn question(w: Words, refused: bool) -> String {
    let mut values = BTreeMap::from([("payer".to_owned(), "medicare".to_owned())]);
    let mut flaws = vec![];
    if refused {
        values.insert("email".into(), "ana@".into());
        flaws = vec![
            Flaw::new("email", "invalid"),
            Flaw::new("born", "date_invalid"),
            Flaw::new("note", "missing"),
        ];
    }
    let filled = Filled::refused(values, flaws);
    let here = paths::enroll_question(w.locale, "breathe", "insurance", "payer");
    let shell = Shell { refused, ..shell(w, "Insurance", here.clone()) };
    document::html(&shell, || {
        let pick = move |code, en, es, vi, ar| Pick::new(code, say(w, en, es, vi, ar));
        view! {
            <Back w to=paths::enroll(w.locale, "breathe")/>
            <ErrorSummary w filled=filled.clone()/>
            <Form w action=here act="answer">
                <Choice
                    w
                    field=filled.field("payer")
                    heading=true
                    legend=say(w, "What kind of insurance do you have?", "¿Qué tipo de seguro tiene?", "Quý vị có loại bảo hiểm nào?", "ما نوع التأمين لديك؟")
                    hint=say(w, "If you are not sure, say so. We will find out with you.", "Si no está seguro, dígalo. Lo averiguamos con usted.", "Nếu không chắc, xin cứ nói. Chúng tôi sẽ cùng tìm hiểu.", "إن لم تكن متأكدًا فقل ذلك، وسنعرف معك.")
                    options=vec![
                        pick("commercial", "From my work or bought by me", "De mi trabajo o comprado por mí", "Từ việc làm hoặc tự mua", "من عملي أو اشتريته بنفسي"),
                        pick("medicare", "Medicare", "Medicare", "Medicare", "Medicare").hint(say(w, "For people of 65 and older", "Para personas de 65 años o más", "Cho người từ 65 tuổi", "لمن بلغوا 65 عامًا فأكثر")),
                        pick("medicaid", "Medicaid", "Medicaid", "Medicaid", "Medicaid"),
                        pick("none", "I have no insurance", "No tengo seguro", "Tôi không có bảo hiểm", "ليس لدي تأمين"),
                        Pick::new("not_sure", w.t("common.not_sure")),
                    ]
                />
                {refused.then(move || view! {
                    <Field w field=filled.field("email") label="Email" kind=Kind::Email autocomplete="email"/>
                    <DateField w field=filled.field("born") label=say(w, "Date of birth", "Fecha de nacimiento", "Ngày sinh", "تاريخ الميلاد") birthday=true/>
                    <Area w field=filled.field("note") label="Note" optional=true/>
                    <Check w field=filled.field("agree") label=say(w, "I agree that the program may call me", "Acepto que el programa me llame", "Tôi đồng ý để chương trình gọi cho tôi", "أوافق على أن يتصل بي البرنامج")/>
                })}
                <Button>{w.t("common.continue")}</Button>
            </Form>
        }
    })
}

fn tasks(w: Words) -> String {
    let to = move |question| paths::enroll_question(w.locale, "breathe", "patient", question);
    document::html(&shell(w, "Enroll", paths::enroll(w.locale, "breathe")), || {
        view! {
            <Notice tone=Tone::Success title=say(w, "Your answers are saved", "Sus respuestas están guardadas", "Câu trả lời đã được lưu", "إجاباتك محفوظة")/>
            <h1>{say(w, "Enroll in BREATHE", "Inscríbase en BREATHE", "Ghi danh vào BREATHE", "التسجيل في BREATHE")}</h1>
            <p>{say(w, "About 10 minutes. You can stop at any time and go on later.", "Unos 10 minutos. Puede parar en cualquier momento y seguir después.", "Khoảng 10 phút. Quý vị có thể dừng và làm tiếp sau.", "حوالي 10 دقائق. يمكنك التوقف في أي وقت والمتابعة لاحقًا.")}</p>
            <Rail label="Tasks">
                <Stop mark=Mark::Done title=say(w, "Who is filling this in", "Quién llena esto", "Ai điền", "من يملأ النموذج") state=w.t("common.state.done") to=to("filler")/>
                <Stop mark=Mark::Done title=say(w, "About you", "Sobre usted", "Về quý vị", "عنك") state=w.t("common.state.done") to=to("name")/>
                <Stop mark=Mark::Here title=say(w, "How to reach you", "Cómo contactarle", "Cách liên lạc", "كيف نصل إليك") state=w.t("common.state.to_do") to=to("email")/>
                <Stop mark=Mark::Wrong title=say(w, "Your insurance", "Su seguro", "Bảo hiểm", "تأمينك") state=w.t("common.state.wrong") to=to("payer")/>
                <Stop mark=Mark::Open title=say(w, "Check and send", "Revise y envíe", "Xem lại và gửi", "راجع وأرسل") state=w.t("common.state.cannot_start")/>
            </Rail>
            <p><ButtonLink to=to("email")>{w.t("common.continue")}</ButtonLink></p>
            <h2>{say(w, "Your answers", "Sus respuestas", "Câu trả lời", "إجاباتك")}</h2>
            <Summary>
                <Answer w label=say(w, "Name", "Nombre", "Tên", "الاسم") value="Luis Ruiz" change=to("name")/>
                <Answer w label=say(w, "Address", "Dirección", "Địa chỉ", "العنوان") value="" change=to("address")/>
            </Summary>
        }
    })
}

fn parts(w: Words) -> String {
    let filled = Filled::default();
    let html = markup::render(
        "Keep your inhaler **dry** and at room temperature.\n\n1. Wipe the mouthpiece.\n2. Put the cap back on.\n\nSee [what it costs](page:cost).",
        markup::Links { locale: w.locale, program: Some("breathe") },
    );
    document::html(&shell(w, "Parts", paths::learn(w.locale)), || {
        view! {
            <Emergency title=say(w, "Call 911 now", "Llame al 911 ahora", "Gọi 911 ngay", "اتصل بـ 911 الآن") phone="911"><p>"If you cannot breathe, or your lips or face swell, do not wait for us."</p></Emergency>
            <h1>"Parts"</h1>
            <Prose html lang=Locale::En/>
            <Form w action=paths::documents(w.locale) multipart=true enhance=true>
                <Upload w field=filled.field("file") label=say(w, "Your insurance card", "Su tarjeta del seguro", "Thẻ bảo hiểm", "بطاقة التأمين")/>
                <Field w field=filled.field("code") label="Code" kind=Kind::Code width=Width::Short/>
                <div class="row"><Button>{w.t("common.save")}</Button><Button look=Look::Quiet>{w.t("common.cancel")}</Button></div>
            </Form>
            <Details summary="More about this" open=true><p>"There is more to say."</p></Details>
            <p class="row"><Tag text="Draft"/><Tag tone=Tone::Success text="Accepted"/><Tag tone=Tone::Act text="Action needed"/></p>
            <Notice title="Last reviewed"><p>"September 30, 2026"</p></Notice>
        }
    })
}

fn chat(w: Words, turns: usize, refused: bool) -> String {
    let filled = if refused {
        Filled::refused(BTreeMap::new(), vec![Flaw::new("question", "missing")])
    } else {
        Filled::default()
    };
    let shell = Shell { refused, nav: Some(Nav::Ask), ..shell(w, "Ask", paths::ask(w.locale)) };
    document::html(&shell, move || {
        let log = (0..turns)
            .map(|n| view! { <article><h2>{w.number(i64::try_from(n).unwrap() + 1)}</h2><p>"Where do I keep my inhaler?"</p></article> })
            .collect_view();
        view! {
            <h1>{w.t("common.nav.ask")}</h1>
            <Region id="log" log=true label="Conversation">{log}</Region>
            <Region id="ask">
                <ErrorSummary w filled=filled.clone()/>
                <Form w action=paths::ask(w.locale) enhance=true>
                    <Area w field=filled.field("question") label="Question"/>
                    <Button name="how" value="typed">{w.t("common.continue")}</Button>
                </Form>
            </Region>
        }
    })
}

fn upload(w: Words) -> String {
    let here = paths::document_request(w.locale, domain::ids::RequestId::fixed(3));
    document::html(&shell(w, "Upload", here.clone()), move || {
        view! {
            <h1>"Upload"</h1>
            <Form w action=here multipart=true>
                <Upload w field=Filled::default().field("file") label="Insurance card" resume="request-3"/>
                <Button>{w.t("common.save")}</Button>
            </Form>
        }
    })
}

fn staff(w: Words) -> String {
    let shell = Shell {
        audience: Audience::Staff,
        signed_in: true,
        nav: Some(Nav::Worklist),
        ..shell(w, "Worklist", paths::worklist(w.locale))
    };
    document::html(&shell, || {
        let rows = (0..12)
            .map(|n| {
                view! {
                    <tr>
                        <td><Link to=paths::staff_case(w.locale, CaseId::fixed(n))><Id text=format!("BR-2026-{:06}", 187 + n)/></Link></td>
                        <td><Isolate text="Luis Ruiz"/></td>
                        <td>"documents_needed"</td>
                        <td><Tag tone=if n < 2 { Tone::Act } else { Tone::Info } text=if n < 2 { "overdue" } else { "2 h" }/></td>
                        <td class="number">{w.number(i64::try_from(n).unwrap() * 137)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <h1>{w.t("common.nav.worklist")}</h1>
            <div class="columns">
                <Table caption="Cases">
                    <thead><tr><th scope="col">"Case"</th><th scope="col">"Patient"</th><th scope="col">"Status"</th><th scope="col">"Due"</th><th scope="col" class="number">"Minutes"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
                <aside class="stack">
                    <h2>"Queue"</h2>
                    <Rail label="Queue"><Stop mark=Mark::Done title="Received" state="10:41"/><Stop mark=Mark::Here title="In review" state="2 h left"/><Stop mark=Mark::Open title="Answered"/></Rail>
                </aside>
            </div>
        }
    })
}

fn trouble(w: Words) -> String {
    let shell = shell(w, "Problem", paths::home(w.locale));
    let line = shell.programs.first().cloned();
    document::html(&shell, move || {
        let error = domain::error::Error::Throttled { retry_after_seconds: 240 };
        problem::view(w, &problem::Problem::of(&error, problem::Kept::Saved), line.as_ref())
    })
}
