//! Several people who decide about the same words at the same moment.

use super::{state, title, version};
use crate::support::{TestPortal, portal};
use domain::actor::{Actor, Role};
use domain::content::{Desk, Kind};
use domain::ctx::Ctx;
use domain::editorial::{self, NewItem, Writing};
use domain::error::Error;
use domain::ids::{SessionId, VariantId};
use domain::locale::Locale;
use domain::people;
use domain::sessions::{self, Proof};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use server::demo::accounts::{PASSWORD, TOTP};

/// Rounds each rule of approval is tried in, with another order of events each time.
const ROUNDS: u64 = 200;

/// Somebody who acts through the verbs, at the same moment as others.
async fn acting(t: &TestPortal, mail: &str, roles: &[Role]) -> Ctx {
    let ctx = t.portal().system("test");
    let mut conn = ctx.read().await.unwrap();
    let id = sessions::has_account(&mut conn, ctx.keys(), &format!("{mail}@staff.example"))
        .await
        .unwrap()
        .unwrap();
    drop(conn);
    Ctx { actor: Actor::Staff { id, session: SessionId::new(), roles: roles.to_vec() }, ..ctx }
}

/// The same person a moment later.
fn now(t: &TestPortal, ctx: &Ctx) -> Ctx {
    Ctx { now: t.portal().clock.now(), ..ctx.clone() }
}

/// A lesson handed in, through the verbs; its id and version.
async fn handed_in(t: &TestPortal, author: &Ctx, number: u64) -> (VariantId, i64) {
    let program = t.portal().programs.by_code("breathe").unwrap().id;
    let code = format!("TST-{number}");
    let new = NewItem { program, kind: Kind::Module, code, slug: String::new(), title: "Words".into() };
    let author = now(t, author);
    let id = editorial::create(&author, &new, Locale::En).await.unwrap();
    let leaves = [("summary", "Short."), ("pages.1.title", "One"), ("pages.1.body", "First.")];
    let leaves = leaves.map(|(path, text)| (path.to_owned(), text.to_owned())).into_iter().collect();
    let writing = Writing { title: "Words".into(), leaves, meta: None };
    let version = editorial::save(&author, id, 1, &writing, true).await.unwrap();
    editorial::hand_in(&author, id, version).await.unwrap();
    (id, version + 2)
}

async fn approve(t: &TestPortal, ctx: &Ctx, id: VariantId, version: i64, desk: Desk) -> Result<(), Error> {
    let proof = prove(t, ctx).await;
    sign_with(t, ctx, id, version, desk, proof).await
}

/// Both factors, shown before the moment at which everybody decides.
async fn prove(t: &TestPortal, ctx: &Ctx) -> Proof {
    sessions::show_again(&now(t, ctx), PASSWORD, &t.code(TOTP)).await.unwrap()
}

async fn sign_with(
    t: &TestPortal,
    ctx: &Ctx,
    id: VariantId,
    version: i64,
    desk: Desk,
    proof: Proof,
) -> Result<(), Error> {
    let ctx = now(t, ctx);
    let ticks: Vec<String> =
        editorial::rules::checklist(desk).iter().map(|tick| (*tick).to_owned()).collect();
    editorial::approve(&ctx, id, version, desk, &ticks, proof).await
}

/// Lets others go first: now a moment, now a long while.
async fn dawdle(chance: &mut StdRng) {
    let most = if chance.random_range(0..2) == 0 { 4 } else { 2_000 };
    for _ in 0..chance.random_range(0..most) {
        tokio::task::yield_now().await;
    }
}

