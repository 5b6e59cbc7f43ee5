//! Content as plain files that read back the same, and approval packages that hold or say what does not (EN-18, E-02, E-06).

use crate::support::portal;
use domain::actor::{Actor, Role};
use domain::ctx::Ctx;
use domain::editorial::{self, Outcome};
use domain::ids::SessionId;
use domain::seal::Keys;
use domain::sessions;
use serde_json::Value;
use server::{content_files, package};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

#[tokio::test]
async fn everything_goes_out_as_plain_files_and_comes_back_the_same() {
    let t = portal().await;
    let system = t.portal().system("test");
    let all = editorial::everything(&system, false).await.unwrap();
    assert!(all.len() > 900, "{}", all.len());
    let programs = t.portal().programs.all();
    let mut conn = system.read().await.unwrap();
    let id = sessions::has_account(&mut conn, system.keys(), "priya@staff.example").await.unwrap().unwrap();
    drop(conn);
    let actor = Actor::Staff { id, session: SessionId::new(), roles: vec![Role::Author] };
    let priya = Ctx { actor, ..system.clone() };
    for (at, sheet) in all.iter().enumerate() {
        let program = t.portal().programs.get(sheet.program).unwrap();
        let text = content_files::write(sheet, &program).unwrap();
        let brought = content_files::read(&text, &programs).unwrap();
        assert_eq!(brought.body, sheet.body, "{}", content_files::place(sheet));
        assert_eq!(
            (&brought.title, &brought.meta, brought.locale),
            (&sheet.title, &sheet.meta, sheet.locale)
        );
        // a file from Windows means the same
        assert_eq!(content_files::read(&text.replace('\n', "\r\n"), &programs).unwrap(), brought);
        if at % 40 == 0 {
            assert_eq!(editorial::bring(&priya, &brought).await.unwrap(), Outcome::Same);
        }
    }
    // other words become a draft of the next edition, and nothing a reader has changes
    let faq = all.iter().find(|sheet| sheet.item == "BR/FAQ-012" && sheet.is_source()).unwrap();
    let program = t.portal().programs.get(faq.program).unwrap();
    let text = content_files::write(faq, &program).unwrap().replace("dry place", "dry, dark place");
    let brought = content_files::read(&text, &programs).unwrap();
    let Outcome::Draft(draft) = editorial::bring(&priya, &brought).await.unwrap() else { panic!("no draft") };
    assert_eq!(editorial::dossier(&priya, draft).await.unwrap().sheet.edition, faq.edition + 1);
    assert!(editorial::bring(&priya, &brought).await.is_ok_and(|again| again == Outcome::Same));
    for broken in [
        "",
        "+++\n",
        "+++\nx = 1\n+++\n",
        "+++\ncode = \"X\"\n+++\nstray",
        &text.replace("breathe", "nowhere"),
    ] {
        assert!(content_files::read(broken, &programs).is_err(), "{broken}");
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn unzip(bytes: &[u8]) -> Files {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().to_owned(), content)
        })
        .collect()
}

fn zip(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Signs a changed manifest anew, as a forger with a key of their own would.
fn signed_anew(files: &mut Files, change: impl FnOnce(&mut Value)) {
    use ring::signature::{Ed25519KeyPair, KeyPair};
    let pair = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
    let mut manifest: Value = serde_json::from_slice(&files["package.json"]).unwrap();
    change(&mut manifest);
    let digest = |bytes: &[u8]| domain::content::canonical::hash(bytes);
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("variants/")) {
        if manifest["files"].get(name).is_some() {
            manifest["files"][name] = digest(bytes).into();
        }
    }
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    manifest["key"] = hex(pair.public_key().as_ref()).into();
    let manifest = serde_json::to_vec_pretty(&manifest).unwrap();
    files.insert("package.sig".into(), hex(pair.sign(&manifest).as_ref()).into_bytes());
    files.insert("package.json".into(), manifest);
}

