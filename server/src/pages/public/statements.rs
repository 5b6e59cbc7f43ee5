//! What the portal states about itself: privacy and accessibility.

use crate::pages::{Head, Reply, Visit};
use ui::pages::public;

pub async fn privacy(visit: Visit) -> Reply {
    let w = visit.words();
    Ok(visit.show(Head::new(w.t("public.privacy.title")), move || public::privacy::view(w)))
}

pub async fn accessibility(visit: Visit) -> Reply {
    let w = visit.words();
    Ok(visit.show(Head::new(w.t("public.accessibility.title")), move || public::accessibility::view(w)))
}
