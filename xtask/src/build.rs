//! `cargo xtask build`: the browser's bundle, the site around it, and the binary that embeds both.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wasm_bindgen_cli_support::Bindgen;

use crate::assets::{self, Manifest, Site, fingerprint};
use crate::command::{cargo, run as run_command};
use crate::css;
use crate::house::House;
use crate::say::{self, Done, Failure, Mend};
use crate::toolchain::Toolchain;

/// What `build` takes.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The binary to ship, optimised, into the target folder's `release/`
    #[arg(long)]
    pub(crate) release: bool,
    /// Only the bundle and the assets, not the binary
    #[arg(long, conflicts_with = "release")]
    pub(crate) assets: bool,
}

/// Builds everything.
pub(crate) fn run(house: &House, options: Options) -> Done {
    site(house)?;
    if options.assets {
        return Ok(());
    }
    let binary = binary(house, options.release)?;
    let size = fs::metadata(&binary).map_or(0, |m| m.len());
    say::step(format!("{} is ready ({})", binary.display(), say::size(size)));
    Ok(())
}

/// Compiles the server. Its assets must be there: see [`site`].
pub(crate) fn binary(house: &House, release: bool) -> Done<PathBuf> {
    let start = Instant::now();
    say::step(if release {
        "Building the release binary (about 10 minutes the first time)"
    } else {
        "Building the server"
    });
    let mut build = cargo();
    build.current_dir(&house.root).args(["build", "--package", "server", "--bin", "handrail"]);
    if release {
        build.arg("--release");
    }
    run_command(&mut build, "mend what the compiler says, then run this again")?;
    say::detail(format!("server built in {}", say::since(start)));
    Ok(house.handrail(release))
}

/// Makes `target/site`: the bundle, the stylesheet, fonts and images, hashed and compressed.
/// Does nothing when nothing changed since the last time.
pub(crate) fn site(house: &House) -> Done<Manifest> {
    let start = Instant::now();
    let folder = house.site();
    let _alone = alone(&folder)?;
    say::step("Building the browser's bundle");
    let wasm = Toolchain::ensure()?.compile(&house.root, &house.target)?;
    let sources = Sources::read(house, &wasm)?;
    let stamp = folder.with_extension("stamp");
    let inputs = sources.fingerprint();
    if let Some(manifest) =
        assets::finished(&folder).filter(|_| fs::read_to_string(&stamp).is_ok_and(|s| s == inputs))
    {
        say::detail(format!("assets unchanged ({})", say::since(start)));
        return Ok(manifest);
    }
    say::step("Hashing and compressing assets");
    let manifest = sources.write(&folder)?;
    fs::write(&stamp, inputs)
        .mend("cannot write the stamp of the assets", "look whether the disk is full")?;
    describe(&manifest);
    say::detail(format!("assets ready in {}", say::since(start)));
    Ok(manifest)
}

/// Waits until no other build writes the site, and keeps it until dropped.
fn alone(folder: &Path) -> Done<fs::File> {
    let mend = "look whether the disk is full, or target/ belongs to another user";
    fs::create_dir_all(folder).mend("cannot make target/site", mend)?;
    let lock = fs::File::create(folder.with_extension("lock")).mend("cannot lock target/site", mend)?;
    lock.lock().mend("cannot lock target/site", mend)?;
    Ok(lock)
}

/// All that goes into the site, read once.
struct Sources {
    style: PathBuf,
    wasm: Vec<u8>,
    loader: String,
    /// Every file below `style/`, by its name there.
    files: BTreeMap<String, Vec<u8>>,
}

impl Sources {
    fn read(house: &House, wasm: &Path) -> Done<Self> {
        let style = house.root.join("style");
        let read =
            |path: &Path| fs::read(path).mend(format!("cannot read {}", path.display()), "restore the file");
        let mut files = BTreeMap::new();
        for file in below(&style) {
            let name = file.strip_prefix(&style).unwrap_or(&file).to_string_lossy().into_owned();
            files.insert(name, read(&file)?);
        }
        let loader = String::from_utf8_lossy(&read(&house.root.join("app/wasm/loader.js"))?).into_owned();
        Ok(Self { style, wasm: read(wasm)?, loader, files })
    }

