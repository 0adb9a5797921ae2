//! KML: the placemarks of a file, one at a time, folder by folder.
//!
//! In: XML. Out: records with the name, the description and the extended data of each placemark. Read element by element
//! with `quick-xml`, which a workbook needs as well; the crate `kml` builds the whole tree first, however deep. No entity
//! of the file's own making is resolved.

use std::io::{BufReader, Read};
use std::sync::Arc;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::kml_geometry::KmlGeometry;
use crate::ingest::error::ReadError;
use crate::ingest::fields::FEATURE_ID;
use crate::ingest::format::clean_text::{CleanText, RecordBudget, TextError};
use crate::ingest::format::collection_claims::PartOfMore;
use crate::ingest::format::opened::columns::NamedColumns;
use crate::ingest::format::opened::content::{ByteStream, Reopenable};
use crate::ingest::format::opened::layers::{LayerEntry, chosen_layer};
use crate::ingest::format::record::{Record, RecordReader};
use crate::ingest::text::encoding::Encoding;

/// Bytes of a placemark.
const MAX_PLACEMARK_BYTES: usize = 256_000_000;
/// Elements inside one another.
const MAX_DEPTH: usize = 100;
/// Folders that are listed.
const MAX_FOLDERS: usize = 1_000;

/// A placemark as the file has it.
#[derive(Debug, Default)]
struct Placemark {
    id: Option<String>,
    values: Vec<(String, String)>,
    geometry: KmlGeometry,
    fault: Option<String>,
}

/// A folder or document that is open.
#[derive(Debug, Default)]
struct OpenFolder {
    name: String,
    /// Whether the wanted layer is this one.
    is_wanted: bool,
}

/// The placemarks of a file.
struct Placemarks {
    file: String,
    reader: Reader<BufReader<CleanText<Box<dyn Read + Send>>>>,
    budget: RecordBudget,
    buffer: Vec<u8>,
    /// The elements that are open.
    path: Vec<String>,
    folders: Vec<OpenFolder>,
    wanted: Option<String>,
    text: String,
    coordinates: String,
    /// The name of the datum whose value is read.
    datum: Option<String>,
    /// The first address from which a program would load more.
    link: Option<String>,
}

impl Placemarks {
    fn new(file: &str, bytes: ByteStream, encoding: Encoding, wanted: Option<&str>) -> Self {
        let budget = RecordBudget::new(MAX_PLACEMARK_BYTES);
        let mut reader = Reader::from_reader(BufReader::new(CleanText::new(bytes, encoding, budget.clone())));
        reader.config_mut().expand_empty_elements = true;
        Self {
            file: file.to_owned(),
            reader,
            budget,
            buffer: Vec::new(),
            path: Vec::new(),
            folders: Vec::new(),
            wanted: wanted.map(str::to_owned),
            text: String::new(),
            coordinates: String::new(),
            datum: None,
            link: None,
        }
    }

    fn wrong(&self, what: &str) -> ReadError {
        ReadError::Unreadable { file: self.file.clone(), what: what.to_owned() }
    }

    /// Whether what is open lies in the wanted folder.
    fn is_within(&self) -> bool {
        self.wanted.is_none() || self.folders.iter().any(|folder| folder.is_wanted)
    }

