//! The permission matrix, kept as a file that a change must change knowingly.

use domain::actor::{Actor, Role};
use domain::ids::{PersonId, SessionId};
use domain::policy::{Action, may};

#[test]
fn the_permission_matrix_is_as_reviewed() {
    let (id, session) = (PersonId::fixed(1), SessionId::fixed(1));
    let mut actors =
        vec![("visitor".to_owned(), Actor::Anonymous), ("person".to_owned(), Actor::Person { id, session })];
    actors.extend(
        Role::ALL.map(|role| (role.code().to_owned(), Actor::Staff { id, session, roles: vec![role] })),
    );
    let matrix: String = actors
        .iter()
        .map(|(name, actor)| {
            let allowed: Vec<_> = Action::ALL
                .iter()
                .filter(|action| may(actor, **action))
                .map(|action| action.code())
                .collect();
            format!("{name}\n  {}\n", allowed.join("\n  "))
        })
        .collect();
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("permissions", matrix);
    });
}
