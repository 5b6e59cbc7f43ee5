//! Approval packages: the signed words of an item with their hashes and signatures, in one zip that anybody can check far
//! away and years later. The manifest lists every file with its hash and is itself signed with the installation's key
//! (Ed25519), so that whoever changes a byte must also forge that key (21 CFR 11.10(b), 11.70).

use crate::adapters::pdf::{self, Block, Document, Span, Titles};
use bytes::Bytes;
use domain::content::leaves::{self, Shape};
use domain::content::{MediaFile, media_in};
use domain::editorial::{Package, Packed};
use domain::error::{Error, Result};
use domain::seal::Keys;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use ui::i18n::Words;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const FORMAT: &str = "handrail approval package 1";
const MANIFEST: &str = "package.json";
/// Pictures and videos the words name lie below it; their names are made of their bytes.
const MEDIA: &str = "media/";
const SIGNATURE: &str = "package.sig";
/// Files a package may have, and bytes one of them.
const FILES: usize = 2_000;
const BYTES: u64 = 26_000_000;
/// Roles every signed variant has, and what else may sign.
const DESKS: [&str; 3] = ["medical", "legal", "regulatory"];
const PUBLISHER: &str = "publisher";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    item: String,
    program: String,
    /// Public key of the installation, hex.
    key: String,
    /// SHA-256 of every other file, hex, by its name.
    files: BTreeMap<String, String>,
    variants: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    edition: i64,
    language: String,
    state: String,
    author: String,
    /// The file with the very bytes that were signed.
    canonical: String,
    hash: String,
    signatures: Vec<Signed>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    role: String,
    signer: String,
    name: String,
    meaning: String,
    hash: String,
    /// Milliseconds since 1970.
    signed_at: i64,
}

/// What of the canonical bytes a check reads.
#[derive(Debug, Deserialize)]
struct Canonical {
    item: String,
    edition: i64,
    locale: String,
}

/// What a check found.
#[derive(Debug, Default, Serialize, PartialEq, Eq)]
pub struct Found {
    pub item: String,
    pub variants: usize,
    /// Public key of the installation it says it comes from, hex.
    pub key: String,
    /// Everything that does not hold, in words.
    pub wrong: Vec<String>,
}

/// The public key of this installation, hex: what its packages are checked against.
pub fn fingerprint(keys: &Keys) -> Result<String> {
    Ok(hex::encode(pair(keys)?.public_key().as_ref()))
}

fn pair(keys: &Keys) -> Result<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(keys.package_seed())
        .map_err(|_| Error::internal("no key for packages"))
}

/// Writes a package. The same package gives the same bytes.
pub fn write(package: &Package, media: &[(MediaFile, Bytes)], keys: &Keys) -> Result<Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut variants = Vec::new();
    for packed in &package.variants {
        let sheet = &packed.sheet;
        let name = format!("variants/e{}.{}.{}.json", sheet.edition, sheet.locale, sheet.attempt);
        variants.push(Entry {
            edition: sheet.edition,
            language: sheet.locale.tag().to_owned(),
            state: sheet.state.code().to_owned(),
            author: sheet.author.to_string(),
            canonical: name.clone(),
            hash: packed.hash.clone(),
            signatures: packed
                .signatures
                .iter()
                .map(|one| Signed {
                    role: one.role.clone(),
                    signer: one.signer.to_string(),
                    name: one.name.clone(),
                    meaning: one.meaning.clone(),
                    hash: one.hash.clone(),
                    signed_at: one.signed_at.0,
                })
                .collect(),
        });
        files.insert(name.replace(".json", ".pdf"), paper(package, packed)?);
        files.insert(name, packed.canonical.clone());
    }
    for (file, bytes) in media {
        files.insert(format!("{MEDIA}{}.{}", file.id, file.ending()), bytes.to_vec());
    }
    let pair = pair(keys)?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        item: package.item.clone(),
        program: package.program.clone(),
        key: hex::encode(pair.public_key().as_ref()),
        files: files.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect(),
        variants,
    };
    let manifest =
        serde_json::to_vec_pretty(&manifest).map_err(|_| Error::internal("a package's manifest"))?;
    files.insert(SIGNATURE.to_owned(), hex::encode(pair.sign(&manifest).as_ref()).into_bytes());
    files.insert(MANIFEST.to_owned(), manifest);
    zipped(&files).map_err(|_| Error::internal("a package could not be zipped"))
}