    /// The next placemark, and whether it lies in the wanted folder; none at the end.
    fn next_placemark(&mut self) -> Result<Option<Placemark>, ReadError> {
        let mut placemark: Option<Placemark> = None;
        self.budget.renew();
        loop {
            self.buffer.clear();
            let mut buffer = std::mem::take(&mut self.buffer);
            let event = self.reader.read_event_into(&mut buffer);
            let is_over = match event {
                Ok(Event::Start(element)) => {
                    self.open(&element, &mut placemark)?;
                    false
                }
                Ok(Event::End(element)) => self.close(element.local_name().as_ref(), &mut placemark),
                Ok(Event::Text(text)) => {
                    self.text.push_str(&text.xml10_content());
                    false
                }
                Ok(Event::CData(text)) => {
                    self.text.push_str(&text);
                    false
                }
                Ok(Event::GeneralRef(name)) => {
                    let letter = name.resolve_char_ref().ok().flatten();
                    match (letter, resolve_predefined_entity(&name)) {
                        (Some(letter), _) => self.text.push(letter),
                        (None, Some(text)) => self.text.push_str(text),
                        (None, None) => return Err(self.wrong(&format!("the entity &{}; is not known", &*name))),
                    }
                    false
                }
                Ok(Event::Eof) if self.path.is_empty() => return Ok(None),
                Ok(Event::Eof) => return Err(self.wrong("it is cut off: not every element closes")),
                Ok(_) => false,
                Err(fault) => return Err(self.xml_fault(&fault)),
            };
            self.buffer = buffer;
            if placemark.is_none() {
                self.budget.renew();
            }
            if is_over && self.is_within() {
                return Ok(placemark);
            }
            if is_over {
                placemark = None;
            }
        }
    }

    fn xml_fault(&self, fault: &quick_xml::Error) -> ReadError {
        if let quick_xml::Error::Io(source) = fault
            && let Some(fault) = TextError::within(source)
        {
            return ReadError::Text { file: self.file.clone(), fault };
        }
        self.wrong(&format!("the XML is damaged at byte {}: {fault}", self.reader.error_position()))
    }

    fn open(&mut self, element: &BytesStart<'_>, placemark: &mut Option<Placemark>) -> Result<(), ReadError> {
        if self.path.len() == MAX_DEPTH {
            return Err(self.wrong(&format!("elements are nested deeper than {MAX_DEPTH} levels")));
        }
        let name = element.local_name().as_ref().to_owned();
        self.text.clear();
        match (name.as_str(), placemark.as_mut()) {
            ("Folder" | "Document", None) => self.folders.push(OpenFolder::default()),
            ("Placemark", None) => {
                *placemark = Some(Placemark { id: attribute(element, "id"), ..Placemark::default() });
            }
            ("Data" | "SimpleData", Some(_)) => self.datum = attribute(element, "name"),
            (other, Some(placemark)) => {
                if let Err(why) = placemark.geometry.open(other) {
                    placemark.fault.get_or_insert(why);
                }
            }
            (_, None) => {}
        }
        self.path.push(name);
        Ok(())
    }

    /// An element closes; true when it is the placemark.
    fn close(&mut self, element: &str, placemark: &mut Option<Placemark>) -> bool {
        self.path.pop();
        let parent = self.path.last().map(String::as_str).unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        let Some(open) = placemark.as_mut() else {
            match (element, self.folders.last_mut()) {
                ("name", Some(folder)) if matches!(parent, "Folder" | "Document") => {
                    folder.is_wanted = self.wanted.as_deref() == Some(text.trim());
                    text.trim().clone_into(&mut folder.name);
                }
                ("Folder" | "Document", _) => _ = self.folders.pop(),
                ("href", _) if self.path.iter().any(|open| open == "NetworkLink") => {
                    self.link.get_or_insert_with(|| text.trim().to_owned());
                }
                _ => {}
            }
            return false;
        };
        match (element, parent) {
            ("Placemark", _) => return true,
            ("name" | "description" | "address" | "phoneNumber" | "snippet", "Placemark") => {
                open.values.push((element.to_owned(), text));
            }
            ("when", "TimeStamp") => open.values.push(("when".to_owned(), text)),
            ("value", "Data") | ("SimpleData", _) => {
                open.values.extend(self.datum.take().map(|name| (name, text)));
            }
            ("coordinates", _) => self.coordinates = text,
            _ => {
                if let Err(why) = open.geometry.close(element, &self.coordinates) {
                    open.fault.get_or_insert(why);
                }
            }
        }
        false
    }
}

/// An attribute of an element.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok().flatten()?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// The placemarks of a folder as records.
pub(in crate::ingest::format) struct KmlRecords {
    placemarks: Placemarks,
    layer: Option<Arc<str>>,
    columns: NamedColumns,
    number: u64,
}

