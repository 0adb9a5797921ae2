//! The shapes of a `.shp` file, one at a time.
//!
//! In: the bytes of the file. Out: geometries in the plane; none for a null shape. Memory holds one shape, whose length is
//! held against a limit before anything is reserved, and every count against that length.

use std::io::{self, Read};

use geojson::{Geometry, GeometryValue, Position};

use crate::ingest::format::encoded::rings::{MAX_RINGS, PositionRing, nested, polygons};

/// Bytes before the first shape.
const HEADER_BYTES: usize = 100;
/// No single boundary is larger.
const MAX_SHAPE_BYTES: usize = 256_000_000;

/// The shapes of a file.
pub(in crate::ingest::format) struct ShapeStream<R> {
    reader: R,
    kind: u32,
    bytes: Vec<u8>,
    /// Shapes read.
    number: u64,
    /// The number that the last one has in the file.
    pub(super) written_number: u32,
}

/// A shape of the file.
pub(in crate::ingest::format) enum Shape {
    /// Its geometry; none where it is empty.
    Drawn(Option<Geometry>),
    /// Why it cannot be read; those behind it can.
    Wrong(String),
}

impl<R: Read> ShapeStream<R> {
    /// Reads the header of a file.
    pub(in crate::ingest::format) fn new(mut reader: R) -> Result<Self, String> {
        let mut header = [0; HEADER_BYTES];
        reader.read_exact(&mut header).map_err(|fault| in_words(&fault, "its header"))?;
        Ok(Self { reader, kind: little(&header, 32), bytes: Vec::new(), number: 0, written_number: 0 })
    }

    /// The kind of its geometries, for the list of layers.
    pub(in crate::ingest::format) fn kind(&self) -> &'static str {
        match self.kind % 10 {
            1 => "Point",
            3 => "LineString",
            5 => "Polygon",
            8 => "MultiPoint",
            _ => "geometry",
        }
    }

    /// The next shape; none at the end.
    pub(in crate::ingest::format) fn next_shape(&mut self) -> Result<Option<Shape>, String> {
        let mut head = [0; 8];
        match read_up_to(&mut self.reader, &mut head).map_err(|fault| fault.to_string())? {
            0 => return Ok(None),
            8 => self.number += 1,
            _ => return Err(format!("it is cut off after shape {}", self.number)),
        }
        self.written_number = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let words = u32::from_be_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let length = words.saturating_mul(2);
        if !(4..=MAX_SHAPE_BYTES).contains(&length) {
            return Err(format!("shape {} says that it has {length} bytes", self.number));
        }
        self.bytes.clear();
        let read = self.reader.by_ref().take(length as u64).read_to_end(&mut self.bytes);
        read.map_err(|fault| fault.to_string())?;
        if self.bytes.len() < length {
            return Err(format!("it is cut off within shape {}", self.number));
        }
        Ok(Some(match geometry(&self.bytes) {
            Ok(value) => Shape::Drawn(value.map(Geometry::new)),
            Err(why) => Shape::Wrong(why),
        }))
    }
}

fn in_words(fault: &io::Error, what: &str) -> String {
    match fault.kind() {
        io::ErrorKind::UnexpectedEof => format!("it is cut off within {what}"),
        _ => fault.to_string(),
    }
}

