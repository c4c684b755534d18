//! The files of the corpus as they are now, each with its sidecars and a digest of all that decides
//! about it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    article::Field,
    extract, files,
    walk::{self, Stat},
};

use super::{
    Archive, SETTINGS_BYTES_MAX, SETTINGS_NAME,
    plan::{Present, Scope},
};

/// What the name of a sidecar ends with.
const SIDECAR: &str = ".meta.toml";
/// The name of a sidecar for its whole folder.
const FOLDER_SIDECAR: &str = "folder.meta.toml";
/// Changes with what reading, extracting and attributing give for the same bytes, so that an ingest
/// does them again.
const PIPELINE: &str = concat!(env!("CARGO_PKG_VERSION"), "-2");

/// What walking the corpus found.
#[derive(Default)]
pub(super) struct Listing {
    pub(super) present: Vec<Present>,
    pub(super) scope: Scope,
}

impl Archive {
    /// Walks the corpus folders, or only `paths` when there are any.
    pub(super) fn listing(&self, paths: &[PathBuf]) -> Result<Listing> {
        let mut listing = Listing::default();
        if paths.is_empty() {
            for root in &self.settings.corpus {
                self.walk(&self.folder.join(root), &mut listing)?;
            }
        }
        for path in paths {
            self.walk(path, &mut listing)?;
        }
        // Paths given twice, or one inside another, list a file once.
        listing.present.sort_by(|a, b| a.path.cmp(&b.path));
        listing.present.dedup_by(|a, b| a.path == b.path);
        Ok(listing)
    }

    fn walk(&self, root: &Path, listing: &mut Listing) -> Result<()> {
        root.symlink_metadata().with_context(|| format!("cannot find `{}`", root.display()))?;
        let (base, below) = self.place_of(root)?;
        let mut files = Vec::new();
        let mut sidecars = self.sidecars_above(root, &below);
        let named = |error_or_file: &str| join(&below, error_or_file);
        let index = self.index_location.canonicalize().ok();
        let skip = |name: &str| self.settings.ignore.is_match(named(name));
        for entry in walk::files(root, &skip) {
            match entry {
                Ok(file) if root.is_file() && skip(&file.name) => (),
                Ok(file) if index.as_ref().is_some_and(|it| file.path.starts_with(it)) => (),
                Ok(file) if file.name.ends_with(SIDECAR) => {
                    sidecars.insert(named(&file.name), file);
                }
                Ok(file) if file.name == SETTINGS_NAME => (),
                Ok(file) => files.push(file),
                Err(error) if skip(&error.name) => (),
                Err(error) => {
                    listing.scope.unlisted.insert(join(&base, &named(&error.name)), error.reason);
                }
            }
        }
        let walked = if root.is_dir() { below.clone() } else { named(&walk::shown_name(root)) };
        listing.scope.walked.push(join(&base, &walked));
        for file in files {
            let name = named(&file.name);
            let own = sidecars_of(&name, &sidecars);
            let mut digest = blake3::Hasher::new();
            for part in [PIPELINE, &self.settings.digest_of(&name), &name] {
                digest.update(part.as_bytes()).update(b"\n");
            }
            for (name, sidecar) in &own {
                let Stat { bytes, modified } = sidecar.stat;
                digest.update(format!("{name} {bytes} {modified};").as_bytes());
            }
            listing.present.push(Present {
                path: join(&base, &name),
                name,
                context: digest.finalize().to_hex()[..16].to_owned(),
                sidecars: own.into_iter().map(|it| it.1.path.clone()).collect(),
                file,
            });
        }
        Ok(())
    }

    /// The sidecars that a walk from `root` does not come by: beside a single file, and in the
    /// folders above, up to the corpus folder; by their names below it.
    fn sidecars_above(&self, root: &Path, below: &str) -> Sidecars {
        let mut sidecars = Sidecars::new();
        let Ok(mut folder) = root.canonicalize() else { return sidecars };
        let mut name = below.to_owned();
        let mut candidates = vec![FOLDER_SIDECAR.to_owned()];
        if !root.is_dir() {
            candidates.extend(sidecar_names(&walk::shown_name(root)));
            folder.pop();
        }
        loop {
            for candidate in candidates.drain(..) {
                let path = folder.join(&candidate);
                // Not a FIFO, which would be waited for.
                if let Some(stat) = path.metadata().ok().filter(std::fs::Metadata::is_file) {
                    let file = walk::File { path, name: candidate.clone(), stat: Stat::of(&stat) };
                    sidecars.insert(join(&name, &candidate), file);
                }
            }
            if name.is_empty() || !folder.pop() {
                return sidecars;
            }
            name = name.rsplit_once('/').map_or(String::new(), |it| it.0.to_owned());
            candidates.push(FOLDER_SIDECAR.to_owned());
        }
    }

