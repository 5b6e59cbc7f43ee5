//! `handrail content`: the library as plain files, and approval packages anybody can check.

use super::{DataDir, Outcome, print, run};
use crate::adapters::files::Files;
use crate::adapters::scanner::Scanner;
use crate::config::Config;
use crate::content_media::{self, Checks};
use crate::documents::Decoder;
use crate::{content_files, package};
use clap::{Args, Subcommand};
use domain::actor::{Actor, Role};
use domain::ctx::{Ctx, Portal};
use domain::db::Db;
use domain::documents::rules::MAX_MEGABYTES;
use domain::editorial::{self, Outcome as Brought};
use domain::ids::{MediaId, SessionId, VariantId};
use domain::sessions;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Subcommand)]
pub enum ContentCommand {
    /// List what readers have, or with --drafts what is being worked on too
    List(ListArgs),
    /// Write every variant into a folder as Markdown with front matter
    Export(ExportArgs),
    /// Take variants in from such a folder, as drafts of a staff member who writes
    Import(ImportArgs),
    /// Write the approval package of an item: words, hashes, signatures, and a PDF to read
    Package(PackageArgs),
    /// Check an approval package; needs nothing but the file
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub at: DataDir,
    #[arg(long)]
    drafts: bool,
    /// Machine-readable answer
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub at: DataDir,
    /// Folder to write into
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[arg(long)]
    drafts: bool,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub at: DataDir,
    /// Folder to read from
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// Email address of the staff member who becomes the author
    #[arg(long = "as", value_name = "EMAIL")]
    author: String,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct PackageArgs {
    #[command(flatten)]
    pub at: DataDir,
    /// The item: BR/FAQ-012
    item: String,
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The package
    file: PathBuf,
    /// The fingerprint of the installation it must come from
    #[arg(long, value_name = "HEX")]
    key: Option<String>,
    #[arg(long)]
    json: bool,
}

impl ContentCommand {
    /// The folder of the installation it works on, where it works on one.
    pub fn at(&self) -> Option<&DataDir> {
        match self {
            ContentCommand::List(args) => Some(&args.at),
            ContentCommand::Export(args) => Some(&args.at),
            ContentCommand::Import(args) => Some(&args.at),
            ContentCommand::Package(args) => Some(&args.at),
            ContentCommand::Verify(_) => None,
        }
    }
}

pub async fn content(config: Config, command: ContentCommand) -> Outcome {
    let db = Db::open(config.database.url.reveal(), 2).await?;
    let portal = run::open(&config, db).await?;
    let files = Files::folder(&config.files.dir)?;
    match command {
        ContentCommand::List(args) => list(&portal, &args).await,
        ContentCommand::Export(args) => export(&portal, &files, &args).await,
        ContentCommand::Import(args) => {
            let patience = Duration::from_secs(config.antivirus.timeout_seconds);
            let scanner = Scanner::at(config.antivirus.clamd.as_deref(), patience);
            let media = Media { files, scanner, decoder: Decoder::default() };
            import(&portal, &media, &args).await
        }
        ContentCommand::Package(args) => package_of(&portal, &files, &args).await,
        ContentCommand::Verify(args) => verify(&args),
    }
}

async fn list(portal: &Arc<Portal>, args: &ListArgs) -> Outcome {
    let all = editorial::everything(&portal.system("content"), args.drafts).await?;
    if args.json {
        let lines: Vec<_> = all
            .iter()
            .map(|sheet| {
                serde_json::json!({
                    "item": sheet.item, "kind": sheet.kind.code(), "edition": sheet.edition, "language": sheet.locale.tag(),
                    "state": sheet.state.code(), "title": sheet.title, "hash": sheet.hash,
                    "review_due_on": sheet.review_due_on.map(|day| day.to_string()),
                })
            })
            .collect();
        print(&serde_json::to_string_pretty(&lines)?);
        return Ok(());
    }
    for sheet in &all {
        print(&format!(
            "{:<14} {:<10} e{:<3} {:<3} {:<10} {}",
            sheet.item,
            sheet.kind.code(),
            sheet.edition,
            sheet.locale.tag(),
            sheet.state.code(),
            sheet.title
        ));
    }
    print(&format!("{} variants.", all.len()));
    Ok(())
}

async fn export(portal: &Arc<Portal>, files: &Files, args: &ExportArgs) -> Outcome {
    let all = editorial::everything(&portal.system("content"), args.drafts).await?;
    for sheet in &all {
        let program = portal.programs.get(sheet.program)?;
        let text = content_files::write(sheet, &program)?;
        write(&args.to.join(content_files::place(sheet)), text.as_bytes())?;
        for id in content_files::media_of(sheet) {
            let Ok(file) = editorial::media_file(&portal.system("content"), id).await else { continue };
            let bytes = files.get(&content_media::key(id)).await?;
            write(&args.to.join(content_files::media_place(sheet, &file)), &bytes)?;
        }
    }
    told(args.json, all.len(), &format!("{} variants written into {}.", all.len(), args.to.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    std::fs::write(file, bytes).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

fn told(json: bool, count: usize, words: &str) -> Outcome {
    if json {
        print(&serde_json::json!({ "count": count }).to_string());
    } else {
        print(words);
    }
    Ok(())
}

/// What takes pictures and videos in.
struct Media {
    files: Files,
    scanner: Scanner,
    decoder: Decoder,
}

impl Media {
    /// Takes in what a draft's words name, from the folder beside its file.
    async fn bring(&self, ctx: &Ctx, draft: VariantId, file: &Path) -> Result<(), String> {
        let sheet = editorial::dossier(ctx, draft).await.map_err(|error| error.to_string())?.sheet;
        let there = editorial::media_of(ctx, &sheet.item).await.map_err(|error| error.to_string())?;
        for id in content_files::media_of(&sheet) {
            if there.iter().any(|file| file.id == id) {
                continue;
            }
            let (name, bytes) = beside(file, id)?;
            let checks = Checks { scanner: &self.scanner, decoder: &self.decoder };
            let kept = checks.clean(&name, bytes).await.map_err(|error| format!("{name}: {error}"))?;
            if kept.file.id != id {
                return Err(format!("{name} is not the file these words were written for"));
            }
            content_media::put(&self.files, &kept).await.map_err(|error| error.to_string())?;
            editorial::add_media(ctx, draft, &kept.file).await.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// A picture or video in the folder `media` beside the folder of a file.
fn beside(file: &Path, id: MediaId) -> Result<(String, Vec<u8>), String> {
    let folder = file.parent().and_then(Path::parent).map(|folder| folder.join("media")).unwrap_or_default();
    for ending in ["jpg", "mp4"] {
        let name = format!("{id}.{ending}");
        if let Ok(bytes) = bytes_of(&folder.join(&name), MAX_MEGABYTES.unsigned_abs() * 1_000_000) {
            return Ok((name, bytes));
        }
    }
    Err(format!("media/{id} is missing"))
}

async fn import(portal: &Arc<Portal>, media: &Media, args: &ImportArgs) -> Outcome {
    let ctx = author(portal, &args.author).await?;
    let programs = portal.programs.all();
    let (mut drafts, mut same, mut refused) = (0, 0, Vec::new());
    let mut files = Vec::new();
    walk(&args.from, &mut files, 0)?;
    let mut read = Vec::new();
    for file in files {
        match text_of(&file).and_then(|text| content_files::read(&text, &programs)) {
            Ok(brought) => read.push((file, brought)),
            Err(why) => refused.push((file, why)),
        }
    }
    // a source before its translations, or they would have none
    read.sort_by_key(|(_, brought)| brought.locale != brought.source_locale);
    for (file, brought) in read {
        match editorial::bring(&ctx, &brought).await {
            Ok(Brought::Same) => same += 1,
            Ok(Brought::Draft(draft)) => {
                drafts += 1;
                if let Err(why) = media.bring(&ctx, draft, &file).await {
                    refused.push((file, format!("its words are here as a draft, but {why}")));
                }
            }
            Err(error) => refused.push((file, error.to_string())),
        }
    }
    if args.json {
        let refused: Vec<_> =
            refused.iter().map(|(file, why)| serde_json::json!({ "file": file, "why": why })).collect();
        print(&serde_json::json!({ "drafts": drafts, "same": same, "refused": refused }).to_string());
    } else {
        for (file, why) in &refused {
            print(&format!("{}: {why}", file.display()));
        }
        print(&format!(
            "{drafts} drafts made, {same} were here already, {} not taken as they are.",
            refused.len()
        ));
    }
    if refused.is_empty() { Ok(()) } else { Err("some files were not taken as they are".into()) }
}

fn text_of(file: &Path) -> Result<String, String> {
    String::from_utf8(bytes_of(file, content_files::LIMIT)?).map_err(|_| "it is not text in UTF-8".to_owned())
}

fn bytes_of(file: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > limit {
        return Err(format!("it is larger than {limit} bytes"));
    }
    std::fs::read(file).map_err(|error| error.to_string())
}

/// Every Markdown file below a folder, in order.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<(), String> {
    if depth > 8 {
        return Err(format!("{} is too deep", folder.display()));
    }
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, files, depth + 1)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// A context in which this staff member acts. Whoever runs the command answers for it.
async fn author(portal: &Arc<Portal>, email: &str) -> Result<Ctx, Box<dyn std::error::Error + Send + Sync>> {
    let ctx = portal.system("content import");
    let mut conn = ctx.read().await?;
    let person = sessions::has_account(&mut conn, ctx.keys(), email).await?;
    let id = person.ok_or_else(|| format!("nobody signs in as {email}"))?;
    drop(conn);
    let actor = Actor::Staff { id, session: SessionId::new(), roles: vec![Role::Author] };
    Ok(Ctx { actor, ..ctx })
}

async fn package_of(portal: &Arc<Portal>, files: &Files, args: &PackageArgs) -> Outcome {
    let packed = editorial::package(&portal.system("content"), &args.item)
        .await
        .map_err(|_| format!("nothing of {} was ever signed here", args.item))?;
    let mut media = Vec::new();
    for id in packed.media() {
        let file = editorial::media_file(&portal.system("content"), id).await?;
        media.push((file, files.get(&content_media::key(id)).await?));
    }
    let bytes = package::write(&packed, &media, &portal.keys)?;
    std::fs::write(&args.out, &bytes)
        .map_err(|error| format!("cannot write {}: {error}", args.out.display()))?;
    let key = package::fingerprint(&portal.keys)?;
    if args.json {
        print(
            &serde_json::json!({ "item": packed.item, "variants": packed.variants.len(), "key": key })
                .to_string(),
        );
    } else {
        print(&format!(
            "{}: {} signed variants in {}. Key of this installation: {key}",
            packed.item,
            packed.variants.len(),
            args.out.display()
        ));
    }
    Ok(())
}

/// Checks a package with nothing but the file at hand.
pub fn verify(args: &VerifyArgs) -> Outcome {
    let bytes =
        std::fs::read(&args.file).map_err(|error| format!("cannot read {}: {error}", args.file.display()))?;
    let mut found = package::verify(&bytes);
    if let Some(key) = &args.key
        && !found.key.eq_ignore_ascii_case(key.trim())
    {
        found.wrong.push(format!("it comes from another installation: its key is {}", found.key));
    }
    if args.json {
        print(&serde_json::to_string(&found)?);
    } else if found.wrong.is_empty() {
        print(&format!(
            "{} holds: {} signed variants. Key of the installation it comes from: {}",
            found.item, found.variants, found.key
        ));
    } else {
        for wrong in &found.wrong {
            print(wrong);
        }
    }
    if found.wrong.is_empty() { Ok(()) } else { Err("the package does not hold".into()) }
}
