//! The files a page loads: our style sheet, and the browser's bundles from `frontend/dist`.
//!
//! Every address carries a piece of the file's SHA-256, so a browser may keep it for a year and still gets a new
//! version at once.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Dist;

const STYLE: &str = concat!(
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/components.css"),
    include_str!("../assets/css/charts.css"),
    include_str!("../assets/css/record.css"),
    include_str!("../assets/css/report.css"),
    include_str!("../assets/css/papers.css"),
    include_str!("../assets/css/hall.css"),
    include_str!("../assets/css/print.css"),
);
const ICON: &str = include_str!("../assets/icon.svg");

/// Bundles that the pages need; `frontend` makes them all.
pub const BUNDLES: [&str; 8] = [
    "booth",
    "check",
    "challenge",
    "teller",
    "issuer",
    "hall",
    "office",
    "setup",
];

/// One file, with what is worked out about it once.
#[derive(Debug)]
struct Asset {
    content: Bytes,
    /// The same, made smaller by Brotli when the front end was built.
    brotli: Option<Bytes>,
    /// The same, made smaller by gzip at the first request that wants it.
    gzip: OnceLock<Option<Bytes>>,
    kind: &'static str,
    hash: String,
}

/// All files by name.
#[derive(Debug)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
}

/// The addresses a page puts into its head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetUrls {
    /// The icon.
    pub icon: String,
    /// Style sheets in order.
    pub styles: Vec<String>,
    /// Scripts in order.
    pub scripts: Vec<String>,
    /// The page's worker.
    pub worker: Option<String>,
}

impl Assets {
    /// Takes all files in and works out their hashes.
    #[must_use]
    pub fn load() -> Self {
        let mut files = BTreeMap::new();
        files.insert(
            "pingyi.css".to_owned(),
            Asset::new("pingyi.css", Bytes::from_static(STYLE.as_bytes()), None),
        );
        files.insert(
            "icon.svg".to_owned(),
            Asset::new("icon.svg", Bytes::from_static(ICON.as_bytes()), None),
        );
        for name in Dist::iter() {
            if name.ends_with(".br") || name.ends_with(".gz") || name.ends_with(".map") {
                continue;
            }
            let Some(file) = Dist::get(&name) else {
                continue;
            };
            let brotli =
                Dist::get(&format!("{name}.br")).map(|small| Bytes::from(small.data.into_owned()));
            let asset = Asset::new(&name, Bytes::from(file.data.into_owned()), brotli);
            files.insert(name.into_owned(), asset);
        }
        Self { files }
    }

    /// The address of a file, or nothing when it is not there.
    #[must_use]
    pub fn url(&self, name: &str) -> Option<String> {
        self.files
            .get(name)
            .map(|asset| format!("/assets/{name}?v={}", &asset.hash[..16]))
    }

    /// The addresses for a page with these bundles; each may have a style sheet, and the first a worker.
    #[must_use]
    pub fn urls(&self, bundles: &[&str]) -> AssetUrls {
        let styles = std::iter::once("pingyi.css".to_owned())
            .chain(bundles.iter().map(|b| format!("{b}.css")));
        AssetUrls {
            icon: self.url("icon.svg").unwrap_or_default(),
            styles: styles.filter_map(|name| self.url(&name)).collect(),
            scripts: bundles
                .iter()
                .filter_map(|b| self.url(&format!("{b}.js")))
                .collect(),
            worker: bundles
                .first()
                .and_then(|b| self.url(&format!("{b}-worker.js"))),
        }
    }

    /// Bundles that are not there.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        BUNDLES
            .iter()
            .map(|b| format!("{b}.js"))
            .filter(|name| !self.files.contains_key(name))
            .collect()
    }

    /// Names and SHA-256 of all files, for whoever compares them with a release.
    pub fn hashes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(name, asset)| (name.as_str(), asset.hash.as_str()))
    }

    /// The content of a file.
    #[must_use]
    pub fn content(&self, name: &str) -> Option<Bytes> {
        self.files.get(name).map(|asset| asset.content.clone())
    }

    /// Answers a request for a file. `version` is the `v` of the address.
    #[must_use]
    pub fn answer(
        &self,
        name: &str,
        version: Option<&str>,
        headers: &HeaderMap,
    ) -> Option<Response<Body>> {
        let asset = self.files.get(name)?;
        let fresh = version.is_some_and(|v| v.len() == 16 && asset.hash.starts_with(v));
        let cache = if fresh {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let (body, encoding) = asset.encoded(headers);
        let etag = format!(
            "\"{}{}\"",
            &asset.hash[..32],
            encoding.map(|e| format!("-{e}")).unwrap_or_default()
        );
        let known = headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .any(|v| v.to_str().is_ok_and(|v| v.contains(&etag)));
        let mut response = Response::new(if known {
            Body::empty()
        } else {
            Body::from(body)
        });
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Ok(value) = HeaderValue::from_str(&etag) {
            out.insert(header::ETAG, value);
        }
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }
}

impl Asset {
    fn new(name: &str, content: Bytes, brotli: Option<Bytes>) -> Self {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&content));
        Self {
            content,
            brotli,
            gzip: OnceLock::new(),
            kind: kind_of(name),
            hash,
        }
    }

    fn encoded(&self, headers: &HeaderMap) -> (Bytes, Option<&'static str>) {
        if let Some(small) = self.brotli.as_ref().filter(|_| accepts(headers, "br")) {
            return (small.clone(), Some("br"));
        }
        if accepts(headers, "gzip") && compressible(self.kind) {
            let small = self.gzip.get_or_init(|| {
                gzip(&self.content).filter(|small| small.len() < self.content.len())
            });
            if let Some(small) = small {
                return (small.clone(), Some("gzip"));
            }
        }
        (self.content.clone(), None)
    }
}

/// Makes `content` smaller; `None` when that fails, which only means that it is sent as it is.
#[must_use]
pub fn gzip(content: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 3), Compression::best());
    encoder.write_all(content).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// Whether the browser takes this encoding (RFC 9110 §12.5.3; a quality of nought means no).
#[must_use]
pub fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|v| v.split(','))
        .any(|part| {
            let (name, rest) = part.split_once(';').unwrap_or((part, ""));
            let refused = rest
                .trim()
                .strip_prefix("q=")
                .is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
            name.trim().eq_ignore_ascii_case(encoding) && !refused
        })
}

fn compressible(kind: &str) -> bool {
    kind.starts_with("text/")
        || kind.contains("json")
        || kind.contains("svg")
        || kind.contains("wasm")
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