#[tokio::test]
async fn a_true_package_holds_and_twenty_forged_ones_do_not() {
    let t = portal().await;
    let packed = editorial::package(&t.portal().system("test"), "BR/FAQ-012").await.unwrap();
    let bytes = package::write(&packed, &[], &t.portal().keys).unwrap();
    assert_eq!(
        package::write(&packed, &[], &t.portal().keys).unwrap(),
        bytes,
        "the same words give the same bytes"
    );
    let found = package::verify(&bytes);
    assert_eq!(found.wrong, Vec::<String>::new());
    assert_eq!((found.item.as_str(), found.variants), ("BR/FAQ-012", 4));
    assert_eq!(found.key, package::fingerprint(&t.portal().keys).unwrap());
    assert_ne!(found.key, package::fingerprint(&Keys::from_master(&[8; 32])).unwrap());

    let true_files = unzip(&bytes);
    for (name, bytes) in true_files.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        assert!(bytes.starts_with(b"%PDF"), "{name}");
    }
    assert_eq!(true_files.keys().filter(|name| name.ends_with(".pdf")).count(), 4);
    let words =
        true_files.keys().find(|name| name.contains(".es.") && name.ends_with(".json")).unwrap().clone();
    let mut forged: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut forge = |what: &'static str, change: &dyn Fn(&mut Files)| {
        let mut files = true_files.clone();
        change(&mut files);
        forged.push((what, zip(&files)));
    };
    // without the key: any byte anywhere
    forge("one byte of the words", &|files| files.get_mut(&words).unwrap()[40] ^= 1);
    forge("a file taken away", &|files| drop(files.remove(&words)));
    forge("a file added", &|files| drop(files.insert("extra.txt".into(), b"x".to_vec())));
    forge("one byte of the manifest", &|files| {
        let manifest = String::from_utf8(files["package.json"].clone()).unwrap();
        files.insert("package.json".into(), manifest.replacen("Dr. Kwame", "Dr. Kwane", 1).into_bytes());
    });
    forge("no signature", &|files| drop(files.remove("package.sig")));
    forge("a signature of zeros", &|files| {
        drop(files.insert("package.sig".into(), "00".repeat(64).into_bytes()))
    });
    forge("no manifest", &|files| drop(files.remove("package.json")));
    forge("a manifest that is no JSON", &|files| drop(files.insert("package.json".into(), b"{".to_vec())));
    // with a key of one's own: the package contradicts itself
    forge("words changed and signed anew", &|files| {
        let text = String::from_utf8(files[&words].clone()).unwrap();
        files.insert(words.clone(), text.replacen("seco", "frío", 1).into_bytes());
        signed_anew(files, |_| {});
    });
    forge("words and hash changed", &|files| {
        let text = String::from_utf8(files[&words].clone()).unwrap().replacen("seco", "frío", 1).into_bytes();
        let hash = domain::content::canonical::hash(&text);
        files.insert(words.clone(), text);
        signed_anew(files, |manifest| {
            let entry = manifest["variants"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .find(|one| one["language"] == "es")
                .unwrap();
            entry["hash"] = hash.into();
        });
    });
    let entry = |change: fn(&mut Value)| {
        move |files: &mut Files| signed_anew(files, |manifest| change(&mut manifest["variants"][0]))
    };
    forge(
        "a desk's signature taken away",
        &entry(|one| drop(one["signatures"].as_array_mut().unwrap().remove(0))),
    );
    forge(
        "a desk signs twice",
        &entry(|one| {
            let first = one["signatures"][0].clone();
            one["signatures"].as_array_mut().unwrap().push(first);
        }),
    );
    forge("the author signs", &entry(|one| one["signatures"][0]["signer"] = one["author"].clone()));
    forge(
        "one person at two desks",
        &entry(|one| one["signatures"][1]["signer"] = one["signatures"][0]["signer"].clone()),
    );
    forge(
        "a signature over other words",
        &entry(|one| one["signatures"][2]["hash"] = "00".repeat(32).into()),
    );
    forge("a signature without a name", &entry(|one| one["signatures"][0]["name"] = "".into()));
    forge("a role that signs nothing", &entry(|one| one["signatures"][0]["role"] = "friend".into()));
    forge(
        "published before it was signed",
        &entry(|one| {
            for signature in one["signatures"].as_array_mut().unwrap() {
                if signature["role"] == "publisher" {
                    signature["signed_at"] = 1.into();
                }
            }
        }),
    );
    forge("another edition's words", &entry(|one| one["edition"] = 9.into()));
    forge("another item's words", &|files| {
        signed_anew(files, |manifest| manifest["item"] = "BR/FAQ-013".into())
    });
    forge("two variants with one file", &|files| {
        signed_anew(files, |manifest| {
            let first = manifest["variants"][0].clone();
            manifest["variants"].as_array_mut().unwrap().push(first);
        });
    });
    forge("no variants at all", &|files| {
        signed_anew(files, |manifest| manifest["variants"] = Value::Array(Vec::new()))
    });
    forged.push(("a file that is cut off", bytes[..bytes.len() / 2].to_vec()));
    forged.push(("no file at all", Vec::new()));
    assert!(forged.len() >= 20);
    for (what, bytes) in forged {
        let found = package::verify(&bytes);
        assert!(!found.wrong.is_empty(), "{what} was not noticed");
        assert!(found.wrong.iter().all(|wrong| !wrong.is_empty()), "{what}");
    }
    // whole and consistent, but from a stranger: the key says so
    let mut files = true_files.clone();
    signed_anew(&mut files, |_| {});
    let stranger = package::verify(&zip(&files));
    assert_ne!(stranger.key, found.key);
}