/// The variant to be read by people: its words, then who signed them.
fn paper(package: &Package, packed: &Packed) -> Result<Vec<u8>> {
    let sheet = &packed.sheet;
    let w = Words::of(sheet.locale);
    let mut blocks = vec![Block::Facts(vec![
        (
            package.item.clone(),
            w.with(
                "editorial.place",
                &[("edition", &w.number(sheet.edition)), ("language", sheet.locale.name())],
            ),
        ),
        (package.program.clone(), w.t(&format!("editorial.state.{}", sheet.state))),
        ("SHA-256".into(), packed.hash.clone()),
    ])];
    let titles = Titles { warning: w.t("learn.warning"), note: w.t("learn.note") };
    for leaf in leaves::of(&sheet.body).into_iter().filter(|leaf| !leaf.text.is_empty()) {
        blocks.push(Block::Heading { level: 2, text: w.t(&format!("editorial.field.{}", leaf.label())) });
        match leaf.shape {
            Shape::Markdown => blocks.extend(pdf::blocks_of(&leaf.text, &titles)),
            _ => blocks.extend(leaf.text.lines().map(|line| Block::Paragraph(vec![Span::plain(line)]))),
        }
    }
    blocks.push(Block::Heading { level: 2, text: w.t("editorial.sheet.review") });
    for one in &packed.signatures {
        let role = w.t(&format!("editorial.desk.{}", one.role));
        let meaning =
            w.find(&format!("editorial.meaning.{}", one.meaning)).unwrap_or_else(|| one.meaning.clone());
        let at = w.instant(one.signed_at, "UTC");
        blocks.push(Block::Facts(vec![(format!("{} · {role}", one.name), format!("{meaning} {at} UTC"))]));
    }
    pdf::write(&Document { title: sheet.title.clone(), lang: sheet.locale.tag(), blocks })
}

fn zipped(files: &BTreeMap<String, Vec<u8>>) -> std::result::Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // no time of day and no owner: the same words give the same file
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        zip.start_file(name, plain)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Checks a package, and says everything that does not hold.
pub fn verify(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let files = match unzipped(bytes) {
        Ok(files) => files,
        Err(why) => {
            found.wrong.push(why);
            return found;
        }
    };
    let manifest = match files.get(MANIFEST).map(|bytes| serde_json::from_slice::<Manifest>(bytes)) {
        Some(Ok(manifest)) if manifest.format == FORMAT => manifest,
        Some(Ok(manifest)) => {
            found.wrong.push(format!("it is of a format this program does not know: {}", manifest.format));
            return found;
        }
        Some(Err(error)) => {
            found.wrong.push(format!("its manifest cannot be read: {error}"));
            return found;
        }
        None => {
            found.wrong.push("it has no manifest".into());
            return found;
        }
    };
    found.item.clone_from(&manifest.item);
    found.key.clone_from(&manifest.key);
    found.variants = manifest.variants.len();
    found.wrong.extend(unsigned(&files, &manifest));
    found.wrong.extend(other_files(&files, &manifest));
    found.wrong.extend(other_media(&files));
    if manifest.variants.is_empty() {
        found.wrong.push("it holds no variant".into());
    }
    let mut seen = BTreeSet::new();
    for entry in &manifest.variants {
        if !seen.insert(&entry.canonical) {
            found.wrong.push(format!("{} stands for two variants", entry.canonical));
        }
        found.wrong.extend(wrong_with(&files, &manifest, entry));
    }
    found
}

fn unzipped(bytes: &[u8]) -> std::result::Result<BTreeMap<String, Vec<u8>>, String> {
    let mut zip =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| "it is no zip file, or is cut off".to_owned())?;
    if zip.len() > FILES {
        return Err(format!("it has more than {FILES} files"));
    }
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let file = zip.by_index(at).map_err(|_| "one of its files cannot be read".to_owned())?;
        let name = file.name().to_owned();
        let mut content = Vec::new();
        file.take(BYTES + 1).read_to_end(&mut content).map_err(|_| format!("{name} is damaged"))?;
        if content.len() as u64 > BYTES {
            return Err(format!("{name} is larger than {BYTES} bytes"));
        }
        if files.insert(name.clone(), content).is_some() {
            return Err(format!("{name} is there twice"));
        }
    }
    Ok(files)
}

