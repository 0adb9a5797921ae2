//! The route of a request by its name in the table of routes, so that logs and numbers have few of them.

/// The patterns of all routes.
#[derive(Debug, Clone)]
pub(in crate::http) struct RouteNames {
    base_path: String,
    patterns: Vec<&'static str>,
}

/// The name of what is no route: the files of the page, and what is not there.
const OTHER: &str = "other";

impl RouteNames {
    /// The names of these patterns below a base path.
    pub(in crate::http) fn new(base_path: &str, patterns: impl IntoIterator<Item = &'static str>) -> Self {
        Self { base_path: base_path.to_owned(), patterns: patterns.into_iter().collect() }
    }

    /// The pattern that a path fits.
    pub(in crate::http) fn of(&self, path: &str) -> &'static str {
        let Some(path) = path.strip_prefix(self.base_path.as_str()) else { return OTHER };
        self.patterns.iter().find(|pattern| fits(pattern, path)).copied().unwrap_or(OTHER)
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    // Most patterns begin with another letter, which is seen before anything is split.
    if pattern.as_bytes().get(1) != path.as_bytes().get(1) {
        return false;
    }
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(part), Some(name)) if part == name || (part.starts_with('{') && !name.is_empty()) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_name_of_its_pattern() {
        let patterns = ["/", "/tiles", "/tiles/{tileset}", "/tiles/{tileset}/{z}/{x}/{y}", "/areas/{edition}/{code}"];
        let names = RouteNames::new("/map", patterns);
        for (path, name) in [
            ("/map/", "/"),
            ("/map/tiles", "/tiles"),
            ("/map/tiles/communes", "/tiles/{tileset}"),
            ("/map/tiles/communes/9/1/2", "/tiles/{tileset}/{z}/{x}/{y}"),
            ("/map/tiles/communes/9/1", OTHER),
            ("/map/tiles/", OTHER),
            ("/map/areas/2025-07/20341", "/areas/{edition}/{code}"),
            ("/map/assets/app.js", OTHER),
            ("/tiles", OTHER),
            ("/map", OTHER),
        ] {
            assert_eq!(names.of(path), name, "{path}");
        }
    }
}