/// Fills a buffer as far as the bytes reach.
pub(super) fn read_up_to(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// A number at an offset, the low byte first; 0 beyond the end.
fn little(bytes: &[u8], at: usize) -> u32 {
    let number = bytes.get(at..).and_then(|bytes| bytes.first_chunk::<4>());
    number.map_or(0, |number| u32::from_le_bytes(*number))
}

/// The geometry of a shape (the kinds with heights and measures begin like those without).
fn geometry(bytes: &[u8]) -> Result<Option<GeometryValue>, String> {
    let kind = little(bytes, 0);
    match kind {
        0 => Ok(None),
        1 | 11 | 21 => {
            let place = positions(bytes, 4, 1)?.pop();
            Ok(place.map(|coordinates| GeometryValue::Point { coordinates }))
        }
        8 | 18 | 28 => {
            let mut coordinates = positions(bytes, 40, little(bytes, 36) as usize)?;
            Ok(match (coordinates.len(), coordinates.pop()) {
                (1, Some(coordinates)) => Some(GeometryValue::Point { coordinates }),
                (_, Some(last)) => {
                    coordinates.push(last);
                    Some(GeometryValue::MultiPoint { coordinates })
                }
                (_, None) => None,
            })
        }
        3 | 13 | 23 => {
            let mut lines = parts(bytes)?;
            Ok(match (lines.len(), lines.pop()) {
                (1, Some(coordinates)) => Some(GeometryValue::LineString { coordinates }),
                (_, Some(last)) => {
                    lines.push(last);
                    Some(GeometryValue::MultiLineString { coordinates: lines })
                }
                (_, None) => None,
            })
        }
        5 | 15 | 25 => {
            let rings = nested(parts(bytes)?);
            Ok((!rings.is_empty()).then(|| polygons(rings)))
        }
        31 => Err("the shape is a MultiPatch, a surface in space: an outline is needed".to_owned()),
        other => Err(format!("there is no shape of kind {other}")),
    }
}

/// The runs of vertices of a line or polygon.
fn parts(bytes: &[u8]) -> Result<Vec<PositionRing>, String> {
    let (count, vertices) = (little(bytes, 36) as usize, little(bytes, 40) as usize);
    if count > MAX_RINGS {
        return Err(format!("the shape has {count} parts, more than {MAX_RINGS}"));
    }
    let first_vertex = 44 + 4 * count;
    let mut all = positions(bytes, first_vertex, vertices)?;
    let starts: Vec<usize> = (0..count).map(|part| little(bytes, 44 + 4 * part) as usize).collect();
    if starts.first().is_some_and(|first| *first != 0) || !starts.is_sorted() || starts.last() > Some(&vertices) {
        return Err("the parts of the shape do not follow one another".to_owned());
    }
    let mut runs: Vec<PositionRing> = starts.iter().rev().map(|start| all.split_off(*start)).collect();
    runs.reverse();
    Ok(runs)
}

/// So many positions from an offset on.
fn positions(bytes: &[u8], at: usize, count: usize) -> Result<Vec<Position>, String> {
    let end = count.checked_mul(16).and_then(|length| length.checked_add(at));
    let within = end.and_then(|end| bytes.get(at..end)).ok_or("the shape is shorter than its counts say")?;
    let number = |bytes: &[u8]| bytes.first_chunk::<8>().map_or(0.0, |number| f64::from_le_bytes(*number));
    Ok(within.chunks_exact(16).map(|place| Position::from([number(place), number(&place[8..])])).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(shapes: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = vec![0; HEADER_BYTES];
        for (number, shape) in shapes.iter().enumerate() {
            bytes.extend((number as u32 + 1).to_be_bytes());
            bytes.extend((shape.len() as u32 / 2).to_be_bytes());
            bytes.extend(shape);
        }
        bytes
    }

    fn polygon(rings: &[&[[f64; 2]]]) -> Vec<u8> {
        let mut shape = 5_u32.to_le_bytes().to_vec();
        shape.extend([0; 32]);
        shape.extend((rings.len() as u32).to_le_bytes());
        let lengths: Vec<u32> = rings.iter().map(|ring| ring.len() as u32).collect();
        shape.extend(lengths.iter().sum::<u32>().to_le_bytes());
        let mut start = 0_u32;
        for length in lengths {
            shape.extend(start.to_le_bytes());
            start += length;
        }
        shape.extend(rings.iter().copied().flatten().flatten().flat_map(|number| number.to_le_bytes()));
        shape
    }

    fn read(bytes: &[u8]) -> Result<Vec<String>, String> {
        let mut shapes = ShapeStream::new(bytes)?;
        let mut read = Vec::new();
        while let Some(shape) = shapes.next_shape()? {
            read.push(match shape {
                Shape::Drawn(geometry) => geometry.map_or("none".to_owned(), |geometry| geometry.to_string()),
                Shape::Wrong(why) => why,
            });
        }
        Ok(read)
    }

    const SHELL: &[[f64; 2]] = &[[0.0, 0.0], [0.0, 4.0], [4.0, 4.0], [4.0, 0.0], [0.0, 0.0]];
    const HOLE: &[[f64; 2]] = &[[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]];

    #[test]
    fn shells_and_holes_are_told_apart_and_turned() {
        let point = [&1_u32.to_le_bytes()[..], &108.5_f64.to_le_bytes(), &15.5_f64.to_le_bytes()].concat();
        let read = read(&file(&[polygon(&[HOLE, SHELL]), 0_u32.to_le_bytes().to_vec(), point])).unwrap();
        assert_eq!(
            read[0],
            r#"{"type":"Polygon","coordinates":[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,4.0],[0.0,0.0]],[[1.0,1.0],[2.0,2.0],[2.0,1.0],[1.0,1.0]]]}"#
        );
        assert_eq!(read[1..], ["none", r#"{"type":"Point","coordinates":[108.5,15.5]}"#]);
    }

    #[test]
    fn wrong_counts_spoil_a_shape_and_wrong_lengths_the_file() {
        let mut many = polygon(&[SHELL]);
        many[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        let mut unordered = polygon(&[SHELL, HOLE]);
        unordered[44..48].copy_from_slice(&3_u32.to_le_bytes());
        let patch = 31_u32.to_le_bytes().to_vec();
        let read_all = read(&file(&[many, unordered, patch, polygon(&[SHELL])])).unwrap();
        assert_eq!(read_all[0], "the shape is shorter than its counts say");
        assert_eq!(read_all[1], "the parts of the shape do not follow one another");
        assert!(read_all[2].contains("MultiPatch") && read_all[3].contains("Polygon"));
        let whole = file(&[polygon(&[SHELL])]);
        assert_eq!(read(&whole[..150]).unwrap_err(), "it is cut off within shape 1");
        assert_eq!(read(&whole[..103]).unwrap_err(), "it is cut off after shape 0");
        assert_eq!(read(&whole[..50]).unwrap_err(), "it is cut off within its header");
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(tail in proptest::collection::vec(any::<u8>(), 0..200), kind in 0_u32..32) {
            let shape = [&kind.to_le_bytes()[..], &tail].concat();
            let _ = read(&file(&[shape, tail]));
        }
    }
}