/// Whether the installation's key signed the manifest.
fn unsigned(files: &BTreeMap<String, Vec<u8>>, manifest: &Manifest) -> Option<String> {
    let signature = files.get(SIGNATURE).and_then(|text| hex::decode(text).ok());
    let key = hex::decode(&manifest.key).ok();
    let (Some(signature), Some(key), Some(bytes)) = (signature, key, files.get(MANIFEST)) else {
        return Some("the signature over its manifest is missing".into());
    };
    match UnparsedPublicKey::new(&ED25519, key).verify(bytes, &signature) {
        Ok(()) => None,
        Err(_) => {
            Some("the signature over its manifest does not hold: it was changed after it was written".into())
        }
    }
}

/// Files that were changed, are missing, or do not belong.
fn other_files(files: &BTreeMap<String, Vec<u8>>, manifest: &Manifest) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, wanted) in &manifest.files {
        match files.get(name) {
            Some(bytes) if hash(bytes) == *wanted => {}
            Some(_) => wrong.push(format!("{name} was changed")),
            None => wrong.push(format!("{name} is missing")),
        }
    }
    for name in files.keys().filter(|name| ![MANIFEST, SIGNATURE].contains(&name.as_str())) {
        if !manifest.files.contains_key(name) {
            wrong.push(format!("{name} does not belong to it"));
        }
    }
    wrong
}

/// Pictures and videos that are not those their names are made of.
fn other_media(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let media = files.iter().filter_map(|(name, bytes)| Some((name, name.strip_prefix(MEDIA)?, bytes)));
    media
        .filter(|(_, name, bytes)| {
            let id = name.split('.').next().unwrap_or_default();
            MediaFile::of("", bytes).id.to_string() != id
        })
        .map(|(name, ..)| format!("{name} is not the file the words name"))
        .collect()
}

/// Everything wrong with one variant: its words, its hash, who signed it.
fn wrong_with(files: &BTreeMap<String, Vec<u8>>, manifest: &Manifest, entry: &Entry) -> Vec<String> {
    let name = format!("edition {} in {}", entry.edition, entry.language);
    let mut wrong = Vec::new();
    let Some(bytes) = files.get(&entry.canonical).filter(|_| manifest.files.contains_key(&entry.canonical))
    else {
        return vec![format!("{name}: its words are missing")];
    };
    if hash(bytes) != entry.hash {
        wrong.push(format!("{name}: the words are not those of its hash"));
    }
    for id in media_in(&String::from_utf8_lossy(bytes)) {
        if !["jpg", "mp4"].iter().any(|ending| files.contains_key(&format!("{MEDIA}{id}.{ending}"))) {
            wrong.push(format!("{name}: {MEDIA}{id}, which its words name, is missing"));
        }
    }
    match serde_json::from_slice::<Canonical>(bytes) {
        Ok(words)
            if (&words.item, words.edition, &words.locale)
                == (&manifest.item, entry.edition, &entry.language) => {}
        Ok(_) => wrong.push(format!("{name}: the words are of another item, edition or language")),
        Err(_) => wrong.push(format!("{name}: the words cannot be read")),
    }
    for desk in DESKS {
        if entry.signatures.iter().filter(|one| one.role == desk).count() != 1 {
            wrong.push(format!("{name}: the {desk} desk did not sign once"));
        }
    }
    let is_out = !["approved"].contains(&entry.state.as_str());
    if is_out && entry.signatures.iter().filter(|one| one.role == PUBLISHER).count() != 1 {
        wrong.push(format!("{name}: nobody signed its publication"));
    }
    let mut people = BTreeSet::new();
    for one in &entry.signatures {
        if !DESKS.contains(&one.role.as_str()) && one.role != PUBLISHER {
            wrong.push(format!("{name}: {} is no role that signs", one.role));
        }
        if one.hash != entry.hash {
            wrong.push(format!("{name}: {} signed other words", one.name));
        }
        if one.signer == entry.author {
            wrong.push(format!("{name}: {} signed their own words", one.name));
        }
        if !people.insert(&one.signer) {
            wrong.push(format!("{name}: {} signed twice", one.name));
        }
        if one.name.trim().is_empty() || one.meaning.trim().is_empty() {
            wrong.push(format!("{name}: a signature has no name or no meaning"));
        }
    }
    let at =
        |role: &str| entry.signatures.iter().filter(|one| one.role == role).map(|one| one.signed_at).max();
    if let Some(published) = at(PUBLISHER)
        && DESKS.iter().filter_map(|desk| at(desk)).any(|signed| signed > published)
    {
        wrong.push(format!("{name}: it was published before every desk had signed"));
    }
    wrong
}
