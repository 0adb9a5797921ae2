//! Layers of a file: which of them is read.
//!
//! In: the layers that a file has, and the name that was given. Out: one of them. A file with several and no name given
//! is refused with the list, for taking the first would silently leave the others out.

use crate::domain::text::nfc;
use crate::ingest::error::ReadError;

/// A layer as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest::format) struct LayerEntry {
    /// Its name.
    pub(in crate::ingest::format) name: String,
    /// The kind of its geometries; none for a table.
    pub(in crate::ingest::format) geometry: Option<String>,
    /// How many features it has, where that is known.
    pub(in crate::ingest::format) features: Option<u64>,
}

impl LayerEntry {
    fn described(&self) -> String {
        let kind = self.geometry.as_deref().unwrap_or("no geometry");
        match self.features {
            Some(1) => format!("{:?} ({kind}, 1 feature)", self.name),
            Some(features) => format!("{:?} ({kind}, {features} features)", self.name),
            None => format!("{:?} ({kind})", self.name),
        }
    }
}

/// The place of the layer that is read: the named one, else the only one, else the only one with geometries.
pub(in crate::ingest::format) fn chosen_layer(
    file: &str,
    layers: &[LayerEntry],
    wanted: Option<&str>,
) -> Result<usize, ReadError> {
    let listed = || layers.iter().map(LayerEntry::described).collect();
    if let Some(wanted) = wanted {
        let mut found = (0..layers.len()).filter(|place| nfc(&layers[*place].name) == nfc(wanted));
        return match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err(ReadError::SeveralLayers { file: file.to_owned(), layers: listed() }),
            (None, _) => Err(ReadError::NoLayer { file: file.to_owned(), layer: wanted.to_owned(), layers: listed() }),
        };
    }
    let drawn: Vec<usize> = (0..layers.len()).filter(|place| layers[*place].geometry.is_some()).collect();
    match (layers.len(), drawn.as_slice()) {
        (0, _) => Err(ReadError::Unreadable { file: file.to_owned(), what: "it has no layer".to_owned() }),
        (1, _) => Ok(0),
        (_, [only]) => Ok(*only),
        _ => Err(ReadError::SeveralLayers { file: file.to_owned(), layers: listed() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(name: &str, geometry: Option<&str>, features: u64) -> LayerEntry {
        LayerEntry { name: name.to_owned(), geometry: geometry.map(str::to_owned), features: Some(features) }
    }

    #[test]
    fn several_layers_are_listed_unless_one_is_named() {
        let layers = [layer("xã", Some("MultiPolygon"), 241), layer("huyện", Some("Polygon"), 1), layer("ds", None, 3)];
        let chosen = |wanted| chosen_layer("a.gpkg", &layers, wanted).map_err(|fault| fault.to_string());
        assert_eq!(chosen(Some("huye\u{302}\u{323}n")), Ok(1));
        assert_eq!(
            chosen(None),
            Err("a.gpkg: the file has several layers, and an import reads one: name it with --layer; it has \
                 \"xã\" (MultiPolygon, 241 features), \"huyện\" (Polygon, 1 feature), \"ds\" (no geometry, 3 features)"
                .to_owned())
        );
        assert!(chosen(Some("tỉnh")).unwrap_err().contains("there is no layer \"tỉnh\"; it has \"xã\""));
        assert_eq!(chosen_layer("a", &layers[1..], None).unwrap(), 0);
        let twins = [layer("xã", Some("Polygon"), 2), layer("xã", Some("Polygon"), 3)];
        assert!(matches!(chosen_layer("a", &twins, Some("xã")), Err(ReadError::SeveralLayers { .. })));
        assert!(chosen_layer("a", &[], None).unwrap_err().to_string().contains("no layer"));
    }
}
