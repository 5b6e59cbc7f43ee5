//! Migrations are portable, and every file is listed.

use super::source::{files, root};

#[test]
fn every_migration_is_listed_and_numbered_in_order() {
    let listed = std::fs::read_to_string(root().join("app/domain/src/db.rs")).unwrap();
    let mut expected = 1;
    for (name, _) in files("migrations", ".sql") {
        let file = name.rsplit('/').next().unwrap();
        assert!(listed.contains(&format!("migrations/{file}\"")), "{file} is not listed in db.rs");
        assert!(file.starts_with(&format!("{expected:04}_")), "{file} is out of order");
        expected += 1;
    }
    assert!(expected > 10);
}

#[test]
fn migrations_use_only_what_both_databases_have() {
    for (name, sql) in files("migrations", ".sql") {
        for (number, line) in sql.lines().enumerate() {
            let code = line.split("--").next().unwrap_or_default().to_lowercase();
            for word in [
                "boolean",
                "uuid",
                "timestamp",
                "jsonb",
                "serial",
                "autoincrement",
                "varchar",
                "real",
                "numeric",
                "integer",
                "now()",
                "strict",
            ] {
                let found = code
                    .split(|c: char| !c.is_alphanumeric() && c != '(' && c != ')' && c != '_')
                    .any(|token| token == word);
                assert!(!found, "{name}:{}: `{word}` is not portable", number + 1);
            }
        }
    }
}