#[tokio::test]
async fn two_years_of_editions_read_back_byte_for_byte() {
    use domain::content::{self, Body, Canonical, Desk, Manuscript, Meta, Review, Signer};
    use domain::locale::Locale;
    use domain::time::DAY;
    let t = portal().await;
    let system = t.portal().system("test");
    let program = t.portal().programs.by_code("breathe").unwrap();
    let mut conn = system.read().await.unwrap();
    let mut people = Vec::new();
    for mail in ["priya", "kwame", "eleanor", "nils", "amira"] {
        let address = format!("{mail}@staff.example");
        people.push(sessions::has_account(&mut conn, system.keys(), &address).await.unwrap().unwrap());
    }
    drop(conn);
    let signer = |desk, at: usize| Signer { desk, person: people[at], name: format!("Reviewer {at}") };
    let review = Review {
        author: people[0],
        signers: vec![signer(Desk::Medical, 1), signer(Desk::Legal, 2), signer(Desk::Regulatory, 3)],
        publisher: (people[4], "Amira Haddad".into()),
    };
    let mut written = Vec::new();
    for month in 0..24 {
        t.wait(30 * DAY);
        let ctx = t.portal().system("test");
        let day = program.day(ctx.now).unwrap();
        let text = format!(
            "Month {month}: **keep** it dry. مرحبا, tiếng Việt, ¿sí? \u{1F600} \"quoted\" \\ backslash\ttab"
        );
        let manuscript = Manuscript {
            item: "BR/HIS-001".into(),
            code: "HIS-001".into(),
            program: program.id,
            kind: content::Kind::Page,
            slug: "his-001".into(),
            meta: Meta { label_edition: format!("{}", 8 + month / 6), ..Meta::default() },
            position: 900,
            edition: month + 1,
            locale: Locale::En,
            title: format!("History {month}"),
            body: Body::Page { text },
            reviewed_on: day,
            review_due_on: domain::time::Day { year: day.year + 1, ..day },
            signed_at: ctx.now,
        };
        let canonical = Canonical::of(
            &manuscript.item,
            manuscript.edition,
            manuscript.locale,
            manuscript.kind,
            &manuscript.meta,
            &manuscript.title,
            &manuscript.body,
        );
        written.push((canonical.bytes().unwrap(), canonical.hash().unwrap()));
        assert_eq!(content::install(&ctx, std::slice::from_ref(&manuscript), &review).await.unwrap(), 1);
    }
    let packed = editorial::package(&t.portal().system("test"), "BR/HIS-001").await.unwrap();
    assert_eq!(packed.variants.len(), 24);
    for (variant, (bytes, hash)) in packed.variants.iter().rev().zip(&written) {
        assert_eq!(&variant.canonical, bytes);
        assert_eq!(&variant.hash, hash);
        assert_eq!(variant.signatures.len(), 4);
    }
    let found = package::verify(&package::write(&packed, &[], &t.portal().keys).unwrap());
    assert_eq!((found.wrong, found.variants), (Vec::new(), 24));
}