/// What holds whatever happened: words that are approved have three signatures of three people over their hash, and
/// none of those wrote them.
async fn holds(t: &TestPortal) {
    let wrong = "select count(*) from content_variants v where v.item_id like 'BR/TST-%' and (
        (v.state in ('approved', 'scheduled', 'live') and
          (select count(distinct s.signer_id) from content_signatures s where s.variant_id = v.id and s.hash = v.hash and s.role <> 'publisher') <> 3)
        or (v.state = 'changes' and exists (select 1 from content_reviews r where r.variant_id = v.id and r.state in ('open', 'waiting')))
        or (v.state = 'live' and not exists (select 1 from content_signatures s where s.variant_id = v.id and s.role = 'publisher'))
        or exists (select 1 from content_signatures s where s.variant_id = v.id and s.signer_id in (select saved_by from content_saves w where w.variant_id = v.id)))";
    assert_eq!(t.count(wrong).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_that_decide_at_the_same_moment_never_let_half_signed_words_through() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    let kwame = acting(&t, "kwame", &[Role::MedicalReviewer]).await;
    let eleanor = acting(&t, "eleanor", &[Role::LegalReviewer]).await;
    let nils = acting(&t, "nils", &[Role::RegulatoryReviewer]).await;
    let (mut chance, mut other) = (StdRng::seed_from_u64(1), StdRng::seed_from_u64(2));
    let (mut signed, mut sent_back) = (0, 0);
    for round in 0..ROUNDS {
        t.wait(31_000);
        let (id, version) = handed_in(&t, &priya, round).await;
        let proof = prove(&t, &kwame).await;
        let (medical, changes) = tokio::join!(
            async {
                dawdle(&mut chance).await;
                sign_with(&t, &kwame, id, version, Desk::Medical, proof).await
            },
            async {
                dawdle(&mut other).await;
                let eleanor = now(&t, &eleanor);
                editorial::ask_for_changes(&eleanor, id, version, Desk::Legal, "Other words").await
            }
        );
        assert!(medical.is_ok() != changes.is_ok(), "one of them was first: {medical:?} {changes:?}");
        signed += u64::from(medical.is_ok());
        sent_back += u64::from(changes.is_ok());
        if changes.is_ok() {
            assert!(approve(&t, &nils, id, version + 2, Desk::Regulatory).await.is_err());
        }
    }
    assert!(signed > 0 && sent_back > 0, "both orders were seen: {signed} {sent_back}");
    holds(&t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_signatures_at_the_same_moment_are_three_or_are_asked_for_again() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    let desks = [
        (acting(&t, "kwame", &[Role::MedicalReviewer]).await, Desk::Medical),
        (acting(&t, "eleanor", &[Role::LegalReviewer]).await, Desk::Legal),
        (acting(&t, "nils", &[Role::RegulatoryReviewer]).await, Desk::Regulatory),
    ];
    for round in 0..ROUNDS / 4 {
        let (id, _) = handed_in(&t, &priya, round).await;
        for _ in 0..6 {
            t.wait(31_000);
            let version = version(&t, &id.to_string()).await.parse().unwrap();
            let [a, b, c] = &desks;
            let _ = tokio::join!(
                approve(&t, &a.0, id, version, a.1),
                approve(&t, &b.0, id, version, b.1),
                approve(&t, &c.0, id, version, c.1)
            );
            holds(&t).await;
        }
        assert_eq!(state(&t, &id.to_string()).await, "approved");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_change_while_somebody_signs_are_not_signed() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    let kwame = acting(&t, "kwame", &[Role::MedicalReviewer]).await;
    let (mut chance, mut other) = (StdRng::seed_from_u64(3), StdRng::seed_from_u64(4));
    for round in 0..ROUNDS {
        t.wait(31_000);
        let (id, version) = handed_in(&t, &priya, round).await;
        let proof = prove(&t, &kwame).await;
        let writing = Writing { title: "Other words".into(), ..Writing::default() };
        let (signed, (back, saved)) = tokio::join!(
            async {
                dawdle(&mut chance).await;
                sign_with(&t, &kwame, id, version, Desk::Medical, proof).await
            },
            async {
                dawdle(&mut other).await;
                let priya = now(&t, &priya);
                let back = editorial::take_back(&priya, id, version).await;
                (back, editorial::save(&priya, id, version + 2, &writing, true).await)
            }
        );
        assert!(signed.is_ok() != back.is_ok(), "{signed:?} {back:?}");
        assert!(saved.is_err(), "words that were handed in never change");
        assert_eq!(title(&t, &id.to_string()).await, "Words");
    }
    holds(&t).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_is_taken_away_half_way_signs_nothing_afterwards() {
    let t = portal().await;
    let priya = acting(&t, "priya", &[Role::Author]).await;
    // the session was told of the role, and goes on believing it
    let kwame = acting(&t, "kwame", &[Role::MedicalReviewer]).await;
    let person = kwame.person().unwrap();
    let (mut chance, mut other) = (StdRng::seed_from_u64(5), StdRng::seed_from_u64(6));
    let mut refused = 0;
    for round in 0..ROUNDS {
        t.wait(31_000);
        let (id, version) = handed_in(&t, &priya, round).await;
        let proof = prove(&t, &kwame).await;
        let (signed, ()) = tokio::join!(
            async {
                dawdle(&mut chance).await;
                sign_with(&t, &kwame, id, version, Desk::Medical, proof).await
            },
            async {
                dawdle(&mut other).await;
                let mut tx = t.portal().db.begin().await.unwrap();
                let gone = "delete from staff_roles where person_id = $1 and role = 'medical_reviewer'";
                sqlx::query(gone).bind(person.to_string()).execute(&mut *tx).await.unwrap();
                tx.commit().await.unwrap();
            }
        );
        refused += u64::from(signed.is_err());
        t.wait(31_000);
        let again = version_of(&t, id).await;
        assert!(approve(&t, &kwame, id, again, Desk::Medical).await.is_err(), "the role is gone");
        let system = t.portal().system("test");
        let mut tx = system.begin().await.unwrap();
        people::grant(tx.conn(), person, Role::MedicalReviewer, "test", system.now).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(refused > 0, "the role was gone first at least once");
    holds(&t).await;
}

async fn version_of(t: &TestPortal, id: VariantId) -> i64 {
    version(t, &id.to_string()).await.parse().unwrap()
}
