//! What people ask about the approved answers is a question: hardly any of it may be taken for a report, or the assistant
//! would thank for a side effect where somebody asked the way.

use crate::support::portal;
use domain::content::{Body, Kind};
use domain::locale::Locale;
use domain::safety::screen::screen;

/// In a hundred. Some do speak of pregnancy, a forgotten dose or breath, and are for a person.
const MOST: usize = 7;

#[tokio::test]
async fn what_people_ask_is_hardly_ever_taken_for_a_report() {
    let t = portal().await;
    let shelf = t.portal().library.shelf();
    for locale in Locale::ALL {
        let (mut asked, mut taken) = (0, Vec::new());
        for program in t.portal().programs.all().iter() {
            for variant in shelf.list(program.id, Kind::Faq, locale) {
                let Body::Faq { question, phrasings, .. } = &variant.body else { continue };
                for text in std::iter::once(question).chain(phrasings) {
                    asked += 1;
                    if screen(text, locale.tag()).flag {
                        taken.push(text.clone());
                    }
                }
            }
        }
        assert!(asked > 200, "{locale}: {asked}");
        assert!(taken.len() * 100 <= asked * MOST, "{locale}: {} of {asked}: {taken:#?}", taken.len());
    }
}