    /// The path in the archive of the corpus folder that `root` lies in, and the path of `root`
    /// below it.
    ///
    /// Outside of the archive a path is absolute; outside of the corpus folders, a walked folder is
    /// its own corpus folder.
    fn place_of(&self, root: &Path) -> Result<(String, String)> {
        let canonical =
            |path: &Path| path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
        let mut real = canonical(root)?;
        if root.is_file() {
            real.pop();
        }
        for corpus in &self.settings.corpus {
            let Ok(corpus_real) = canonical(&self.folder.join(corpus)) else { continue };
            if let Ok(below) = real.strip_prefix(&corpus_real) {
                return Ok((clean(corpus), slashes(below)));
            }
        }
        let base = match real.strip_prefix(canonical(&self.folder)?) {
            Ok(inside) => slashes(inside),
            Err(_) => slashes(&real),
        };
        Ok((base, String::new()))
    }

    /// The one file at `path`, with the sidecars beside it and in the folders above, up to its
    /// corpus folder.
    pub(super) fn present_file(&self, path: &Path) -> Result<Present> {
        let metadata = path.metadata().map_err(|it| files::plain(&it));
        let metadata = metadata.with_context(|| format!("cannot open {}", path.display()))?;
        anyhow::ensure!(metadata.is_file(), "{}: is no file", path.display());
        let (base, below) = self.place_of(path)?;
        let name = join(&below, &walk::shown_name(path));
        let sidecars = self.sidecars_above(path, &below);
        let own = sidecars_of(&name, &sidecars).into_iter().map(|it| it.1.path.clone()).collect();
        let file = walk::File { path: path.to_owned(), name: name.clone(), stat: Stat::of(&metadata) };
        Ok(Present { path: join(&base, &name), name, file, context: String::new(), sidecars: own })
    }

    /// What the sidecars of a file say, nearest first.
    pub(super) fn sidecar_fields(&self, present: &Present) -> Result<Vec<Field>> {
        let mut fields = Vec::new();
        for sidecar in &present.sidecars {
            let place = sidecar.strip_prefix(&self.folder).unwrap_or(sidecar);
            let text = super::text_if_there(sidecar, SETTINGS_BYTES_MAX)
                .with_context(|| format!("sidecar {}", place.display()))?;
            fields.extend(extract::sidecar::parse(&text, &place.to_string_lossy())?);
        }
        Ok(fields)
    }
}

/// Sidecars by their names below the corpus folder.
type Sidecars = BTreeMap<String, walk::File>;

/// The sidecars of the file `name`, nearest first: its own, then those of its folder and the
/// folders above.
fn sidecars_of<'a>(name: &str, sidecars: &'a Sidecars) -> Vec<(&'a String, &'a walk::File)> {
    let (mut folder, own) = name.rsplit_once('/').unwrap_or(("", name));
    let at = |name: String| sidecars.get_key_value(&name);
    let mut found = Vec::from_iter(sidecar_names(own).into_iter().find_map(|it| at(join(folder, &it))));
    loop {
        found.extend(at(join(folder, FOLDER_SIDECAR)));
        if folder.is_empty() {
            return found;
        }
        folder = folder.rsplit_once('/').map_or("", |it| it.0);
    }
}

/// `a.txt.gz.meta.toml`, `a.txt.meta.toml` and `a.meta.toml` for `a.txt.gz`: the first that is
/// there is its sidecar.
///
/// Only what can be the ending of a file name is taken off: `2017.06.23-vote.txt` has no sidecar
/// `2017.meta.toml`.
fn sidecar_names(own: &str) -> Vec<String> {
    const ENDING_MAX: usize = 5;
    let mut names = vec![format!("{own}{SIDECAR}")];
    let mut rest = own;
    while let Some((stem, ending)) = rest.rsplit_once('.') {
        let is_ending = !stem.is_empty()
            && ending.len() <= ENDING_MAX
            && ending.starts_with(|it: char| it.is_ascii_alphabetic())
            && ending.bytes().all(|it| it.is_ascii_alphanumeric());
        if !is_ending {
            break;
        }
        names.push(format!("{stem}{SIDECAR}"));
        rest = stem;
    }
    names
}

fn join(folder: &str, name: &str) -> String {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{}/{name}", folder.trim_end_matches('/')),
    }
}

/// `./corpus/` as `corpus`, `.` as the empty path.
fn clean(path: &str) -> String {
    let parts = path.split('/').filter(|it| !it.is_empty() && *it != ".");
    let joined = parts.collect::<Vec<_>>().join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