    /// Changes with any input, and with the code that makes the site.
    fn fingerprint(&self) -> String {
        let code = [include_str!("assets.rs"), include_str!("build.rs"), include_str!("css.rs")].concat();
        let files = self.files.iter().map(|(name, content)| format!("{name} {}", fingerprint(content)));
        let parts: Vec<String> = [code.as_bytes(), &self.wasm, self.loader.as_bytes()]
            .map(fingerprint)
            .into_iter()
            .chain(files)
            .collect();
        fingerprint(parts.join("\n").as_bytes())
    }

    fn write(&self, folder: &Path) -> Done<Manifest> {
        let mut site = Site::begin(folder)?;
        let (glue, wasm) = bindgen(&self.wasm)?;
        let glue = site.add("app.js", glue.as_bytes())?;
        let wasm = site.add("app.wasm", &wasm)?;
        site.add("loader.js", loader(&self.loader, &glue, &wasm)?.as_bytes())?;
        let mut names = BTreeMap::new();
        for (name, content) in &self.files {
            if name.starts_with("fonts/") || name.starts_with("images/") {
                names.insert(name.clone(), site.add(name, content)?);
            }
        }
        if self.files.contains_key("main.css") {
            let sheet = css::bundle(&self.style.join("main.css"), &names)?;
            site.add("main.css", sheet.text.as_bytes())?;
            for name in self.files.keys().filter(|n| n.ends_with(".css")) {
                if !sheet.from.contains(&self.style.join(name)) {
                    say::warning(format!("style/{name} is imported by nothing"));
                }
            }
        } else {
            say::warning("there is no style/main.css: pages will be unstyled");
        }
        site.finish()
    }
}

/// The glue and the wasm browsers load.
fn bindgen(wasm: &[u8]) -> Done<(String, Vec<u8>)> {
    let mend = "wasm-bindgen and wasm-bindgen-cli-support must have the same version in Cargo.lock";
    let mut output = Bindgen::new()
        .input_bytes("app", wasm.to_vec())
        .web(true)
        .mend("wasm-bindgen refused its options", mend)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .mend("wasm-bindgen could not read the bundle", mend)?;
    let own: Vec<&String> =
        output.snippets().iter().filter(|(_, list)| !list.is_empty()).map(|(from, _)| from).collect();
    if let Some(from) = own.first().or(output.local_modules().keys().next().as_ref()) {
        return Err(Failure::new(
            format!("a dependency of the bundle brings its own JavaScript: {from}"),
            "leave that dependency or feature out of `ui`: the bundle is one glue and one wasm",
        ));
    }
    let glue = output.js().to_owned();
    Ok((glue, output.wasm_mut().emit_wasm()))
}

/// The loader with the hashed names in it, without comments.
fn loader(source: &str, glue: &str, wasm: &str) -> Done<String> {
    let code: Vec<&str> =
        source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")).collect();
    let mut code = code.join("\n");
    for (name, hashed) in [("./app.js", glue), ("./app.wasm", wasm)] {
        let named = format!("\"{name}\"");
        if code.matches(&named).count() != 1 {
            return Err(Failure::new(
                format!("app/wasm/loader.js must name \"{name}\" once"),
                "the build puts the hashed name there",
            ));
        }
        code = code.replace(&named, &format!("\"./{hashed}\""));
    }
    Ok(code)
}

/// Every file below a folder, in order of path; none if there is no such folder. Hidden files and
/// notes (`README.md`) are for people.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            files.append(&mut below(&path));
        } else if !name.to_string_lossy().starts_with('.') && path.extension().is_none_or(|e| e != "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn describe(manifest: &Manifest) {
    for (name, asset) in manifest {
        let packed = asset.brotli.map(|b| format!(", brotli {}", say::size(b))).unwrap_or_default();
        say::detail(format!("{name:<24} {:>9}{packed}", say::size(asset.bytes)));
    }
    let islands: u64 = ["app.js", "app.wasm"].iter().filter_map(|n| manifest.get(*n)?.brotli).sum();
    say::detail(format!("what an island costs: {} compressed", say::size(islands)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_gets_the_hashed_names_and_loses_its_comments() {
        let made =
            loader(include_str!("../../app/wasm/loader.js"), "app.1.js", "app.2.wasm").unwrap_or_default();
        assert!(made.contains("import(\"./app.1.js\")") && made.contains("\"./app.2.wasm\""));
        assert!(!made.contains("//") && !made.contains("\"./app.js\""));
        assert!(loader("import(\"./app.js\")", "a", "b").is_err(), "a loader that lost a name is refused");
    }
}
