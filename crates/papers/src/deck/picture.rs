//! A picture in JSON: base64, JPEG or PNG, with its size read from its own head.

use std::fmt;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The largest picture taken, in bytes; evidence is written anew at 2,000 pixels and stays far below.
const LARGEST: usize = 8 * 1024 * 1024;

/// The bytes of a JPEG or PNG.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Picture {
    bytes: Vec<u8>,
    format: PictureFormat,
    width: u32,
    height: u32,
}

/// The formats that papers hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// Not base64.
    #[error("the picture is not base64")]
    Encoding,
    /// Neither JPEG nor PNG, or its size cannot be read.
    #[error("the picture is neither JPEG nor PNG")]
    Format,
    /// Too many bytes.
    #[error("the picture has more than {LARGEST} bytes")]
    TooLarge,
}

impl PictureFormat {
    /// The ending of its file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }
}

impl Picture {
    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// [`PictureError`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, PictureError> {
        if bytes.len() > LARGEST {
            return Err(PictureError::TooLarge);
        }
        let (format, (width, height)) = png_size(&bytes)
            .map(|size| (PictureFormat::Png, size))
            .or_else(|| Some((PictureFormat::Jpeg, jpeg_size(&bytes)?)))
            .filter(|(_, (width, height))| *width > 0 && *height > 0)
            .ok_or(PictureError::Format)?;
        Ok(Self {
            bytes,
            format,
            width,
            height,
        })
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its format.
    #[must_use]
    pub const fn format(&self) -> PictureFormat {
        self.format
    }

    /// Width and height in pixels, neither nought.
    #[must_use]
    pub const fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = self.size();
        write!(
            out,
            "{:?} {width} × {height}, {} bytes",
            self.format,
            self.bytes.len()
        )
    }
}

impl TryFrom<String> for Picture {
    type Error = PictureError;

    fn try_from(text: String) -> Result<Self, PictureError> {
        let bytes = BASE64
            .decode(text.as_bytes())
            .map_err(|_| PictureError::Encoding)?;
        Self::new(bytes)
    }
}

impl From<Picture> for String {
    fn from(picture: Picture) -> Self {
        BASE64.encode(&picture.bytes)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// PNG (ISO 15948): the signature, then IHDR with width and height.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let head = rest.get(4..16)?.strip_prefix(b"IHDR")?;
    Some((number(&head[..4]), number(&head[4..])))
}

/// JPEG (ITU T.81): segments up to a frame header (SOF0–SOF15 but DHT, JPG, DAC), which has height and width.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, high, low, ..] = *rest else {
            return None;
        };
        let length = usize::from(high) << 8 | usize::from(low);
        if (0xC0..=0xCF).contains(&marker) && ![0xC4, 0xC8, 0xCC].contains(&marker) {
            let size = rest.get(5..9)?;
            return Some((number(&size[2..]), number(&size[..2])));
        }
        rest = rest.get(2 + length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heads of real files: 3 × 2 pixels.
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0";
    const JPEG: &[u8] = &[
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xC0, 0, 11, 8, 0, 2, 0, 3,
        1,
    ];

    #[test]
    fn format_and_size_are_read_from_the_head() {
        let png = Picture::new(PNG.to_vec()).unwrap();
        assert_eq!((png.format(), png.size()), (PictureFormat::Png, (3, 2)));
        let jpeg = Picture::new(JPEG.to_vec()).unwrap();
        assert_eq!((jpeg.format(), jpeg.size()), (PictureFormat::Jpeg, (3, 2)));
        let again: Picture = serde_json::from_value(serde_json::to_value(&jpeg).unwrap()).unwrap();
        assert_eq!(again, jpeg);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bad in [
            &b"GIF89a"[..],
            b"",
            &JPEG[..10],
            &PNG[..20],
            &[0xFF, 0xD8, 0xFF, 0xD8, 0, 0],
        ] {
            assert_eq!(
                Picture::new(bad.to_vec()),
                Err(PictureError::Format),
                "{bad:?}"
            );
        }
        assert_eq!(
            Picture::try_from("不是".to_owned()),
            Err(PictureError::Encoding)
        );
        assert_eq!(
            Picture::new(vec![0; LARGEST + 1]),
            Err(PictureError::TooLarge)
        );
    }
}