impl KmlRecords {
    /// Looks which folders there are, and opens the chosen one.
    pub(in crate::ingest::format) fn new(
        content: &Reopenable,
        encoding: Encoding,
        wanted: Option<&str>,
        on_part: PartOfMore,
    ) -> Result<Self, ReadError> {
        let file = content.file.as_str();
        let mut placemarks = Placemarks::new(file, content.stream()?, encoding, None);
        let (folders, around) = folders_of(&mut placemarks)?;
        if let (Some(link), PartOfMore::Refused) = (placemarks.link, on_part) {
            let claim = format!("a NetworkLink of it loads more from {link:?}, which is not in the file");
            return Err(ReadError::PartOfMore { file: file.to_owned(), claim });
        }
        let is_around = wanted.is_some_and(|wanted| around.iter().any(|name| name == wanted));
        let chosen =
            if is_around { wanted } else { Some(folders[chosen_layer(file, &folders, wanted)?].name.as_str()) };
        let chosen = chosen.filter(|_| folders.len() > 1);
        Ok(Self {
            placemarks: Placemarks::new(file, content.stream()?, encoding, chosen),
            layer: chosen.map(Into::into),
            columns: NamedColumns::default(),
            number: 0,
        })
    }
}

/// The folders with placemarks right inside, and the names of those around them.
fn folders_of(placemarks: &mut Placemarks) -> Result<(Vec<LayerEntry>, Vec<String>), ReadError> {
    let (mut folders, mut around): (Vec<LayerEntry>, Vec<String>) = (Vec::new(), Vec::new());
    while let Some(placemark) = placemarks.next_placemark()? {
        let name = placemarks.folders.last().map(|folder| folder.name.clone()).unwrap_or_default();
        for outer in &placemarks.folders {
            if !around.contains(&outer.name) && around.len() < MAX_FOLDERS {
                around.push(outer.name.clone());
            }
        }
        if let Some(known) = folders.iter_mut().find(|known| known.name == name) {
            known.features = known.features.map(|features| features + 1);
            continue;
        }
        if folders.len() == MAX_FOLDERS {
            return Err(placemarks.wrong(&format!("it has more than {MAX_FOLDERS} folders")));
        }
        let geometry = placemark.geometry.finished();
        let kind = geometry.map_or("no geometry".to_owned(), |geometry| geometry.value.type_name().to_owned());
        folders.push(LayerEntry { name, geometry: Some(kind), features: Some(1) });
    }
    if folders.is_empty() {
        return Err(placemarks.wrong(&match &placemarks.link {
            Some(link) => format!(
                "it has no placemark, only a NetworkLink to {link:?}: open it in Google Earth and save what it shows as KML"
            ),
            None => "it has no placemark".to_owned(),
        }));
    }
    Ok((folders, around))
}

impl RecordReader for KmlRecords {
    fn columns(&self) -> &[String] {
        self.columns.names()
    }

