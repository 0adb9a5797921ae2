//! A geometry as a `GeoPackage` keeps it: a header before Well-Known Binary (clause 2.1.3).

use geojson::Geometry;

use crate::ingest::format::encoded::wkb::wkb_geometry;

/// Bytes before the envelope.
const HEADER_BYTES: usize = 8;
/// Bytes of the envelope by its kind.
const ENVELOPE_BYTES: [usize; 5] = [0, 32, 48, 48, 64];

/// The geometry of a blob; none where it is empty.
pub(super) fn blob_geometry(blob: &[u8]) -> Result<Option<Geometry>, String> {
    let no_header = "the geometry has no GeoPackage header";
    let [b'G', b'P', _, flags, ..] = blob else { return Err(no_header.to_owned()) };
    if flags & 0x20 != 0 {
        return Err("the geometry is of an extension of GeoPackage that is not read".to_owned());
    }
    let envelope = ENVELOPE_BYTES.get(usize::from(flags >> 1 & 7)).ok_or(no_header)?;
    let wkb = blob.get(HEADER_BYTES + envelope..).ok_or("the bytes of the geometry are cut off")?;
    let is_empty = flags & 0x10 != 0;
    if is_empty { Ok(None) } else { Ok(wkb_geometry(wkb)?.geometry) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_and_envelope_are_passed_over() {
        let point = hex::decode("0101000000000000000000F03F0000000000000040").unwrap();
        let with = |flags: u8, envelope: usize| {
            let header = [b'G', b'P', 0, flags, 0xE6, 0x10, 0, 0];
            blob_geometry(&[&header[..], &vec![0; envelope], &point].concat()).map(|geometry| geometry.is_some())
        };
        assert_eq!([with(1, 0), with(3, 32), with(5, 48), with(9, 64)], [const { Ok(true) }; 4]);
        assert_eq!(with(0x11, 0), Ok(false));
        assert!(with(0x21, 0).unwrap_err().contains("extension"));
        assert!(with(0x0B, 0).is_err());
        assert!(blob_geometry(b"PG").is_err() && blob_geometry(b"GP\0\x03\0\0").is_err());
    }
}