    fn is_table(&self) -> bool {
        false
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        let Some(placemark) = self.placemarks.next_placemark()? else { return Ok(false) };
        self.number += 1;
        record.begin_feature(self.number, self.columns.names().len(), self.layer.as_ref());
        record.fault = placemark.fault;
        let id = placemark.id.map(|id| (FEATURE_ID.to_owned(), id));
        for (name, value) in id.into_iter().chain(placemark.values).filter(|(_, value)| !value.trim().is_empty()) {
            match self.columns.column(&name) {
                Ok(column) => record.set(column, value.trim()),
                Err(why) => return Err(self.placemarks.wrong(&why)),
            }
        }
        record.geometry = placemark.geometry.finished();
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KML: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>t&#7881;nh</name>
<Folder><name>xã</name>
 <Placemark id="a"><name><![CDATA[Trà Dơn & Bạn]]></name><ExtendedData><SchemaData schemaUrl="#s">
   <SimpleData name="code">020500</SimpleData></SchemaData><Data name="dân số"><value>12 &amp; 3</value></Data></ExtendedData>
   <MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0,5 0,4,5 4,4,5 4,0,5 0,0,5</coordinates></LinearRing></outerBoundaryIs>
     <innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon>
     <Polygon><outerBoundaryIs><LinearRing><coordinates>9,9 10,9 10,10 9,9</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry>
 </Placemark>
 <Placemark><name>trống</name></Placemark>
</Folder>
<Folder><name>điểm</name><Placemark><name>x</name><Point><coordinates>108.42;15</coordinates></Point></Placemark></Folder>
</Document></kml>"##;

    fn rows(kml: &str, wanted: Option<&str>) -> Result<(Vec<String>, Vec<Record>), ReadError> {
        let content = Reopenable::memory("a.kml", kml.as_bytes().to_vec());
        let mut reader = KmlRecords::new(&content, Encoding::Utf8, wanted, PartOfMore::Refused)?;
        let (mut record, mut rows) = (Record::default(), Vec::new());
        while reader.read(&mut record)? {
            rows.push(record.clone());
        }
        Ok((reader.columns().to_vec(), rows))
    }

    #[test]
    fn placemarks_of_a_folder_have_names_data_and_geometries() {
        let (columns, rows) = rows(KML, Some("xã")).unwrap();
        assert_eq!(columns, ["@id", "name", "code", "dân số"]);
        assert_eq!(rows[0].values, ["a", "Trà Dơn & Bạn", "020500", "12 & 3"]);
        assert_eq!(
            rows[0].geometry.as_ref().map(ToString::to_string).unwrap(),
            r#"{"type":"MultiPolygon","coordinates":[[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,4.0],[0.0,0.0]],[[1.0,1.0],[2.0,2.0],[2.0,1.0],[1.0,1.0]]],[[[9.0,9.0],[10.0,9.0],[10.0,10.0],[9.0,9.0]]]]}"#
        );
        assert_eq!((rows.len(), rows[1].geometry.is_none()), (2, true));
        assert_eq!(rows[1].position(), "layer \"xã\", feature 2");
    }

    #[test]
    fn folders_are_layers_and_those_around_them_hold_all() {
        let told = rows(KML, None).unwrap_err().to_string();
        assert!(told.contains("it has \"xã\" (MultiPolygon, 2 features), \"điểm\" (no geometry, 1 feature)"), "{told}");
        let (_, all) = rows(KML, Some("tỉnh")).unwrap();
        assert_eq!(all.len(), 3);
        assert!(all[2].fault.as_deref().unwrap().contains("\"108.42;15\" is no position of KML"));
        assert!(rows(KML, Some("huyện")).unwrap_err().to_string().contains("there is no layer \"huyện\""));
    }

    #[test]
    fn damaged_and_deep_files_are_refused() {
        for end in [200, 500, 900, KML.len() - 8] {
            assert!(rows(&KML[..KML.floor_char_boundary(end)], None).is_err(), "{end}");
        }
        let deep = format!("<kml>{}", "<Folder>".repeat(10_000));
        assert!(rows(&deep, None).unwrap_err().to_string().contains("nested deeper than 100 levels"));
        let entity = KML.replace("&amp;", "&big;");
        assert!(rows(&entity, Some("xã")).unwrap_err().to_string().contains("&big; is not known"));
        let link = "<NetworkLink><Link><href> http://a.test/b.kml </href></Link></NetworkLink>";
        let only = rows(&format!("<kml><Document>{link}</Document></kml>"), None).unwrap_err().to_string();
        assert!(only.contains("only a NetworkLink to \"http://a.test/b.kml\": open it in Google Earth"), "{only}");
        let beside = rows(&KML.replace("<Folder><name>xã", &format!("{link}<Folder><name>xã")), Some("xã"));
        let beside = beside.unwrap_err().to_string();
        assert!(beside.contains("loads more from \"http://a.test/b.kml\"") && beside.contains("--partial"), "{beside}");
        assert!(rows("<kml></kml>", None).unwrap_err().to_string().contains("no placemark"));
    }
}
